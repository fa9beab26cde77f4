"""Funding of a whole plan: each line with the channels that could pay, and totals by channel."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, overload

import polars as pl

from sinergi.accounts.principal import Principal
from sinergi.programs import errors
from sinergi.programs.funding import ChannelAnswer, May
from sinergi.programs.funding.words import best
from sinergi.programs.models import Plan, PlanVersion, VersionState
from sinergi.programs.queries.funding_lines import Answered, answered, exact
from sinergi.programs.queries.plans import plan as one_plan
from sinergi.programs.queries.plans import versions
from sinergi.reference import queries as reference
from sinergi.reference.rupiah import rupiah


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which lines are wanted; empty means all.

    Attributes
    ----------
    channel, may
        Lines to which this channel answers so; without `may`: that it could pay or depends.
    unstated
        Only lines with an amount without a stated channel.
    """

    channel: str = ""
    may: str = ""
    affair: str = ""
    words: str = ""
    unstated: bool = False


@dataclass(frozen=True, slots=True)
class LineFunded:
    """A line and the answers of all channels in its first year.

    Attributes
    ----------
    stated
        Channels that the plan itself states for it.
    """

    identity: str
    position: int
    code: str
    title: str
    agency: str
    first_year: int
    total: Decimal
    stated: tuple[str, ...]
    answers: list[ChannelAnswer]

    @property
    def best(self) -> list[ChannelAnswer]:
        """The channels that could pay, or of which it depends."""
        return best(self.answers)


class Lines(Sequence[LineFunded]):
    """The lines that are wanted, in the order of the plan; each is made when it is asked for."""

    def __init__(self, table: pl.DataFrame, answers: tuple[list[ChannelAnswer], ...]) -> None:
        self._table, self._answers = table, answers

    def __len__(self) -> int:
        return self._table.height

    @overload
    def __getitem__(self, place: int) -> LineFunded: ...
    @overload
    def __getitem__(self, place: slice) -> list[LineFunded]: ...
    def __getitem__(self, place: int | slice) -> LineFunded | list[LineFunded]:
        if isinstance(place, int):
            return self._made(self._table.row(place, named=True))
        start, stop, _ = place.indices(len(self))
        part = self._table.slice(start, max(stop - start, 0))
        return [self._made(row) for row in part.iter_rows(named=True)]

    def __iter__(self) -> Iterator[LineFunded]:
        return map(self._made, self._table.iter_rows(named=True))

    def _made(self, row: dict[str, Any]) -> LineFunded:
        return LineFunded(
            row["identity"],
            row["position"],
            row["code"],
            row["title"],
            row["agency"],
            row["first_year"],
            rupiah(row["total"]),
            tuple(row["stated"] or ()),
            self._answers[row["answer"]],
        )


@dataclass(slots=True)
class ByChannel:
    """Lines and money that a channel could pay for; a line counts at every channel, so these never add up."""

    lines: dict[May, int] = field(default_factory=lambda: defaultdict(int))
    money: dict[May, Decimal] = field(default_factory=lambda: defaultdict(Decimal))


@dataclass(slots=True)
class PlanFunded:
    """A plan's lines that are wanted, with totals over them."""

    plan: Plan
    version: PlanVersion
    rows: Lines
    channels: dict[str, ByChannel]
    lines: int
    money: Decimal
    unstated: Decimal
    """Money without a stated channel, of the lines that are wanted."""


def plan_funded(by: Principal, number: int, wanted: Narrowed) -> PlanFunded:
    """Return the current version of a plan with the answers for its lines.

    Raises
    ------
    UnseenError
        When the plan is not there, may not be seen, or has no current version that somebody may see.
    """
    plan = one_plan(by, number)
    version = versions(by).filter(plan=plan, state=VersionState.CURRENT).first()
    if version is None:
        raise errors.not_found(str(plan))
    found = answered(by, version)
    table = _wanted(found, wanted)
    return PlanFunded(
        plan,
        version,
        Lines(table, found.answers),
        _by_channel(table, found.answers),
        table.height,
        rupiah(exact(table["total"])),
        rupiah(exact(table["unstated"])),
    )


def _wanted(found: Answered, wanted: Narrowed) -> pl.DataFrame:
    table = found.table
    if wanted.affair:
        table = table.filter(pl.col("code").str.starts_with(f"{wanted.affair}."))
    if wanted.words:
        named = pl.concat_str("title", "activity", separator=" ").str.to_lowercase()
        table = table.filter(named.str.contains(wanted.words.lower(), literal=True))
    if wanted.unstated:
        # A line without any amount states no channel, too.
        table = table.filter(pl.col("unstated").is_not_null() | pl.col("stated").is_null())
    if wanted.channel:
        allowed = {wanted.may} if wanted.may else {May.YES, May.DEPENDS}
        fitting = [
            place
            for place, answers in enumerate(found.answers)
            if any(told.code == wanted.channel and told.may in allowed for told in answers)
        ]
        table = table.filter(pl.col("answer").is_in(fitting))
    return table


def _by_channel(
    table: pl.DataFrame, answers: tuple[list[ChannelAnswer], ...]
) -> dict[str, ByChannel]:
    """Count each group of lines with the same answers at every channel."""
    found = {code: ByChannel() for code in reference.funding_channels()}
    for place, totals in table.group_by("answer").agg("total").iter_rows():
        money = rupiah(exact(totals))
        for told in answers[place]:
            counted = found[told.code]
            counted.lines[told.may] += len(totals)
            counted.money[told.may] += money
    return found
