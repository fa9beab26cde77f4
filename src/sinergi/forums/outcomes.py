"""What came of points in rooms that stand above this one, and what may be begun there."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sinergi.accounts.principal import Principal
from sinergi.forums.models import Point

OUTCOMES: dict[str, Callable[[Principal, Iterable[int]], Mapping[int, Sequence[Any]]]] = {}
"""Room to what gives, for somebody and the numbers of points, the rows that came of each and that he may
read: they name themselves and have an address. Rooms register theirs."""

ONWARD: list[tuple[Any, Callable[[Point], str]]] = []
"""Label of a button, and what gives its address for a point. Rooms register theirs."""


def outcomes_of(by: Principal, point: Point) -> list[Any]:
    """Return what came of a point and may be read."""
    return [row for tell in OUTCOMES.values() for row in tell(by, [point.pk]).get(point.pk, ())]


def onward(point: Point) -> list[tuple[str, str]]:
    """Return label and address of what may be begun from a point."""
    return [(str(label), address(point)) for label, address in ONWARD]
