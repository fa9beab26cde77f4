"""Results as files: CSV, Excel, Parquet, JSON, to a file or down a pipe."""

import csv
import json
import math
import os
import shutil
import sys
from collections.abc import Iterable
from enum import StrEnum
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sinergi.cli import screen
from sinergi.cli.failures import CommandError
from sinergi.cli.language import gettext as _
from sinergi.cli.tables import Table, flat

if TYPE_CHECKING:
    import polars as pl

BINARY = {"xlsx", "parquet", "docx", "pdf"}


class TableFormat(StrEnum):
    """Formats of a plain table."""

    table = "table"
    json = "json"
    csv = "csv"
    xlsx = "xlsx"
    parquet = "parquet"


def pick(given: StrEnum | None, out: Path | None, formats: type[StrEnum]) -> str:
    """Return the format asked for, otherwise the one that the name of the file tells.

    Raises
    ------
    CommandError
        When the name tells none.
    """
    known = [one.value for one in formats]
    if given is not None:
        return given.value
    if out is None:
        return "table" if "table" in known else known[0]
    ending = out.suffix.lstrip(".").lower()
    if ending in known:
        return ending
    if ending == "txt" and "table" in known:
        return "table"
    raise CommandError(
        _("{name}: the name tells no format. Add --format with one of: {formats}.").format(
            name=out, formats=", ".join(known)
        )
    )


def write_table(table: Table, form: str, out: Path | None, *others: Table) -> None:
    """Show or write a table; `others` become further sheets of an Excel file."""
    if form == "table":
        deliver_text(table, out)
    elif form == "json":
        deliver(json_bytes(table.records()), form, out)
    elif form == "csv":
        deliver(csv_bytes(table), form, out)
    elif form == "parquet":
        deliver(parquet_bytes(table), form, out)
    else:
        deliver(xlsx_bytes([table, *others]), form, out)


def deliver_text(table: Table, out: Path | None) -> None:
    """Show a table, or write it as plain text."""
    if out is None:
        screen.show(table)
    else:
        deliver(screen.plain(table).encode(), "table", out)


def deliver(content: bytes, form: str, out: Path | None) -> None:
    """Write content to a file, all of it or nothing; without a file to standard output.

    Raises
    ------
    CommandError
        When it would put a binary format on a terminal.
    """
    if out is None:
        if form in BINARY and sys.stdout.isatty():
            raise CommandError(
                _("{format} is no text for a terminal. Add --out FILE.").format(format=form)
            )
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    deliver_parts((content,), out)


def deliver_parts(parts: Iterable[bytes], out: Path | None) -> None:
    """Write the parts of a text to a file, all of them or nothing; without a file to standard output."""
    if out is None:
        sys.stdout.flush()
        sys.stdout.buffer.writelines(parts)
        sys.stdout.buffer.flush()
        return
    # a link keeps leading to its file; a pipe or a device takes what is written and stays what it is
    straight = out.exists() and not out.is_file()
    place = out if straight else out.resolve()
    part = place if straight else place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            if not straight and place.exists():
                shutil.copymode(place, part)  # before anything is in it that others may not read
            file.writelines(parts)
        if not straight:
            part.replace(place)
    except BaseException as error:
        if not straight:
            part.unlink(missing_ok=True)
        if isinstance(error, OSError):
            error.filename = str(out)
            error.filename2 = None
        raise
    screen.note(_("Written: {file}").format(file=out))


def json_bytes(value: Any) -> bytes:
    """Return JSON that people can read; what is not a number becomes null."""
    return (json.dumps(_plain(value), ensure_ascii=False, indent=2) + "\n").encode()


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(one) for one in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if value is None or isinstance(value, str | int | bool):
        return value
    return value.item() if hasattr(value, "item") else str(value)


def csv_bytes(table: Table) -> bytes:
    """Return CSV with a mark for Excel; cells that a spreadsheet would run are made safe."""
    from sinergi.evidence.safe_cells import safe_cell  # noqa: PLC0415 - not needed on screen

    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(column.name for column in table.columns)
    for row in table.rows:
        cells = [flat(cell) for cell in row]
        writer.writerow([safe_cell(c) if isinstance(c, str) else c for c in cells])
    return out.getvalue().encode("utf-8-sig")


def xlsx_bytes(tables: list[Table]) -> bytes:
    """Return an Excel file with one sheet a table, headings frozen, columns as wide as their text."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - not needed on screen

    from sinergi.evidence.safe_cells import safe_cell  # noqa: PLC0415 - as above

    memory = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(memory, options) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        for place, table in enumerate(tables, start=1):
            sheet = book.add_worksheet((table.title or f"{place}")[:31])
            sheet.freeze_panes(1, 0)
            for x, column in enumerate(table.columns):
                sheet.write_string(0, x, column.label, bold)
                sheet.set_column(x, x, _width(table, x))
            for y, row in enumerate(table.rows, start=1):
                for x, cell in enumerate(map(flat, row)):
                    value = safe_cell(cell) if isinstance(cell, str) else cell
                    if not missing(value):
                        sheet.write(y, x, value)
    return memory.getvalue()


def missing(value: Any) -> bool:
    """Whether a cell stays empty."""
    return value is None or (isinstance(value, float) and math.isnan(value))


def _width(table: Table, x: int) -> int:
    texts = (str(flat(row[x]) or "") for row in table.rows[:200])
    return min(max(len(table.columns[x].label), *(len(text) for text in texts), 8) + 2, 60)


def parquet_bytes(table: Table) -> bytes:
    """Return Parquet; lists stay lists."""
    memory = BytesIO()
    frame_of(table).write_parquet(memory)
    return memory.getvalue()


def frame_of(table: Table) -> "pl.DataFrame":
    """Return a table as a Polars frame; lists stay lists, missing is null."""
    import polars as pl  # noqa: PLC0415 - not needed on screen

    kinds: dict[str, Any] = {
        "text": pl.String,
        "number": pl.Float64,
        "count": pl.Int64,
        "yes_no": pl.Boolean,
        "list": pl.List(pl.String),
    }
    return pl.DataFrame(
        [
            pl.Series(
                column.name,
                [_typed(row[x], column.kind) for row in table.rows],
                dtype=kinds[column.kind],
            )
            for x, column in enumerate(table.columns)
        ]
    )


def _typed(cell: Any, kind: str) -> Any:
    if cell is None:
        return None
    if kind == "list":
        return list(cell)
    return {"number": float, "count": int, "yes_no": bool}.get(kind, str)(cell)
