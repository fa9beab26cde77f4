"""Meets transfers with what receivers plan of them, in passes from what is told to what is assumed."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from sinergi.analysis.ledger.records import Certainty, Origin, Row
from sinergi.analysis.ledger.shares import apportion, spread


@dataclass(slots=True)
class Link:
    """A part of a transfer that a row of the receiver draws on."""

    transfer: Row
    row: Row
    amount: int
    certainty: Certainty


@dataclass(slots=True)
class Matching:
    """What of transfers and demands is left, and what has met."""

    transfers: dict[str, int]
    demands: dict[str, int]
    links: list[Link] = field(default_factory=list)

    def meet(self, given: Iterable[Row], asked: Iterable[Row], certainty: Certainty) -> None:
        """Let what is left of transfers meet what is left of demands, each in proportion."""
        gives = sorted((one for one in given if self.transfers[one.id]), key=lambda one: one.id)
        asks = sorted((one for one in asked if self.demands[one.id]), key=lambda one: one.id)
        left = [self.transfers[one.id] for one in gives]
        wanted = [self.demands[one.id] for one in asks]
        met = min(sum(left), sum(wanted))
        if not met:
            return
        taken, filled = apportion(met, left), apportion(met, wanted)
        for row, parts in zip(asks, spread(filled, taken), strict=True):
            for transfer, part in zip(gives, parts, strict=True):
                if part:
                    self.links.append(Link(transfer, row, part, certainty))
                    self.transfers[transfer.id] -= part
                    self.demands[row.id] -= part


Key = Callable[[Row], Hashable]


class Pass(NamedTuple):
    """Transfers and demands that may meet where their keys are equal."""

    given: list[Row]
    sent: Key
    asked: list[Row]
    wanted: Key
    certainty: Certainty


def match(rows: Iterable[Row], parents: Mapping[str, str]) -> tuple[Matching, set[str]]:
    """Meet transfers with demands, year by year; those that name different channels never meet.

    Parameters
    ----------
    parents
        Code of each government to that of the next higher one.

    Returns
    -------
    Matching
    set of str
        `id` of rows that pass on what they got in a circle, and are not followed.
    """
    there = list(rows)
    transfers = [one for one in there if one.passed_on]
    circular = _circular(there)
    demands = [one for one in there if one.draws_on_others and one.id not in circular]
    unstated = [one for one in there if one.origin is Origin.UNSTATED and one.id not in circular]
    found = Matching(
        {one.id: one.amount for one in transfers},
        {one.id: one.amount for one in (*demands, *unstated)},
    )
    named = [one for one in transfers if one.receiver]
    unnamed = [one for one in transfers if not one.receiver]
    told = [one for one in demands if one.origin is Origin.GOVERNMENT]
    partners = [one for one in demands if one.origin is Origin.PARTNER]
    sideways = [one for one in named if one.holder not in _above(one.receiver, parents)]
    passes = [
        *_by_way(Pass(named, _sent, told, _asked, Certainty.MATCHED)),
        *_by_way(Pass(sideways, _into, partners, _at, Certainty.MATCHED)),
        *_by_way(Pass(unnamed, _out_of, told, _on, Certainty.ASSUMED)),
        Pass(named, _into, unstated, _at, Certainty.ASSUMED),
    ]
    for one in passes:
        pools = _pools(one.given, one.sent)
        asked = _pools(one.asked, one.wanted) if pools else {}
        for key, gives in pools.items():
            if key in asked:
                found.meet(gives, asked[key], one.certainty)
    return found, circular


def _by_way(one: Pass) -> Iterator[Pass]:
    """Yield a pass for those of one channel, then what is assumed where a side does not name it."""
    yield one._replace(sent=_and_way(one.sent), wanted=_and_way(one.wanted))
    unsaid = [row for row in one.given if not row.way]
    yield one._replace(given=unsaid, certainty=Certainty.ASSUMED)
    unasked = [row for row in one.asked if not row.way]
    yield one._replace(asked=unasked, certainty=Certainty.ASSUMED)


def _and_way(key: Key) -> Key:
    return lambda row: (key(row), row.way)


def _pools(rows: list[Row], key: Key) -> dict[Hashable, list[Row]]:
    found: dict[Hashable, list[Row]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return dict(sorted(found.items(), key=lambda item: str(item[0])))


def _sent(row: Row) -> Hashable:
    return row.holder, row.receiver, row.year


def _asked(row: Row) -> Hashable:
    return row.giver, row.holder, row.year


def _into(row: Row) -> Hashable:
    return row.receiver, row.year


def _at(row: Row) -> Hashable:
    return row.holder, row.year


def _out_of(row: Row) -> Hashable:
    return row.holder, row.year


def _on(row: Row) -> Hashable:
    return row.giver, row.year


def _above(code: str, parents: Mapping[str, str]) -> set[str]:
    """Return the governments above one."""
    found: set[str] = set()
    while (code := parents.get(code, "")) and code not in found:
        found.add(code)
    return found


def _circular(rows: list[Row]) -> set[str]:
    """Return the rows that pass on money in a circle of governments, in one year."""
    found: set[str] = set()
    by_year: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        by_year[row.year].append(row)
    for same in by_year.values():
        if any(row.passed_on for row in same):
            found |= _circular_in_a_year(same)
    return found


def _circular_in_a_year(rows: list[Row]) -> set[str]:
    edges = {(row.holder, row.receiver) for row in rows if row.passed_on and row.receiver}
    open_givers = {row.holder for row in rows if row.passed_on and not row.receiver}
    edges |= {(row.giver, row.holder) for row in rows if row.giver in open_givers}
    names = sorted({code for edge in edges for code in edge})
    place = {code: number for number, code in enumerate(names)}
    if not names:
        return set()
    pairs = [(place[a], place[b]) for a, b in sorted(edges)]
    ones = [1] * len(pairs)
    graph = coo_array((ones, tuple(zip(*pairs, strict=True))), shape=(len(names),) * 2)
    _count, component = connected_components(graph, directed=True, connection="strong")
    size: dict[int, int] = defaultdict(int)
    for one in component:
        size[int(one)] += 1
    ringed = {code for code in names if size[int(component[place[code]])] > 1}
    return {
        row.id
        for row in rows
        if row.passed_on
        and row.holder in ringed
        and (row.origin is Origin.UNSTATED or row.draws_on_others)
    }
