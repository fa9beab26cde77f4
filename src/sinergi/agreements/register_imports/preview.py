"""Everything known of a register's file before it is loaded: its reading, its agreements, its doubts."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from sinergi.agreements.register_imports import headings, joining
from sinergi.agreements.register_imports.doubts import Doubt
from sinergi.agreements.register_imports.drafts import Draft, DraftReader, Own
from sinergi.agreements.register_imports.headings import Found
from sinergi.agreements.register_imports.joining import Held, Pair
from sinergi.agreements.register_imports.parties import PartyReader
from sinergi.agreements.register_imports.reading import REMEMBERED, RegisterReading
from sinergi.agreements.register_imports.rows import Corrections, LeftOut, classify
from sinergi.evidence.imports.grid import Grid
from sinergi.evidence.imports.preview import fingerprint
from sinergi.evidence.imports.problems import Problems
from sinergi.evidence.store import Progress, quiet
from sinergi.programs.imports.collecting import rows_kept
from sinergi.programs.imports.fields import normal
from sinergi.programs.imports.headings import signature
from sinergi.programs.imports.sheet import Opened, head_of, opened, read_sheet
from sinergi.reference.queries import affairs, agreement_families, find_region

HEAD_ROWS = 400
SHEETS_LOOKED_AT = 20
MOST_ROWS = 100_000
"""Rows of a register that are brought in at once."""
REPORT_EVERY = 500
Remembered = Callable[[str], RegisterReading | None]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known besides the file.

    Attributes
    ----------
    own
        The government whose register it is.
    held
        Its agreements that are here already.
    corrections
        What stands in the place of cells.
    """

    today: date
    own: Own = field(default_factory=Own)
    held: Sequence[Held] = ()
    corrections: Corrections = field(default_factory=dict)
    remembered: Remembered | None = None


@dataclass
class RegisterPreview:
    """What an import would do. Nothing has been stored."""

    path: Path
    filename: str
    sha256: str
    reading: RegisterReading
    problems: Problems
    sheets: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    head: list[tuple[int, list[str]]] = field(default_factory=list)
    signature: str = ""
    remembered: bool = False
    drafts: list[Draft] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    rows: int = 0

    @property
    def ok(self) -> bool:
        """Whether it can be loaded: no error, and at least one agreement."""
        return not self.problems.errors and bool(self.drafts)

    @property
    def new(self) -> list[Draft]:
        """Agreements that are not here yet."""
        return [one for one in self.drafts if one.matches is None]

    @property
    def changed(self) -> list[Draft]:
        """Agreements that are here and of which the file says something else."""
        return [one for one in self.drafts if one.matches is not None and one.differs]

    @property
    def same(self) -> int:
        """How many are here as the file says."""
        return sum(one.matches is not None and not one.differs for one in self.drafts)

    @cached_property
    def doubts(self) -> list[Doubt]:
        """Everything that was not clear, in the order of the rows."""
        told = [doubt for draft in self.drafts for doubt in draft.doubts]
        told += [
            Doubt(one.why, one.number, written=" | ".join(one.written.values()))
            for one in self.left_out
            if one.why == "row_without_title"
        ]
        return sorted(told, key=lambda one: (one.row, one.column is not None, one.column or 0))

    @property
    def by_code(self) -> Counter[str]:
        """How many doubts there are of each kind."""
        return Counter(one.code for one in self.doubts)


@rows_kept()
def preview_register(
    path: Path,
    known: Known,
    reading: RegisterReading | None = None,
    *,
    filename: str = "",
    progress: Progress = quiet,
) -> RegisterPreview:
    """Read a file and say what would become of it.

    Parameters
    ----------
    reading
        How to read it; suggested when not given.
    """
    problems = Problems()
    seen = RegisterPreview(
        path, filename or path.name, fingerprint(path), reading or RegisterReading(), problems
    )
    with opened(path, problems) as book:
        if book is None:
            return seen
        seen.sheets = book.sheets
        if reading is None:
            _suggest(seen, book, known.remembered)
        elif not reading.sheet:
            seen.reading = reading.with_(sheet=book.sheets[0])
        problems.sheet = seen.reading.sheet
        sheet = read_sheet(book, seen.reading.sheet, problems, progress, lines=True)
    if sheet is not None and _usable(seen, sheet.grid):
        _read(seen, sheet.grid, known, progress)
    return seen


