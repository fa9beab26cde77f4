"""Points of forums: find them, look at one with all that its page says, tell what became of it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router

from sinergi.accounts import rules
from sinergi.accounts.api.access import ANYONE, KNOWN, asker
from sinergi.accounts.api.answers import answer, expected
from sinergi.accounts.api.organisations import GUARDED
from sinergi.accounts.api.paging import Paged, Window, page
from sinergi.accounts.api.problems import ProblemError
from sinergi.accounts.api.schemas import Page
from sinergi.accounts.errors import InvalidError
from sinergi.accounts.principal import Principal
from sinergi.accounts.texts import printable
from sinergi.forums.actions import news
from sinergi.forums.api import point_shapes as shapes
from sinergi.forums.api.shapes import Number, PartNumber
from sinergi.forums.details import NewsDetails
from sinergi.forums.fates import Fate, choices
from sinergi.forums.models import Point
from sinergi.forums.permissions import is_asked
from sinergi.forums.queries import points as queries
from sinergi.forums.queries.ancestry import ancestry, raising_regions
from sinergi.forums.queries.board import Board, Narrowed
from sinergi.forums.queries.forums import get_forum
from sinergi.reference import queries as reference

router = Router(tags=["Forums"])
SAME = ("affair", "forum", "untouched", "overdue", "older", "recurring", "like", "ours")
TEXTS = ("words", "theme", "addressee")
"""What programs and the board call the same."""


def _line(row: Point) -> dict[str, Any]:
    return shapes.point_line(row, queries.marks(row, timezone.localdate()))


@router.get(
    "/forums/{number}/points",
    auth=ANYONE,
    response=Page[shapes.PointLine],
    operation_id="forum_points",
)
def forum_points(request: HttpRequest, number: Number, window: Paged) -> HttpResponse:
    """List the points that a forum agreed on."""
    rows = queries.points_of(get_forum(asker(request), number))
    return answer(page(request, window, rows, _line))


@router.get("/points", auth=ANYONE, response=Page[shapes.PointLine], operation_id="points")
def all_points(
    request: HttpRequest, window: Paged, asked: Query[shapes.PointSearch]
) -> HttpResponse:
    """List the points that I may read, with their forums or because they concern us, as on the board."""
    _known(request, asked)
    texts: dict[str, Any] = {name: printable(getattr(asked, name)) for name in TEXTS}
    wanted = Narrowed(
        **texts,
        **{name: getattr(asked, name) for name in SAME},
        type=asked.type or "",
        kind=asked.forum_type or "",
        fates=tuple(dict.fromkeys(asked.status)),
        sort=shapes.ORDERS[asked.sort],
    )
    found = Board(asker(request), wanted, timezone.localdate())
    rows = found.points.prefetch_related("addressees")
    return answer(page(request, window, rows, _line))


def _known(request: HttpRequest, asked: shapes.PointSearch) -> None:
    """Refuse filters that are not there: passed over they would answer with more than was asked for.

    Raises
    ------
    ProblemError
    """
    names = [*shapes.PointSearch.model_fields, *Window.model_fields]
    told = _("Use one of: %(list)s.") % {"list": ", ".join(names)}
    faults = [{"parameter": one, "detail": told} for one in request.GET if one not in names]
    if asked.affair and asked.affair not in reference.affairs():
        detail = _("There is no affair “%(code)s”.") % {"code": asked.affair}
        faults.append({"parameter": "affair", "detail": detail})
    if faults:
        raise ProblemError(422, errors=faults)


@router.get(
    "/forums/{number}/points/{part}",
    auth=ANYONE,
    response=shapes.PointTold,
    operation_id="point",
)
def point(request: HttpRequest, number: Number, part: PartNumber) -> HttpResponse:
    """Return a point with its news, proposers and ancestry; its ETag is what news want in If-Match."""
    return _told(request, number, part)


def _told(request: HttpRequest, number: int, part: int) -> HttpResponse:
    by = asker(request)
    found = queries.get_readable(by, number, part)
    family = ancestry(by, found)
    told = {
        **_line(found),
        "news": [shapes.news_line(one) for one in queries.news_of(found)],
        "may_follow": [one.value for one in choices(Fate(found.fate), asked=is_asked(by, found))],
        "proposers": _proposers(by, found, raising_regions(family.earlier)),
        "earlier": [shapes.relative_line(one) for one in family.earlier],
        "later": [shapes.relative_line(one) for one in family.later],
    }
    return answer(told, revision=found.revision)


def _proposers(by: Principal, found: Point, seen: dict[str, None]) -> list[str]:
    """Return who proposed a point: those seen in its ancestry; all, to those who read the point alone."""
    if rules.may(by, rules.OBJECT_READ, found.forum):
        return sorted(seen)
    return queries.proposers(found)


@router.post(
    "/forums/{number}/points/{part}/news",
    auth=KNOWN,
    response=shapes.PointTold,
    operation_id="point_report",
    openapi_extra=GUARDED,
)
def point_report(
    request: HttpRequest, number: Number, part: PartNumber, given: shapes.News
) -> HttpResponse:
    """Say what became of a point, with the evidence."""
    by, revision = asker(request), expected(request)
    details = NewsDetails(
        given.status, given.day, given.text, given.evidence, given.link, given.review
    )
    try:
        news.report(by, number, part, details, revision=revision)
    except InvalidError as error:
        found = queries.get_readable(by, number, part)
        raise InvalidError(_in_codes(error.fields, by, found)) from error
    return _told(request, number, part)


def _in_codes(faults: dict[str, str], by: Principal, found: Point) -> dict[str, str]:
    """Return faults of news as programs know them: the field is the status, what may follow are codes."""
    if "fate" not in faults:
        return faults
    rest = {name: text for name, text in faults.items() if name != "fate"}
    now = Fate(found.fate)
    codes = ", ".join(one.value for one in choices(now, asked=is_asked(by, found)))
    told = _("After “%(now)s” may follow: %(names)s.") % {"now": now.value, "names": codes}
    return {"status": told, **rest}
