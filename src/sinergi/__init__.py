"""Sinergi finds where local governments gain by cooperating, and carries it to the result."""

__version__ = "0.1.0"
