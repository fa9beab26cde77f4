"""Tests of how agreements begin, of their parties and their pages."""
