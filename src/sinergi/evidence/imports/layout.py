"""A guess at how a sheet is laid out, from its headings and from what its cells look like."""

import re
from collections.abc import Mapping as Lookup
from dataclasses import dataclass, field

from sinergi.evidence.imports.grid import Grid
from sinergi.evidence.imports.headings import Role, role_of
from sinergi.evidence.imports.indicators import IndicatorIndex
from sinergi.evidence.imports.mapping import Mapping
from sinergi.evidence.imports.numbers import COMMA_DECIMAL, PLAIN, POINT_DECIMAL, TWO_WAYS
from sinergi.evidence.imports.periods import parse_period
from sinergi.evidence.imports.problems import column_letter
from sinergi.evidence.imports.regions import RegionIndex

HEADER_ROWS = 30
SAMPLE = 300
NUMBER = re.compile(f"{PLAIN}|{COMMA_DECIMAL}|{POINT_DECIMAL}|{TWO_WAYS}")
NUMBERING = re.compile(r"\(?\d{1,2}\)?")
YEAR_IN_TITLE = re.compile(r"\b(?:19|20)\d{2}\b")


@dataclass(slots=True)
class ColumnLook:
    """What the cells of one column look like, as shares of its filled cells."""

    heading: str
    role: Role
    regions: int
    """Distinct regions recognised."""
    codes: bool
    """Whether they are mostly codes."""
    region_share: float
    period_share: float
    indicator_share: float
    number_share: float


@dataclass(slots=True)
class Guess:
    """A guessed mapping and how much speaks for it."""

    mapping: Mapping
    score: float
    looks: list[ColumnLook] = field(default_factory=list)


def guess(grid: Grid, regions: RegionIndex, indicators: IndicatorIndex, title: str = "") -> Guess:
    """Guess how a sheet is laid out.

    Parameters
    ----------
    grid
        The sheet, or its first rows.
    title
        Further text that may name the indicator, such as the name of the file.
    """
    header = _header_row(grid, regions, indicators)
    looks = [_look(grid, column, header, regions, indicators) for column in range(grid.width)]
    mapping = Mapping(sheet=grid.sheet, header_row=header)
    mapping = _with_regions(mapping, looks)
    mapping = _with_values(mapping, looks, indicators)
    mapping = _with_constants(mapping, grid, title, indicators)
    score = sum(look.regions for look in looks) + sum(look.number_share for look in looks)
    return Guess(mapping, score if mapping.region else score / 100, looks)


def _header_row(grid: Grid, regions: RegionIndex, indicators: IndicatorIndex) -> int:
    """Return the row of the headings, counted from 1; 0 when the data begin in the first row."""
    rows = min(HEADER_ROWS, grid.height)
    best, best_score = 0, 1
    for number in range(1, rows + 1):
        cells = [cell for cell in grid.row(number) if cell]
        score = sum(_is_heading(cell, indicators) for cell in cells)
        next_level = number == best + 1 and best > 0 and score == best_score
        if (score > best_score or next_level) and not _is_data(cells, regions):
            best, best_score = number, score
    if best:
        return best
    first = next((n for n in range(1, rows + 1) if _is_data(grid.row(n), regions)), 0)
    above = [n for n in range(1, first) if _could_be_heading(grid.row(n))]
    return above[-1] if above else 0


def _is_heading(cell: str, indicators: IndicatorIndex) -> bool:
    known = bool(role_of(cell)) or parse_period(cell) is not None
    return known or indicators.is_name(cell)


def _is_data(cells: list[str], regions: RegionIndex) -> bool:
    """Return whether a row holds a region and a number beside it."""
    found = regions.match_all((cell for cell in cells if cell), "auto")
    named = [text for text, match in found.items() if match.place is not None]
    return bool(named) and any(NUMBER.match(cell) for cell in cells if cell not in named)


