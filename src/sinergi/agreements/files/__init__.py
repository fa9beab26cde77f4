"""Files that people hand in: looked at, kept once by their hash outside the database, read for search."""
