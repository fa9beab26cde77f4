"""Whether a value lies far from all that regions of the same kind have today."""

import polars as pl

from sinergi.evidence.imports.indicators import IndicatorIndex
from sinergi.evidence.imports.problems import KEPT, Problems
from sinergi.evidence.imports.regions import RegionIndex

PEERS_LEAST = 5
BEYOND = 0.5
"""How far outside the range of the peers a value may lie, as a share of that range."""


def check_peers(
    rows: pl.DataFrame,
    stored: pl.DataFrame,
    regions: RegionIndex,
    indicators: IndicatorIndex,
    problems: Problems,
) -> None:
    """Warn of values far outside what cities, regencies or provinces have now.

    Parameters
    ----------
    rows
        What the file says: `row`, `column`, `indicator`, `region`, `value`. Values outside the bounds of
        their indicator are passed over; they are errors already.
    stored
        The last stored value of each indicator in every region: `indicator`, `region`, `value`.
    """
    kinds = {place.key: place.level for place in regions.places}
    ranges = (
        stored.with_columns(kind=_kind(kinds))
        .group_by("indicator", "kind")
        .agg(
            pl.len().alias("peers"),
            pl.col("value").min().alias("low"),
            pl.col("value").max().alias("high"),
        )
        .filter((pl.col("peers") >= PEERS_LEAST) & (pl.col("high") > pl.col("low")))
    )
    known = [one for one in indicators.measures if one.key > 0]
    bounds = pl.DataFrame(
        [(one.key, one.minimum, one.maximum) for one in known],
        schema={"indicator": pl.Int64, "minimum": pl.Float64, "maximum": pl.Float64},
        orient="row",
    )
    slack = BEYOND * (pl.col("high") - pl.col("low"))
    value = pl.col("value")
    far = (value > pl.col("high") + slack) | (value < pl.col("low") - slack)
    within = ~((value < pl.col("minimum")) | (value > pl.col("maximum"))).fill_null(value=False)
    odd = (
        rows.select("row", "column", "indicator", "region", "value")
        .with_columns(kind=_kind(kinds))
        .join(ranges, on=["indicator", "kind"], how="inner", maintain_order="left")
        .filter(far)
        .join(bounds, on="indicator", how="left", maintain_order="left")
        .filter(within)
    )
    codes = {one.key: one.label for one in known}
    names = {place.key: f"{place.code} {place.name}" for place in regions.places}
    shown = odd.select("row", "column", "indicator", "region", "value", "low", "high", "peers")
    for row, column, indicator, region, number, low, high, peers in shown.head(KEPT).iter_rows():
        problems.add(
            "warning",
            "unlike_peers",
            row=row,
            column=column,
            value=number,
            low=low,
            high=high,
            peers=peers,
            indicator=codes[indicator],
            region=names[region],
        )
    problems.count_more("warning", "unlike_peers", max(odd.height - KEPT, 0))


def _kind(kinds: dict[int, str]) -> pl.Expr:
    return pl.col("region").replace_strict(kinds, default="", return_dtype=pl.String)