def _could_be_heading(cells: list[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return len(filled) > 1 and not all(NUMBERING.fullmatch(cell) for cell in filled)


def _look(
    grid: Grid, column: int, header: int, regions: RegionIndex, indicators: IndicatorIndex
) -> ColumnLook:
    texts = grid.text[column][header : header + SAMPLE].drop_nulls().to_list()
    heading = grid.row(header)[column]
    distinct = list(dict.fromkeys(texts))
    matches = regions.match_all(distinct, "auto")
    known = {text for text, match in matches.items() if match.place or match.candidates}
    count = max(len(texts), 1)
    return ColumnLook(
        heading=heading,
        role=role_of(heading),
        regions=len({match.place.key for match in matches.values() if match.place}),
        codes=sum(matches[text].how != "name" for text in known) * 2 > len(known),
        region_share=sum(text in known for text in texts) / count,
        period_share=sum(parse_period(text) is not None for text in texts) / count,
        indicator_share=sum(indicators.match(text)[0] is not None for text in texts) / count,
        number_share=sum(NUMBER.match(text) is not None for text in texts) / count,
    )


def _with_regions(mapping: Mapping, looks: list[ColumnLook]) -> Mapping:
    """Choose the column of regions, a code before a name, many before one."""
    likely = [
        index
        for index, look in enumerate(looks)
        if look.role in {"region", "region_name"} or (not look.role and look.region_share >= 0.5)
    ]
    likely.sort(
        key=lambda index: (
            looks[index].regions + looks[index].region_share,
            looks[index].role == "region",
            looks[index].codes,
        ),
        reverse=True,
    )
    if not likely:
        return mapping
    codes = [index for index in likely if looks[index].codes or looks[index].role == "region"]
    most = looks[likely[0]].regions
    codes = [index for index in codes if looks[index].regions * 2 >= most]
    region = codes[0] if codes else likely[0]
    names = [i for i in likely if i != region and not looks[i].codes and looks[i].regions]
    names = [i for i in names if looks[i].regions * 2 >= looks[region].regions]
    name = column_letter(names[0]) if names and codes else ""
    return mapping.with_(region=column_letter(region), region_name=name)


def _with_values(mapping: Mapping, looks: list[ColumnLook], indicators: IndicatorIndex) -> Mapping:
    taken = {mapping.region, mapping.region_name}
    free = {column_letter(i): look for i, look in enumerate(looks)}
    free = {letter: look for letter, look in free.items() if letter not in taken}
    roles: dict[Role, str] = {
        look.role: letter for letter, look in reversed(free.items()) if look.role
    }
    for name in ("indicator", "period", "flag", "source_column"):
        mapping = mapping.with_(**{name: roles.get(name, "")})
    rest = {letter: look for letter, look in free.items() if letter not in roles.values()}
    if "value" not in roles:
        wide = _wide(mapping, rest, indicators)
        if wide is not None:
            return wide
    return _long(mapping, rest, roles)


def _wide(
    mapping: Mapping, rest: dict[str, ColumnLook], indicators: IndicatorIndex
) -> Mapping | None:
    periods = {letter: parse_period(look.heading) for letter, look in rest.items()}
    dated = {letter: period for letter, period in periods.items() if period}
    if dated:
        return mapping.with_(layout="periods", columns=dated, period="")
    found = {letter: indicators.recognise(look.heading)[0] for letter, look in rest.items()}
    named = {letter: measure.code for letter, measure in found.items() if measure}
    if named:
        return mapping.with_(layout="indicators", columns=named, indicator="")
    return None


def _long(mapping: Mapping, rest: dict[str, ColumnLook], roles: Lookup[Role, str]) -> Mapping:
    left = dict(rest)
    if not mapping.indicator:
        found = [letter for letter, look in left.items() if look.indicator_share >= 0.5]
        mapping = mapping.with_(indicator=found[0] if found else "")
        left.pop(mapping.indicator, None)
    if not mapping.period:
        found = [
            letter for letter, look in left.items() if look.period_share >= 0.8 and not look.role
        ]
        mapping = mapping.with_(period=found[0] if found else "")
        left.pop(mapping.period, None)
    if "value" in roles:
        return mapping.with_(value=roles["value"])
    numbers = [letter for letter, look in left.items() if look.number_share >= 0.3]
    return mapping.with_(value=numbers[-1] if numbers else "")


def _with_constants(
    mapping: Mapping, grid: Grid, title: str, indicators: IndicatorIndex
) -> Mapping:
    """Look for the indicator and the year in the title above the headings."""
    above = [cell for number in range(1, mapping.header_row) for cell in grid.row(number) if cell]
    words = " ".join([*above, grid.sheet, title])
    if mapping.layout != "indicators" and not mapping.indicator:
        measure = indicators.within(words)
        mapping = mapping.with_(indicator_code=measure.code if measure else "")
    if mapping.layout != "periods" and not mapping.period:
        years = set(YEAR_IN_TITLE.findall(words))
        mapping = mapping.with_(period_value=years.pop() if len(years) == 1 else "")
    return mapping