def suggest_for(
    path: Path, sheet: str, header_row: int | None = None, header_rows: int = 1
) -> RegisterReading:
    """Suggest how one sheet of a file is read, with its row of headings where that is known."""
    with opened(path, Problems()) as book:
        grid = head_of(book, sheet, HEAD_ROWS, lines=True) if book else None
    if grid is None:
        return RegisterReading(sheet=sheet)
    told = None
    if header_row is not None:
        rows = header_rows if header_row else 0
        told = RegisterReading(sheet=sheet, header_row=header_row, header_rows=rows)
    return headings.suggest(grid, told).reading


def _suggest(seen: RegisterPreview, book: Opened, remembered: Remembered | None) -> None:
    best: Found | None = None
    chosen: Grid | None = None
    for sheet in book.sheets[:SHEETS_LOOKED_AT]:
        grid = head_of(book, sheet, HEAD_ROWS, lines=True)
        if grid is None or not grid.width:
            continue
        found = headings.suggest(grid)
        if best is None or found.score > best.score:
            best, chosen = found, grid
    seen.reading = best.reading if best else RegisterReading(sheet=book.sheets[0])
    if chosen is None or remembered is None:
        return
    earlier = remembered(signature(headings.names(chosen, seen.reading)))
    if earlier is not None:
        seen.remembered = True
        seen.reading = seen.reading.with_(**{name: getattr(earlier, name) for name in REMEMBERED})


def _usable(seen: RegisterPreview, grid: Grid) -> bool:
    problems, reading = seen.problems, seen.reading
    if not grid.height:
        problems.add("error", "no_rows", value=grid.sheet or seen.filename)
        return False
    seen.headings = headings.names(grid, reading)
    seen.signature = signature(seen.headings)
    first = reading.data_row
    seen.head = [
        (number, grid.row(number)) for number in range(first, min(first + 8, grid.height + 1))
    ]
    if first > grid.height:
        problems.add("error", "no_rows", value=grid.sheet or seen.filename)
        return False
    if grid.height - first > MOST_ROWS:
        problems.add("error", "rows_many", value=str(grid.height), limit=str(MOST_ROWS))
        return False
    if not (reading.of("title") or reading.of("number")):
        problems.add("error", "no_title_column", row=reading.header_row or None)
        return False
    _settle(seen)
    return True


def _settle(seen: RegisterPreview) -> None:
    """Tell formulas without a value as warnings: a register is read for its words."""
    code = "formula_without_value"
    held = [one for one in seen.problems.kept if one.code == code]
    for one in held:
        seen.problems.kept.remove(one)
        seen.problems.add(
            "warning", "formula_left", row=one.row, column=one.column, value=one.value
        )
    seen.problems.counts.pop(("error", code), None)


def _read(seen: RegisterPreview, grid: Grid, known: Known, progress: Progress) -> None:
    found = classify(grid, seen.reading, seen.headings, known.corrections)
    seen.left_out, seen.rows = found.left_out, len(found.rows)
    if not found.rows:
        seen.problems.add("error", "no_rows", value=grid.sheet or seen.filename)
        return
    reader = DraftReader(
        seen.reading,
        PartyReader(find_region),
        known.own,
        {
            normal(name): one.code
            for one in affairs().values()
            for name in (one.name_id, one.name_en)
        },
        frozenset(
            one.code for one in agreement_families().values() if one.memorandum and one.agreement
        ),
        known.today,
    )
    drafts = []
    for place, row in enumerate(found.rows):
        drafts.append(reader.read(row))
        if place % REPORT_EVERY == 0:
            progress("check", place, len(found.rows))
    drafts = joining.joined(drafts)
    seen.pairs = joining.pairs(drafts)
    _tell_pairs(seen, drafts)
    seen.drafts = joining.with_pairs(drafts, seen.pairs) if seen.reading.join_pairs else drafts
    joining.recognise(seen.drafts, known.held)
    progress("check", len(found.rows), len(found.rows))


def _tell_pairs(seen: RegisterPreview, drafts: list[Draft]) -> None:
    code = "pair_joined" if seen.reading.join_pairs else "pair_proposed"
    for pair in seen.pairs:
        first, second = drafts[pair.first], drafts[pair.second]
        note = Doubt(code, second.row, None, "", second.title, first.title, str(first.row))
        second.doubts.append(note)
