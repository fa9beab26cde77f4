"""Full text of agreements: words as Indonesian forms them, an index on both databases, highlights."""
