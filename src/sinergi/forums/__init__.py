"""Meetings: from what a region raises to a point that is followed to its result."""
