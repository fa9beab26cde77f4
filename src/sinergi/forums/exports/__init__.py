"""Files that leave forums."""
