"""Reads of forums that more than one caller needs."""
