"""Practices: the shelf of what regions did."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router, Schema
from pydantic import Field

from sinergi.accounts.api.access import ANYONE, KNOWN, asker
from sinergi.accounts.api.answers import answer
from sinergi.accounts.api.once import EXTRA, done_once
from sinergi.accounts.api.paging import Paged, page
from sinergi.accounts.api.schemas import MOST, Given, Page, text
from sinergi.accounts.queries.organisations import organisation
from sinergi.forums.models import Practice
from sinergi.forums.practices import actions, queries
from sinergi.forums.practices.actions import LENGTHS, PracticeDetails

router = Router(tags=["Practices"])
Number = Annotated[int, Path(ge=1, le=MOST, description="Number of the practice.")]
Title = text(LENGTHS["title"], least=1)
Problem = text(LENGTHS["problem"], least=1)
Done = text(LENGTHS["done"], least=1)
Cost = text(LENGTHS["cost"])
Result = text(LENGTHS["result"])
Contact = text(LENGTHS["contact"])
Code = text(60)


class PracticeLine(Schema):
    """A practice."""

    id: int
    organisation: str
    visibility: str
    title: str
    problem: str
    done: str
    cost: str
    result: str
    objects: list[str]
    indicators: list[str]
    contact: str
    revision: int
    updated: datetime


class NewPractice(Given):
    """A practice to be presented."""

    organisation: str = Field(max_length=60, min_length=1, examples=["kota-palangka-raya"])
    title: Title  # type: ignore[valid-type]
    problem: Problem  # type: ignore[valid-type]
    done: Done  # type: ignore[valid-type]
    cost: Cost = ""  # type: ignore[valid-type]
    result: Result = ""  # type: ignore[valid-type]
    contact: Contact = ""  # type: ignore[valid-type]
    objects: list[Code] = Field(default_factory=list, max_length=20)  # type: ignore[valid-type]
    indicators: list[Code] = Field(default_factory=list, max_length=20)  # type: ignore[valid-type]


def _line(row: Practice) -> dict[str, Any]:
    same = ("title", "problem", "done", "cost", "result", "indicators", "contact", "revision")
    return {
        "id": row.pk,
        "organisation": row.organisation.code,
        "visibility": str(row.visibility),
        **{name: getattr(row, name) for name in (*same, "updated")},
        "objects": row.objects_named,
    }


def _told(request: HttpRequest, number: int, status: int = 200) -> HttpResponse:
    row = queries.get_practice(asker(request), number)
    return answer(_line(row), status=status, revision=row.revision)


@router.get("/practices", auth=ANYONE, response=Page[PracticeLine], operation_id="practices")
def practices(request: HttpRequest, window: Paged) -> HttpResponse:
    """List the practices that I may read, those changed last first."""
    return answer(page(request, window, queries.practices(asker(request)), _line))


@router.get("/practices/{number}", auth=ANYONE, response=PracticeLine, operation_id="practice")
def practice(request: HttpRequest, number: Number) -> HttpResponse:
    """Return a practice."""
    return _told(request, number)


@router.post(
    "/practices",
    auth=KNOWN,
    response={201: PracticeLine},
    operation_id="practice_present",
    openapi_extra=EXTRA,
)
def practice_present(request: HttpRequest, given: NewPractice) -> HttpResponse:
    """Put a practice on the shelf of an organisation; only that organisation sees it at first."""
    whose = organisation(given.organisation)
    texts = given.dict(exclude={"organisation", "objects", "indicators"})
    objects, indicators = tuple(given.objects), tuple(given.indicators)
    details = PracticeDetails(**texts, objects_named=objects, indicators=indicators)

    def do() -> dict[str, Any]:
        return {"practice": actions.present(asker(request), whose, details).pk}

    made = done_once(request, "practice_present", given.dict(), do)
    return _told(request, made["practice"], 201)
