"""Where a sentence comes from and where it went: issues, themes and points as a graph without circles.

An edge leads from what was there before to what was made of it: an issue to the theme it was drawn into, a
theme to the one it was merged into or the parts it was split into, a theme to the point that was agreed, a
point to the one of a higher forum that it was forwarded into.
"""

from collections import deque
from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

Thing = TypeVar("Thing", bound=Hashable)


class CircleError(ValueError):
    """Something would become its own ancestor.

    Parameters
    ----------
    path
        How the later one already leads to the earlier one, both included.
    """

    def __init__(self, path: tuple[Hashable, ...]) -> None:
        super().__init__(" → ".join(map(str, path)))
        self.path = path


class Lineage(Generic[Thing]):
    """A graph of what was made of what, readable in both directions.

    Parameters
    ----------
    edges
        Pairs of earlier and later.

    Raises
    ------
    CircleError
    """

    def __init__(self, edges: Iterable[tuple[Thing, Thing]] = ()) -> None:
        self._later: dict[Thing, list[Thing]] = {}
        self._earlier: dict[Thing, list[Thing]] = {}
        for earlier, later in edges:
            self.add(earlier, later)

    def add(self, earlier: Thing, later: Thing) -> None:
        """Say that something was made of something; saying it twice changes nothing.

        Raises
        ------
        CircleError
            When the later one leads to the earlier one already; nothing is changed.
        """
        if path := self.path(later, earlier):
            raise CircleError(path)
        if later not in self._later.setdefault(earlier, []):
            self._later[earlier].append(later)
            self._earlier.setdefault(later, []).append(earlier)

    def path(self, earlier: Thing, later: Thing) -> tuple[Thing, ...]:
        """Return a shortest way from one to the other, both included; empty when there is none."""
        came: dict[Thing, Thing | None] = {earlier: None}
        waiting = deque([earlier])
        while waiting:
            here = waiting.popleft()
            if here == later:
                return _back(came, here)
            for there in self._later.get(here, ()):
                if there not in came:
                    came[there] = here
                    waiting.append(there)
        return ()

    def ancestors(self, thing: Thing) -> tuple[Thing, ...]:
        """Return everything that something came from, the nearest first."""
        return _reached(self._earlier, thing)

    def descendants(self, thing: Thing) -> tuple[Thing, ...]:
        """Return everything that was made of something, the nearest first."""
        return _reached(self._later, thing)

    def parents(self, thing: Thing) -> tuple[Thing, ...]:
        """Return what something was made of, one step up."""
        return tuple(self._earlier.get(thing, ()))

    def children(self, thing: Thing) -> tuple[Thing, ...]:
        """Return what was made of something, one step down."""
        return tuple(self._later.get(thing, ()))

    def origins(self, thing: Thing) -> tuple[Thing, ...]:
        """Return what something came from in the first place: itself, when it came from nothing."""
        return tuple(one for one in (thing, *self.ancestors(thing)) if not self._earlier.get(one))

    def outcomes(self, thing: Thing) -> tuple[Thing, ...]:
        """Return what something became in the end: itself, when nothing was made of it."""
        return tuple(one for one in (thing, *self.descendants(thing)) if not self._later.get(one))


def _back(came: dict[Thing, Thing | None], end: Thing) -> tuple[Thing, ...]:
    way: list[Thing] = []
    here: Thing | None = end
    while here is not None:
        way.append(here)
        here = came[here]
    return tuple(reversed(way))


def _reached(edges: dict[Thing, list[Thing]], start: Thing) -> tuple[Thing, ...]:
    seen: dict[Thing, None] = {start: None}
    waiting = deque([start])
    while waiting:
        for there in edges.get(waiting.popleft(), ()):
            if there not in seen:
                seen[there] = None
                waiting.append(there)
    del seen[start]
    return tuple(seen)
