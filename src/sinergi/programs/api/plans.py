"""Plans and their versions."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from sinergi.accounts.api.access import ANYONE, KNOWN, asker
from sinergi.accounts.api.answers import answer, expected
from sinergi.accounts.api.once import EXTRA, done_once
from sinergi.accounts.api.paging import Paged, page
from sinergi.accounts.api.schemas import Page, text
from sinergi.accounts.queries.organisations import organisation
from sinergi.programs.actions import plans as plan_actions
from sinergi.programs.actions import versions as version_actions
from sinergi.programs.api import shapes
from sinergi.programs.models import Plan, PlanVersion, VersionState
from sinergi.programs.queries import plans as queries
from sinergi.programs.queries.totals import overview
from sinergi.programs.rules import VersionDetails
from sinergi.programs.views.frame import version_of

router = Router(tags=["Plans"])
Code = text(13)


class Asked(Schema):
    """Which plans."""

    kind: Code = ""  # type: ignore[valid-type]
    region: Code = ""  # type: ignore[valid-type]
    year: int | None = Field(None, ge=1900, le=2100)


def _plan(plan: Plan) -> dict[str, Any]:
    current = plan.versions.filter(state=VersionState.CURRENT)
    return shapes.plan_told(plan, current.values_list("number", flat=True).first())


def _told(request: HttpRequest, number: int, status: int = 200) -> HttpResponse:
    plan = queries.plan(asker(request), number)
    return answer(_plan(plan), status=status, revision=plan.revision)


def _version(version: PlanVersion) -> dict[str, Any]:
    lines, total = overview([version]).get(version.pk, (0, Decimal(0)))
    return shapes.version_told(version, lines, total)


@router.get("/plans", auth=ANYONE, response=Page[shapes.PlanTold], operation_id="plans")
def plans(request: HttpRequest, window: Paged, asked: Query[Asked]) -> HttpResponse:
    """List the plans that I may read, the latest years first."""
    rows = queries.plans(asker(request)).prefetch_related("versions")
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.region:
        rows = rows.filter(queries.within([asked.region], "region_code"))
    if asked.year is not None:
        rows = rows.filter(first_year__lte=asked.year, last_year__gte=asked.year)

    def shown(plan: Plan) -> dict[str, Any]:
        states = {one.state: one.number for one in plan.versions.all()}
        return shapes.plan_told(plan, states.get(VersionState.CURRENT))

    return answer(page(request, window, rows, shown))


@router.get("/plans/{number}", auth=ANYONE, response=shapes.PlanTold, operation_id="plan")
def plan(request: HttpRequest, number: shapes.PlanNumber) -> HttpResponse:
    """Return a plan."""
    return _told(request, number)


@router.post(
    "/plans",
    auth=KNOWN,
    response={201: shapes.PlanTold},
    operation_id="plan_create",
    openapi_extra=EXTRA,
)
def plan_create(request: HttpRequest, given: shapes.NewPlan) -> HttpResponse:
    """Begin a plan of an organisation, without versions; only that organisation sees it at first."""
    whose = organisation(given.organisation)

    def do() -> dict[str, Any]:
        return {"plan": plan_actions.create_plan(asker(request), whose, given.details()).pk}

    made = done_once(request, "plan_create", given.dict(), do)
    return _told(request, made["plan"], 201)


@router.get(
    "/plans/{number}/versions",
    auth=ANYONE,
    response=Page[shapes.VersionTold],
    operation_id="plan_versions",
)
def plan_versions(request: HttpRequest, number: shapes.PlanNumber, window: Paged) -> HttpResponse:
    """List the versions of a plan that I may read, the newest first."""
    by = asker(request)
    row = queries.plan(by, number)
    rows = queries.versions(by).filter(plan=row).order_by("-number")
    return answer(page(request, window, rows, _version))


@router.post(
    "/plans/{number}/versions",
    auth=KNOWN,
    response={201: shapes.VersionTold},
    operation_id="version_make",
    openapi_extra=EXTRA,
)
def version_make(
    request: HttpRequest, number: shapes.PlanNumber, given: shapes.NewVersion
) -> HttpResponse:
    """Begin a version in preparation: empty, or with the lines of another one with their identities."""
    by = asker(request)
    row = queries.plan(by, number)

    def do() -> dict[str, Any]:
        source = None if given.copy_of is None else version_of(by, row, given.copy_of).pk
        details = VersionDetails(label=given.label)
        made = version_actions.make_version(by, row.pk, details, copy_of=source)
        return {"version": made.pk}

    made = done_once(request, "version_make", {"plan": number, **given.dict()}, do)
    return answer(_version(queries.version(by, made["version"])), status=201)


@router.post(
    "/plans/{number}/versions/{version}/current",
    auth=KNOWN,
    response=shapes.VersionTold,
    operation_id="version_current",
)
def version_current(
    request: HttpRequest, number: shapes.PlanNumber, version: shapes.VersionNumber
) -> HttpResponse:
    """Make a version the current one of its plan; the revision is that of the plan."""
    by = asker(request)
    row = version_of(by, queries.plan(by, number), version)
    made = version_actions.make_current(by, row.pk, revision=expected(request))
    return answer(_version(queries.version(by, made.pk)))
