"""Everything known about a file before it is loaded: how it was read, what is wrong, what would change."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from sinergi.evidence import store
from sinergi.evidence.imports import checks
from sinergi.evidence.imports.files import FileFacts, inspect
from sinergi.evidence.imports.grid import Grid, has_control_characters, read_grid, sheet_names
from sinergi.evidence.imports.indicators import IndicatorIndex, indicator_index
from sinergi.evidence.imports.layout import SAMPLE, Guess, guess
from sinergi.evidence.imports.mapping import Mapping, OnExisting
from sinergi.evidence.imports.melt import melt, places
from sinergi.evidence.imports.peers import check_peers
from sinergi.evidence.imports.problems import Problems
from sinergi.evidence.imports.regions import RegionIndex, region_index
from sinergi.evidence.imports.resolve import Context, resolve
from sinergi.evidence.imports.unread import tell_headings
from sinergi.evidence.models import COMMON
from sinergi.evidence.queries.series_matrix import period_label
from sinergi.evidence.scope import current
from sinergi.evidence.store import Progress, quiet

SHEETS_LOOKED_AT = 20
SHOWN_ROWS = 12
HEAD_ROWS = SAMPLE + 40


@dataclass(slots=True)
class Preview:
    """What an import would do. Nothing has been stored."""

    path: Path
    filename: str
    sha256: str
    mapping: Mapping
    problems: Problems
    on_existing: OnExisting = "reject"
    shelf: int = COMMON
    """Onto which shelf it would be loaded."""
    sheets: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    head: list[tuple[int, list[str]]] = field(default_factory=list)
    """The first rows below the headings: number and texts."""
    rows: pl.DataFrame = field(default_factory=pl.DataFrame)
    """What would be stored: `indicator`, `region`, `source` (keys), `period`, `value`, `flag`, `replaces`."""
    read: int = 0
    """Values read in full."""
    missing: int = 0
    """Cells left empty or marked as missing."""
    unchanged: int = 0
    """Values that are stored already just so."""

    @property
    def ok(self) -> bool:
        """Whether it can be loaded: no error, and something to store."""
        return not self.problems.errors and self.stores > 0

    @property
    def stores(self) -> int:
        """How many values would be stored."""
        return self.rows.height

    @property
    def replaces(self) -> int:
        """How many stored values would be replaced."""
        return self.stores - self.new

    @property
    def new(self) -> int:
        """How many values are new."""
        return int(self.rows["replaces"].null_count()) if self.rows.height else 0


@dataclass(slots=True)
class _Reading:
    """The parts that the steps of a preview hand on."""

    preview: Preview
    facts: FileFacts
    regions: RegionIndex
    indicators: IndicatorIndex
    progress: Progress


def fingerprint(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def preview_file(
    path: Path,
    mapping: Mapping | None = None,
    *,
    on_existing: OnExisting = "reject",
    filename: str = "",
    progress: Progress = quiet,
) -> Preview:
    """Read a file and say what is wrong with it and what loading it onto the open shelf would do.

    Parameters
    ----------
    mapping
        How to read it; guessed when not given.
    filename
        Name to show, where it differs from that of `path`.
    """
    problems = Problems()
    name = filename or path.name
    sha256, shelf = fingerprint(path), current().shelf
    preview = Preview(path, name, sha256, mapping or Mapping(), problems, on_existing, shelf)
    facts = inspect(path, problems)
    if facts is None:
        return preview
    preview.sheets = sheet_names(path, facts, problems)
    if not preview.sheets:
        return preview
    indicators = indicator_index(preview.mapping, problems)
    reading = _Reading(preview, facts, region_index(), indicators, progress)
    if mapping is None:
        _guess(reading)
    elif not mapping.sheet:
        preview.mapping = mapping.with_(sheet=preview.sheets[0])
    problems.sheet = preview.mapping.sheet
    grid = read_grid(path, facts, preview.mapping.sheet, problems, progress)
    if grid is not None and _usable(reading, grid):
        _read(reading, grid)
    return preview


def guess_mapping(path: Path, sheet: str = "", filename: str = "") -> Mapping:
    """Guess how a file is to be read; `sheet` limits the guess to one sheet."""
    problems = Problems()
    facts = inspect(path, problems)
    if facts is None:
        return Mapping(sheet=sheet)
    sheets = [sheet] if sheet else sheet_names(path, facts, problems)
    preview = Preview(path, filename or path.name, "", Mapping(), problems, sheets=sheets or [""])
    indicators = indicator_index(Mapping(), problems)
    _guess(_Reading(preview, facts, region_index(), indicators, quiet))
    return preview.mapping


def _guess(reading: _Reading) -> None:
    """Guess the mapping from the sheet that looks most like figures of regions."""
    preview, best = reading.preview, None
    for sheet in preview.sheets[:SHEETS_LOOKED_AT]:
        grid = read_grid(preview.path, reading.facts, sheet, Problems(), quiet, HEAD_ROWS)
        if grid is None or not grid.width:
            continue
        one: Guess = guess(grid, reading.regions, reading.indicators, Path(preview.filename).stem)
        if best is None or one.score > best.score:
            best = one
    preview.mapping = best.mapping if best else Mapping(sheet=preview.sheets[0])


def _usable(reading: _Reading, grid: Grid) -> bool:
    preview, problems = reading.preview, reading.preview.problems
    first = preview.mapping.header_row
    if grid.height and first > grid.height:
        problems.add("error", "no_header", value=str(first))
        return False
    preview.headings = grid.row(first)
    numbers = range(first + 1, min(first + SHOWN_ROWS, grid.height) + 1)
    preview.head = [(number, grid.row(number)) for number in numbers]
    if not any(column[first:].str.contains("[0-9]").any() for column in grid.text):
        problems.add("error", "empty_sheet", value=grid.sheet or preview.filename)
        return False
    if reading.facts.kind == "text" and has_control_characters(preview.path, reading.facts):
        problems.add("warning", "control_characters")
    return True


def _read(reading: _Reading, grid: Grid) -> None:
    preview, problems = reading.preview, reading.preview.problems
    where = places(preview.mapping, grid, problems, reading.indicators)
    if where is None:
        return
    filename = preview.filename
    tell_headings(grid, preview.mapping, where, reading.indicators, problems, filename)
    parts = [melt(grid, preview.mapping, where)]
    cells = parts[0].height
    grid.clear()
    reading.progress("check", 0, cells)
    context = Context(preview.mapping, where, reading.regions, reading.indicators, problems)
    rows, preview.missing = resolve(context, parts.pop())
    preview.read = rows.height
    if not rows.height:
        if not problems.errors:
            problems.add("error", "empty_sheet", value=grid.sheet or preview.filename)
        return
    checks.check_bounds(rows, reading.indicators, problems)
    rows = checks.drop_duplicates(rows, problems)
    latest = _latest_stored(rows, reading.regions)
    checks.check_hundredfold(rows, latest, problems)
    check_peers(rows, latest, reading.regions, reading.indicators, problems)
    del latest
    stored = checks.against_stored(rows, preview.on_existing, reading.regions, problems)
    preview.unchanged = rows.height - stored.height
    preview.rows = stored
    reading.progress("check", cells, cells)


def _latest_stored(rows: pl.DataFrame, regions: RegionIndex) -> pl.DataFrame:
    """Return the last stored value of each indicator of the file in every region."""
    indicators = [key for key in rows["indicator"].unique().to_list() if key > 0]
    records = store.read_latest(indicators, [place.key for place in regions.places])
    periods = [period_label(int(period)) for period in records["period"]]
    return pl.DataFrame(
        {
            "indicator": pl.Series(records["indicator"], dtype=pl.Int64),
            "region": pl.Series(records["region"], dtype=pl.Int64),
            "period": pl.Series(periods, dtype=pl.String),
            "value": pl.Series(records["value"], dtype=pl.Float64),
        }
    )
