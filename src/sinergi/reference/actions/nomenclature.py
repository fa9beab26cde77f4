"""Loads an activity nomenclature (a SIPD export) for this installation."""

import csv
import gzip
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from python_calamine import CalamineError, CalamineWorkbook

from sinergi.reference.actions.load_pack import Progress, quiet
from sinergi.reference.actions.problems import Problems
from sinergi.reference.models import Activity, PackLoad

SUBACTIVITY = re.compile(r"(?:\d\.\d{2}|X\.XX)\.\d{2}\.\d\.\d{2}\.\d{2,4}")
HEADING_ROWS = 30
LEVELS = (
    ("affair", "kode_bidang", "nama_bidang"),
    ("program", "kode_program", "nama_program"),
    ("activity", "kode_kegiatan", "nama_kegiatan"),
)
REQUIRED = {"kode_subkegiatan", "nama_subkegiatan"}
KINDS = (".csv", ".csv.gz", ".xlsx", ".xls", ".xlsb", ".ods")
PARTS = {"affair": 2, "program": 3, "activity": 5}
"""How many segments of a sub-activity's code make the code of each level above it."""


@dataclass(frozen=True, slots=True)
class NomenclatureReport:
    """What a nomenclature file brought."""

    subactivities: int
    lines: int
    """With affairs, programmes and activities."""
    changed: bool
    """False when this very file was loaded last."""


@dataclass(frozen=True, slots=True)
class _Line:
    sheet: str
    number: int
    cells: Mapping[str, str]

    def cell(self, name: str) -> str:
        told = self.cells.get(name, "").strip()
        return "" if told.lower() in {"[null]", "null", "-"} else told


def load_nomenclature(path: Path, progress: Progress | None = None) -> NomenclatureReport:
    """Replace the activity nomenclature of this installation by a CSV or Excel file, all or nothing.

    Parameters
    ----------
    path
        `.csv` (comma, semicolon or tab), `.csv.gz` or a workbook. The heading, within the first 30
        rows of any sheet, names at least `kode_subkegiatan` and `nama_subkegiatan`; `kode_…` and
        `nama_…` of bidang, program and kegiatan, `indikator`, `satuan`, `spm`, `jenis_pemda` and
        `subkegiatan_sebelumnya` (the codes whose place it took) are used where they are there.

    Raises
    ------
    ReferenceFileError
        With every problem by sheet and row; nothing is stored.
    """
    problems = Problems(path)
    content = _content(path, problems)
    version = sha256(content).hexdigest()[:12]
    last = PackLoad.objects.filter(part=PackLoad.Part.NOMENCLATURE).first()
    if last and last.version == version:
        return NomenclatureReport(0, 0, changed=False)
    lines = _lines(path, content, problems)
    rows = _activities(lines, path.name, problems)
    problems.raise_if_any()
    report = progress or quiet
    with transaction.atomic():
        Activity.objects.all().delete()
        Activity.objects.bulk_create(rows, batch_size=2000)
        PackLoad.objects.create(
            part=PackLoad.Part.NOMENCLATURE,
            version=version,
            file=path.name,
            loaded_at=timezone.now(),
        )
    report("nomenclature", len(rows), len(rows))
    return NomenclatureReport(len(lines), len(rows), changed=True)


def _content(path: Path, problems: Problems) -> bytes:
    if not path.name.lower().endswith(KINDS):
        problems.add("wrong_kind", value=path.suffix or path.name, allowed=", ".join(KINDS))
        raise problems.stop()
    try:
        raw = path.read_bytes()
        return gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw
    except (OSError, EOFError) as error:
        problems.add("not_readable", reason=error)
        raise problems.stop() from error


