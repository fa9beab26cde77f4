"""What the pages of imports show: problems by kind, the first lines as understood, numbers."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sinergi.evidence.imports.problems import Problem
from sinergi.programs.imports.messages import Told, told
from sinergi.programs.imports.preview import PlanPreview
from sinergi.programs.imports.totals import Total
from sinergi.programs.remarks import remark_texts
from sinergi.reference.rupiah import rupiah

PLACES_SHOWN = 20
LINES_SHOWN = 15
TOTALS_SHOWN = 100
CELLS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Group:
    """Problems of one kind as they are shown."""

    severity: str
    code: str
    number: int
    told: Told
    places: list[tuple[str, str]]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.number - len(self.places)


def groups(seen: PlanPreview) -> list[Group]:
    """Return the problems by kind: errors first, then by how often they occur."""
    found = [
        Group(
            example.severity,
            example.code,
            number,
            told(example),
            [(one.place, told(one).message) for one in kept[:PLACES_SHOWN]],
        )
        for example, number, kept in seen.problems.groups()
    ]
    return sorted(found, key=lambda one: (one.severity != "error", -one.number))


def groups_of_report(report: dict[str, Any], sheet: str) -> list[Group]:
    """Return the problems that a report keeps, by kind."""
    found = []
    for kind in report.get("problems", ()):
        severity = "error" if kind["severity"] == "error" else "warning"
        kept = [
            Problem(
                severity,  # type: ignore[arg-type]
                kind["code"],
                sheet,
                one["row"],
                one["column"],
                one["value"],
                one["details"],
            )
            for one in kind["places"][:PLACES_SHOWN]
        ]
        if kept:
            places = [(one.place, told(one).message) for one in kept]
            found.append(Group(severity, kind["code"], kind["number"], told(kept[0]), places))
    return sorted(found, key=lambda one: (one.severity != "error", -one.number))


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line as it was understood."""

    row: int
    code: str
    title: str
    agency: str
    place: str
    amounts: list[tuple[int, str, Decimal]]
    total: Decimal
    remarks: list[str]


def first_lines(seen: PlanPreview) -> list[ShownLine]:
    """Return the first lines as they would be stored."""
    lines = seen.lines
    if lines is None:
        return []
    held = lines.fields
    return [
        ShownLine(
            lines.rows[place],
            held["code"][place],
            held["title"][place],
            held["agency"][place],
            held["place"][place],
            [(year, channel, rupiah(m)) for (year, channel), m in lines.amounts[place].items()],
            rupiah(held["total"][place]),
            remark_texts(held["remarks"][place]),
        )
        for place in range(min(LINES_SHOWN, len(lines)))
    ]


@dataclass(frozen=True, slots=True)
class Sums:
    """Amounts of a preview by year and by channel."""

    lines: int
    total: Decimal
    years: list[tuple[int, Decimal]]
    channels: list[tuple[str, Decimal]]
    errors: int
    warnings: int


def summary(seen: PlanPreview) -> Sums:
    """Return the numbers of a preview."""
    years: dict[int, int] = {}
    channels: dict[str, int] = {}
    for amounts in seen.lines.amounts if seen.lines else ():
        for (year, channel), minor in amounts.items():
            years[year] = years.get(year, 0) + minor
            channels[channel] = channels.get(channel, 0) + minor
    by_channel = sorted(channels.items(), key=lambda one: (-one[1], one[0]))
    return Sums(
        len(seen.lines) if seen.lines else 0,
        rupiah(seen.lines.total if seen.lines else 0),
        [(year, rupiah(minor)) for year, minor in sorted(years.items())],
        [(channel, rupiah(minor)) for channel, minor in by_channel],
        seen.problems.errors,
        seen.problems.warnings,
    )


@dataclass(slots=True)
class OutlyingYear:
    """A year outside the plan, with the first cells that name it."""

    year: str
    cells: list[str] = field(default_factory=list)
    more: bool = False


def years_outside(seen: PlanPreview) -> list[OutlyingYear]:
    """Return the years that a file names outside those of its plan, in their order."""
    found: dict[str, OutlyingYear] = {}
    for one in seen.problems.kept:
        if one.code == "year_outside":
            year = found.setdefault(one.value, OutlyingYear(one.value))
            if len(year.cells) < CELLS_SHOWN:
                year.cells.append(one.cell)
            else:
                year.more = True
    return [year for _, year in sorted(found.items())]


def shown_years(first: int, last: int) -> str:
    """Return the years of a plan for a sentence: `2026`, `2025–2029`."""
    return str(first) if first == last else f"{first}–{last}"


@dataclass(frozen=True, slots=True)
class ShownTotal:
    """A declared total beside the computed one, in rupiah."""

    level: str
    code: str
    name: str
    agency: str
    declared: Decimal
    computed: Decimal
    row: int

    @property
    def difference(self) -> Decimal:
        """Computed less declared."""
        return self.computed - self.declared


def shown_totals(kept: list[dict[str, Any]]) -> list[ShownTotal]:
    """Return the totals of a report, those that differ most first."""
    read = [Total(**one) for one in kept]
    read.sort(key=lambda one: -abs(one.computed - one.declared))
    return [
        ShownTotal(
            one.level,
            one.code,
            one.name,
            one.agency,
            rupiah(one.declared),
            rupiah(one.computed),
            one.row,
        )
        for one in read
    ]
