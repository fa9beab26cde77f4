"""A filled text as paragraphs and tables: what stands on which level, with which mark. Pure functions."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MARKS = (
    ("paragraph", re.compile(r"^(\(\d{1,3}\))\s+(.*)$")),
    ("letter", re.compile(r"^([a-z]{1,2}\.)\s+(.*)$")),
    ("number", re.compile(r"^(\d{1,3}[.)])\s+(.*)$")),
    ("dash", re.compile(r"^([-–•])\s+(.*)$")),
)
TABLE = re.compile(r"\{(tabel_[a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: its mark, `(1)` or `a.`, stands in front at its level; without a mark it is plain."""

    text: str
    mark: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; `right` are the columns of numbers."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: frozenset[int] = frozenset()


def laid_out(text: str, tables: Mapping[str, Any]) -> list[Line | Grid]:
    """Return the paragraphs and tables of a text, in order.

    Parameters
    ----------
    tables
        What `{tabel_…}` stands for: `{"head": […], "rows": [[…]], "right": […]}`.
    """
    found: list[Line | Grid] = []
    open_marks: list[str] = []
    for line in text.split("\n"):
        for place, part in enumerate(TABLE.split(line)):
            if place % 2:
                found += _grid(tables.get(part))
            elif part.strip():
                found.append(_line(part.strip(), open_marks))
    return found


def _grid(told: Any) -> list[Line | Grid]:
    if not isinstance(told, Mapping) or not told.get("rows"):
        return []
    rows = tuple(tuple(row) for row in told["rows"])
    return [Grid(tuple(told["head"]), rows, frozenset(told.get("right", ())))]


def _line(text: str, open_marks: list[str]) -> Line:
    """Return a paragraph one level below the mark that it stands under; plain text closes all of them."""
    for kind, pattern in MARKS:
        if match := pattern.match(text):
            level = open_marks.index(kind) if kind in open_marks else len(open_marks)
            del open_marks[level:]
            open_marks.append(kind)
            return Line(match[2], match[1], min(level, 3))
    open_marks.clear()
    return Line(text)
