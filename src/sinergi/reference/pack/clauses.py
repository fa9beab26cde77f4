"""Parses the clause library, and checks that each clause tells what it needs."""

import re
from pathlib import Path

from sinergi.reference.clauses import DOCUMENTS, ShippedClause
from sinergi.reference.pack.files import Row, read_rows
from sinergi.reference.pack.issues import Issues

CLAUSES = "clauses.csv"
COLUMNS = (
    "code",
    "kinds",
    "position",
    "heading_id",
    "heading_en",
    "text_id",
    "needs",
    "source",
    "provenance",
)
PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
LONGEST_CODE = 40


def parse_clauses(folder: Path, issues: Issues) -> tuple[ShippedClause, ...]:
    """Read `clauses.csv`."""
    found: dict[str, ShippedClause] = {}
    for row in read_rows(folder, CLAUSES, COLUMNS, issues):
        one = _clause(row)
        if one.code in found:
            row.wrong("code", "code_twice", value=one.code)
        found[one.code] = one
    return tuple(sorted(found.values(), key=lambda one: (one.position, one.code)))


def _clause(row: Row) -> ShippedClause:
    code, text = row.text("code"), row.text("text_id")
    if len(code) > LONGEST_CODE:
        row.wrong("code", "out_of_range", value=code, low=1, high=LONGEST_CODE)
    kinds, needs = row.codes("kinds"), row.codes("needs")
    row.text("kinds")
    for kind in kinds:
        if kind not in DOCUMENTS:
            row.wrong("kinds", "not_one_of", value=kind, allowed=", ".join(DOCUMENTS))
    used = tuple(dict.fromkeys(PLACEHOLDER.findall(text)))
    if set(used) != set(needs):
        row.wrong("needs", "not_one_of", value=", ".join(needs), allowed=", ".join(used))
    return ShippedClause(
        code,
        row.text("heading_id"),
        row.text("heading_en"),
        kinds,
        row.integer("position", 1),
        text,
        needs,
        row.text("source"),
        row.text("provenance"),
    )
