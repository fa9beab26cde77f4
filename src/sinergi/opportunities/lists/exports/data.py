"""The list as data: CSV with the columns of the form, JSON with everything that was kept."""

import csv
from io import StringIO
from typing import Any

import orjson
from django.utils import timezone

from sinergi.evidence.safe_cells import safe_cell
from sinergi.opportunities.lists import queries
from sinergi.opportunities.lists.exports import annex
from sinergi.opportunities.models import PriorityEntry, PriorityList


def write_csv(plan: PriorityList) -> bytes:
    """Return the form as CSV: UTF-8 with a mark for Excel, cells that a spreadsheet would run made safe."""
    out = StringIO()
    columns = annex.columns()
    writer = csv.writer(out)
    writer.writerow(columns.values())
    for row in annex.build(plan).rows:
        values = [getattr(row, name) for name in columns]
        texts = ["; ".join(v) if isinstance(v, tuple) else v for v in values]
        writer.writerow([safe_cell(v) if isinstance(v, str) else v for v in texts])
    return out.getvalue().encode("utf-8-sig")


def _entry(entry: PriorityEntry) -> dict[str, Any]:
    return {
        "position": entry.position,
        "object": entry.object_code,
        "members": [
            {"code": m.region_code, "name": m.name, "role": m.role} for m in entry.members.all()
        ],
        "proposer": entry.proposer,
        "target_year": entry.target_year,
        "funding_channel": entry.funding_channel,
        "lead": entry.lead,
        "reason": entry.reason,
        "note": entry.note,
        "chosen": entry.created.isoformat(),
        "snapshot": entry.snapshot,
    }


def write_json(plan: PriorityList) -> bytes:
    """Return the list with the full snapshot of every entry; keys and codes are the same in all languages."""
    values = {
        "list": {
            "id": plan.pk,
            "name": plan.name,
            "owner": plan.owner,
            "planning_document": plan.planning_document,
            "purpose": plan.purpose,
            "signatory": plan.signatory,
            "revision": plan.revision,
            "created": plan.created.isoformat(),
            "updated": plan.updated.isoformat(),
        },
        "exported": timezone.now().isoformat(),
        "entries": [_entry(entry) for entry in queries.entries(plan)],
    }
    return orjson.dumps(values, option=orjson.OPT_INDENT_2)
