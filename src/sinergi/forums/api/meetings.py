"""Forums: list, announce, look at, move on, put away, restore; their issues and themes."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router

from sinergi.accounts.api.access import ANYONE, KNOWN, asker
from sinergi.accounts.api.answers import answer, expected
from sinergi.accounts.api.once import EXTRA, done_once
from sinergi.accounts.api.organisations import GUARDED, Why, WhyQuery
from sinergi.accounts.api.paging import Paged, page
from sinergi.accounts.api.schemas import Page
from sinergi.accounts.errors import InvalidError
from sinergi.accounts.principal import Principal
from sinergi.accounts.queries.organisations import organisation
from sinergi.forums import errors
from sinergi.forums.actions import issues, meetings
from sinergi.forums.api import shapes
from sinergi.forums.api.shapes import Number
from sinergi.forums.details import ForumDetails, IssueDetails
from sinergi.forums.models import Delegation, Forum, StrategicIssue
from sinergi.forums.queries.forums import forums as readable
from sinergi.forums.queries.forums import get_forum, issues_for
from sinergi.forums.queries.themes import issues_of_all
from sinergi.forums.queries.themes import themes as in_use
from sinergi.forums.stages import Stage

router = Router(tags=["Forums"])


def told(request: HttpRequest, number: int, status: int = 200) -> HttpResponse:
    """Return a forum with its revision."""
    row = get_forum(asker(request), number)
    return answer(shapes.forum_line(row), status=status, revision=row.revision)


def delegation_of(by: Principal, forum: Forum, code: str) -> Delegation:
    """Return the delegation of an organisation.

    Raises
    ------
    NotFoundError
    """
    row = None
    if code.isprintable():
        row = forum.delegations.filter(organisation__code=code).first()
    if row is None:
        raise errors.not_found(_("The delegation"))
    return row


@router.get("/forums", auth=ANYONE, response=Page[shapes.ForumLine], operation_id="forums")
def forums(request: HttpRequest, window: Paged) -> HttpResponse:
    """List the forums that I may read, the latest first."""
    return answer(page(request, window, readable(asker(request)), shapes.forum_line))


@router.post(
    "/forums",
    auth=KNOWN,
    response={201: shapes.ForumLine},
    operation_id="forum_announce",
    openapi_extra=EXTRA,
)
def forum_announce(request: HttpRequest, given: shapes.NewForum) -> HttpResponse:
    """Announce a forum; only its organisation sees it until others are invited."""
    whose = organisation(given.organisation)
    values = given.dict(exclude={"organisation", "region"})
    details = ForumDetails(**values, region_code=given.region)

    def do() -> dict[str, Any]:
        return {"forum": meetings.announce(asker(request), whose, details).pk}

    made = done_once(request, "forum_announce", given.dict(), do)
    return told(request, made["forum"], 201)


@router.get("/forums/{number}", auth=ANYONE, response=shapes.ForumLine, operation_id="forum")
def forum(request: HttpRequest, number: Number) -> HttpResponse:
    """Return a forum; its ETag is what changes of it want in If-Match."""
    return told(request, number)


@router.post(
    "/forums/{number}/stage",
    auth=KNOWN,
    response=shapes.ForumLine,
    operation_id="forum_move",
    openapi_extra=GUARDED,
)
def forum_move(request: HttpRequest, number: Number, given: shapes.Move) -> HttpResponse:
    """Move a forum to its next stage, or back where that is allowed."""
    if given.stage not in set(Stage):
        raise InvalidError({"stage": _("A forum goes one stage at a time.")})
    meetings.move_on(
        asker(request),
        number,
        Stage(given.stage),
        revision=expected(request),
        reason=given.reason,
    )
    return told(request, number)


@router.delete(
    "/forums/{number}",
    auth=KNOWN,
    response={204: None},
    operation_id="forum_put_away",
    openapi_extra=GUARDED,
)
def forum_put_away(request: HttpRequest, number: Number, why: Query[WhyQuery]) -> HttpResponse:
    """Put a forum away; points that were forwarded from it live on."""
    revision = expected(request)
    meetings.put_forum_away(asker(request), number, revision=revision, reason=why.reason)
    return HttpResponse(status=204)


@router.post(
    "/forums/{number}/restore",
    auth=KNOWN,
    response=shapes.ForumLine,
    operation_id="forum_restore",
)
def forum_restore(request: HttpRequest, number: Number, given: Why) -> HttpResponse:
    """Bring back a forum that was put away."""
    meetings.restore_forum(asker(request), number, reason=given.reason)
    return told(request, number)


@router.get(
    "/forums/{number}/issues",
    auth=ANYONE,
    response=Page[shapes.IssueLine],
    operation_id="forum_issues",
)
def forum_issues(request: HttpRequest, number: Number, window: Paged) -> HttpResponse:
    """List the issues of a forum: submitted ones, and drafts of my own organisations."""
    by = asker(request)
    rows = issues_for(by, get_forum(by, number))
    return answer(page(request, window, rows, shapes.issue_line))


@router.post(
    "/forums/{number}/issues",
    auth=KNOWN,
    response={201: shapes.IssueLine},
    operation_id="issue_raise",
    openapi_extra=EXTRA,
)
def issue_raise(request: HttpRequest, number: Number, given: shapes.NewIssue) -> HttpResponse:
    """Raise an issue for a delegation, or keep it as a draft."""
    by = asker(request)
    delegation = delegation_of(by, get_forum(by, number), given.organisation)
    values = given.dict(exclude={"organisation", "submit", "objects", "regions"})
    details = IssueDetails(
        **values, objects_named=tuple(given.objects), regions=tuple(given.regions)
    )

    def do() -> dict[str, Any]:
        made = issues.raise_issue(by, number, delegation.pk, details, submit=given.submit)
        return {"issue": made.pk}

    made = done_once(request, "issue_raise", {"forum": number, **given.dict()}, do)
    row = StrategicIssue.objects.select_related("raised_by").get(pk=made["issue"])
    return answer(shapes.issue_line(row), status=201, revision=row.revision)


@router.get(
    "/forums/{number}/themes",
    auth=ANYONE,
    response=Page[shapes.ThemeLine],
    operation_id="forum_themes",
)
def forum_themes(request: HttpRequest, number: Number, window: Paged) -> HttpResponse:
    """List the themes of a forum that are in use, with the issues in each."""
    rows = in_use(get_forum(asker(request), number))
    found = issues_of_all(rows.values_list("pk", flat=True))
    return answer(
        page(request, window, rows, lambda row: shapes.theme_line(row, found.get(row.pk, set())))
    )
