"""What values are checked against: the bounds of their indicator, their neighbours, the file, the store."""

import polars as pl

from sinergi.evidence import store
from sinergi.evidence.imports.indicators import IndicatorIndex, Measure
from sinergi.evidence.imports.mapping import OnExisting
from sinergi.evidence.imports.problems import KEPT, Problems
from sinergi.evidence.imports.regions import RegionIndex
from sinergi.evidence.scope import current

KEY = ("indicator", "region", "period")
HUNDREDFOLD = 50.0
"""A value this many times its usual neighbour is likely a slip of the decimal mark."""
PEERS_LEAST = 5
PERCENT = "percent"


def check_bounds(rows: pl.DataFrame, indicators: IndicatorIndex, problems: Problems) -> None:
    """Report values outside the range of their indicator, and percent that look like fractions."""
    for measure in _used(rows, indicators):
        mine = rows.filter(pl.col("indicator") == measure.key)
        value = pl.col("value")
        low = pl.lit(value=False) if measure.minimum is None else value < measure.minimum
        high = pl.lit(value=False) if measure.maximum is None else value > measure.maximum
        outside = mine.filter(low | high)
        percent = measure.unit == PERCENT and measure.maximum == 100
        for row, column, number in outside.select("row", "column", "value").head(KEPT).iter_rows():
            problems.add(
                "error",
                "percent_over_100" if percent and number > 100 else "out_of_range",
                row=row,
                column=column,
                value=number,
                minimum="−∞" if measure.minimum is None else measure.minimum,
                maximum="∞" if measure.maximum is None else measure.maximum,
                indicator=measure.code,
            )
        problems.count_more("error", "out_of_range", max(outside.height - KEPT, 0))
        if percent and mine.height >= PEERS_LEAST and not mine.filter(value > 1).height:
            problems.add("warning", "looks_like_fraction", indicator=measure.code)


def _used(rows: pl.DataFrame, indicators: IndicatorIndex) -> list[Measure]:
    used = set(rows["indicator"].unique().to_list())
    return [measure for measure in indicators.measures if measure.key in used]


def check_hundredfold(rows: pl.DataFrame, stored: pl.DataFrame, problems: Problems) -> None:
    """Warn of values about a hundred times what the same region, or else its peers, usually have.

    Parameters
    ----------
    stored
        The last stored value of each indicator and region: `indicator`, `region`, `period`, `value`.
        Regions that the file does not name are left out.
    """
    place = ["indicator", "region"]
    mine = stored.join(rows.select(place).unique(), on=place, how="semi")
    others = mine.join(rows, on=list(KEY), how="anti")
    known = pl.concat([rows.select(*KEY, "value"), others.select(*KEY, "value")])
    usual = known.group_by(place).agg(
        pl.len().alias("count"),
        pl.col("value").median().alias("median"),
        pl.col("value").min().alias("least"),
    )
    peers = known.group_by("indicator", "period").agg(
        pl.len().alias("peers"),
        pl.col("value").median().alias("peer_median"),
        pl.col("value").top_k(2).min().alias("second"),
    )
    del known
    frame = (
        rows.select("row", "column", *KEY, "value")
        .join(usual, on=place, how="left")
        .join(peers, on=["indicator", "period"], how="left")
    )
    over_time = pl.when(pl.col("count") > 2).then("median").when(pl.col("count") == 2).then("least")
    alone = (pl.col("count") == 1) & (pl.col("peers") >= PEERS_LEAST)
    apart = alone & (pl.col("value") > 10 * pl.col("second"))
    by_peers = pl.when(apart).then("peer_median")
    frame = frame.with_columns(reference=pl.coalesce(over_time, by_peers))
    ratio = pl.col("value") / pl.col("reference")
    odd = frame.filter(
        (pl.col("reference") > 0)
        & ((ratio >= HUNDREDFOLD) | ((ratio <= 1 / HUNDREDFOLD) & (pl.col("value") > 0)))
    ).with_columns(ratio=ratio)
    for row, column, value, reference, times in (
        odd.select("row", "column", "value", "reference", "ratio").head(KEPT).iter_rows()
    ):
        problems.add(
            "warning",
            "hundredfold",
            row=row,
            column=column,
            value=value,
            ratio=float(f"{times:.3g}"),
            reference=reference,
        )
    problems.count_more("warning", "hundredfold", max(odd.height - KEPT, 0))


