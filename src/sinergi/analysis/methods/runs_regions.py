"""Methods about regions on a long table that `reading.read` has checked, columns named by role."""

from collections.abc import Callable, Mapping

import numpy as np
import polars as pl

from sinergi.analysis import methods
from sinergi.analysis.errors import InputError
from sinergi.analysis.methods.checks import FloatArray
from sinergi.analysis.methods.tables import (
    Options,
    check_reference,
    each_period,
    floats,
    periods_of,
    result,
    whole_grid,
    years_between,
)


def klassen(rows: pl.DataFrame, options: Options) -> pl.DataFrame:
    """Quadrants of regions; growth is computed from the periods when no column holds it."""
    if "growth" not in rows.columns:
        return _klassen(_with_growth(rows), options)
    return each_period(rows, lambda part: _klassen(part, options))


def williamson(rows: pl.DataFrame, _: Options) -> pl.DataFrame:
    """Williamson's index of the regions that have income and population."""
    return each_period(rows, lambda part: _index(part, "williamson", methods.williamson))


def gini(rows: pl.DataFrame, _: Options) -> pl.DataFrame:
    """Gini coefficient of the regions that have a value."""
    return each_period(rows, lambda part: _index(part, "gini", methods.gini))


def theil(rows: pl.DataFrame, _: Options) -> pl.DataFrame:
    """Theil index, split between and within groups where a column names them."""

    def compute(part: pl.DataFrame) -> pl.DataFrame:
        if "group" not in part.columns:
            return _index(part, "theil", methods.theil)
        known, people, counts = _complete(part)
        parts = methods.decompose(floats(known, "value"), known["group"].to_list(), people)
        figures = {"theil": parts.total, "between": parts.between, "within": parts.within}
        return _one_row(**counts, **figures)

    return each_period(rows, compute)


def gravity_of_places(rows: pl.DataFrame, options: Options) -> pl.DataFrame:
    """Interaction of every pair of places, by great-circle distance."""

    def compute(part: pl.DataFrame) -> pl.DataFrame:
        people = floats(part, "population")
        far = methods.great_circle_km(floats(part, "latitude"), floats(part, "longitude"))
        first, second = np.triu_indices(part.height, k=1)
        names = part["region"].to_list()
        return _interaction(
            {"origin": [names[i] for i in first], "destination": [names[j] for j in second]},
            (people[first], people[second], far[first, second]),
            options,
        )

    return each_period(rows, compute)


def gravity_of_pairs(rows: pl.DataFrame, options: Options) -> pl.DataFrame:
    """Interaction of the pairs listed, by the distance given."""
    sizes = floats(rows, "origin_population"), floats(rows, "destination_population")
    names = {name: rows[name].to_list() for name in ("origin", "destination")}
    return _interaction(names, (*sizes, floats(rows, "distance")), options)


def hierarchy(rows: pl.DataFrame, options: Options) -> pl.DataFrame:
    """Places from most to fewest kinds of facility, with Marshall's centrality."""

    def compute(part: pl.DataFrame) -> pl.DataFrame:
        table = whole_grid(part, options)
        order = methods.guttman(table.values)
        rank = np.full(len(table.regions), np.nan)
        rank[order.place_order] = np.arange(1, len(order.place_order) + 1)
        frame = result(
            {"region": table.regions},
            rank=rank,
            kinds=order.kinds,
            centrality=methods.marshall(table.values),
            errors=np.full(len(rank), float(order.errors)),
            reproducibility=np.full(len(rank), order.reproducibility),
        )
        return frame.sort("rank", nulls_last=True)

    return each_period(rows, compute)


def balance(rows: pl.DataFrame, _: Options) -> pl.DataFrame:
    """Surplus or deficit and self-sufficiency, row by row."""
    production, need = floats(rows, "production"), floats(rows, "need")
    found = methods.food_balance(production, need)
    keys = [name for name in ("region", "sector", "period") if name in rows.columns]
    return result(
        {name: rows[name].to_list() for name in keys},
        production=production,
        need=need,
        balance=found.balance,
        self_sufficiency=found.self_sufficiency,
    )


def _klassen(rows: pl.DataFrame, options: Options) -> pl.DataFrame:
    name = str(options["reference"])
    level, growth = floats(rows, "value"), floats(rows, "growth")
    regions = rows["region"].to_list()
    if name:
        check_reference(name, regions)
        at = regions.index(name)
        marks = level[at], growth[at]
    else:
        marks = _mean(level, rows), _mean(growth, rows)
    quadrants = methods.klassen(level, growth, *marks)
    labels = [methods.Quadrant(q).name.lower() for q in quadrants]
    frame = result(
        {"region": regions, "quadrant": labels},
        number=np.where(quadrants == 0, np.nan, quadrants),
        value=level,
        growth=growth,
        reference_value=np.full(len(regions), marks[0]),
        reference_growth=np.full(len(regions), marks[1]),
    )
    return frame.filter(pl.col("region") != name)


def _mean(values: FloatArray, rows: pl.DataFrame) -> float:
    weights = floats(rows, "population") if "population" in rows.columns else np.ones(len(values))
    known = np.isfinite(values) & np.isfinite(weights)
    total = float(weights[known].sum())
    return float(values[known] @ weights[known]) / total if total > 0 else float("nan")


def _with_growth(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the last period with yearly compound growth since the first, in percent."""
    periods = periods_of(rows) if "period" in rows.columns else []
    if len(periods) < 2:
        raise InputError(
            "There is no growth: no column holds it and there are not two periods.",
            "growth",
            "Name a column with growth in percent, or one with at least two periods.",
        )
    first = rows.filter(pl.col("period") == periods[0]).select("region", before="value")
    last = rows.filter(pl.col("period") == periods[-1])
    joined = last.join(first, on="region", how="left", maintain_order="left")
    before, after = floats(joined, "before"), floats(joined, "value")
    known = (before > 0) & np.isfinite(after)
    ratio = np.divide(after, before, out=np.full(len(after), np.nan), where=known)
    growth = 100.0 * (ratio ** (1.0 / years_between(periods[0], periods[-1])) - 1.0)
    return joined.with_columns(pl.Series("growth", growth).fill_nan(None))


def _complete(part: pl.DataFrame) -> tuple[pl.DataFrame, FloatArray | None, dict[str, float]]:
    """Leave out rows without a value (or population) and count them."""
    needed = [name for name in ("value", "population") if name in part.columns]
    known = part.drop_nulls(needed)
    people = floats(known, "population") if "population" in needed else None
    counts = {"regions": float(known.height), "left_out": float(part.height - known.height)}
    return known, people, counts


def _index(part: pl.DataFrame, name: str, method: Callable[..., float]) -> pl.DataFrame:
    known, people, counts = _complete(part)
    figure = method(floats(known, "value"), *([] if people is None else [people]))
    return _one_row(**counts, **{name: figure})


def _one_row(**figures: float) -> pl.DataFrame:
    return result({}, **{name: np.array([figure]) for name, figure in figures.items()})


def _interaction(
    names: Mapping[str, list[str]],
    values: tuple[FloatArray, FloatArray, FloatArray],
    options: Options,
) -> pl.DataFrame:
    power = float(options["exponent"])
    found = methods.gravity(*values, k=float(options["k"]), exponent=power)
    frame = result(names, distance=values[2], interaction=found)
    return frame.sort("interaction", descending=True, nulls_last=True, maintain_order=True)
