"""Tables that go out and come back: agreements as a register, doubtful cells with a column to correct."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from sinergi.accounts.texts import small_number
from sinergi.agreements.models import Agreement, DocumentKind, Party
from sinergi.agreements.register_imports.doubts import Doubt
from sinergi.agreements.register_imports.messages import read_text, reason, remedy
from sinergi.agreements.register_imports.rows import LeftOut
from sinergi.evidence.imports.grid import Grid
from sinergi.evidence.imports.problems import column_index, column_letter
from sinergi.evidence.safe_cells import DANGEROUS

REGISTER = (
    "Nomor Naskah",
    "Jenis Naskah",
    "Tentang",
    "Para Pihak",
    "Perangkat Daerah",
    "Kategori Kerja Sama",
    "Tanggal Penandatanganan",
    "Mulai Berlaku",
    "Berakhir",
    "Status",
    "Objek",
    "Nilai",
    "Ruang Lingkup",
    "Keterangan",
)
"""Headings of a register that goes out; they come back as they were, in every language of the page."""
KINDS = {
    DocumentKind.KB: "Kesepakatan Bersama",
    DocumentKind.PKS: "Perjanjian Kerja Sama",
    DocumentKind.NOTA: "Nota Kesepakatan",
    DocumentKind.ADDENDUM: "Adendum",
}
STATES = {"living": "masih berlaku", "ended": "berakhir", "withdrawn": "dibatalkan"}
UNSIGNED = "draft"
ROW, COLUMN, CORRECTION = 1, 2, 8


def register_rows(agreements: Iterable[Agreement]) -> Iterator[list[Any]]:
    """Yield agreements as rows below `REGISTER`; parties and documents fetched before."""
    for one in agreements:
        papers = list(one.documents.all())
        parties = list(one.parties.all())
        own = next((p for p in parties if p.organisation_id == one.organisation_id), None)
        paper = papers[-1] if papers else None
        state = UNSIGNED if one.stage == "preparation" else STATES.get(one.state, "")
        yield [
            one.number,
            KINDS.get(DocumentKind(paper.kind), "") if paper else "",
            one.title,
            "; ".join(_party(p, own) for p in parties),
            own.agency if own else "",
            one.family,
            paper.dated.isoformat() if paper and paper.dated else "",
            one.begins.isoformat() if one.begins else "",
            one.ends.isoformat() if one.ends else "",
            state,
            one.object_text,
            one.funding,
            one.scope,
            one.note,
        ]


def _party(party: Party, own: Party | None) -> str:
    """Return how a party is written: the agency before its government, unless it is in its own column."""
    if party.agency and party is not own:
        return f"{party.agency} {party.name.removeprefix('Pemerintah ')}"
    return party.name


def doubt_headings() -> list[str]:
    """Return the headings of doubtful cells; the last column is filled in by people."""
    return [
        _("Sheet"),
        _("Row"),
        _("Column"),
        _("Heading"),
        _("Written"),
        _("Read as"),
        _("Why it is doubtful"),
        _("What to do"),
        _("Correction"),
    ]


def doubt_rows(sheet: str, headings: list[str], doubts: Iterable[Doubt]) -> Iterator[list[Any]]:
    """Yield doubtful cells as rows below `doubt_headings`."""
    for one in doubts:
        letter = "" if one.column is None else column_letter(one.column)
        there = one.column is not None and one.column < len(headings)
        heading = headings[one.column] if there and one.column is not None else ""
        yield [
            sheet,
            one.row,
            letter,
            heading,
            one.written,
            read_text(one),
            reason(one),
            remedy(one),
            "",
        ]


def left_out_rows(left_out: Iterable[LeftOut]) -> Iterator[list[Any]]:
    """Yield rows that became no agreement: number, reason, all cells."""
    for one in left_out:
        yield [one.number, reason(Doubt(one.why, one.number)), " | ".join(one.written.values())]


def corrections_in(grid: Grid) -> dict[tuple[int, int], str]:
    """Return the corrections that a table of doubtful cells holds: row and column to text.

    An apostrophe that kept a cell from being a formula is taken off again.
    """
    found: dict[tuple[int, int], str] = {}
    for number in range(2, grid.height + 1):
        cells = grid.row(number)
        if len(cells) <= CORRECTION or not cells[CORRECTION]:
            continue
        row = small_number(cells[ROW])
        try:
            column = column_index(cells[COLUMN])
        except ValueError:
            continue
        if row:
            found[row, column] = _bare(cells[CORRECTION])
    return found


def _bare(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:].startswith(DANGEROUS) else text
