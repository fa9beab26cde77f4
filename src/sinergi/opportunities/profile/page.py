"""Shapes a profile for the page: what comes first, what is folded, what is drawn."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sinergi.evidence.models import Group
from sinergi.evidence.queries import unit_label
from sinergi.opportunities.profile import words
from sinergi.opportunities.profile.records import (
    Economy,
    ObjectStanding,
    Partner,
    RegionProfile,
    Shared,
    Standing,
    TrendLine,
)

GLANCE = 3
"""Needs, strengths and partners named at the top of the page."""
FIRST = 3
"""Shared opportunities shown of one kind with one partner; the others are folded."""
MIDDLE = 0.5
"""A need or strength below the middle of its peers is not named at the top."""
FAMILY_LEAST = 5
"""A family of fewer indicators than this is not folded."""
NOT_DRAWN = ("grdp",)
"""Families whose trends the section on the economy sums up."""
SIGNIFICANT = 6


@dataclass(frozen=True, slots=True)
class Block:
    """Indicators under one heading."""

    code: str
    label: str
    rows: tuple[Standing, ...]
    charts: tuple[tuple[Standing, str, dict[str, Any]], ...] = ()
    """Indicator, identity of the figure, and what it draws."""


@dataclass(frozen=True, slots=True)
class IndicatorGroup:
    """One group of the catalogue, with its large families folded."""

    code: str
    label: str
    known: int
    total: int
    main: Block
    families: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Glance:
    """What a mayor reads first."""

    needs: tuple[ObjectStanding, ...]
    strengths: tuple[ObjectStanding, ...]
    partners: tuple[Partner, ...]


def glance(profile: RegionProfile) -> Glance:
    """Return the greatest needs and strengths above the middle of the peers, and the first partners."""
    objects = [one for affair in profile.affairs for one in affair.objects]
    return Glance(
        needs=_top(objects, "need"),
        strengths=_top(objects, "strength"),
        partners=profile.partners[:GLANCE],
    )


def _top(objects: list[ObjectStanding], side: str) -> tuple[ObjectStanding, ...]:
    """Return the objects in which the region stands highest among its peers, above the middle."""
    scored = [(getattr(one, side), one) for one in objects]
    above = [
        (s.rank / s.peers, -s.score, one.code, one)
        for s, one in scored
        if s and s.score is not None and s.rank and s.score >= MIDDLE
    ]
    return tuple(one for *_, one in sorted(above, key=lambda found: found[:3])[:GLANCE])


def by_direction(partner: Partner) -> list[tuple[str, str, list[Shared], list[Shared]]]:
    """Return what to ask for, to offer and to do together with a partner: first ones, rest."""
    found = []
    for code in words.DIRECTIONS:
        shared = [one for one in partner.shared if one.direction == code]
        if shared:
            found.append((code, words.direction(code), shared[:FIRST], shared[FIRST:]))
    return found


def indicator_groups(profile: RegionProfile) -> tuple[IndicatorGroup, ...]:
    """Return the indicators by group of the catalogue, families folded, trends as charts."""
    found = []
    labels = dict(Group.choices)
    for group in Group.values:
        rows = [one for one in profile.indicators if one.group == group]
        if rows:
            found.append(_group(group, str(labels[group]), rows, profile.facts.name))
    return tuple(found)


def _group(code: str, label: str, rows: list[Standing], name: str) -> IndicatorGroup:
    families: dict[str, list[Standing]] = {}
    for one in rows:
        families.setdefault(_family(one.code), []).append(one)
    folded = {c: f for c, f in families.items() if c and len(f) >= FAMILY_LEAST}
    main = [one for one in rows if _family(one.code) not in folded]
    return IndicatorGroup(
        code=code,
        label=label,
        known=sum(one.value is not None for one in rows),
        total=len(rows),
        main=Block(code, label, tuple(main), _charts(main, name)),
        families=tuple(
            Block(f"{code}-{c}", words.family(c), tuple(f), _charts(f, name))
            for c, f in folded.items()
        ),
    )


def _family(code: str) -> str:
    return code.partition(".")[0] if "." in code else ""


def _charts(rows: list[Standing], name: str) -> tuple[tuple[Standing, str, dict[str, Any]], ...]:
    return tuple(
        (one, f"tren-{one.code.replace('.', '-')}", trend_chart(one, name))
        for one in rows
        if one.trend and _family(one.code) not in NOT_DRAWN
    )


def line_names(name: str) -> dict[str, str]:
    """Return what the lines of a trend are called."""
    return {
        "region": name,
        "peers": _("Median of peers"),
        "province": _("Median of the province"),
    }


def trend_chart(one: Standing, name: str) -> dict[str, Any]:
    """Return what a chart of one indicator over time draws."""
    names = line_names(name)
    monthly = "-" in one.trend[0].periods[0]
    return {
        "x": {"label": _("Period"), "type": "month" if monthly else "year"},
        "y": {"label": unit_label(one.unit)},
        "series": [names[line.who] for line in one.trend],
        "rows": [row for line in one.trend for row in _points(names[line.who], line)],
        "labels": {"series": _("Line"), "y": unit_label(one.unit)},
    }


def _points(name: str, line: TrendLine) -> list[dict[str, Any]]:
    pairs = zip(line.periods, line.values, strict=True)
    return [{"x": period, "y": significant(value), "series": name} for period, value in pairs]


def significant(value: float) -> float:
    """Return a value with as many digits as a chart can show."""
    return float(f"{value:.{SIGNIFICANT}g}")


def klassen_chart(economy: Economy, code: str) -> dict[str, Any]:
    """Return what the chart of the quadrants draws: the parts of the province, the region marked."""
    province = next((one for one in economy.references if one.kind == "province"), None)
    level, growth = (economy.per_head, economy.growth)
    if province is not None:
        level, growth = province.per_head, province.growth
    return {
        "x": {"label": _("GRDP per resident, million IDR")},
        "y": {"label": _("Growth a year"), "type": "percent"},
        "lines": {"x": level, "y": growth},
        "rows": [
            {
                "x": significant(one.per_head),
                "y": significant(one.growth),
                "label": one.name,
                "highlight": one.code == code,
            }
            for one in economy.parts
            if one.growth is not None
        ],
        "labels": {"label": _("Region")},
    }


def economy_charts(economy: Economy, code: str) -> dict[str, dict[str, Any]]:
    """Return what the charts of the economy draw: quotients, own lead, quadrants, total over time."""
    unit, labels = unit_label(economy.unit), {"label": _("Sector")}
    quotients = _bars(economy, "lq")
    for row in quotients:
        if row["value"] < 1:
            row["highlight"] = False
    return {
        "lq": {"x": {"label": _("LQ")}, "rows": quotients, "labels": labels},
        "klassen": klassen_chart(economy, code),
        "lead": {"x": {"label": unit}, "rows": _bars(economy, "competitive"), "labels": labels},
        "total": {
            "x": {"label": _("Year"), "type": "year"},
            "y": {"label": unit},
            "rows": [
                {"x": str(year), "y": None if value is None else significant(value)}
                for year, value in zip(economy.years, economy.totals, strict=True)
            ],
        },
    }


def _bars(economy: Economy, name: str) -> list[dict[str, Any]]:
    """Return one bar for each sector that has the figure against the nation, the longest first."""
    language = get_language() or "id"
    rows = [
        {"label": sector.name(language), "value": significant(value)}
        for sector in economy.sectors
        if (value := getattr(sector.against["nation"], name)) is not None
    ]
    return sorted(rows, key=lambda row: -row["value"])
