"""Draws the members of an opportunity as a small map: shapes, seats, links and names, without scripts."""

import gzip
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import orjson
from numpy.typing import NDArray

from sinergi.opportunities.results import Opportunity
from sinergi.reference import queries as reference
from sinergi.reference.actions.shapes import NATIONAL, shape_file

WIDTH, HEIGHT = 540.0, 420.0
MARGIN = 40.0
CONTEXT = 0.05
"""How much land around the members is shown, as a share of their extent."""
BEYOND = 0.5
"""How far around the drawing land is drawn, for frames of another shape; a share of its width."""
LEAST_EXTENT = 0.35
"""Degrees: two neighbouring cities are not blown up more than this."""
LABEL_HEIGHT, LETTER_WIDTH = 17.0, 7.4
APART = 24.0
"""Least distance between two seats in the drawing."""
ROUNDS, TINY = 40, 1e-6
Floats = NDArray[np.float64]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Shape:
    """A region as an SVG path."""

    code: str
    path: str
    kind: str
    """host, member or around."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A member's seat of government with its number and where its name stands."""

    number: int
    name: str
    kind: str
    x: str
    y: str
    label_x: str
    label_y: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Line:
    """A link between two seats."""

    x1: str
    y1: str
    x2: str
    y2: str


@dataclass(frozen=True, slots=True)
class Sketch:
    """Everything the drawing shows; coordinates in its view box."""

    view_box: str
    shapes: tuple[Shape, ...]
    lines: tuple[Line, ...]
    seats: tuple[Seat, ...]


class Land(NamedTuple):
    """All outer rings with the region each belongs to."""

    codes: list[str]
    rings: list[Floats]
    low: Floats
    """(n, 2) least longitude and latitude of each ring."""
    high: Floats


class Projection:
    """Longitude and latitude to the view box: equirectangular, true at the middle of the members."""

    def __init__(self, points: Floats) -> None:
        middle = (points.min(axis=0) + points.max(axis=0)) / 2
        self.middle, self.squeeze = middle, float(np.cos(np.radians(middle[1])))
        extent = np.maximum(
            (points.max(axis=0) - points.min(axis=0)) * [self.squeeze, 1], LEAST_EXTENT
        )
        room = np.array([WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN])
        self.scale = float((room / (extent * (1 + CONTEXT))).min())

    def __call__(self, points: Floats) -> Floats:
        """Return points (n, 2) in the view box."""
        moved = (points - self.middle) * [self.squeeze * self.scale, -self.scale]
        placed: Floats = moved + np.array([WIDTH / 2, HEIGHT / 2])
        return placed


def sketch(shown: Opportunity) -> Sketch:
    """Return the drawing of an opportunity: its members on the land around them."""
    table = reference.region_table()
    codes = [member.code for member in shown.members]
    rows = [table.position[code] for code in codes]
    seats = np.column_stack([table.longitude[rows], table.latitude[rows]])
    land = _land(reference.boundary_version())
    known = [land.rings[land.codes.index(code)] for code in codes if code in land.codes]
    project = Projection(np.concatenate([seats, *known]))
    placed = apart(project(seats))
    at = dict(zip(codes, placed.tolist(), strict=True))
    host = codes[0] if shown.members[0].role != shown.members[-1].role else ""
    return Sketch(
        view_box=f"0 0 {WIDTH:g} {HEIGHT:g}",
        shapes=tuple(_shapes(land, codes, host, project)),
        lines=tuple(
            Line(*(f"{value:.1f}" for value in (*at[link.a], *at[link.b]))) for link in shown.links
        ),
        seats=tuple(_seats(shown, placed, host)),
    )


def apart(points: Floats, least: float = APART) -> Floats:
    """Return the points pushed away from each other until none hides another."""
    moved = points.copy()
    for _ in range(ROUNDS):
        gaps = moved[:, None] - moved[None, :]
        length = np.hypot(gaps[..., 0], gaps[..., 1]) + np.eye(len(moved)) * least
        if (length >= least).all():
            break
        same = length < TINY
        gaps[same] = np.stack([np.subtract.outer(*[np.arange(len(moved))] * 2)] * 2, axis=-1)[same]
        push = np.maximum(least - length, 0.0) / 2 / np.maximum(length, TINY)
        moved += (gaps * push[..., None]).sum(axis=1)
    return moved


