"""Cuts of a ledger for pages and files: filters, sums by column, and the three columns of a flow chart."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from sinergi.analysis.ledger import Edge, Ledger, LedgerOverflow, Twice, frame, totals
from sinergi.programs import errors
from sinergi.programs.queries.money import NATION, Drawn
from sinergi.reference import queries as reference
from sinergi.reference.catalogue import Level
from sinergi.reference.rupiah import MINOR

LEVELS: tuple[Level, ...] = ("nation", "province", "regency", "city")
BY = ("source", "holder", "affair", "region", "province", "channel", "year", "certainty")
"""What the sums of a ledger can be cut by."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Which entries are wanted; empty means all.

    Attributes
    ----------
    region
        Government that holds the money, with those in it; `ID`: all.
    level
        Level of the government that holds it.
    channel
        Code; `-` stands for amounts that state none.
    """

    region: str = ""
    level: str = ""
    affair: str = ""
    channel: str = ""


def cut_out(drawn: Drawn, cut: Cut) -> pl.DataFrame:
    """Return the entries that are wanted as a table, with the province of their holder.

    Raises
    ------
    StateError
        When the plans come to more than can be summed up.
    """
    try:
        table = frame(drawn.ledger.entries)
    except LedgerOverflow:
        raise errors.StateError(_too_much(drawn)) from None
    table = table.with_columns(province=pl.col("holder").str.slice(0, 2))
    if cut.region and cut.region != NATION:
        own = pl.col("holder") == cut.region
        table = table.filter(own | pl.col("holder").str.starts_with(f"{cut.region}."))
    if cut.level:
        regions = reference.pack().region
        codes = [code for code, one in regions.items() if one.level == cut.level]
        table = table.filter(pl.col("holder").is_in(codes))
    if cut.affair:
        table = table.filter(pl.col("affair") == cut.affair)
    if cut.channel:
        table = table.filter(pl.col("channel") == ("" if cut.channel == "-" else cut.channel))
    return table


def of_year(drawn: Drawn, year: int) -> Drawn:
    """Return what a ledger holds of one year: the same as one drawn up over this year alone."""
    whole = drawn.ledger
    ledger = Ledger(
        tuple(one for one in whole.entries if one.year == year),
        tuple(one for one in whole.edges if one.year == year),
        tuple(one for one in whole.unseen if one.year == year),
        tuple(one for one in whole.twice if one.year == year),
    )
    choices = [one for one in drawn.choices if one.offer.year == year]
    return replace(drawn, ledger=ledger, choices=choices)


def years_of(drawn: Drawn) -> list[int]:
    """Return the years that have figures, in their order."""
    return sorted({one.year for one in drawn.ledger.entries})


def latest_year(drawn: Drawn, cut: Cut) -> int | None:
    """Return the latest year of which a cut leaves figures; where it leaves none, the latest of all."""
    years = years_of(drawn)
    for year in reversed(years):
        try:
            if cut_out(of_year(drawn, year), cut).height:
                return year
        except errors.StateError:  # more than can be summed up are figures, too
            return year
    return years[-1] if years else None


def _too_much(drawn: Drawn) -> str:
    """Return that amounts cannot be summed up, with the government and year that hold most of them."""
    held: dict[tuple[str, int], int] = defaultdict(int)
    for one in drawn.ledger.entries:
        held[one.holder, one.year] += one.amount
    (holder, year), most = max(held.items(), key=lambda item: (item[1], item[0]))
    known = reference.pack().region.get(holder)
    told = _(
        "The amounts of these plans come to more than can be summed up. %(holder)s holds Rp %(most)s of it "
        "in %(year)s: look below for its plan with amounts that cannot be, or choose another year."
    )
    return told % {
        "holder": known.name if known else holder or _("receiver not named"),
        "most": number_format(most // MINOR, use_l10n=True, force_grouping=True),
        "year": year,
    }


def sums(table: pl.DataFrame, by: Sequence[str]) -> list[tuple[tuple[object, ...], int]]:
    """Return the sums of a cut, the largest first: values of the columns, and minor units."""
    return [(row[:-1], row[-1]) for row in totals(table, by).iter_rows()]


def edges_of(drawn: Drawn, cut: Cut) -> list[Edge]:
    """Return the transfers into or out of the region of a cut, the largest first."""
    found = list(drawn.ledger.edges)
    if cut.region and cut.region != NATION:
        found = [
            one for one in found if _in(one.giver, cut.region) or _in(one.receiver, cut.region)
        ]
    if cut.channel:
        wanted = "" if cut.channel == "-" else cut.channel
        found = [one for one in found if one.channel == wanted]
    return sorted(found, key=lambda one: (-one.amount, one.row))


def twice_of(drawn: Drawn, cut: Cut) -> tuple[Twice, ...]:
    """Return what plans of, or for, the region of a cut name once more and is left out."""
    found = drawn.ledger.twice
    if cut.region and cut.region != NATION:
        found = tuple(
            one
            for one in found
            if any(_in(code, cut.region) for code in (one.giver, one.holder, one.region))
        )
    if cut.level:
        regions = reference.pack().region
        found = tuple(one for one in found if regions[one.giver].level == cut.level)
    if cut.affair:
        found = tuple(one for one in found if one.affair == cut.affair)
    if cut.channel:
        found = tuple(one for one in found if one.channel == cut.channel)
    return found


def told_twice(drawn: Drawn, cut: Cut) -> int:
    """Return the sum of what is left out; minor units."""
    return sum(one.amount for one in twice_of(drawn, cut))


def _in(code: str, region: str) -> bool:
    return code == region or code.startswith(f"{region}.")


MOST_NODES = 10
REST = "+"
"""Stands for all nodes of a column that are too small to be drawn on their own."""


@dataclass(frozen=True, slots=True)
class Flow:
    """Money from a node of one column of the chart to a node of the next; minor units."""

    column: int
    start: str
    end: str
    amount: int


def flows(table: pl.DataFrame, most: int = MOST_NODES) -> list[Flow]:
    """Return the flows source → holder → use (affair), small nodes put together.

    Each column has the same sum. What the receiver has not planned goes to the use `?`.
    """
    used = table.with_columns(
        use=pl.when(pl.col("planned")).then(pl.col("affair")).otherwise(pl.lit("?"))
    )
    for column in ("source", "holder", "use"):
        ranked = totals(used, [column])[column].to_list()
        if len(ranked) > most:
            kept = ranked[: most - 1]
            used = used.with_columns(
                pl.when(pl.col(column).is_in(kept))
                .then(pl.col(column))
                .otherwise(pl.lit(REST))
                .alias(column)
            )
    found = []
    for number, (start, end) in enumerate((("source", "holder"), ("holder", "use"))):
        found += [Flow(number, *row) for row in totals(used, [start, end]).iter_rows()]
    return found
