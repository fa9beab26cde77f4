"""From a spreadsheet or text file to observations: read, guess, check, preview."""
