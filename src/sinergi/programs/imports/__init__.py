"""The boundary of plans: spreadsheets become lines, and what could not be taken is told."""
