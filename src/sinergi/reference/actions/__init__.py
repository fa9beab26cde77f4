"""Writes of the room: loading the pack, and official files over it."""

from sinergi.reference.actions.load_pack import LoadReport, load_reference

__all__ = ["LoadReport", "load_reference"]
