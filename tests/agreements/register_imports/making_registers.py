"""Registers for tests: untidy as offices keep them, all made up."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from sinergi.accounts.models import Organisation
from sinergi.agreements.register_imports.drafts import Own
from sinergi.agreements.register_imports.preview import Known, RegisterPreview, preview_register
from sinergi.agreements.register_imports.reading import RegisterReading
from tests.people import organisation

TODAY = date(2026, 11, 23)
BANJARBARU = Own("63.72", "Pemerintah Kota Banjarbaru")
HEADINGS = (
    "No",
    "Jenis Naskah",
    "Tentang",
    "Nomor Naskah",
    "Para Pihak",
    "Tanggal Penandatanganan",
)
MORE = ("Jangka Waktu", "Status", "OPD Pelaksana", "Nilai")
WASTE = (
    "PKS",
    "Pengelolaan sampah",
    "119/12/PKS/2023",
    "Pemkot Banjarbaru dengan Pemkab Banjar",
    "12 Agustus 2023",
    "5 tahun",
    "masih berlaku",
    "DLH",
    "Rp 1.000.000",
)
WATER = (
    "MoU",
    "Penyediaan air minum",
    "119/7/KB/2024",
    "1. Pemerintah Kota Banjarbaru\n2. PT Air Contoh",
    "Maret 2024",
    "3 (tiga) tahun",
    "",
    "",
    "",
)


def kota(code: str = "kota-banjarbaru", **fields: object) -> Organisation:
    """The organisation whose register it is."""
    return organisation(code, **{"name": "Kota Banjarbaru", "region_code": "63.72", **fields})


def workbook(
    folder: Path,
    rows: Sequence[Sequence[Any]],
    *,
    name: str = "register.xlsx",
    sheet: str = "Rekap",
    merged: Sequence[str] = (),
) -> Path:
    """Write rows into a workbook; `merged` names ranges such as `B2:B4`."""
    path = folder / name
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
        for cells in merged:
            first = cells.partition(":")[0]
            column, row = ord(first[0]) - ord("A"), int(first[1:]) - 1
            page.merge_range(cells, "")
            page.write(row, column, rows[row][column])
    return path


def numbered(*rows: Sequence[Any]) -> list[list[Any]]:
    """Headings, and rows with running numbers below them."""
    return [[*HEADINGS, *MORE], *([place, *row] for place, row in enumerate(rows, start=1))]


def seen(
    folder: Path,
    rows: Sequence[Sequence[Any]],
    reading: RegisterReading | None = None,
    **known: Any,
) -> RegisterPreview:
    """What a preview says of rows; of a file that is written for it."""
    merged = known.pop("merged", ())
    path = workbook(folder, rows, merged=merged)
    return preview_register(path, Known(TODAY, **{"own": BANJARBARU, **known}), reading)


def codes(preview: RegisterPreview) -> set[tuple[str, str]]:
    """Code and cell of each doubt."""
    return {(one.code, one.cell) for one in preview.doubts}
