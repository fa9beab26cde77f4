"""Totals that a file declares for programmes, activities and itself, beside the sums of its lines."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from sinergi.programs.imports.codes import normalised
from sinergi.programs.imports.context import Context
from sinergi.programs.imports.lines import Lines
from sinergi.programs.imports.money import rupiah_text
from sinergi.programs.imports.rows import LEVEL_NAMES

MOST = 20_000
"""Totals that a report keeps."""


@dataclass(frozen=True, slots=True)
class Total:
    """A declared total and what the lines below it sum up to, both in minor units.

    Attributes
    ----------
    level
        affair, program, activity, agency, or all.
    row
        Where it is declared first, counted from 1.
    """

    level: str
    code: str
    name: str
    agency: str
    declared: int
    computed: int
    row: int

    @property
    def differs(self) -> bool:
        """Whether they do not add up."""
        return self.declared != self.computed

    def to_json(self) -> dict[str, Any]:
        """Return it for a report."""
        return asdict(self)


def totals(context: Context, lines: Lines) -> list[Total]:
    """Return all declared totals in the order of the file; those that differ are reported, most first."""
    found = [*_flat(context, lines), *_stacked(context, lines), *_summed(context, lines)]
    differing = [one for one in found if one.differs]
    for one in sorted(differing, key=lambda one: -abs(one.computed - one.declared)):
        context.problems.add(
            "warning",
            f"{one.level}_total_differs",
            row=one.row,
            column=_column(context, one.level),
            value=f"{one.code} {one.name}".strip()[:120],
            declared=rupiah_text(one.declared),
            computed=rupiah_text(one.computed),
            difference=rupiah_text(one.computed - one.declared),
        )
    return found


def _column(context: Context, level: str) -> int | None:
    name = f"{level}_amount"
    if context.reading.of(name):
        return context.column(name)
    amounts = list(context.reading.amounts())
    return context.column(context.reading.columns[amounts[0]]) if amounts else None


def _flat(context: Context, lines: Lines) -> Iterator[Total]:
    """Totals that stand in columns beside each line, once for each block of lines that declares one.

    An agency can hold one code in several blocks, each with a total of its own: a block is what shares
    agency, code, name and declared total. A line that declares none goes with the block above it.
    """
    agencies = [
        code or name
        for code, name in zip(lines.fields["agency_code"], lines.fields["agency"], strict=True)
    ]
    for level in ("program", "activity"):
        declared = lines.money.columns.get(f"{level}_amount")
        if not declared:
            continue
        codes, names = context.texts(f"{level}_code"), context.texts(f"{level}_name")
        groups: dict[tuple[str, str, str], list[int]] = {}
        for place, key in enumerate(zip(agencies, codes, names, strict=True)):
            groups.setdefault(key, []).append(place)
        for (_, code, name), places in groups.items():
            for amount, block in _blocks(places, declared, lines).items():
                agency = str(lines.fields["agency"][block[0]])
                computed = sum(int(str(lines.fields["total"][place])) for place in block)
                row = next(lines.rows[one] for one in block if lines.rows[one] in declared)
                yield Total(level, code, name, agency, amount, computed, row)


def _blocks(places: list[int], declared: dict[int, int], lines: Lines) -> dict[int, list[int]]:
    """Return the lines of each declared total; those above the first go with it."""
    told = [declared.get(lines.rows[place]) for place in places]
    last = next((one for one in told if one is not None), None)
    found: dict[int, list[int]] = {}
    for place, amount in zip(places, told, strict=True):
        last = last if amount is None else amount
        if last is not None:
            found.setdefault(last, []).append(place)
    return found


def _stacked(context: Context, lines: Lines) -> Iterator[Total]:
    """Totals that stand in rows above their lines; of several columns of amounts, all together."""
    sums: dict[int, int] = {}
    for place, row in enumerate(lines.rows):
        for above in context.rows.above.get(row, ()):
            sums[above] = sums.get(above, 0) + int(str(lines.fields["total"][place]))
    for row, level in lines.heads.items():
        declared = _declared(context, lines, row)
        if declared is None or row not in sums:
            continue
        code = normalised(context.rows.codes[row]).text
        name = context.columns.at("title", row)
        agency = context.columns.at("agency", row)
        yield Total(LEVEL_NAMES[level], code, name, agency, declared, sums[row], row)


def _declared(context: Context, lines: Lines, row: int) -> int | None:
    parts = [
        cells[row]
        for name, cells in lines.money.columns.items()
        if name.startswith("amount:") and row in cells
    ]
    undated = lines.money.columns.get("amount::", {}).get(row)
    dated = [
        name for name in lines.money.columns if name.startswith("amount:") and name != "amount::"
    ]
    if undated is not None and any(
        len(name.split(":")[1]) == 4 or name.split(":")[2] for name in dated
    ):
        return undated
    return sum(parts) if parts else None


def _summed(context: Context, lines: Lines) -> Iterator[Total]:
    """Rows that call themselves a total: of all lines above, or of those since the total before."""
    done = before = 0
    place = 0
    for row in context.rows.totals:
        while place < len(lines.rows) and lines.rows[place] < row:
            done += int(str(lines.fields["total"][place]))
            place += 1
        declared = _declared(context, lines, row)
        if declared is None:
            continue
        since = done - before
        computed = since if declared == since else done
        name = context.columns.at("title", row) or context.columns.code[row - 1]
        yield Total("all", "", name, "", declared, computed, row)
        before = done
