"""Agreements with their parties, as far as they may be read."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router, Schema

from sinergi.accounts.api.access import ANYONE, asker
from sinergi.accounts.api.answers import answer
from sinergi.accounts.api.paging import Paged, page
from sinergi.accounts.api.schemas import MOST, Page, text
from sinergi.agreements.details import AgreementDetails, PartyDetails, details_of, party_details_of
from sinergi.agreements.models import Agreement, Party
from sinergi.agreements.queries import reading

router = Router(tags=["Agreements"])
AgreementNumber = Annotated[int, Path(ge=1, le=MOST, description="Number of the agreement.")]
Code = text(13)
Words = text(160)
TEXTS = (
    "background",
    "purpose",
    "scope",
    "place",
    "benefits",
    "impact",
    "funding",
    "responsible",
    "note",
    "source",
    "known_on",
)
State = Literal["", "living", "ended", "refused", "withdrawn"]


class PartyTold(Schema):
    """A party; codes are those of the country pack, `required_by` that of the rule that makes it one."""

    id: int
    position: int
    name: str
    kind: str
    region_code: str
    agency: str
    duty: str
    required_by: str
    organisation: str
    stage: str
    joined_on: date | None
    left_on: date | None


class AgreementTold(Schema):
    """An agreement in a list."""

    id: int
    organisation: str
    visibility: str
    number: str
    title: str
    family: str
    obligatory: str
    geography: str
    object_code: str
    object_text: str
    affair: str
    stage: str
    state: str
    begins: date | None
    ends: date | None
    ended_on: date | None
    end_ground: str
    follows: int | None
    revision: int
    updated: datetime


class WholeAgreement(AgreementTold):
    """An agreement with what is written about it and its parties in order, those that left at the end."""

    background: str
    purpose: str
    scope: str
    place: str
    benefits: str
    impact: str
    funding: str
    responsible: str
    note: str
    source: str
    known_on: date | None
    parties: list[PartyTold]


class Asked(Schema):
    """Which agreements: by words of the title, family, state, region of a party, day on which they hold."""

    words: Words = ""  # type: ignore[valid-type]
    family: Code = ""  # type: ignore[valid-type]
    state: State = ""
    region: Code = ""  # type: ignore[valid-type]
    object: text(60) = ""  # type: ignore[valid-type]
    on: date | None = None


def agreement_told(row: Agreement) -> dict[str, Any]:
    """Return an agreement as JSON values."""
    written = details_of(row)
    shared = ("number", "title", "family", "obligatory", "geography", "object_code", "object_text")
    return {
        "id": row.pk,
        "organisation": row.organisation.code if row.organisation is not None else "",
        "visibility": str(row.visibility),
        **{name: getattr(written, name) for name in (*shared, "affair", "begins", "ends")},
        "stage": row.stage,
        "state": str(row.state),
        "ended_on": row.ended_on,
        "end_ground": row.end_ground,
        "follows": row.follows_id,
        "revision": row.revision,
        "updated": row.updated,
    }


def party_told(party: Party) -> dict[str, Any]:
    """Return a party as JSON values."""
    written: PartyDetails = party_details_of(party)
    names = ("name", "kind", "region_code", "agency", "duty", "joined_on")
    return {
        "id": party.pk,
        "position": party.position,
        **{name: getattr(written, name) for name in names},
        "required_by": party.required_by,
        "organisation": party.organisation.code if party.organisation is not None else "",
        "stage": party.stage,
        "left_on": party.left_on,
    }


def whole(row: Agreement, readable: set[int]) -> dict[str, Any]:
    """Return an agreement with all that is told of it.

    Parameters
    ----------
    readable
        Numbers of agreements that the reader may be told of: of another nothing is said.
    """
    written: AgreementDetails = details_of(row)
    told = agreement_told(row)
    return {
        **told,
        "follows": told["follows"] if told["follows"] in readable else None,
        **{name: getattr(written, name) for name in TEXTS},
        "parties": [party_told(one) for one in reading.parties(row, all_of_them=True)],
    }


@router.get("/agreements", auth=ANYONE, response=Page[AgreementTold], operation_id="agreements")
def agreements(request: HttpRequest, window: Paged, asked: Query[Asked]) -> HttpResponse:
    """List the agreements that I may read, the last changed first."""
    by = asker(request)
    rows = reading.agreements(by)
    for word in str(asked.words).split()[:8]:
        rows = rows.filter(Q(title__icontains=word) | Q(number__icontains=word))
    if asked.family:
        rows = rows.filter(family=asked.family)
    if asked.state:
        rows = rows.filter(state=asked.state)
    if asked.object:
        rows = rows.filter(object_code=asked.object)
    if asked.region:
        inside = Q(region_code=asked.region) | Q(region_code__startswith=f"{asked.region}.")
        there = Party.objects.filter(inside, left_on=None).order_by().values("agreement")
        rows = rows.filter(pk__in=there)
    if asked.on is not None:
        lasts = Q(ends=None) | Q(ends__gte=asked.on)
        holds = Q(state="living") | Q(state="ended", ended_on__gte=asked.on)
        rows = rows.filter(lasts, holds, begins__lte=asked.on)
    shown = rows.order_by("-updated", "-pk")
    readable = reading.agreements(by).select_related(None).order_by()

    def told(row: Agreement) -> dict[str, Any]:
        values = agreement_told(row)
        if row.follows_id is not None and not readable.filter(pk=row.follows_id).exists():
            values["follows"] = None
        return values

    return answer(page(request, window, shown, told))


@router.get("/agreements/{number}", auth=ANYONE, response=WholeAgreement, operation_id="agreement")
def agreement(request: HttpRequest, number: AgreementNumber) -> HttpResponse:
    """Return an agreement with its parties."""
    by = asker(request)
    row = reading.agreement(by, number)
    readable = reading.agreements(by).select_related(None).order_by()
    known = readable.filter(pk=row.follows_id or 0)
    return answer(whole(row, set(known.values_list("pk", flat=True))), revision=row.revision)
