"""Plans and lines that somebody may read, by words and by the region that they concern."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q
from django.urls import reverse

from sinergi.accounts.principal import Principal
from sinergi.accounts.texts import printable
from sinergi.opportunities.lists.elsewhere import ELSEWHERE
from sinergi.programs.models import Plan, PlanLine, VersionState
from sinergi.programs.queries.plans import current_versions, plans, versions, within
from sinergi.programs.queries.totals import overview

MOST_WORDS = 8
MOST_PLANS = 12


def plans_with(by: Principal, text: str, most: int) -> list[Plan]:
    """Return the plans that somebody may read and whose title or agency holds every word; one query."""
    words = printable(text).split()[:MOST_WORDS]
    if not words:
        return []
    rows = plans(by)
    for word in words:
        rows = rows.filter(Q(title__icontains=word) | Q(agency__icontains=word))
    return list(rows[:most])


def lines_with(by: Principal, text: str, most: int) -> list[PlanLine]:
    """Return lines of current versions that somebody may read: by code, or every word in the title."""
    words = printable(text).split()[:MOST_WORDS]
    if not words:
        return []
    current = versions(by).filter(state=VersionState.CURRENT).select_related(None).order_by()
    rows = PlanLine.objects.filter(version__in=list(current.values_list("pk", flat=True)))
    if len(words) == 1 and words[0][:1].isdigit():
        rows = rows.filter(code__startswith=words[0])
    else:
        for word in words:
            rows = rows.filter(title__icontains=word)
    return list(rows.order_by("pk").select_related("version__plan")[:most])


def line_address(line: PlanLine) -> str:
    """Return the address of the page of a line."""
    return reverse("programs:line", args=[line.version.plan_id, line.identity])


@dataclass(frozen=True, slots=True)
class Concerning:
    """A plan of a region with what its current version comes to; `None` where none is current."""

    plan: Plan
    lines: int | None
    total: Decimal | None


def plans_of_region(by: Principal, code: str) -> list[Concerning]:
    """Return the latest plans of a region that somebody may read; of a province also of what lies in it."""
    rows = list(plans(by).filter(within([code], "region_code"))[:MOST_PLANS])
    current = {one.plan_id: one for one in current_versions(by, plans=[one.pk for one in rows])}
    told = overview(list(current.values()))
    found = []
    for row in rows:
        version = current.get(row.pk)
        count, total = told.get(version.pk, (0, Decimal(0))) if version else (None, None)
        found.append(Concerning(row, count, total))
    return found


ELSEWHERE["programs/region_plans.html"] = plans_of_region
