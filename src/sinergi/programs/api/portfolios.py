"""Portfolios and what their runs chose, to read; a run by who may read every plan that went into it."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router, Schema
from pydantic import Field

from sinergi.accounts.api.access import ANYONE, asker
from sinergi.accounts.api.answers import answer
from sinergi.accounts.api.paging import Paged, page
from sinergi.accounts.api.schemas import MOST, Page
from sinergi.programs.api.shapes import AmountTold, exact
from sinergi.programs.models import Portfolio, PortfolioProject, PortfolioRun
from sinergi.programs.portfolio.words import rupiah
from sinergi.programs.queries import portfolio as queries

router = Router(tags=["Portfolios"])
Number = Annotated[int, Path(ge=1, le=MOST, description="Number of the portfolio.")]
RunNumber = Annotated[int, Path(ge=1, le=MOST, description="Number of the run.")]
NAMED = ("plan", "identity", "title")
"""What answers about runs say of a project; its amounts, which are large, are those of the run."""


class PortfolioTold(Schema):
    """A portfolio."""

    id: int
    organisation: str
    visibility: str
    title: str
    note: str
    first_year: int
    last_year: int
    revision: int
    updated: datetime


class PortfolioWhole(PortfolioTold):
    """A portfolio; projects of plans that I may not read are counted, and nothing more is told of them."""

    projects: int
    hidden_projects: int


class ProjectTold(Schema):
    """A project: a line of a plan as it was when it was taken; its total is a decimal text in rupiah."""

    id: int
    plan: int
    identity: str
    code: str
    title: str
    region_code: str
    score: float
    score_source: str
    total: str
    earliest: int
    latest: int
    decision: str = Field(description="in or out by hand; empty: open.")


class PortfolioRunTold(Schema):
    """A run; `base` is the run of which it tries a wish.

    `bound` is proven: no choice scores more. `gap` is the share of the score that is not proven.
    """

    id: int
    base: int | None
    state: str
    progress: int
    failure: str
    status: str | None
    score: float | None
    bound: float | None
    gap: float | None
    unspent: str | None
    available: str | None
    created: datetime
    computed_at: datetime | None


class ChosenTold(Schema):
    """A project that a run chose, with its start and what pays for it."""

    project: int
    plan: int
    identity: str
    title: str
    start: int
    amounts: list[AmountTold]


class RegionGets(Schema):
    """What a region receives in a run."""

    region_code: str
    money: str
    score: float
    projects: int


class PortfolioRunWhole(PortfolioRunTold):
    """A run with what it chose."""

    chosen: list[ChosenTold]
    regions: list[RegionGets]


def _portfolio(row: Portfolio) -> dict[str, Any]:
    same = ("title", "note", "first_year", "last_year", "revision", "updated")
    return {
        "id": row.pk,
        "organisation": row.organisation.code,
        "visibility": str(row.visibility),
        **{name: getattr(row, name) for name in same},
    }


def _project(row: PortfolioProject) -> dict[str, Any]:
    same = ("code", "title", "region_code", "score", "score_source", "earliest", "latest")
    return {
        "id": row.pk,
        "plan": row.plan_id,
        "identity": str(row.identity),
        "total": exact(row.total),
        "decision": str(row.decision),
        **{name: getattr(row, name) for name in same},
    }


def money_told(units: int | None) -> str | None:
    """Return minor units as a decimal text in rupiah; nothing for nothing."""
    return None if units is None else exact(rupiah(units))


def _run(row: PortfolioRun) -> dict[str, Any]:
    told = row.result
    same = ("progress", "failure", "created", "computed_at")
    return {
        "id": row.pk,
        "base": row.base_id,
        "state": str(row.state),
        **{name: told.get(name) for name in ("status", "score", "bound")},
        "gap": (told.get("gap") or {}).get("share"),
        "unspent": money_told(told.get("unspent")),
        "available": money_told(told.get("available")),
        **{name: getattr(row, name) for name in same},
    }


def chosen_told(
    told: dict[str, Any], projects: dict[int, PortfolioProject]
) -> list[dict[str, Any]]:
    """Return what a choice chose as `ChosenTold`, of projects that are still in the portfolio."""
    found = []
    for one in told.get("chosen", []):
        project = projects.get(int(one["project"]))
        if project is not None:
            found.append(
                {
                    "project": project.pk,
                    "plan": project.plan_id,
                    "identity": str(project.identity),
                    "title": project.title,
                    "start": one["start"],
                    "amounts": [
                        {"year": year, "channel": channel, "amount": money_told(units)}
                        for year, channel, units in one["amounts"]
                    ],
                }
            )
    return found


def regions_told(told: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what regions receive in a choice as `RegionGets`."""
    return [
        {"region_code": code, "money": money_told(units), "score": score, "projects": count}
        for code, units, score, count in told.get("regions", [])
    ]


@router.get("/portfolios", auth=ANYONE, response=Page[PortfolioTold], operation_id="portfolios")
def portfolios(request: HttpRequest, window: Paged) -> HttpResponse:
    """List the portfolios that I may read, the last changed first."""
    return answer(page(request, window, queries.portfolios(asker(request)), _portfolio))


@router.get("/portfolios/{number}", auth=ANYONE, response=PortfolioWhole, operation_id="portfolio")
def portfolio(request: HttpRequest, number: Number) -> HttpResponse:
    """Return a portfolio."""
    by = asker(request)
    row = queries.portfolio(by, number)
    counted = {
        "projects": queries.projects(by, row).count(),
        "hidden_projects": queries.hidden_projects(by, row),
    }
    return answer({**_portfolio(row), **counted}, revision=row.revision)


@router.get(
    "/portfolios/{number}/projects",
    auth=ANYONE,
    response=Page[ProjectTold],
    operation_id="portfolio_projects",
)
def portfolio_projects(request: HttpRequest, number: Number, window: Paged) -> HttpResponse:
    """List the projects of a portfolio whose plans I may read."""
    by = asker(request)
    rows = queries.projects(by, queries.portfolio(by, number))
    return answer(page(request, window, rows, _project))


@router.get(
    "/portfolios/{number}/runs",
    auth=ANYONE,
    response=Page[PortfolioRunTold],
    operation_id="portfolio_runs",
)
def portfolio_runs(request: HttpRequest, number: Number, window: Paged) -> HttpResponse:
    """List the runs of a portfolio, the newest first; none where I may not read a plan that went in."""
    by = asker(request)
    rows = queries.runs(by, queries.portfolio(by, number))
    return answer(page(request, window, rows, _run))


@router.get(
    "/portfolios/{number}/runs/{run}",
    auth=ANYONE,
    response=PortfolioRunWhole,
    operation_id="portfolio_run",
)
def portfolio_run(request: HttpRequest, number: Number, run: RunNumber) -> HttpResponse:
    """Return a run: what it chose, from when, paid by what, and what each region receives."""
    by = asker(request)
    one = queries.portfolio(by, number)
    row = queries.run(by, one, run)
    projects = {each.pk: each for each in queries.projects(by, one).only(*NAMED)}
    told = {"chosen": chosen_told(row.result, projects), "regions": regions_told(row.result)}
    return answer({**_run(row), **told})
