"""Sums over the lines of a version: by year and channel, by affair, by agency; exact however large."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.cache import cache
from django.db.models import BigIntegerField, Count, F, QuerySet, Sum
from django.db.models.functions import Cast, Substr

from sinergi.programs.models import LineAmount, PlanLine, PlanVersion
from sinergi.reference.rupiah import rupiah

HALF = 10**9
"""Amounts are summed in two halves: the sum of many large ones outgrows the whole numbers of SQLite."""
MOST_GROUPS = 60
"""Agencies that a page shows; all are in its file."""
KEPT = 24 * 60 * 60
AFFAIR = 4
"""Characters of a code that name its affair: `1.03`."""


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that have something in common; `key` is empty where the plan does not say it."""

    key: str
    lines: int
    total: Decimal


@dataclass(frozen=True, slots=True)
class Totals:
    """What the lines of a version come to.

    Attributes
    ----------
    passed_on
        Part of `total` that is passed on to other governments, which plan its use themselves.
    by_year
        Year to channel to amount; an empty channel is one that the plan does not state.
    affairs, agencies
        The largest first; `agencies` is cut, `agencies_left_out` tells how many were.
    """

    lines: int
    total: Decimal
    passed_on: Decimal
    remarked: int
    by_year: dict[int, dict[str, Decimal]]
    affairs: tuple[Group, ...]
    agencies: tuple[Group, ...]
    agencies_left_out: int

    @property
    def years(self) -> list[int]:
        """Years with money, in their order."""
        return sorted(self.by_year)

    @property
    def channels(self) -> list[str]:
        """Channels with money, those not stated last."""
        found = {channel for row in self.by_year.values() for channel in row}
        return sorted(found, key=lambda channel: (channel == "", channel))


def halves(field: str) -> dict[str, Any]:
    """Return aggregates that together are the exact sum of a field of rupiah; see `joined`."""
    units = Cast(F(field), BigIntegerField())
    return {"low": Sum(units % HALF), "high": Sum((units - units % HALF) / HALF)}


def joined(low: Any, high: Any) -> Decimal:
    """Return the sum that `halves` gave."""
    return rupiah(int(low or 0) + int(high or 0) * HALF)


def sum_of(rows: QuerySet[Any], field: str = "total") -> Decimal:
    """Return the exact sum of a field of rupiah over rows; one query."""
    told = rows.order_by().aggregate(**halves(field))
    return joined(told["low"], told["high"])


def totals(version: PlanVersion) -> Totals:
    """Return what a version comes to; computed once for each state of its plan."""
    key = f"plan-totals:{version.pk}:{version.plan.updated.timestamp()}"
    found = cache.get(key)
    if not isinstance(found, Totals):
        found = _totals(version)
        cache.set(key, found, KEPT)
    return found


def _totals(version: PlanVersion) -> Totals:
    rows = PlanLine.objects.filter(version=version).order_by()
    affairs = _groups(rows.annotate(key=Substr("code", 1, AFFAIR)))
    agencies = _groups(rows.annotate(key=F("agency")))
    return Totals(
        lines=sum(one.lines for one in affairs),
        total=sum((one.total for one in affairs), Decimal(0)),
        passed_on=sum_of(rows.filter(is_transfer=True)),
        remarked=rows.exclude(remarks=[]).count(),
        by_year=_by_year(version),
        affairs=tuple(affairs),
        agencies=tuple(agencies[:MOST_GROUPS]),
        agencies_left_out=max(0, len(agencies) - MOST_GROUPS),
    )


def _groups(rows: QuerySet[Any]) -> list[Group]:
    """Return lines by `key`, the largest sum first; one query."""
    told = rows.values("key").annotate(number=Count("pk"), **halves("total"))
    found = [Group(row["key"], row["number"], joined(row["low"], row["high"])) for row in told]
    return sorted(found, key=lambda one: (-one.total, one.key))


def _by_year(version: PlanVersion) -> dict[int, dict[str, Decimal]]:
    rows: Any = LineAmount.objects.filter(line__version=version).order_by()
    found: dict[int, dict[str, Decimal]] = defaultdict(dict)
    for row in rows.values("year", "channel").annotate(**halves("amount")):
        found[row["year"]][row["channel"]] = joined(row["low"], row["high"])
    return {year: found[year] for year in sorted(found)}


def overview(versions: list[PlanVersion]) -> dict[int, tuple[int, Decimal]]:
    """Return version number (key) to how many lines it has and what they come to; one query."""
    rows: Any = PlanLine.objects.filter(version__in=[one.pk for one in versions]).order_by()
    told = rows.values("version").annotate(number=Count("pk"), **halves("total"))
    return {row["version"]: (row["number"], joined(row["low"], row["high"])) for row in told}
