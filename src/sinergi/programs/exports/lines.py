"""Lines of a version as a table: the same columns that an import recognises, so that it comes back whole."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify

from sinergi.accounts.actions.owned import record_on
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.models import Visibility
from sinergi.accounts.principal import Principal
from sinergi.evidence.exports import XLSX_TYPE
from sinergi.opportunities.exports.writing import Sheet, write_csv, write_xlsx
from sinergi.programs.models import LineAmount, PlanVersion
from sinergi.programs.queries.lines import LineFilter, lines

CONTENT_TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": XLSX_TYPE}
COLUMNS = (
    "identity",
    "external_id",
    "code",
    "activity",
    "title",
    "program_name",
    "activity_name",
    "agency_code",
    "agency",
    "place",
    "region_code",
    "lat",
    "lon",
    "first_year",
    "last_year",
    "output",
    "target",
    "unit",
    "land",
    "design",
    "permits",
    "object_code",
    "is_transfer",
    "transfer_to",
    "note",
)
"""Names of fields, as the import knows them in every language."""


def export_lines(
    by: Principal, version: PlanVersion, kind: str, wanted: LineFilter | None = None
) -> tuple[str, bytes]:
    """Return name and content of a file with the lines of a version; that a private one left is recorded.

    Parameters
    ----------
    kind
        csv or xlsx.
    """
    sheet = line_sheet(version, wanted)
    content = write_csv(sheet) if kind == "csv" else write_xlsx([sheet])
    plan = version.plan
    if plan.visibility != Visibility.PUBLIC:
        with transaction.atomic():
            after = {"format": kind, "rows": len(sheet.rows)}
            part = f"version:{version.number}"
            record_on(by, Verb.EXPORTED, plan, after=after, part=part)
    stem = slugify(plan.title)[:60].strip("-") or str(plan.pk)
    return f"{stem}-v{version.number}.{kind}", content


def line_sheet(version: PlanVersion, wanted: LineFilter | None = None) -> Sheet:
    """Return one row for each line; amounts in columns `amount:<year>:<channel>`, exact."""
    rows = lines(version, wanted)
    paid: dict[int, dict[str, Decimal]] = defaultdict(dict)
    told = LineAmount.objects.filter(line__version=version)
    keys = set()
    for line, year, channel, amount in told.values_list("line_id", "year", "channel", "amount"):
        key = f"amount:{year}:{channel}"
        keys.add(key)
        paid[line][key] = amount
    columns = tuple(sorted(keys))
    return Sheet("lines", (*COLUMNS, *columns), list(_rows(rows, paid, columns)))


def _rows(
    rows: Any, paid: dict[int, dict[str, Decimal]], columns: tuple[str, ...]
) -> Iterator[Any]:
    for pk, *values in rows.values_list("pk", *COLUMNS).iterator(chunk_size=5000):
        amounts = paid.get(pk, {})
        yield (*map(cell, values), *(cell(amounts.get(name)) for name in columns))


def cell(value: Any) -> Any:
    """Return a value that comes back as it was: whole rupiah as numbers, truth as 1 or nothing.

    A spreadsheet holds fifteen digits of a number; what needs more is handed on as text.
    """
    if isinstance(value, bool):
        return 1 if value else ""
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Decimal):
        whole = value == value.to_integral_value()
        if whole and abs(value) < 10**15:
            return int(value)
        return format(value.normalize(), "f").replace(".", ",")
    return value