def _shapes(land: Land, codes: list[str], host: str, project: Projection) -> Iterable[Shape]:
    """Yield the land that is in sight, the members last so that their borders lie on top."""
    paths: dict[str, str] = {}
    for number in np.flatnonzero(_in_sight(land, project)).tolist():
        code = land.codes[number]
        paths[code] = paths.get(code, "") + _path(project(land.rings[number]))
    kinds = dict.fromkeys(codes, "member") | {host: "host"}
    shapes = [Shape(code, path, kinds.get(code, "around")) for code, path in paths.items()]
    return sorted(shapes, key=lambda shape: shape.kind != "around")


def _in_sight(land: Land, project: Projection) -> NDArray[np.bool_]:
    """Return which rings (n,) lie at least partly in the drawing or a little beyond it."""
    left, bottom = project(land.low).T
    right, top = project(land.high).T
    reach = BEYOND * WIDTH
    across = (right >= -reach) & (left <= WIDTH + reach)
    seen: NDArray[np.bool_] = across & (bottom >= -reach) & (top <= HEIGHT + reach)
    return seen


def _path(points: Floats) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points[:-1].tolist()) + "Z"


def _seats(shown: Opportunity, placed: Floats, host: str) -> Iterable[Seat]:
    """Yield the seats; each name stands where it covers least of what is already there."""
    taken: list[Box] = [(x - 11, y - 11, x + 11, y + 11) for x, y in placed.tolist()]
    for number, (member, (x, y)) in enumerate(zip(shown.members, placed.tolist(), strict=True), 1):
        name = member.name.replace("Kabupaten ", "Kab. ", 1)
        places = [(box, spot) for box, spot in _spots(x, y, LETTER_WIDTH * len(name))]
        box, (label_x, label_y, anchor) = min(places, key=lambda one: _cover(one[0], taken))
        taken.append(box)
        yield Seat(
            number,
            name,
            "host" if member.code == host else "member",
            f"{x:.1f}",
            f"{y:.1f}",
            f"{label_x:.1f}",
            f"{label_y:.1f}",
            anchor,
        )


def _spots(x: float, y: float, width: float) -> Iterable[tuple[Box, tuple[float, float, str]]]:
    """Yield where a name may stand: right, left, above, below."""
    half = LABEL_HEIGHT / 2
    yield (x + 15, y - half, x + 15 + width, y + half), (x + 15, y + 5, "start")
    yield (x - 15 - width, y - half, x - 15, y + half), (x - 15, y + 5, "end")
    for top in (y - 15 - LABEL_HEIGHT, y + 14):
        box = (x - width / 2, top, x + width / 2, top + LABEL_HEIGHT)
        yield box, (x, top + 13, "middle")


def _cover(box: Box, taken: list[Box]) -> float:
    """Return the area of a box that others cover; what leaves the drawing counts much."""
    left, top, right, bottom = box
    hidden = sum(
        max(0.0, min(right, other[2]) - max(left, other[0]))
        * max(0.0, min(bottom, other[3]) - max(top, other[1]))
        for other in taken
    )
    out = max(0.0, -left) + max(0.0, right - WIDTH) + max(0.0, -top) + max(0.0, bottom - HEIGHT)
    return hidden + 100 * out


@lru_cache(maxsize=2)
def _land(version: str) -> Land:
    """Return the outer rings of all regions, the largest of a region first; a new version is read anew."""
    shapes: dict[str, Any] = orjson.loads(gzip.decompress(bytes(shape_file(NATIONAL).content)))
    scale, origin = (np.array(shapes["transform"][name]) for name in ("scale", "translate"))
    arcs = [np.cumsum(np.array(arc), axis=0) * scale + origin for arc in shapes["arcs"]]
    codes, rings = [], []
    for region in shapes["objects"]["regions"]["geometries"]:
        outer = [_ring(arcs, polygon[0]) for polygon in region["arcs"]]
        outer.sort(key=lambda ring: -float(np.prod(np.ptp(ring, axis=0))))
        codes += [region["properties"]["code"]] * len(outer)
        rings += outer
    low, high = (np.array([getattr(ring, end)(axis=0) for ring in rings]) for end in ("min", "max"))
    return Land(codes, rings, low, high)


def _ring(arcs: list[Floats], numbers: list[int]) -> Floats:
    parts = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in numbers]
    return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])
