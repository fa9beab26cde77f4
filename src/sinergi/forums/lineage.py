"""Where a sentence comes from and where it went: issues, themes and points as a graph without circles.

An edge leads from what was there before to what was made of it: an issue to the theme it was drawn into, a
theme to the one it was merged into or the parts it was split into, a theme to the point that was agreed, a
point to the one of a higher forum that it was forwarded into.

A theme holds issues. When two are merged and the new one is split again, a part must not get the origin of
the other: through themes, only those are followed that hold an issue that went all the way along.
"""

from collections import deque
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Generic, TypeVar

Thing = TypeVar("Thing", bound=Hashable)
Holding = Mapping[Thing, frozenset[Thing]]


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
    holding
        Theme to the issues in it; whatever is not in here holds nothing.

    Raises
    ------
    CircleError
    """

    def __init__(
        self, edges: Iterable[tuple[Thing, Thing]] = (), holding: Holding[Thing] | None = None
    ) -> None:
        self._holding: Holding[Thing] = holding or {}
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
        return self._reached(self._earlier, thing, self._upwards)

    def descendants(self, thing: Thing) -> tuple[Thing, ...]:
        """Return everything that was made of something, the nearest first."""
        return self._reached(self._later, thing, self._downwards)

    def parents(self, thing: Thing) -> tuple[Thing, ...]:
        """Return what something was made of, one step up."""
        return tuple(self._earlier.get(thing, ()))

    def children(self, thing: Thing) -> tuple[Thing, ...]:
        """Return what was made of something, one step down."""
        return tuple(self._later.get(thing, ()))

    def origins(self, thing: Thing) -> tuple[Thing, ...]:
        """Return what something came from in the first place: itself, when it came from nothing."""
        return tuple(one for one in (thing, *self.ancestors(thing)) if not self._earlier.get(one))

    def _reached(
        self,
        edges: dict[Thing, list[Thing]],
        start: Thing,
        along: Callable[[Thing, Thing, frozenset[Thing]], frozenset[Thing] | None],
    ) -> tuple[Thing, ...]:
        """Return what is reached by edges, the nearest first.

        Parameters
        ----------
        along
            Tells of a step, and of the issues that came along so far, which go on; `None` where none does.
        """
        came = {start: self._holding.get(start, frozenset())}
        waiting = deque([start])
        while waiting:
            here = waiting.popleft()
            for there in edges.get(here, ()):
                with_it = along(here, there, came[here])
                if with_it is not None and (there not in came or not with_it <= came[there]):
                    came[there] = came.get(there, frozenset()) | with_it
                    waiting.append(there)
        del came[start]
        return tuple(came)

    def _upwards(
        self, later: Thing, earlier: Thing, came: frozenset[Thing]
    ) -> frozenset[Thing] | None:
        if later not in self._holding:
            return self._holding.get(earlier, frozenset())
        if earlier in self._holding:
            return (came & self._holding[earlier]) or None
        return frozenset() if earlier in came else None

    def _downwards(
        self, earlier: Thing, later: Thing, came: frozenset[Thing]
    ) -> frozenset[Thing] | None:
        if later not in self._holding:
            return frozenset()
        if earlier in self._holding:
            return (came & self._holding[later]) or None
        return frozenset({earlier})


def _back(came: dict[Thing, Thing | None], end: Thing) -> tuple[Thing, ...]:
    way: list[Thing] = []
    here: Thing | None = end
    while here is not None:
        way.append(here)
        here = came[here]
    return tuple(reversed(way))
