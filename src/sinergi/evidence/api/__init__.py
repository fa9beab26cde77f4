"""Endpoints of the room: indicators, observations, sources, imports."""
