"""What an import found and did not change, as it is kept with the version that it made."""

from collections import Counter
from typing import Any

from sinergi.programs.imports.preview import PlanPreview
from sinergi.programs.imports.totals import MOST, Total

SAMPLES = 50
"""Places of each kind of problem that are kept; all are counted."""
TEXT_KEPT = 120


def report_of(seen: PlanPreview) -> dict[str, Any]:
    """Return the report of a preview: numbers, problems by kind, declared totals beside the computed."""
    lines = seen.lines
    remarks: Counter[str] = Counter()
    if lines is not None:
        remarks.update(code for codes in lines.fields["remarks"] for code in codes)
    return {
        "lines": len(lines) if lines else 0,
        "total": lines.total if lines else 0,
        "repeated": seen.repeated,
        "remarks": dict(sorted(remarks.items())),
        "units": [
            {"cell": one.cell, "text": one.text, "factor": one.factor} for one in seen.unit_notes
        ],
        "problems": _problems(seen),
        "totals": [one.to_json() for one in seen.totals[:MOST]],
        "totals_left_out": max(len(seen.totals) - MOST, 0),
    }


def _problems(seen: PlanPreview) -> list[dict[str, Any]]:
    found = []
    for example, number, kept in seen.problems.groups():
        samples = [
            {
                "row": one.row,
                "column": one.column,
                "value": one.value[:TEXT_KEPT],
                "details": {key: str(value) for key, value in one.details.items()},
            }
            for one in kept[:SAMPLES]
        ]
        severity, code = example.severity, example.code
        found.append({"severity": severity, "code": code, "number": number, "places": samples})
    return found


def agency_report(totals: list[Total], filename: str, sha256: str) -> dict[str, Any]:
    """Return declared totals of agencies, as they are kept with the version that they check."""
    rows = [one.to_json() for one in totals]
    return {"filename": filename, "sha256": sha256, "totals": rows}
