"""Puts any set of regions together as a group, whether or not the map would."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sinergi.analysis.assemble import Result, Task, parts_of
from sinergi.analysis.geography import Links
from sinergi.analysis.groups import Group
from sinergi.analysis.groups.chain import MOST_DETOUR
from sinergi.analysis.logics import LOGICS, Arcs, link_scores
from sinergi.analysis.logics.base import directed, mutual
from sinergi.analysis.logics.peer import with_likeness
from sinergi.opportunities.compute import ObjectScores, task_for
from sinergi.opportunities.describe import is_contiguous
from sinergi.opportunities.ground import Ground
from sinergi.opportunities.settings import MapSettings

Indexes = NDArray[np.int64]


class Composition:
    """One object and one set of regions, arranged as well as its logic can."""

    def __init__(
        self,
        ground: Ground,
        code: str,
        members: tuple[int, ...],
        scores: ObjectScores,
        settings: MapSettings,
    ) -> None:
        self.ground, self.item = ground, ground.objects[code]
        self.scores, self.members = scores, members
        logic = LOGICS[self.item.computed_logic]
        everywhere = np.ones(len(ground.rows), dtype=bool)
        task = task_for(ground, code, scores, settings, everywhere)
        self.task: Task = _among(task, self._pairs())
        self.fitting = logic.fit(self.task.field).known(strength=self.task.field.weighs_strength)
        self.fitting_pairs = frozenset(
            zip(self.fitting.giver.tolist(), self.fitting.receiver.tolist(), strict=True)
        )
        arcs = directed(self.task.field) if logic.shape == "star" else mutual(self.task.field)
        self.arcs = self._with_likeness(arcs)
        self.link_score = np.nan_to_num(link_scores(self.arcs, settings.weights))
        self.group = self._star() if logic.shape == "star" else self._tree(logic.shape == "chain")
        parts, alone, together = parts_of([self.group], self.arcs, self.task)
        self.result = Result(self.arcs, self.link_score, [self.group], parts, alone, together)

    def _pairs(self) -> Links:
        """Return all pairs among the members."""
        ordered = np.array(sorted(self.members), dtype=np.int64)
        first, second = np.triu_indices(len(ordered), k=1)
        a, b = ordered[first], ordered[second]
        borders = [
            pair in self.ground.border_set for pair in zip(a.tolist(), b.tolist(), strict=True)
        ]
        return Links(a, b, self.ground.distance(a, b), np.array(borders, dtype=bool))

    def _with_likeness(self, arcs: Arcs) -> Arcs:
        """Return the arcs; between peers likeness counts as well, as in the logic itself."""
        if self.item.computed_logic != "PEER":
            return arcs
        return with_likeness(arcs, self.ground.size)

    def _star(self) -> Group:
        """Return the star around the host under which the group is worth most.

        Hosts whose arcs all fit come first; then those that save, or score, the most.
        """

        def worth(host: int) -> tuple[int, float, float]:
            rows = self._rows_from(host)
            fits = sum(self._fits(row) for row in rows)
            money = 0.0
            if self.task.curve is not None and self.task.quantity is not None:
                road = self.arcs.km[rows]
                money = -float(np.nansum(self.task.quantity[self.arcs.receiver[rows]] * road))
            return fits, money, float(self.link_score[rows].sum())

        host = max(self.members, key=worth)
        rows = self._rows_from(host)
        rows = sorted(rows, key=lambda row: -self.link_score[row])
        others = tuple(int(self.arcs.receiver[row]) for row in rows)
        return Group(host, (host, *others), tuple(rows), float(self.link_score[rows].sum()))

    def _pair(self, row: int) -> tuple[int, int]:
        return int(self.arcs.giver[row]), int(self.arcs.receiver[row])

    def _fits(self, row: int) -> bool:
        """Whether the logic of the object would draw this link."""
        return self._pair(row) in self.fitting_pairs

    def _rows_from(self, host: int) -> list[int]:
        rows: list[int] = np.flatnonzero(self.arcs.giver == host).tolist()
        return rows

    def _tree(self, chain: bool) -> Group:
        """Return the members joined by their best links; a chain from the start that makes it best."""
        if not chain:
            return self._grown(self.members[0], chain=False)
        return max(
            (self._grown(start, chain=True) for start in self.members), key=lambda g: g.value
        )

    def _grown(self, start: int, *, chain: bool) -> Group:
        """Return a maximum spanning tree (Prim), or a path that grows at its ends."""
        inside, links = [start], []
        first, second = self.arcs.giver.tolist(), self.arcs.receiver.tolist()
        while len(inside) < len(self.members):
            ends = {inside[0], inside[-1]} if chain else set(inside)
            open_rows = [
                row
                for row in range(len(first))
                if (first[row] in inside) != (second[row] in inside)
                and not ends.isdisjoint((first[row], second[row]))
            ]
            row = max(open_rows, key=lambda row: (self._fits(row), float(self.link_score[row])))
            links.append(row)
            new = second[row] if first[row] in inside else first[row]
            at_start = chain and inside[0] in (first[row], second[row])
            inside.insert(0 if at_start else len(inside), new)
        return Group(-1, tuple(inside), tuple(links), float(self.link_score[links].sum()))

    def vetoes(self) -> tuple[str, ...]:
        """Return why the map would not form this group; empty when nothing speaks against it."""
        found = []
        field, rows = self.task.field, list(self.group.members)
        if len(rows) > self.task.limits.size:
            found.append("too_many_members")
        if len(set(self.ground.governments[rows].tolist())) < 2:
            found.append("one_government")
        contiguous = is_contiguous(self.ground, rows)
        if self.item.adjacency == "required" and not contiguous:
            found.append("no_border")
        if self.item.adjacency != "required" and self._too_far():
            found.append("out_of_reach")
        if self._unknown(field.need[self._receivers()]) or (
            field.weighs_strength and self._unknown(field.strength[self._givers()])
        ):
            found.append("no_coverage")
        misfits = [self._pair(row) for row in self.group.arcs if not self._fits(row)]
        if misfits and not found:
            found.append(self._why_not(misfits))
        return tuple(found)

    def _receivers(self) -> list[int]:
        return [row for row in self.group.members if row != self.group.host]

    def _givers(self) -> list[int]:
        return [self.group.host] if self.group.host >= 0 else list(self.group.members)

    @staticmethod
    def _unknown(scores: NDArray[np.float64]) -> bool:
        return bool(np.isnan(scores).any())

    def _too_far(self) -> bool:
        """Whether a link (and for a chain the route) is longer than the reach."""
        km = self.arcs.km[list(self.group.arcs)]
        if LOGICS[self.item.computed_logic].shape != "chain":
            return bool((km > self.task.limits.reach_km).any())
        ends = np.array([self.group.members[0]]), np.array([self.group.members[-1]])
        straight = float(self.ground.distance(*ends)[0])
        return bool(km.sum() > min(self.task.limits.reach_km, MOST_DETOUR * straight))

    def _why_not(self, misfits: list[tuple[int, int]]) -> str:
        """Return the condition of the logic that a link fails."""
        field = self.task.field
        receivers = np.array([receiver for _, receiver in misfits])
        givers = np.array([giver for giver, _ in misfits])
        if not field.in_need[receivers].all():
            return "no_need"
        if field.margin is not None:
            left = field.margin.per_kg(givers, receivers, self.ground.distance(givers, receivers))
            if not (left > 0).all():
                return "no_margin"
        return "no_strength" if field.weighs_strength else "no_need"


def _among(task: Task, links: Links) -> Task:
    """Return the task with only the given links, whatever their length."""
    return replace(task, field=replace(task.field, links=links))
