"""What an import found, as it is kept with the register: numbers, doubts by kind, rows that are none."""

from typing import Any

from sinergi.agreements.register_imports.preview import RegisterPreview

MOST_LEFT_OUT = 5_000
"""Rows that became no agreement and are kept with all of their cells; sheets are full of such rows seldom."""


def report_of(seen: RegisterPreview) -> dict[str, Any]:
    """Return the report of a preview."""
    return {
        "rows": seen.rows,
        "new": len(seen.new),
        "same": seen.same,
        "changed": [
            {
                "row": one.row,
                "agreement": one.matches,
                "title": one.title,
                "fields": list(one.differs),
                "values": {name: list(pair) for name, pair in one.differs.items()},
            }
            for one in seen.changed
        ],
        "pairs": len(seen.pairs),
        "joined": seen.reading.join_pairs,
        "doubts": dict(sorted(seen.by_code.items())),
        "left_out": [
            {"row": one.number, "why": one.why, "written": one.written}
            for one in seen.left_out[:MOST_LEFT_OUT]
        ],
        "problems": [
            {
                "severity": one.severity,
                "code": one.code,
                "row": one.row,
                "column": one.column,
                "value": one.value,
                "details": {key: str(value) for key, value in one.details.items()},
            }
            for one in seen.problems.kept
        ],
    }
