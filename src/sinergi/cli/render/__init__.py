"""Results of the rooms as tables and plain values, ready to be shown or written."""
