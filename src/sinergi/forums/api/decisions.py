"""Ballots and points of forums: look at them, vote, say what became of a point."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from sinergi.accounts.api.access import ANYONE, KNOWN, asker
from sinergi.accounts.api.answers import answer, expected
from sinergi.accounts.api.organisations import GUARDED
from sinergi.accounts.api.paging import Paged, page
from sinergi.accounts.api.schemas import Page
from sinergi.accounts.errors import InvalidError
from sinergi.forums import errors
from sinergi.forums.actions import ballots, points
from sinergi.forums.api import shapes
from sinergi.forums.api.meetings import delegation_of
from sinergi.forums.api.shapes import Number, PartNumber
from sinergi.forums.details import NewsDetails
from sinergi.forums.models import Point
from sinergi.forums.queries.ballots import ballots as readable_ballots
from sinergi.forums.queries.forums import forums as readable
from sinergi.forums.queries.forums import get_forum

router = Router(tags=["Forums"])


@router.get(
    "/forums/{number}/ballots",
    auth=ANYONE,
    response=Page[shapes.BallotLine],
    operation_id="forum_ballots",
)
def forum_ballots(request: HttpRequest, number: Number, window: Paged) -> HttpResponse:
    """List the ballots of a forum: those in preparation for its secretariat only, results when counted."""
    by = asker(request)
    rows = readable_ballots(by, get_forum(by, number)).prefetch_related("options")
    return answer(page(request, window, rows, shapes.ballot_line))


@router.post(
    "/forums/{number}/ballots/{part}/votes",
    auth=KNOWN,
    response=shapes.Voted,
    operation_id="vote",
)
def vote(
    request: HttpRequest, number: Number, part: PartNumber, given: shapes.GivenVote
) -> HttpResponse:
    """Vote for a delegation; with the same code again nothing is counted twice."""
    by = asker(request)
    delegation = delegation_of(by, get_forum(by, number), given.organisation)
    if not all(option.isascii() and option.isdigit() for option in given.places):
        told = _("This vote names an option that the ballot does not have.")
        raise InvalidError({"places": told})
    places = {int(option): place for option, place in given.places.items()}
    new = ballots.vote(by, number, part, delegation.pk, places, given.code)
    return answer({"counted": True, "repeated": not new})


def _points(request: HttpRequest, number: int) -> list[Point]:
    rows = get_forum(asker(request), number).points.filter(struck_at=None)
    return list(rows.prefetch_related("addressees"))


@router.get(
    "/forums/{number}/points",
    auth=ANYONE,
    response=Page[shapes.PointLine],
    operation_id="forum_points",
)
def forum_points(request: HttpRequest, number: Number, window: Paged) -> HttpResponse:
    """List the points that a forum agreed on."""
    return answer(page(request, window, _points(request, number), shapes.point_line))


@router.get("/points", auth=ANYONE, response=Page[shapes.PointLine], operation_id="points")
def all_points(request: HttpRequest, window: Paged) -> HttpResponse:
    """List the points of all forums that I may read, those touched last first."""
    rows = Point.objects.filter(struck_at=None, forum__in=readable(asker(request)).order_by())
    rows = rows.prefetch_related("addressees").order_by("-touched", "-pk")
    return answer(page(request, window, rows, shapes.point_line))


def _told(request: HttpRequest, number: int, part: int) -> HttpResponse:
    found = next((one for one in _points(request, number) if one.pk == part), None)
    if found is None:
        raise errors.not_found(_("The point"))
    return answer(shapes.point_line(found), revision=found.revision)


@router.get(
    "/forums/{number}/points/{part}",
    auth=ANYONE,
    response=shapes.PointLine,
    operation_id="point",
)
def point(request: HttpRequest, number: Number, part: PartNumber) -> HttpResponse:
    """Return a point; its ETag is what news of it want in If-Match."""
    return _told(request, number, part)


@router.post(
    "/forums/{number}/points/{part}/news",
    auth=KNOWN,
    response=shapes.PointLine,
    operation_id="point_report",
    openapi_extra=GUARDED,
)
def point_report(
    request: HttpRequest, number: Number, part: PartNumber, given: shapes.News
) -> HttpResponse:
    """Say what became of a point, with the evidence."""
    details = NewsDetails(given.status, given.day, given.text, given.evidence, given.link)
    points.report(asker(request), number, part, details, revision=expected(request))
    return _told(request, number, part)
