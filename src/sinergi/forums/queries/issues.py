"""Reads of issues: those of a forum that somebody may read, one of them, their themes, their history."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from sinergi.accounts.audit.history import Deed, told
from sinergi.accounts.models import AuditRecord
from sinergi.accounts.principal import Principal
from sinergi.accounts.vocabulary import Right
from sinergi.forums import errors, permissions
from sinergi.forums.models import Forum, StrategicIssue, Theme
from sinergi.forums.queries.themes import issues_of_all, themes
from sinergi.reference import queries as reference
from sinergi.reference.catalogue import Affair, CooperationObject


def issues(by: Principal, forum: Forum) -> QuerySet[StrategicIssue]:
    """Return the issues of a forum that somebody may read, by who raised them; without withdrawn ones."""
    rows = forum.issues.filter(withdrawn_at=None).select_related("raised_by")
    if not by.operator:
        own = by.organisations(Right.READ)
        rows = rows.filter(Q(submitted_at__isnull=False) | Q(raised_by__in=own))
    return rows.order_by(F("raised_by__name").asc(nulls_last=True), "raised_by", "pk")


def get_issue(by: Principal, forum: Forum, issue_id: int) -> StrategicIssue:
    """Return an issue of a forum; also a withdrawn one, to which its themes lead.

    Raises
    ------
    NotFoundError
        When it is not there or may not be read.
    """
    issue: StrategicIssue | None = (
        forum.issues.filter(pk=issue_id).select_related("raised_by").first()
    )
    if issue is None or not permissions.reads_issue(by, issue):
        raise errors.not_found(_("The issue"))
    return issue


def themes_of(forum: Forum) -> dict[int, list[Theme]]:
    """Return issue number to the themes in use that it was drawn into; two queries, however many."""
    rows = {theme.pk: theme for theme in themes(forum)}
    found: dict[int, list[Theme]] = defaultdict(list)
    for number, inside in sorted(issues_of_all(rows).items()):
        for issue in inside:
            found[issue].append(rows[number])
    return found


@dataclass(frozen=True, slots=True)
class Written:
    """An issue with its codes in words.

    Attributes
    ----------
    affair
        `None` where none is named, or the reference does not know it any more.
    regions
        Code and name.
    """

    issue: StrategicIssue
    affair: Affair | None
    objects: tuple[CooperationObject, ...]
    regions: tuple[tuple[str, str], ...]
    themes: tuple[Theme, ...] = ()


def written(issue: StrategicIssue, inside: list[Theme] | None = None) -> Written:
    """Return an issue with its codes in words; no query."""
    catalogue, places = reference.catalogue(), reference.pack().region
    return Written(
        issue,
        reference.affairs().get(issue.affair),
        tuple(catalogue[code] for code in issue.objects_named if code in catalogue),
        tuple((code, places[code].name) for code in issue.regions if code in places),
        tuple(inside or ()),
    )


def history_of_part(forum: Forum, part: str, limit: int = 100) -> list[Deed]:
    """Return the last deeds on a part of a forum, such as `issue:4`; two queries."""
    rows = AuditRecord.objects.filter(kind=Forum.KIND, object_id=str(forum.pk), part=part)
    return told(rows.order_by("-sequence")[:limit])
