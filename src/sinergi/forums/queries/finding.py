"""Forums and points that somebody may read, by words and by the region that they concern."""

from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Any

from django.db.models import F, Q, QuerySet, TextField
from django.db.models.functions import Cast

from sinergi.accounts.principal import Principal
from sinergi.accounts.texts import printable
from sinergi.forums.models import Forum, Point, StrategicIssue
from sinergi.forums.queries.forums import forums
from sinergi.forums.queries.reading import readable
from sinergi.opportunities.lists.elsewhere import ELSEWHERE

MOST_WORDS = 8
FORUM_TEXTS = ("title", "theme", "host", "place", "organisation__name")
POINT_TEXTS = ("title", "text")


def forums_with(by: Principal, text: str, most: int) -> list[Forum]:
    """Return the latest forums that somebody may read and that hold every word of a text; one query."""
    wanted = _holding(text, FORUM_TEXTS)
    return list(forums(by).filter(wanted)[:most]) if wanted else []


def points_with(by: Principal, text: str, most: int) -> list[Point]:
    """Return the points that somebody may read and that hold every word of a text, the newest news first.

    Struck ones are left out; one query.
    """
    wanted = _holding(text, POINT_TEXTS)
    if not wanted:
        return []
    rows = readable(by).filter(wanted).select_related("forum")
    return list(rows.order_by("-touched", "-pk")[:most])


def _holding(text: str, fields: tuple[str, ...]) -> Q:
    """Return the condition that every word of a text stands in one of the fields; an empty one of no word."""
    words = printable(text).split()[:MOST_WORDS]
    each = (
        reduce(lambda one, name: one | Q(**{f"{name}__icontains": word}), fields, Q())
        for word in words
    )
    return reduce(and_, each, Q())


@dataclass(frozen=True, slots=True)
class Concerning:
    """A forum that concerns a region.

    Attributes
    ----------
    held
        Whether it met there.
    issues
        How many submitted issues the region raised, or are about it.
    """

    forum: Forum
    held: bool
    issues: int


def concerning_region(by: Principal, code: str) -> list[Concerning]:
    """Return the forums that met in a region, or where issues are of it or about it, the latest first.

    A province has those of its regencies and cities, too. Three queries.

    Parameters
    ----------
    code
        As Kemendagri writes it.
    """
    there = Q(region_code=code) | Q(region_code__startswith=f"{code}.")
    issues = _issues_of(code).filter(forum__in=_numbers(forums(by)))
    counted: dict[int, int] = {}
    for number in issues.values_list("forum", flat=True):
        counted[number] = counted.get(number, 0) + 1
    rows = forums(by).filter(there | Q(pk__in=list(counted)))
    held = set(forums(by).filter(there).order_by().values_list("pk", flat=True))
    return [Concerning(row, row.pk in held, counted.get(row.pk, 0)) for row in rows]


def _issues_of(code: str) -> QuerySet[StrategicIssue]:
    """Return the submitted issues that a region raised, or that name it."""
    rows = StrategicIssue.objects.filter(submitted_at__isnull=False, withdrawn_at=None).order_by()
    by_it = Q(raised_by__region_code=code) | Q(raised_by__region_code__startswith=f"{code}.")
    about = Q(named__contains=f'"{code}"') | Q(named__contains=f'"{code}.')
    return rows.annotate(named=Cast(F("regions"), TextField())).filter(by_it | about)


def _numbers(rows: QuerySet[Forum]) -> "QuerySet[Forum, Any]":
    return rows.select_related(None).order_by().values("pk")


ELSEWHERE["forums/region_forums.html"] = concerning_region
