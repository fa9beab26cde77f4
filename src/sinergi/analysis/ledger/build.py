"""Builds a ledger: follows each amount through transfers to where it first came from."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import product
from typing import NamedTuple

from sinergi.analysis.ledger.matching import Link, match
from sinergi.analysis.ledger.outside import held_by_givers
from sinergi.analysis.ledger.records import (
    Certainty,
    Edge,
    Entry,
    Ledger,
    Origin,
    Recorded,
    Row,
    Unseen,
)
from sinergi.analysis.ledger.shares import spread

RECORDED = "recorded:"


class Piece(NamedTuple):
    """A part of an amount with its source."""

    source: str
    certainty: Certainty
    amount: int


def build(
    rows: Iterable[Row],
    recorded: Iterable[Recorded] = (),
    parents: Mapping[str, str] | None = None,
) -> Ledger:
    """Return the ledger of planned amounts.

    What a government passes on is an edge. The receiver's own rows that draw on it are the uses. Where they
    use less, the rest is there once, as not yet planned; where they use more, the rest is there once, as
    coming from a giver of which no transfer was seen. So the sum of the entries is the sum of all rows less
    what transfers and rows of receivers tell twice, whatever the rows are.

    Parameters
    ----------
    rows
        Amounts of plans; of stages of the same money only one, see `choose`.
    recorded
        Transfers known without a row of the giver.
    parents
        Code of each government to that of the next higher one; without it none is above another.

    Raises
    ------
    ValueError
        When an amount is negative, or an `id` is there twice.

    Notes
    -----
    Money outside the budgets of receivers is held by its giver; see `outside`. What a government passes to
    itself is a use. Where governments give to each other in a circle, what they
    pass on of it is taken as their own.
    """
    there = _checked(rows)
    there += _beyond(there, recorded)
    there, of_others, twice = held_by_givers(there, parents or {}, RECORDED)
    found, circular = match(there, parents or {})
    tracer = _Tracer(found.links, circular, of_others)
    entries = [entry for row in there if not row.passed_on for entry in _used(row, tracer)]
    entries += [
        entry
        for row in there
        if row.passed_on and found.transfers[row.id]
        for entry in _unplanned(row, tracer)
    ]
    unseen = _unseen(there, found.demands)
    return Ledger(tuple(entries), _edges(there, found.links), unseen, twice)


def _checked(rows: Iterable[Row]) -> list[Row]:
    there = _each_once(rows)
    return [replace(row, passed_on=False) if row.receiver == row.holder else row for row in there]


def _each_once(rows: Iterable[Row]) -> list[Row]:
    there = sorted((row for row in rows if row.amount), key=lambda row: row.id)
    seen: set[str] = set()
    for row in there:
        if row.amount < 0 or row.id in seen:
            msg = f"{row.id}: " + ("negative" if row.amount < 0 else "there twice")
            raise ValueError(msg)
        seen.add(row.id)
    return there


def _beyond(rows: list[Row], recorded: Iterable[Recorded]) -> list[Row]:
    """Return recorded transfers as rows, less what rows of the same giver pass on already.

    Rows to the same receiver go before rows that name none, and rows of the same channel before rows that
    name none; a row of another channel passes on other money.
    """
    sent: dict[tuple[str, str, int], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        if row.passed_on:
            sent[row.holder, row.receiver, row.year][row.way] += row.amount
    there = _each_once(_as_row(one) for one in recorded)
    left = {row.id: row.amount for row in there}
    for unnamed, unsaid in product((False, True), repeat=2):
        for row in there:
            told = sent.get((row.holder, "" if unnamed else row.receiver, row.year), {})
            for way in sorted(told):
                if way == row.way or (unsaid and not (way and row.way)):
                    met = min(left[row.id], told[way])
                    told[way] -= met
                    left[row.id] -= met
    return [replace(row, amount=left[row.id]) for row in there if left[row.id]]


def _as_row(one: Recorded) -> Row:
    return Row(
        RECORDED + one.id, one.giver, one.year, one.amount, Origin.GOVERNMENT, one.giver,
        channel=one.channel, region=one.receiver, passed_on=True, receiver=one.receiver,
        purse=one.purse, outside=one.outside,
    )  # fmt: skip


class _Tracer:
    """Tells the sources of rows; what a transfer holds is dealt out once to those who draw on it."""

    def __init__(self, links: list[Link], circular: set[str], of_others: set[str]) -> None:
        self._into: dict[str, list[int]] = defaultdict(list)
        self._out_of: dict[str, list[int]] = defaultdict(list)
        self._links = links
        self._circular = circular
        self._of_others = of_others
        self._pieces: dict[str, list[Piece]] = {}
        self._dealt: dict[str, dict[int, list[Piece]]] = {}
        for number, link in enumerate(links):
            self._into[link.row.id].append(number)
            self._out_of[link.transfer.id].append(number)

    def pieces(self, row: Row) -> list[Piece]:
        """Return the parts of a row by source; their sum is its amount."""
        if row.id in self._pieces:
            return self._pieces[row.id]
        summed: dict[tuple[str, Certainty], int] = defaultdict(int)
        drawn = 0
        for number in self._into[row.id]:
            link = self._links[number]
            drawn += link.amount
            for piece in self.dealt(link.transfer)[number]:
                summed[piece.source, max(piece.certainty, link.certainty)] += piece.amount
        if row.amount > drawn:
            summed[self._own(row)] += row.amount - drawn
        told = [Piece(*key, amount) for key, amount in sorted(summed.items())]
        self._pieces[row.id] = told
        return told

    def dealt(self, transfer: Row) -> dict[int, list[Piece]]:
        """Return link number → parts of a transfer; -1: what nobody draws on."""
        if transfer.id in self._dealt:
            return self._dealt[transfer.id]
        pieces = self.pieces(transfer)
        numbers = self._out_of[transfer.id]
        amounts = [self._links[number].amount for number in numbers]
        table = spread([*amounts, transfer.amount - sum(amounts)], [one.amount for one in pieces])
        found = {
            number: [
                Piece(piece.source, piece.certainty, part)
                for piece, part in zip(pieces, parts, strict=True)
                if part
            ]
            for number, parts in zip((*numbers, -1), table, strict=True)
        }
        self._dealt[transfer.id] = found
        return found

    def _own(self, row: Row) -> tuple[str, Certainty]:
        """Return the source of what a row does not draw on transfers."""
        if row.id in self._circular:
            return row.holder, Certainty.CIRCULAR
        if row.id in self._of_others:
            return row.holder, Certainty.UNSEEN
        if row.origin is Origin.UNSTATED:
            return "", Certainty.UNSTATED
        if row.draws_on_others:
            return row.giver or Origin.PARTNER.value, Certainty.UNSEEN
        if row.origin in (Origin.LENDER, Origin.PRIVATE):
            return row.origin.value, Certainty.STATED
        return row.holder, Certainty.STATED


def _used(row: Row, tracer: _Tracer) -> list[Entry]:
    return [
        Entry(
            piece.source, row.holder, row.id, True, row.affair, row.region, row.channel, row.year,
            piece.amount, piece.certainty,
        )
        for piece in tracer.pieces(row)
    ]  # fmt: skip


def _unplanned(row: Row, tracer: _Tracer) -> list[Entry]:
    return [
        Entry(
            piece.source, row.receiver, row.id, False, row.affair, row.receiver or row.region,
            row.channel, row.year, piece.amount, piece.certainty,
        )
        for piece in tracer.dealt(row)[-1]
    ]  # fmt: skip


def _edges(rows: list[Row], links: list[Link]) -> tuple[Edge, ...]:
    met: dict[str, dict[Certainty, int]] = defaultdict(lambda: defaultdict(int))
    for link in links:
        met[link.transfer.id][link.certainty] += link.amount
    return tuple(
        Edge(
            row.id, row.holder, row.receiver, row.year, row.channel, row.amount,
            met[row.id][Certainty.MATCHED], met[row.id][Certainty.ASSUMED],
            row.id.startswith(RECORDED),
        )
        for row in rows
        if row.passed_on
    )  # fmt: skip


def _unseen(rows: list[Row], left: Mapping[str, int]) -> tuple[Unseen, ...]:
    found: dict[tuple[str, str, int, str], int] = defaultdict(int)
    for row in rows:
        if row.draws_on_others and left.get(row.id):
            found[row.giver, row.holder, row.year, row.channel] += left[row.id]
    return tuple(Unseen(*key, amount) for key, amount in sorted(found.items()))
