"""The regencies and cities of a province beside each other: level, growth, disparity."""

import numpy as np

from sinergi.analysis.methods import Quadrant, klassen, williamson
from sinergi.opportunities.profile.grdp import Grdp, Span, Sum, rate
from sinergi.opportunities.profile.records import PartEconomy
from sinergi.reference import queries as reference

THOUSAND = 1000.0
"""Billion IDR per person is a thousand million."""


def parts(table: Grdp, span: Span, province: Sum) -> tuple[PartEconomy, ...]:
    """Return each regency and city that makes up the sum, against that sum; the richest first.

    A province of which only one has figures has nobody to compare with: then it is empty.
    """
    if len(province.rows) < 2:
        return ()
    years = table.years[span.end] - table.years[span.start]
    rows = list(province.rows)
    start, end = (table.values[rows, year].sum(axis=1) for year in span)
    people = _people(table, rows)
    level = end * THOUSAND / people
    growth = [rate(a, b, years) for a, b in zip(start, end, strict=True)]
    reference_growth = rate(province.start.sum(), province.end.sum(), years)
    numbers = [np.nan if value is None else value for value in (*growth, reference_growth)]
    quadrants = klassen(
        level, numbers[:-1], float(end.sum() * THOUSAND / people.sum()), float(numbers[-1])
    )
    regions = reference.pack().region
    found = [
        PartEconomy(
            code=table.codes[row],
            name=regions[table.codes[row]].name,
            total=float(end[place]),
            per_head=float(level[place]),
            growth=growth[place],
            quadrant=Quadrant(int(quadrants[place])).name.lower(),
        )
        for place, row in enumerate(rows)
    ]
    return tuple(sorted(found, key=lambda one: (-one.per_head, one.code)))


def disparity(table: Grdp, span: Span, province: Sum) -> tuple[float, float] | None:
    """Return the Williamson index of the first and last year; None with fewer than two parts.

    Residents are those of the pack, of one date, for both years.
    """
    if len(province.rows) < 2:
        return None
    rows = list(province.rows)
    people = _people(table, rows)
    first, last = (
        float(williamson(table.values[rows, year].sum(axis=1) / people, people)) for year in span
    )
    return first, last


def _people(table: Grdp, rows: list[int]) -> np.ndarray:
    """Return the registered residents of rows (k,)."""
    regions = reference.region_table()
    places = [regions.position[table.codes[row]] for row in rows]
    return regions.population[places]