def drop_duplicates(rows: pl.DataFrame, problems: Problems) -> pl.DataFrame:
    """Report rows that speak of the same thing; return the first of each."""
    hashes = rows.select(pl.struct(KEY).hash())
    if hashes.to_series().n_unique() == rows.height:
        return rows  # as many hashes as rows: none is there twice
    first = rows.select(
        pl.struct(KEY).alias("key"), first_row="row", first_value="value", first_column="column"
    ).unique(subset="key", keep="first", maintain_order=True)
    marked = rows.with_columns(key=pl.struct(KEY)).join(first, on="key", how="left")
    same_place = (pl.col("row") == pl.col("first_row")) & (
        pl.col("column") == pl.col("first_column")
    )
    again = marked.filter(~same_place)
    identical = pl.col("value") == pl.col("first_value")
    for severity, code, part in (
        ("warning", "duplicate_identical", again.filter(identical)),
        ("error", "duplicate", again.filter(~identical)),
    ):
        shown = part.select("row", "column", "value", "first_row", "first_value").head(KEPT)
        for row, column, value, first_row, other in shown.iter_rows():
            problems.add(
                severity,  # type: ignore[arg-type]
                code,
                row=row,
                column=column,
                value=value,
                first=first_row,
                other=other,
            )
        problems.count_more(severity, code, max(part.height - KEPT, 0))  # type: ignore[arg-type]
    return marked.filter(same_place).select(rows.columns)


def against_stored(
    rows: pl.DataFrame, on_existing: OnExisting, regions: RegionIndex, problems: Problems
) -> pl.DataFrame:
    """Compare rows with what stands on the shelf that they would be loaded onto.

    Returns
    -------
    polars.DataFrame
        The rows with the column `replaces`: the id of the stored observation that a row would replace,
        null for a new one. Rows that need not be stored are left out.
    """
    known = [key for key in rows["indicator"].unique().to_list() if key > 0]
    stored = store.active_rows(known, rows["period"].unique().to_list(), shelf=current().shelf)
    stored = stored.select(*KEY, stored="value", replaces="id", stored_flag="flag")
    both = rows.join(stored, on=list(KEY), how="left", maintain_order="left")
    new = pl.col("replaces").is_null()
    same = (pl.col("value") == pl.col("stored")) & (pl.col("flag") == pl.col("stored_flag"))
    identical, different = both.filter(~new & same), both.filter(~new & ~same)
    kinds = {
        "reject": ("error", "error"),
        "skip_identical": (None, "error"),
        "replace": (None, "warning"),
    }
    identical_severity, different_severity = kinds[on_existing]
    if identical_severity:
        _report(problems, identical_severity, "already_stored_identical", identical, regions)
    code = "will_replace" if on_existing == "replace" else "already_stored"
    _report(problems, different_severity or "error", code, different, regions)
    return both.filter(new | ~same).drop("stored", "stored_flag")


def _report(
    problems: Problems, severity: str, code: str, rows: pl.DataFrame, regions: RegionIndex
) -> None:
    names = {place.key: f"{place.code} {place.name}" for place in regions.places}
    shown = rows.select("row", "column", "value", "stored", "region", "period").head(KEPT)
    for row, column, value, stored, region, period in shown.iter_rows():
        problems.add(
            severity,  # type: ignore[arg-type]
            code,
            row=row,
            column=column,
            value=value,
            stored=stored,
            region=names[region],
            period=period,
        )
    problems.count_more(severity, code, max(rows.height - KEPT, 0))  # type: ignore[arg-type]
