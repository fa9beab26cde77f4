"""Regions: the directory, the profile of one, and which evidence is missing."""

from dataclasses import asdict
from typing import Annotated, Any

import orjson
from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router, Schema
from pydantic import Field

from sinergi.accounts.api.access import ANYONE
from sinergi.accounts.api.answers import JSON, answer
from sinergi.accounts.api.paging import Paged, page
from sinergi.accounts.api.schemas import Named, Page
from sinergi.evidence.api.scope import BUKTI, overlaid
from sinergi.opportunities.api.parameters import MapSettingsQuery, settings_of, weighed
from sinergi.opportunities.missing import MissingEvidence, missing
from sinergi.opportunities.profile import Listing, directory, profile
from sinergi.opportunities.profile.data import to_json
from sinergi.opportunities.profile.directory import Entry
from sinergi.opportunities.profile.records import (
    AffairStanding,
    Economy,
    Facts,
    Partner,
    Standing,
)

router = Router(auth=ANYONE, tags=["Regions"])
router.add_decorator(overlaid, mode="operation")
Region = Annotated[str, Path(max_length=20, description="Kemendagri code.", examples=["62.71"])]


class RegionLine(Schema):
    """A province, regency or city."""

    code: str = Field(examples=["62.71"])
    name: str = Field(examples=["Kota Palangka Raya"])
    level: str = Field(description="province, regency or city.")
    province: str = Field(description="Name of its province; empty for a province.")
    province_code: str
    population: int
    area_km2: float
    opportunities: int = Field(description="On the map with the usual weights.")
    best: float | None = Field(description="Score of the best of them.")


class RegionQuery(Schema):
    """Which regions, by the names of the page's address."""

    cari: str = Field("", max_length=80, description="Code, or a part of the name.")
    asosiasi: str = Field("", max_length=60, description="Code of an association.")
    pulau: str = Field("", max_length=60, description="Code of an island group.")
    tingkat: str = Field("", max_length=20, description="province, regency or city.")
    urut: str = Field(
        "", max_length=20, description="nama, penduduk, luas, kepadatan or peluang; else by code."
    )
    bukti: str = BUKTI


class Best(Schema):
    """Opportunities of a region."""

    total: int
    groups: int
    best: list[dict[str, Any]]


class Version(Schema):
    """Versions of what a profile was computed from."""

    version: str
    as_of: str = ""


class Profile(Schema):
    """Everything that is known of a region, as its page shows it."""

    evidence: Version
    catalogue: dict[str, str]
    facts: Facts
    economy: Economy | None
    indicators: list[Standing]
    affairs: list[AffairStanding]
    opportunities: Best
    partners: list[Partner]
    missing: list[MissingEvidence]


class DependenceLine(Named):
    """An object in which an indicator speaks."""

    side: str
    share: float
    unlocks: int


class MissingLine(Named):
    """Evidence that is not there, and what hangs on it."""

    kind: str = Field(description="indicator, or object: no evidence at all for it.")
    missing: int = Field(description="Regions without any value.")
    old: int = Field(description="Regions whose value is too old to count.")
    regions: int
    importance: float
    last_period: str
    lacks_id: str
    lacks_en: str
    unlocks: int
    objects: list[DependenceLine]


class MissingQuery(Schema):
    """Of which region."""

    wilayah: str = Field(
        "", max_length=60, description="A region, province, island group or association."
    )
    bukti: str = BUKTI


def _entry(one: Entry) -> dict[str, Any]:
    return {
        "code": one.code,
        "name": one.name,
        "level": one.level,
        "province": one.province,
        "province_code": one.province_code,
        "population": one.population,
        "area_km2": one.area_km2,
        "opportunities": one.opportunities,
        "best": one.best,
    }


@router.get("/regions", response=Page[RegionLine], operation_id="regions")
def regions(request: HttpRequest, choice: Query[RegionQuery], window: Paged) -> HttpResponse:
    """List provinces, regencies and cities."""
    listing = Listing(
        text=choice.cari,
        association=choice.asosiasi,
        island=choice.pulau,
        level=choice.tingkat,
        order=choice.urut,
    )
    return answer(page(request, window, directory(listing), _entry))


@router.get("/regions/{code}", response=Profile, operation_id="region")
def region(request: HttpRequest, code: Region, settings: MapSettingsQuery) -> HttpResponse:
    """Return the profile of a region: facts, economy, indicators, needs, opportunities, partners."""
    chosen = weighed(request, settings_of(request))
    found = orjson.loads(to_json(profile(code, chosen)))
    return HttpResponse(orjson.dumps(found), content_type=JSON)


@router.get("/missing-evidence", response=Page[MissingLine], operation_id="missing_evidence")
def missing_evidence(
    request: HttpRequest, choice: Query[MissingQuery], window: Paged
) -> HttpResponse:
    """List the evidence that would matter most if somebody brought it."""
    found = missing(choice.wilayah or None)
    return answer(page(request, window, found, _missing))


def _missing(one: MissingEvidence) -> dict[str, Any]:
    values = asdict(one)
    for place in values["objects"]:
        place["code"] = place.pop("object")
    return {**values, "unlocks": one.unlocks}
