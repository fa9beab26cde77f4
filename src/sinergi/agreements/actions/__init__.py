"""Writes on agreements: one function for each thing that somebody does, in one transaction."""
