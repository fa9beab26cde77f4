"""Lines of versions of plans."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from sinergi.accounts.api.access import ANYONE, KNOWN, asker
from sinergi.accounts.api.answers import answer, expected
from sinergi.accounts.api.once import EXTRA, done_once
from sinergi.accounts.api.paging import Paged, page
from sinergi.accounts.api.schemas import Page
from sinergi.accounts.texts import printable
from sinergi.programs import errors
from sinergi.programs.actions import lines as actions
from sinergi.programs.api import shapes
from sinergi.programs.models import PlanLine, PlanVersion
from sinergi.programs.queries import lines as line_queries
from sinergi.programs.queries import plans as queries
from sinergi.programs.queries.lines import LineFilter
from sinergi.programs.views.frame import version_of

router = Router(tags=["Plans"])
LINES = "/plans/{number}/versions/{version}/lines"


class Asked(Schema):
    """Which lines; as the filter of the page."""

    words: str = Field(
        "", max_length=160, description="Every word stands in title, place, agency …"
    )
    code: str = Field("", max_length=20, description="Beginning of the activity code.")
    program: str = Field(
        "", max_length=160, description="Part of the name of the programme or activity above it."
    )
    agency: str = Field("", max_length=160)
    region: str = Field("", max_length=13, description="A region and what lies in it.")
    year: int | None = Field(None, ge=1900, le=2100)
    channel: str = Field("", max_length=40, description="Funding channel; - for none stated.")
    remark: str = Field("", max_length=40, description="Code of a remark; “ada” for any.")

    def filter(self) -> LineFilter:
        """Return the filter of the page."""
        texts = {name: printable(told) for name, told in self.dict(exclude={"year"}).items()}
        return LineFilter(year=self.year, **texts)


def _version(request: HttpRequest, number: int, version: int) -> PlanVersion:
    by = asker(request)
    return version_of(by, queries.plan(by, number), version)


def line_in(request: HttpRequest, number: int, version: int, identity: str) -> PlanLine:
    """Return a line that the asker may read.

    Raises
    ------
    UnseenError
    """
    by = asker(request)
    try:
        known = UUID(identity)
    except ValueError:
        raise errors.not_found(_("The line")) from None
    return line_queries.line_of(by, queries.plan(by, number), known, version)


def _told(line: PlanLine, status: int = 200) -> HttpResponse:
    told = shapes.line_told(line, line.version)
    return answer(told, status=status, revision=line.revision)


@router.get(LINES, auth=ANYONE, response=Page[shapes.LineTold], operation_id="plan_lines")
def plan_lines(
    request: HttpRequest,
    number: shapes.PlanNumber,
    version: shapes.VersionNumber,
    window: Paged,
    asked: Query[Asked],
) -> HttpResponse:
    """List the lines of a version in the order of its document, with their amounts."""
    row = _version(request, number, version)
    rows = line_queries.lines(row, asked.filter()).prefetch_related("amounts")

    def shown(line: PlanLine) -> dict[str, Any]:
        return shapes.line_told(line, row)

    return answer(page(request, window, rows, shown))


@router.get(LINES + "/{identity}", auth=ANYONE, response=shapes.LineTold, operation_id="plan_line")
def plan_line(
    request: HttpRequest,
    number: shapes.PlanNumber,
    version: shapes.VersionNumber,
    identity: shapes.Identity,
) -> HttpResponse:
    """Return a line."""
    return _told(line_in(request, number, version, identity))


@router.post(
    LINES,
    auth=KNOWN,
    response={201: shapes.LineTold},
    operation_id="line_add",
    openapi_extra=EXTRA,
)
def line_add(
    request: HttpRequest,
    number: shapes.PlanNumber,
    version: shapes.VersionNumber,
    given: shapes.GivenLine,
) -> HttpResponse:
    """Add a line at the end of a version in preparation, or of a typed one."""
    row = _version(request, number, version)

    def do() -> dict[str, Any]:
        made = actions.add_line(asker(request), row.pk, given.details(), keep=given.keep)
        return {"identity": str(made.identity)}

    made = done_once(request, "line_add", {"version": row.pk, **given.dict()}, do)
    return _told(line_in(request, number, version, made["identity"]), 201)


@router.put(LINES + "/{identity}", auth=KNOWN, response=shapes.LineTold, operation_id="line_change")
def line_change(
    request: HttpRequest,
    number: shapes.PlanNumber,
    version: shapes.VersionNumber,
    identity: shapes.Identity,
    given: shapes.GivenLine,
) -> HttpResponse:
    """Replace what is written about a line; what is not given becomes empty."""
    line = line_in(request, number, version, identity)
    seen = expected(request)
    actions.edit_line(asker(request), line.pk, given.details(), keep=given.keep, revision=seen)
    return _told(line_in(request, number, version, identity))


@router.delete(LINES + "/{identity}", auth=KNOWN, response={204: None}, operation_id="line_remove")
def line_remove(
    request: HttpRequest,
    number: shapes.PlanNumber,
    version: shapes.VersionNumber,
    identity: shapes.Identity,
) -> HttpResponse:
    """Take a line out of a version; it stays in the versions before."""
    line = line_in(request, number, version, identity)
    actions.remove_line(asker(request), line.pk, revision=expected(request))
    return HttpResponse(status=204)
