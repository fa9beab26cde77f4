"""Filters of pages of accounts."""
