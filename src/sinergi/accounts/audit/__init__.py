"""The record of who did what: written with the deed, chained by hash, never changed."""
