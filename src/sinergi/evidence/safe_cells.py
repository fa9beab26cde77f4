"""Cells that are safe in a spreadsheet program; without Django, since some commands need no settings."""

from typing import Any

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value: Any) -> Any:
    """Return a value that a spreadsheet program will not run as a formula.

    Texts that begin with `=`, `+`, `-`, `@`, a tab or a carriage return get an apostrophe in front, as
    OWASP recommends ("CSV injection"); numbers stay numbers.

    Examples
    --------
    >>> safe_cell("=1+1"), safe_cell("Kota Banjar"), safe_cell(-5)
    ("'=1+1", 'Kota Banjar', -5)
    """
    if isinstance(value, str) and value.startswith(DANGEROUS):
        return f"'{value}"
    return value
