"""Totals of a ledger at any cut: sums of whole numbers, so that they add up exactly."""

from collections.abc import Iterable, Sequence

import polars as pl

from sinergi.analysis.ledger.records import Entry

COLUMNS = {
    "source": pl.String,
    "holder": pl.String,
    "row": pl.String,
    "planned": pl.Boolean,
    "affair": pl.String,
    "region": pl.String,
    "channel": pl.String,
    "year": pl.Int32,
    "amount": pl.Int64,
    "certainty": pl.Int8,
}
MOST = 2**63 - 1


class LedgerOverflow(ArithmeticError):  # noqa: N818 - it names what happened
    """The sum of a ledger is beyond whole numbers of 64 bits."""


def frame(entries: Iterable[Entry]) -> pl.DataFrame:
    """Return entries as a table with the columns `COLUMNS`; `amount` in minor units.

    Raises
    ------
    LedgerOverflow
        When their sum could not be held.
    """
    there = list(entries)
    if sum(one.amount for one in there) > MOST:
        raise LedgerOverflow
    columns = {
        name: [int(value) if name == "certainty" else value for value in values]
        for name, values in ((name, [getattr(one, name) for one in there]) for name in COLUMNS)
    }
    return pl.DataFrame(columns, schema=COLUMNS)


def totals(table: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """Return the sum of `amount` for each combination of columns, the largest first.

    The sums of any cut add up to the sum of the table, and so does a cut of a cut.
    """
    if not by:
        return table.select(pl.col("amount").sum())
    grouped = table.group_by(*by).agg(pl.col("amount").sum())
    return grouped.sort("amount", *by, descending=[True, *[False for _ in by]])