def _lines(path: Path, content: bytes, problems: Problems) -> list[_Line]:
    """Return the rows below the first heading that names what is required."""
    is_text = path.name.lower().endswith((".csv", ".csv.gz"))
    for sheet, rows in _sheets_of_text(content) if is_text else _sheets(content, problems):
        found = _below_heading(sheet, rows)
        if found is not None:
            if not found:
                problems.add("no_rows", sheet=sheet)
            return found
    problems.add("no_heading")
    raise problems.stop()


def _sheets_of_text(content: bytes) -> Iterator[tuple[str, Iterable[list[str]]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    first = text.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    yield "", csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def _sheets(content: bytes, problems: Problems) -> Iterator[tuple[str, Iterable[list[str]]]]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    except CalamineError as error:
        problems.add("not_readable", reason=error)
        raise problems.stop() from error
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        yield name, ([str(cell) for cell in row] for row in rows)


def _below_heading(sheet: str, rows: Iterable[list[str]]) -> list[_Line] | None:
    heading: list[str] = []
    found = []
    for number, row in enumerate(rows, start=1):
        if heading:
            if any(cell.strip() for cell in row):
                found.append(_Line(sheet, number, dict(zip(heading, row, strict=False))))
            continue
        names = [_plain(cell).replace("sub_kegiatan", "subkegiatan") for cell in row]
        if set(names) >= REQUIRED:
            heading = names
        elif number >= HEADING_ROWS:
            return None
    return found if heading else None


def _plain(cell: str) -> str:
    return re.sub(r"[^a-z]+", "_", cell.strip().lower()).strip("_")


def _activities(lines: list[_Line], file: str, problems: Problems) -> list[Activity]:
    found: dict[tuple[str, str], Activity] = {}
    for line in lines:
        code, name = line.cell("kode_subkegiatan"), line.cell("nama_subkegiatan")
        wrong = _wrong(code, name)
        authority = "" if wrong else _authority(line, code)
        if not wrong and (code, authority) in found:
            wrong = ("subactivity_twice", "kode_subkegiatan")
        if wrong:
            problems.add(wrong[0], sheet=line.sheet, line=line.number, column=wrong[1], value=code)
            continue
        found[(code, authority)] = Activity(
            code=code,
            authority=authority,
            name=name,
            level="subactivity",
            parent=_above(line, code, authority, file, found),
            unit=line.cell("satuan")[:120],
            indicator=line.cell("indikator"),
            spm=line.cell("spm").upper() == "SPM",
            previous=_previous(line.cell("subkegiatan_sebelumnya"), code),
            source=file[:200],
        )
    return list(found.values())


def _previous(told: str, code: str) -> str:
    """Return the other codes that a text names, parted by `|`, as many as can be kept."""
    named = dict.fromkeys(one for one in SUBACTIVITY.findall(told) if one != code)
    return "|".join(list(named)[:8])


def _wrong(code: str, name: str) -> tuple[str, str] | None:
    """Return what is wrong with a line by itself, and in which column."""
    if not SUBACTIVITY.fullmatch(code):
        return "not_a_subactivity", "kode_subkegiatan"
    return None if name else ("no_name", "nama_subkegiatan")


def _authority(line: _Line, code: str) -> str:
    told = line.cell("jenis_pemda").upper()
    if told:
        return "PROVINSI" if told.startswith("PROV") else "KABKOTA"
    return "PROVINSI" if code.split(".")[3] == "1" else "KABKOTA"


def _above(
    line: _Line,
    code: str,
    authority: str,
    file: str,
    found: dict[tuple[str, str], Activity],
) -> str:
    """Add the affair, programme and activity over a sub-activity; return the nearest of them."""
    parent = ""
    for level, code_column, name_column in LEVELS:
        above = line.cell(code_column) or ".".join(code.split(".")[: PARTS[level]])
        name = line.cell(name_column)
        if (above, authority) not in found and name:
            found[(above, authority)] = Activity(
                code=above,
                authority=authority,
                name=name,
                level=level,
                parent=parent,
                source=file[:200],
            )
        parent = above
    return parent
