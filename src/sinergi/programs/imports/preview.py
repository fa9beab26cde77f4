"""Everything known of a file before it is loaded: its reading, its lines, what is wrong."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sinergi.evidence.imports.grid import Grid
from sinergi.evidence.imports.preview import fingerprint
from sinergi.evidence.imports.problems import Problems, column_index, column_letter
from sinergi.evidence.store import Progress, quiet
from sinergi.programs.imports import fields, headings, identity
from sinergi.programs.imports.agencies import agency_totals
from sinergi.programs.imports.channels import ChannelIndex
from sinergi.programs.imports.codes import nomenclature
from sinergi.programs.imports.collecting import rows_kept
from sinergi.programs.imports.context import Context, PlanFacts
from sinergi.programs.imports.headings import Found
from sinergi.programs.imports.lines import Lines, read_lines
from sinergi.programs.imports.reading import AS_TOLD, Reading
from sinergi.programs.imports.rows import classify, columns_of
from sinergi.programs.imports.sheet import Opened, Sheet, head_of, opened, read_sheet
from sinergi.programs.imports.totals import Total, totals
from sinergi.programs.imports.units import UnitNote, notes

HEAD_ROWS = 460
SHEETS_LOOKED_AT = 20
SMALL = 100_000 * 100
"""Half of all amounts below this, in minor units, is asked about: plans are seldom so small."""
Remembered = Callable[[str], Reading | None]


@dataclass(slots=True)
class PlanPreview:
    """What an import would do. Nothing has been stored.

    Attributes
    ----------
    headings
        What stands above each column.
    signature
        Digest of the headings.
    remembered
        The reading comes from an earlier file with these headings.
    unit_notes
        Places that tell what unit amounts are in.
    keys, identities
        By what each line is known again; its identity as the file tells it, empty where it tells none.
    repeated
        Rows of lines that stand a second time in the file.
    """

    path: Path
    filename: str
    sha256: str
    reading: Reading
    plan: PlanFacts
    problems: Problems
    sheets: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    head: list[tuple[int, list[str]]] = field(default_factory=list)
    signature: str = ""
    remembered: bool = False
    unit_notes: list[UnitNote] = field(default_factory=list)
    lines: Lines | None = None
    totals: list[Total] = field(default_factory=list)
    agency_totals: list[Total] = field(default_factory=list)
    keys: list[identity.Key] = field(default_factory=list)
    identities: list[str] = field(default_factory=list)
    repeated: int = 0

    @property
    def ok(self) -> bool:
        """Whether it can be loaded: no error, and lines or totals of agencies."""
        return not self.problems.errors and bool(self.lines or self.agency_totals)

    @property
    def is_totals(self) -> bool:
        """Whether the file tells totals of agencies only, to check a plan against."""
        return bool(self.reading.of("agency_total")) and not self.reading.of("title")


@rows_kept()
def preview_file(
    path: Path,
    reading: Reading | None = None,
    *,
    plan: PlanFacts | None = None,
    filename: str = "",
    remembered: Remembered | None = None,
    progress: Progress = quiet,
) -> PlanPreview:
    """Read a file and say what is wrong with it.

    Parameters
    ----------
    reading
        How to read it; suggested when not given.
    plan
        What is known of the plan.
    remembered
        Called with the signature of the headings; returns how such files were read before.
    """
    problems = Problems()
    name = filename or path.name
    seen = PlanPreview(
        path, name, fingerprint(path), reading or Reading(), plan or PlanFacts(), problems
    )
    with opened(path, problems) as book:
        if book is None:
            return seen
        seen.sheets = book.sheets
        sheet = _only_sheet(book, problems, progress)
        if reading is None:
            _suggest(seen, book, remembered, sheet.grid if sheet else None)
        elif not reading.sheet:
            seen.reading = reading.with_(sheet=book.sheets[0])
        if len(book.sheets) > 1 or seen.reading.sheet != book.sheets[0]:
            problems.sheet = seen.reading.sheet
            sheet = read_sheet(book, seen.reading.sheet, problems, progress)
    if sheet is not None and _usable(seen, sheet):
        _read(seen, sheet, progress)
    return seen


def suggest_for(
    path: Path, sheet: str, header_row: int | None = None, header_rows: int = 1
) -> Reading:
    """Suggest how one sheet of a file is read, with its row of headings where that is known."""
    with opened(path, Problems()) as book:
        grid = head_of(book, sheet, HEAD_ROWS) if book else None
    if grid is None:
        return Reading(sheet=sheet)
    known = None
    if header_row is not None:
        known = Reading(
            sheet=sheet, header_row=header_row, header_rows=header_rows if header_row else 0
        )
    return headings.suggest(grid, known).reading


def _only_sheet(book: Opened, problems: Problems, progress: Progress) -> Sheet | None:
    """Read the sheet of a file that has one: its headings are then looked for in what was read once."""
    if len(book.sheets) > 1:
        return None
    problems.sheet = book.sheets[0]
    return read_sheet(book, book.sheets[0], problems, progress)


def _suggest(
    seen: PlanPreview, book: Opened, remembered: Remembered | None, read: Grid | None
) -> None:
    """Suggest a reading from the sheet whose headings tell most, or take the one that is remembered."""
    best: Found | None = None
    chosen: Grid | None = None
    for sheet in book.sheets[:SHEETS_LOOKED_AT]:
        grid = head_of(book, sheet, HEAD_ROWS) if read is None else _head(read)
        if grid is None or not grid.width:
            continue
        found = headings.suggest(grid)
        if best is None or found.score > best.score:
            best, chosen = found, grid
    seen.reading = best.reading if best else Reading(sheet=book.sheets[0])
    if chosen is None or remembered is None:
        return
    earlier = remembered(headings.signature(_names(chosen, seen.reading)))
    if earlier is not None:
        seen.remembered = True
        kept = {
            name: getattr(earlier, name)
            for name in ("header_rows", "columns", "numbers", "hierarchical")
        }
        seen.reading = seen.reading.with_(**kept)


def _head(grid: Grid) -> Grid:
    text, number = ([one.head(HEAD_ROWS) for one in cells] for cells in (grid.text, grid.number))
    return Grid(grid.sheet, text, number)


def _names(grid: Grid, reading: Reading) -> list[str]:
    return [" / ".join(parts) for parts in headings.stacked(grid, reading)]


def _usable(seen: PlanPreview, sheet: Sheet) -> bool:
    grid, problems, reading = sheet.grid, seen.problems, seen.reading
    if not grid.height:
        problems.add("error", "no_lines", value=grid.sheet or seen.filename)
        return False
    if reading.data_row > grid.height + 1:
        problems.add("error", "no_header", value=str(reading.header_row))
        return False
    seen.headings = _names(grid, reading)
    seen.signature = headings.signature(seen.headings)
    numbers = range(reading.data_row, min(reading.data_row + 12, grid.height + 1))
    seen.head = [(number, grid.row(number)) for number in numbers]
    if not reading.header_row:
        problems.add("warning", "no_heading_row", value=grid.sheet or seen.filename)
    _units(seen, grid)
    _tell_columns(seen, grid)
    if seen.is_totals:
        return True
    if not reading.of("title"):
        problems.add("error", "no_title_column", row=reading.header_row or None)
        return False
    if not reading.amounts():
        problems.add("warning", "no_amount_column", row=reading.header_row or None)
    if not seen.plan.first_year and not reading.of("year"):
        problems.add("warning", "no_year")
    return True


def _units(seen: PlanPreview, grid: Grid) -> None:
    """Look for the unit of amounts in the title and the headings; a new one must be confirmed."""
    reading = seen.reading
    money = {
        column_index(letter) for letter, name in reading.columns.items() if fields.is_money(name)
    }
    above = range(1, max(reading.header_row, 1))
    within = range(reading.header_row, reading.data_row) if reading.header_row else range(0)
    cells = [
        (row, column, text)
        for row in (*above, *within)
        for column, text in enumerate(grid.row(row))
        if text and (row in above or column in money)
    ]
    once = {(row, text): (row, column, text) for row, column, text in reversed(cells)}
    seen.unit_notes = notes(sorted(once.values()))
    factors = {one.factor for one in seen.unit_notes if one.factor}
    if any(one.factor == 0 for one in seen.unit_notes):
        note = next(one for one in seen.unit_notes if one.factor == 0)
        seen.problems.add(
            "error", "two_currencies", row=note.row, column=note.column, value=note.text
        )
    if not factors or reading.unit_confirmed:
        return
    seen.reading = reading.with_(multiplier=factors.pop() if len(factors) == 1 else AS_TOLD)
    told = [one for one in seen.unit_notes if one.factor]
    one_unit = seen.reading.multiplier != AS_TOLD
    seen.problems.add(
        "error",
        "unit_to_confirm" if one_unit else "units_to_confirm",
        row=told[0].row,
        column=told[0].column,
        value=told[0].text,
        factor=_times(told[0]),
        units="; ".join(f"{one.cell} “{one.text[:80]}” × {_times(one)}" for one in told),
    )


def _times(note: UnitNote) -> str:
    return f"{note.factor:,}".replace(",", ".")


def _tell_columns(seen: PlanPreview, grid: Grid) -> None:
    """Report columns that are not read though something stands in them."""
    reading = seen.reading
    for column in range(grid.width):
        letter = column_letter(column)
        heading = seen.headings[column] if column < len(seen.headings) else ""
        if (
            letter in reading.columns
            or not heading
            or fields.recognise([heading.split(" / ")[-1]]) == ""
        ):
            continue
        if grid.text[column][reading.data_row - 1 :].drop_nulls().len():
            seen.problems.add(
                "warning",
                "column_not_read",
                row=reading.header_row or None,
                column=column,
                value=heading,
                letter=letter,
            )


def _read(seen: PlanPreview, sheet: Sheet, progress: Progress) -> None:
    reading, problems = seen.reading, seen.problems
    columns = columns_of(sheet, reading)
    if seen.is_totals:
        seen.agency_totals = agency_totals(sheet, reading, problems)
        return
    rows = classify(sheet, columns, reading, problems)
    _settle_formulas(seen)
    _settle_merged(seen)
    if not rows.lines:
        problems.add("error", "no_lines", value=sheet.grid.sheet or seen.filename)
        return
    progress("check", 0, len(rows.lines))
    region = seen.plan.region_code
    context = Context(
        sheet, reading, columns, rows, seen.plan, problems, nomenclature(), ChannelIndex(region)
    )
    seen.lines = read_lines(context)
    seen.totals = totals(context, seen.lines)
    seen.identities = context.texts("identity")
    _tell_repeated(seen, context)
    _tell_small(seen)
    progress("check", len(rows.lines), len(rows.lines))


def _settle_formulas(seen: PlanPreview) -> None:
    """Formulas without a value only count where their column is read."""
    used = {column_index(letter) for letter in seen.reading.columns}
    code = "formula_without_value"
    for one in [one for one in seen.problems.kept if one.code == code and one.column not in used]:
        seen.problems.kept.remove(one)
        seen.problems.counts[one.severity, code] -= 1


def _settle_merged(seen: PlanPreview) -> None:
    """Take back what is said of merged cells of money: they are told line by line."""
    money = {column_index(x) for x, name in seen.reading.columns.items() if fields.is_money(name)}
    code = "merged_cells"
    for one in [one for one in seen.problems.kept if one.code == code and one.column in money]:
        seen.problems.kept.remove(one)
        seen.problems.counts[one.severity, code] -= 1


def _tell_repeated(seen: PlanPreview, context: Context) -> None:
    """Report lines that stand in the file more than once; all are kept."""
    assert seen.lines is not None
    held = seen.lines.fields
    agencies = [
        str(code or name) for code, name in zip(held["agency_code"], held["agency"], strict=True)
    ]
    seen.keys = identity.keys(
        [str(one) for one in held["external_id"]],
        [str(one) for one in held["code"]],
        agencies,
        [str(one) for one in held["title"]],
        [str(one) for one in held["place"]],
    )
    first: dict[identity.Key, int] = {}
    for place, key in enumerate(seen.keys):
        row = seen.lines.rows[place]
        if key in first:
            seen.repeated += 1
            title = str(held["title"][place])[:80]
            context.tell(row, "twice", "title", title, first=str(first[key]))
        first.setdefault(key, row)
    held["remarks"] = [context.remarks.get(row, []) for row in seen.lines.rows]


def _tell_small(seen: PlanPreview) -> None:
    assert seen.lines is not None
    paid = sorted(sum(one.values()) for one in seen.lines.amounts if one)
    if len(paid) < 5 or seen.reading.multiplier != 1:
        return
    middle = paid[len(paid) // 2]
    if 0 < middle < SMALL:
        letter = next(iter(seen.reading.amounts()))
        shown = f"Rp {middle // 100:,}".replace(",", ".")
        seen.problems.add("warning", "amounts_small", column=column_index(letter), value=shown)
