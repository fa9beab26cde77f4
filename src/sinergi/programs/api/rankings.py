"""Rankings, to read: criteria with their weights, and the order with how firm it is."""

from datetime import datetime
from typing import Annotated, Any, Literal

import numpy as np
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Path, Query, Router, Schema
from pydantic import Field

from sinergi.accounts.api import limits
from sinergi.accounts.api.access import ANYONE, asker
from sinergi.accounts.api.answers import answer
from sinergi.accounts.api.paging import Paged, page
from sinergi.accounts.api.schemas import MOST, Page
from sinergi.accounts.errors import InvalidError
from sinergi.programs.models import Ranking
from sinergi.programs.priority.places import finite, ordered, place
from sinergi.programs.queries import priority as queries

router = Router(tags=["Rankings"])
Number = Annotated[int, Path(ge=1, le=MOST, description="Number of the ranking.")]
Method = Literal["wsm", "wpm", "topsis", "promethee", "electre"]


class RankingTold(Schema):
    """A ranking."""

    id: int
    organisation: str
    visibility: str
    title: str
    purpose: str
    top: int
    least_coverage: float
    lines: int
    criteria: int
    revision: int
    updated: datetime


class CriterionTold(Schema):
    """A criterion with the weight that everybody who weighed gives it together."""

    code: str
    title: str
    note: str
    unit: str
    origin: str
    indicator: str
    rises: bool
    scale: str
    weight: float
    lowest: float | None = Field(description="Lowest weight that somebody gives; null: nobody did.")
    highest: float | None


class RankingWhole(RankingTold):
    """A ranking with its criteria; `weighed` says whether anybody weighed, otherwise all weigh the same."""

    weighed: bool
    by_criterion: list[CriterionTold]


class PlaceTold(Schema):
    """A line in its place; of a line that I may not read its place alone, the others are null.

    Scores, bands and shares of draws are of the weighted sum.
    """

    rank: int | None = Field(description="By the method asked for; null: too little is known.")
    band: int = Field(description="Lines of one band cannot be told apart; 0 without a rank.")
    plan: int | None
    identity: str | None
    title: str | None
    code: str | None
    region_code: str | None
    score: float | None
    low: float | None
    high: float | None
    coverage: float | None
    among_best: float | None
    ranks: dict[str, int | None] | None


class Asked(Schema):
    """By which method."""

    method: Method = "wsm"


def _told(row: Any) -> dict[str, Any]:
    same = ("title", "purpose", "top", "least_coverage", "revision", "updated")
    return {
        "id": row.pk,
        "organisation": row.organisation.code,
        "visibility": str(row.visibility),
        "lines": row.size,
        "criteria": row.breadth,
        **{name: getattr(row, name) for name in same},
    }


def _criteria(row: Ranking) -> dict[str, Any]:
    criteria = list(row.criteria.all())
    found = queries.weights_of(row, criteria)
    same = ("code", "title", "note", "unit", "indicator", "rises")
    group = found.group
    return {
        "weighed": group is not None,
        "by_criterion": [
            {
                **{name: getattr(each, name) for name in same},
                "origin": str(each.origin),
                "scale": str(each.scale),
                "weight": float(found.weights[c]),
                "lowest": float(group.low[c]) if group else None,
                "highest": float(group.high[c]) if group else None,
            }
            for c, each in enumerate(criteria)
        ],
    }


@router.get("/rankings", auth=ANYONE, response=Page[RankingTold], operation_id="rankings")
def rankings(request: HttpRequest, window: Paged) -> HttpResponse:
    """List the rankings that I may read, the last changed first."""
    return answer(page(request, window, queries.rankings(asker(request)), _told))


@router.get("/rankings/{number}", auth=ANYONE, response=RankingWhole, operation_id="ranking")
def ranking(request: HttpRequest, number: Number) -> HttpResponse:
    """Return a ranking with its criteria and what they weigh."""
    row = queries.ranking(asker(request), number)
    return answer({**_told(row), **_criteria(row)}, revision=row.revision)


@router.get(
    "/rankings/{number}/order",
    auth=ANYONE,
    response=Page[PlaceTold],
    operation_id="ranking_order",
)
def ranking_order(
    request: HttpRequest, number: Number, window: Paged, asked: Query[Asked]
) -> HttpResponse:
    """List the lines of a ranking in their order; it is computed anew each time that it is asked for."""
    by = asker(request)
    row = queries.ranking(by, number)
    limits.heavy(request)
    found = queries.comparison(by, row)
    outcome = queries.outcome(found, queries.weights_of(row, found.criteria))
    if outcome is None:
        return answer(page(request, window, [], dict))
    if asked.method not in outcome.ranks:
        told = _(
            "ELECTRE III compares each line with each: it is made for up to 300 lines, and is left out here."
        )
        raise InvalidError({"method": told})
    nothing = np.full(len(found.rows), np.nan)

    def shown(at: int) -> dict[str, Any]:
        one = place(found, outcome, at, nothing, asked.method)
        told: dict[str, Any] = {"rank": one.rank, "band": one.band}
        if one.row is None:
            return told | dict.fromkeys(set(PlaceTold.model_fields) - told.keys())
        ranks = {code: finite(each[at]) for code, each in outcome.ranks.items()}
        return told | {
            "plan": one.row.plan,
            "identity": str(one.row.identity),
            "title": one.row.title,
            "code": one.row.code,
            "region_code": one.row.region,
            "score": one.score,
            "low": one.low,
            "high": one.high,
            "coverage": one.coverage,
            "among_best": one.top,
            "ranks": {code: None if rank is None else int(rank) for code, rank in ranks.items()},
        }

    return answer(page(request, window, ordered(outcome, asked.method), shown))
