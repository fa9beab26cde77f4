"""Geometry for the map, made from cells."""
