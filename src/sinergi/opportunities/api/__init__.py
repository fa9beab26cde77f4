"""Endpoints of the room: the map, explanations, objects, regions, missing evidence, priority lists."""
