"""Lays out a flow chart of three columns: bars as high as their money, and ribbons between them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sinergi.programs.queries.money_cuts import Flow

WIDTH, HEIGHT, BAR, GAP = 960.0, 460.0, 16.0, 26.0
TOP = 30.0
LEAST = 1.5
"""Height below which nothing would be seen."""
COLUMNS = 3
LABEL = 22.0
"""Room below the middle of a bar for the second line of its label."""
INSET = 170.0
"""Room for the labels left of the first and right of the last column."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A node: lengths in units of the drawing."""

    column: int
    code: str
    amount: int
    x: float
    y: float
    height: float
    label_y: float


@dataclass(frozen=True, slots=True)
class Ribbon:
    """A flow as the path of its middle line, and its width."""

    start: str
    end: str
    column: int
    amount: int
    path: str
    width: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars and ribbons of a drawing of `width` by `height`."""

    bars: tuple[Bar, ...]
    ribbons: tuple[Ribbon, ...]
    width: float = WIDTH
    height: float = TOP


def lay_out(flows: Sequence[Flow]) -> Chart:
    """Return the chart of flows; empty where there is no money."""
    nodes = _nodes(flows)
    whole = sum(amount for (column, _code), amount in nodes.items() if column == 0)
    if not whole:
        return Chart((), ())
    most = max(sum(1 for column, _code in nodes if column == one) for one in range(COLUMNS))
    scale = max(HEIGHT - GAP * (most - 1), HEIGHT / 3) / whole
    bars = {}
    for column in range(COLUMNS):
        bars.update(_column(column, nodes, scale))
    bottom = max(max(bar.y + bar.height, bar.label_y + LABEL) for bar in bars.values())
    return Chart(tuple(bars.values()), tuple(_ribbons(flows, bars, scale)), height=bottom)


def _nodes(flows: Iterable[Flow]) -> dict[tuple[int, str], int]:
    """Return (column, code) → money: what flows out of the first two columns and into the last."""
    found: dict[tuple[int, str], int] = defaultdict(int)
    for flow in flows:
        found[flow.column, flow.start] += flow.amount
        if flow.column == COLUMNS - 2:
            found[COLUMNS - 1, flow.end] += flow.amount
    return found


def _column(
    column: int, nodes: dict[tuple[int, str], int], scale: float
) -> dict[tuple[int, str], Bar]:
    there = [(code, amount) for (one, code), amount in nodes.items() if one == column]
    there.sort(key=lambda node: (-node[1], node[0]))
    x = INSET + column * (WIDTH - 2 * INSET - BAR) / (COLUMNS - 1)
    y, found = TOP, {}
    for code, amount in there:
        height = max(amount * scale, LEAST)
        found[column, code] = Bar(column, code, amount, x, y, height, y + height / 2)
        y += height + GAP
    return found


def _ribbons(
    flows: Sequence[Flow], bars: dict[tuple[int, str], Bar], scale: float
) -> Iterable[Ribbon]:
    left: dict[tuple[int, str], float] = {key: bar.y for key, bar in bars.items()}
    right = dict(left)
    order = sorted(
        flows,
        key=lambda one: (
            one.column,
            bars[one.column, one.start].y,
            bars[one.column + 1, one.end].y,
        ),
    )
    for flow in order:
        a, b = (flow.column, flow.start), (flow.column + 1, flow.end)
        width = max(flow.amount * scale, LEAST / 2)
        y1, y2 = left[a] + width / 2, right[b] + width / 2
        left[a] += width
        right[b] += width
        x1, x2 = bars[a].x + BAR, bars[b].x
        middle = (x1 + x2) / 2
        path = f"M{x1:.1f},{y1:.1f}C{middle:.1f},{y1:.1f} {middle:.1f},{y2:.1f} {x2:.1f},{y2:.1f}"
        yield Ribbon(flow.start, flow.end, flow.column, flow.amount, path, round(width, 2))
