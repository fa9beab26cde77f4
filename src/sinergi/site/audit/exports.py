"""The audit trail as CSV, XLSX and JSON, some records at a time."""

import tempfile
from collections.abc import Iterator
from datetime import UTC
from itertools import islice
from typing import IO, Any

import orjson
import xlsxwriter
from django.utils.translation import gettext as _

from sinergi.accounts.audit.history import Deed, told
from sinergi.accounts.audit.search import CHUNK, Records, each
from sinergi.evidence.exports import SHEET_ROWS, csv_lines
from sinergi.evidence.safe_cells import safe_cell

FORMS = ("csv", "xlsx", "json")
NAMES = (
    "sequence",
    "at",
    "who",
    "actor",
    "channel",
    "organisation",
    "verb",
    "what",
    "kind",
    "object_id",
    "part",
    "name",
    "before",
    "after",
    "reason",
    "request_id",
    "previous",
    "hash",
)
"""Columns, the same in all languages: a record taken out can be verified by a program."""


class TooLongError(Exception):
    """There are more records than a sheet can hold."""


def deeds(rows: Records) -> Iterator[Deed]:
    """Yield records with the names of people, the oldest first."""
    records = each(rows)
    while some := list(islice(records, CHUNK)):
        yield from told(some)


def values(deed: Deed) -> list[Any]:
    """Return the cells of a record, in the order of `NAMES`."""
    cells = {name: getattr(deed, name) for name in NAMES}
    cells["at"] = deed.at.astimezone(UTC).isoformat(timespec="microseconds")
    return list(cells.values())


def _flat(deed: Deed) -> list[Any]:
    return [orjson.dumps(one).decode() if isinstance(one, dict) else one for one in values(deed)]


def as_csv(rows: Records) -> Iterator[str]:
    """Yield the lines of a CSV file; nothing in it runs as a formula."""
    return csv_lines(NAMES, (_flat(deed) for deed in deeds(rows)))


def as_json(rows: Records) -> Iterator[bytes]:
    """Yield the parts of a JSON array."""
    separator = b"[\n"
    for deed in deeds(rows):
        record = dict(zip(NAMES, values(deed), strict=True))
        yield separator + orjson.dumps(record)
        separator = b",\n"
    yield b"[]\n" if separator == b"[\n" else b"\n]\n"


def as_xlsx(rows: Records) -> IO[bytes]:
    """Return a workbook in a file of its own, which goes when it is closed.

    Raises
    ------
    TooLongError
    """
    if rows.count() >= SHEET_ROWS:
        raise TooLongError
    file = tempfile.TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    options = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": True}
    with xlsxwriter.Workbook(file, options) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        sheet = book.add_worksheet(_("Audit trail")[:31])
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(NAMES) - 1, 18)
        sheet.write_row(0, 0, NAMES, bold)
        for number, deed in enumerate(deeds(rows), start=1):
            sheet.write_row(number, 0, [safe_cell(one) for one in _flat(deed)])
    file.seek(0)
    return file
