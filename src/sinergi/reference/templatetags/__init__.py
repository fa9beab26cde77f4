"""Template filters of days and moments."""
