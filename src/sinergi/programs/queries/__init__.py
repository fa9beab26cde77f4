"""Reads of the room, each only what the reader may see."""
