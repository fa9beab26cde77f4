"""Filters of pages of forums."""
