"""Bringing an existing register in from a spreadsheet: what is written, what is read, what is doubtful."""
