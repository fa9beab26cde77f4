"""Specialisation of a region: what it does more of than others, what grows, and against whom."""

import numpy as np
from numpy.typing import NDArray

from sinergi.analysis.methods import (
    Quadrant,
    ShiftShare,
    dynamic_location_quotient,
    klassen,
    location_quotient,
    shift_share,
)
from sinergi.evidence import queries as evidence
from sinergi.opportunities.profile.facts import record
from sinergi.opportunities.profile.grdp import PREFIX, Grdp, Span, Sum, grdp, rate
from sinergi.opportunities.profile.parts import THOUSAND, disparity, parts
from sinergi.opportunities.profile.records import Comparison, Economy, ReferenceEconomy, Sector
from sinergi.reference import queries as reference

Floats = NDArray[np.float64]


def economy(code: str) -> Economy | None:
    """Return the specialisation of a region; None where its GRDP is not recorded.

    A region is compared with the sum of the regencies and cities that have every sector in the same two
    years: that sum and the row that the source records for a province or the nation differ, and only the
    sum makes the location quotients of its parts average 1. A province is the sum of its own parts.

    Raises
    ------
    UnknownRegion
        When there is no such region.
    """
    table, one = grdp(), record(code)
    if table is None:
        return None
    if one.level == "province":
        span = table.span(list(table.sum(code, _whole(table)).rows))
    else:
        span = table.span([table.row[code]] if code in table.row else [])
    if span is None:
        return None
    own = table.sum(code, span)
    areas = {"nation": reference.pack().country}
    if one.level != "province":
        areas = {"province": one.parent, **areas}
    sums = {kind: table.sum(area, span) for kind, area in areas.items()}
    return _economy(code, table, span, own, areas, sums)


def _whole(table: Grdp) -> Span:
    return Span(0, len(table.years) - 1)


def _economy(
    code: str, table: Grdp, span: Span, own: Sum, areas: dict[str, str], sums: dict[str, Sum]
) -> Economy:
    info = evidence.indicator_catalogue()
    years = table.years[span.end] - table.years[span.start]
    growth = rate(own.start.sum(), own.end.sum(), years)
    per_head = _per_head(own)
    totals = _totals(table, own)
    first = info[table.indicators[0]]
    circle = sums.get("province", own)
    against = {kind: _compare(own, total, years) for kind, total in sums.items()}
    return Economy(
        start=table.years[span.start],
        end=table.years[span.end],
        unit=first.unit,
        sectors=_sectors(table, own, years, against),
        references=tuple(
            _reference(kind, areas[kind], table, span, total, growth, per_head)
            for kind, total in sums.items()
        ),
        total=float(own.end.sum()),
        total_start=float(own.start.sum()),
        growth=growth,
        per_head=per_head,
        population_date=record(code).population_date,
        summed=len(own.rows),
        gaps=tuple(y for y, v in zip(table.years, totals, strict=True) if v is None),
        source=first.source,
        flag=first.flag,
        years=table.years,
        totals=totals,
        parts=parts(table, span, circle),
        disparity=disparity(table, span, circle),
    )


def _per_head(total: Sum) -> float | None:
    """Return million IDR per registered resident."""
    return float(total.end.sum()) * THOUSAND / total.people if total.people else None


def _totals(table: Grdp, own: Sum) -> tuple[float | None, ...]:
    """Return the total by year; None where any of the summed regions is incomplete."""
    by_year = table.values[list(own.rows)].sum(axis=(0, 2))
    return tuple(float(value) if np.isfinite(value) else None for value in by_year)


def _sectors(
    table: Grdp, own: Sum, years: int, against: dict[str, list[Comparison]]
) -> tuple[Sector, ...]:
    info = evidence.indicator_catalogue()
    total = own.end.sum()
    return tuple(
        Sector(
            code=indicator.removeprefix(PREFIX),
            indicator=indicator,
            name_id=short_name(info[indicator].name_id),
            name_en=short_name(info[indicator].name_en),
            value=known(own.end[place]),
            share=known(own.end[place] / total),
            growth=rate(own.start[place], own.end[place], years),
            change=known(own.end[place] - own.start[place]),
            against={kind: rows[place] for kind, rows in against.items()},
        )
        for place, indicator in enumerate(table.indicators)
    )


def short_name(name: str) -> str:
    """Return the name of a sector without the words that all sectors begin with."""
    return name.partition(": ")[2] or name


def _compare(own: Sum, total: Sum, years: int) -> list[Comparison]:
    """Return each sector of a region against the same sector of the reference."""
    start, end = own.start[np.newaxis], own.end[np.newaxis]
    lq = location_quotient(end, total.end)[0]
    dlq = dynamic_location_quotient(
        start, end, years, reference_start=total.start, reference_end=total.end
    )[0]
    shift = shift_share(start, end, total.start, total.end)
    shares = total.end / total.end.sum()
    here = _rates(own.start, own.end, years)
    there = _rates(total.start, total.end, years)
    quadrants = klassen(own.end / own.end.sum() - shares, here - there, 0.0, 0.0)
    return [
        _comparison(place, lq, dlq, shares, there, shift, quadrants) for place in range(len(lq))
    ]


def _rates(start: Floats, end: Floats, years: int) -> Floats:
    """Return compound growth by sector (s,), percent per year; NaN where it began at zero."""
    found = [rate(a, b, years) for a, b in zip(start, end, strict=True)]
    return np.array([np.nan if value is None else value for value in found])


def _comparison(
    place: int,
    lq: Floats,
    dlq: Floats,
    shares: Floats,
    growth: Floats,
    shift: ShiftShare,
    quadrants: NDArray[np.int8],
) -> Comparison:
    return Comparison(
        lq=known(lq[place]),
        dlq=known(dlq[place]),
        share=known(shares[place]),
        growth=known(growth[place]),
        national=known(shift.national[0, place]),
        mix=known(shift.mix[0, place]),
        competitive=known(shift.competitive[0, place]),
        quadrant=Quadrant(int(quadrants[place])).name.lower(),
    )


def _reference(
    kind: str,
    area: str,
    table: Grdp,
    span: Span,
    total: Sum,
    growth: float | None,
    per_head: float | None,
) -> ReferenceEconomy:
    years = table.years[span.end] - table.years[span.start]
    there, there_head = rate(total.start.sum(), total.end.sum(), years), _per_head(total)
    numbers = [np.nan if x is None else x for x in (per_head, growth, there_head, there)]
    quadrant = klassen(numbers[:1], numbers[1:2], numbers[2], numbers[3])[0]
    recorded = known(table.values[table.row[area], span.end].sum()) if area in table.row else None
    added = float(total.end.sum())
    return ReferenceEconomy(
        kind=kind,
        code=area,
        name=reference.pack().region[area].name,
        regions=len(total.rows),
        regions_all=total.regions_all,
        total=added,
        growth=there,
        per_head=there_head,
        recorded=recorded,
        recorded_gap=None if recorded is None else recorded / added - 1.0,
        quadrant=Quadrant(int(quadrant)).name.lower(),
    )


def known(value: float) -> float | None:
    """Return a number, or None for what is missing."""
    return float(value) if np.isfinite(value) else None
