"""What runs of portfolios found besides their best choice: other choices, prices, wishes, what must give way.

All of it was computed with the run and is stored with it; nothing is computed while it is asked for.
"""

from collections.abc import Mapping
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from sinergi.accounts.api.access import ANYONE, asker
from sinergi.accounts.api.answers import answer
from sinergi.accounts.api.paging import Paged, page
from sinergi.accounts.api.schemas import Page
from sinergi.programs.api.portfolios import (
    NAMED,
    ChosenTold,
    Number,
    RegionGets,
    RunNumber,
    chosen_told,
    money_told,
    regions_told,
)
from sinergi.programs.models import Measure, PortfolioProject, PortfolioRun
from sinergi.programs.portfolio.giving_way import relaxed, titles_of
from sinergi.programs.queries import portfolio as queries

router = Router(tags=["Portfolios"])
RUN = "/portfolios/{number}/runs/{run}"
MILLION = 1_000_000
Projects = Annotated[list[int], Field(description="Numbers of projects of the portfolio.")]


class OtherTold(Schema):
    """A choice; the first is the best, each further one differs from all before it.

    `lost` is the share of the score that it loses, `differs` the share of projects in which the nearest other
    choice differs; 0 to 1.
    """

    score: float
    lost: float
    differs: float
    chosen: list[ChosenTold]
    regions: list[RegionGets]


class ChangeTold(Schema):
    """By how much the best score changes: as found, and between two ends; null: not known or not proven.

    `came` and `went` are the projects that come in and go out.
    """

    change: float | None
    low: float | None
    high: float | None
    came: Projects
    went: Projects


class PriceTold(ChangeTold):
    """What a limit costs: a step more under a ceiling, or a share of a region without its least and most."""

    kind: str = Field(description="ceiling or share.")
    year: int | None
    channel: str | None
    step: str | None = Field(description="Rupiah that the ceiling was raised by.")
    region_code: str | None
    measure: str | None
    hint: float | None = Field(
        description="Points that the relaxed problem gives for the step: its shadow price."
    )


class GivesWay(Schema):
    """A limit, rule or decision by hand that cannot be kept, in the words of the page and in numbers."""

    kind: str
    text: str
    year: int | None
    channel: str | None
    region_code: str | None
    measure: str | None
    limit: float | None = Field(description="Share of a region, 0 to 1.")
    amount: str | None = Field(
        description="Rupiah that every choice misses or passes; null where not proven."
    )
    points: float | None = Field(description="Points, where the share is one of the score.")
    projects: Projects


class WishTold(ChangeTold):
    """A wish that was tried on the run, what it costs, and what stands against it where nothing fits."""

    run: int
    project: int
    wanted: bool = Field(description="True: in; false: out.")
    state: str
    status: str | None
    against: list[GivesWay]


class ConflictTold(Schema):
    """What must give way where nothing can be chosen, a part of it; empty where something was chosen.

    `against` is what would have to give way to keep all decisions by hand.
    """

    proven: bool | None
    relaxed: list[GivesWay]
    against: list[GivesWay]


def _found(
    request: HttpRequest, number: int, run: int
) -> tuple[PortfolioRun, dict[int, PortfolioProject]]:
    by = asker(request)
    one = queries.portfolio(by, number)
    row = queries.run(by, one, run)
    return row, {each.pk: each for each in queries.projects(by, one).only(*NAMED)}


def _change(told: Mapping[str, Any], projects: Mapping[int, Any]) -> dict[str, Any]:
    moved = {
        name: [one for one in told.get(name, []) if one in projects] for name in ("came", "went")
    }
    return {**{name: told.get(name) for name in ("change", "low", "high")}, **moved}


def _gives_way(told: dict[str, Any], projects: Mapping[int, PortfolioProject]) -> dict[str, Any]:
    of_score = told.get("measure") == Measure.SCORE
    limited = told["kind"] in {"ceiling", "minimum", "maximum"}
    limit, least = told.get("limit"), told.get("least")
    return {
        "kind": told["kind"],
        "text": relaxed(told, titles_of(projects)),
        "year": told.get("year"),
        "channel": told.get("channel"),
        "region_code": told.get("region"),
        "measure": told.get("measure"),
        "limit": None if limit is None else limit / MILLION,
        "amount": money_told(least) if least and limited and not of_score else None,
        "points": least / MILLION if least and of_score else None,
        "projects": [one for one in told.get("projects", []) if one in projects],
    }


@router.get(RUN + "/others", auth=ANYONE, response=Page[OtherTold], operation_id="portfolio_others")
def portfolio_others(
    request: HttpRequest, number: Number, run: RunNumber, window: Paged
) -> HttpResponse:
    """List the choices of a run that are nearly as good and truly different, the best first."""
    row, projects = _found(request, number, run)

    def shown(told: dict[str, Any]) -> dict[str, Any]:
        return {
            **{name: told[name] for name in ("score", "lost", "differs")},
            "chosen": chosen_told(told, projects),
            "regions": regions_told(told),
        }

    return answer(page(request, window, row.result.get("others", []), shown))


@router.get(RUN + "/prices", auth=ANYONE, response=Page[PriceTold], operation_id="portfolio_prices")
def portfolio_prices(
    request: HttpRequest, number: Number, run: RunNumber, window: Paged
) -> HttpResponse:
    """List what the limits cost that the run asked about: ceilings with the highest prices first."""
    row, projects = _found(request, number, run)

    def shown(told: dict[str, Any]) -> dict[str, Any]:
        return {
            "kind": told["kind"],
            "step": money_told(told.get("step")),
            "region_code": told.get("region"),
            **{name: told.get(name) for name in ("year", "channel", "measure", "hint")},
            **_change(told, projects),
        }

    return answer(page(request, window, row.result.get("prices", []), shown))


@router.get(RUN + "/wishes", auth=ANYONE, response=Page[WishTold], operation_id="portfolio_wishes")
def portfolio_wishes(
    request: HttpRequest, number: Number, run: RunNumber, window: Paged
) -> HttpResponse:
    """List the wishes that were tried on a run, the newest first, each with its price."""
    row, projects = _found(request, number, run)
    rows = queries.runs(asker(request), row.portfolio).filter(base=row)

    def shown(wish: PortfolioRun) -> dict[str, Any]:
        told = wish.result
        return {
            "run": wish.pk,
            "project": wish.asked["project"],
            "wanted": bool(wish.asked["chosen"]),
            "state": str(wish.state),
            "status": told.get("status"),
            "against": [
                _gives_way(one, projects) for one in told.get("against", []) if one["kind"] != "pin"
            ],
            **_change(told, projects),
        }

    return answer(page(request, window, rows, shown))


@router.get(
    RUN + "/conflict", auth=ANYONE, response=ConflictTold, operation_id="portfolio_conflict"
)
def portfolio_conflict(request: HttpRequest, number: Number, run: RunNumber) -> HttpResponse:
    """Return which limits, rules and decisions must give way where a run proved that nothing keeps all."""
    row, projects = _found(request, number, run)
    told = row.result.get("conflict") or {}
    return answer(
        {
            "proven": told.get("proven"),
            "relaxed": [_gives_way(one, projects) for one in told.get("relaxed", [])],
            "against": [
                _gives_way(one, projects) for one in told.get("against", []) if one["kind"] != "pin"
            ],
        }
    )
