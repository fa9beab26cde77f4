"""The lines of a version with the answers of all channels as one table, found once for each of its states."""

from bisect import bisect_left
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.db.models import BigIntegerField
from django.db.models.functions import Cast

from sinergi.accounts.principal import Principal
from sinergi.programs.funding import ChannelAnswer, channels_for
from sinergi.programs.funding.conditions import Menus
from sinergi.programs.funding.facts import is_fee, phrases_of, routine_of
from sinergi.programs.models import PlanLine, PlanVersion
from sinergi.programs.queries.funding import Told, menus, object_of, of_code, told_facts
from sinergi.programs.queries.keeping import Shelf
from sinergi.programs.queries.tables import amount_table
from sinergi.reference import queries as reference
from sinergi.reference.rupiah import MINOR

KEPT_LINES = 250_000
"""Lines of versions that a process keeps answered; a hundred thousand take about 50 MB."""
CHUNK = 5_000
OWN = ("pk", "identity", "position", "agency", "first_year", "minor")
"""What is read of a line beside what funding asks of it."""
SCHEMA = {
    "line": pl.Int64,
    "identity": pl.String,
    "position": pl.Int32,
    "agency": pl.String,
    "first_year": pl.Int16,
    "total": pl.Int64,
    "code": pl.String,
    "title": pl.String,
    "activity": pl.String,
    "answer": pl.Int32,
}


@dataclass(frozen=True, slots=True)
class Answered:
    """A version answered.

    Attributes
    ----------
    table
        A row for each line in its order: the columns of `SCHEMA`, `stated` (channels that the plan states, a
        list), `unstated` (minor units without a stated channel; null where every amount states one). `answer`
        is a place in `answers`.
    answers
        What all channels say, once for all lines that are alike to the rules.
    """

    table: pl.DataFrame
    answers: tuple[list[ChannelAnswer], ...]


_answered: Shelf[Answered] = Shelf(KEPT_LINES, lambda one: max(one.table.height, 1))


def answered(by: Principal, version: PlanVersion) -> Answered:
    """Return the lines of a version that somebody may read, with the answers for their first year."""
    loaded = menus()
    key = (version.pk, version.plan.updated, reference.pack().version, loaded)
    return _answered.get(key, lambda: _answer(by, version, loaded))


def _answer(by: Principal, version: PlanVersion, loaded: Menus) -> Answered:
    rows = PlanLine.objects.filter(version=version).order_by("position", "pk")
    held = rows.annotate(minor=Cast("total", BigIntegerField())).values_list(*OWN, *Told._fields)
    years = dict(rows.values_list("pk", "first_year"))
    amounts = _amounts(by, version, years)
    paid = {line: (first, tuple(named)) for line, first, named in amounts.select(
        "line", "paid", "named").iter_rows()}  # fmt: skip
    asked = _Asked(version.plan.region_code, loaded)
    told = [
        (
            pk, str(identity), position, agency, year, minor, line[0], line[1], line[2],
            asked.place(Told(*line), year, *paid.get(pk, (None, ()))),
        )
        for pk, identity, position, agency, year, minor, *line in held.iterator(chunk_size=CHUNK)
    ]  # fmt: skip
    table = pl.DataFrame(told, schema=SCHEMA, orient="row")
    more = amounts.select("line", "stated", "unstated")
    joined = table.join(more, on="line", how="left", maintain_order="left")
    return Answered(joined, tuple(asked.answers))


def _amounts(by: Principal, version: PlanVersion, years: dict[int, int]) -> pl.DataFrame:
    """Return of each line with amounts: those of its first year, and those that state no channel."""
    first = pl.DataFrame(
        list(years.items()), schema={"line": pl.Int64, "first": pl.Int16}, orient="row"
    )
    held = amount_table(by, [version.pk]).join(first, on="line")
    now, named = pl.col("year") == pl.col("first"), pl.col("channel") != ""
    amount, channel = pl.col("amount"), pl.col("channel")
    return held.group_by("line").agg(
        paid=pl.when(now.any()).then(amount.filter(now).sum()),
        named=channel.filter(now & named).unique().sort(),
        stated=channel.filter(named).unique().sort(),
        unstated=pl.when((~named).any()).then(amount.filter(~named).sum()),
    )


class _Asked:
    """Asks the channels once for all lines that are alike to their rules."""

    def __init__(self, region: str, loaded: Menus) -> None:
        self.answers: list[list[ChannelAnswer]] = []
        self._region, self._loaded = region, loaded
        self._places: dict[Hashable, int] = {}
        self._steps = _steps()
        self._phrases = phrases_of(reference.work_words())

    def place(self, line: Told, year: int, paid: int | None, channels: tuple[str, ...]) -> int:
        """Return the place of the answers for a line."""
        known = object_of(line.object_code)
        names = (line.title, line.activity)
        if is_fee(line.title):
            physical: bool | None = False
        else:
            physical = known.physical if known else self._phrases.tell(names)
        key = (
            line.code if self._loaded.loaded else of_code(line.code), physical,
            routine_of(line.code, names, physical=physical),
            line[3:], year, channels, -1 if paid is None else bisect_left(self._steps, paid),
        )  # fmt: skip
        if key not in self._places:
            facts = told_facts(line, self._region, year, paid, channels)
            self._places[key] = len(self.answers)
            self.answers.append(channels_for(facts, self._loaded))
        return self._places[key]


def _steps() -> list[int]:
    """Return the ceilings of all channels in minor units: two amounts between the same are alike to them."""
    rules = reference.pack().funding_rules
    return sorted({one.amount * MINOR for one in rules if one.amount is not None})


def exact(amounts: Iterable[Any]) -> int:
    """Return the sum of minor units, which a whole plan may take beyond 64 bits."""
    return sum(int(one) for one in amounts if one is not None)
