"""Methods about sectors on a long table that `reading.read` has checked, columns named by role."""

import numpy as np
import polars as pl

from sinergi.analysis import methods
from sinergi.analysis.errors import InputError
from sinergi.analysis.methods.checks import FloatArray
from sinergi.analysis.methods.tables import (
    Grid,
    Options,
    against,
    distinct,
    each_period,
    grid,
    periods_of,
    result,
    whole_grid,
    years_between,
)

Reference = tuple[FloatArray | None, FloatArray | None]


def lq(rows: pl.DataFrame, options: Options) -> pl.DataFrame:
    """Location quotients per region and sector (and period)."""

    def compute(part: pl.DataFrame) -> pl.DataFrame:
        table, reference = against(whole_grid(part, options), str(options["reference"]))
        return table.long(value=table.values, lq=methods.location_quotient(table.values, reference))

    return each_period(rows, compute)


def rca(rows: pl.DataFrame, options: Options) -> pl.DataFrame:
    """Revealed comparative advantage per region and sector (and period)."""

    def compute(part: pl.DataFrame) -> pl.DataFrame:
        table = whole_grid(part, options)
        symmetric = bool(options["symmetric"])
        index = methods.revealed_comparative_advantage(table.values, symmetric=symmetric)
        return table.long(value=table.values, rca=index)

    return each_period(rows, compute)


def dlq(rows: pl.DataFrame, options: Options) -> pl.DataFrame:
    """Dynamic location quotients between two periods."""
    start, end, years, reference = _two_periods(rows, options)
    index = methods.dynamic_location_quotient(
        start.values,
        end.values,
        years,
        _horizon(options),
        reference_start=reference[0],
        reference_end=reference[1],
    )
    return start.long(start=start.values, end=end.values, dlq=index)


def shift_share(rows: pl.DataFrame, options: Options) -> pl.DataFrame:
    """Components of change between two periods."""
    start, end, _, reference = _two_periods(rows, options)
    if not options["homothetic"]:
        parts = methods.shift_share(start.values, end.values, *reference)
        return start.long(
            start=start.values,
            end=end.values,
            change=parts.change,
            national=parts.national,
            mix=parts.mix,
            competitive=parts.competitive,
        )
    four = methods.esteban_marquillas(start.values, end.values, *reference)
    return start.long(
        start=start.values,
        end=end.values,
        change=four.change,
        national=four.national,
        mix=four.mix,
        competitive=four.competitive,
        allocation=four.allocation,
    )


def eci(rows: pl.DataFrame, options: Options) -> pl.DataFrame:
    """Complexity of regions and of sectors, one under the other."""

    def compute(part: pl.DataFrame) -> pl.DataFrame:
        table = whole_grid(part, options)
        found = methods.economic_complexity(table.values, float(options["threshold"]))
        kinds = ["region"] * len(table.regions) + ["sector"] * len(table.sectors)
        return result(
            {"kind": kinds, "name": table.regions + table.sectors},
            complexity=np.concatenate([found.eci, found.pci]),
            count=np.concatenate([found.diversity, found.ubiquity]),
        )

    return each_period(rows, compute)


def _two_periods(rows: pl.DataFrame, options: Options) -> tuple[Grid, Grid, float, Reference]:
    periods = periods_of(rows)
    first = str(options["start"]) or periods[0]
    last = str(options["end"]) or periods[-1]
    if first == last or not {first, last} <= set(periods):
        raise InputError(
            "Two different periods of the table are needed; asked for are “{first}” and “{last}”.",
            "period",
            "The table has: {periods}.",
            first=first,
            last=last,
            periods=", ".join(periods),
        )
    tables, references = [], []
    for period in (first, last):
        part = rows.filter(pl.col("period") == period)
        zero = bool(options["absent_is_zero"])
        whole = grid(part, distinct(rows, "region"), distinct(rows, "sector"), absent_is_zero=zero)
        table, reference = against(whole, str(options["reference"]))
        tables.append(table)
        references.append(reference)
    return tables[0], tables[1], years_between(first, last), (references[0], references[1])


def _horizon(options: Options) -> float | None:
    return float(options["horizon"]) or None
