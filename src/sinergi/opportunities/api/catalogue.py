"""What can be cooperated on: objects, affairs; and the areas that a map can be limited to."""

from dataclasses import asdict
from functools import lru_cache
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Path, Query, Router
from ninja import Schema as Shape
from pydantic import Field

from sinergi.accounts.api.access import ANYONE
from sinergi.accounts.api.answers import answer
from sinergi.accounts.api.paging import Paged, page
from sinergi.accounts.api.problems import ProblemError
from sinergi.accounts.api.schemas import Named, Page
from sinergi.reference import queries as reference
from sinergi.reference.catalogue import CooperationObject, CostCurve, FreightMargin, IndicatorUse

router = Router(auth=ANYONE, tags=["Reference"])
Code = Annotated[str, Path(max_length=60, examples=["TPA_REGIONAL"])]


class ObjectLine(Named):
    """A cooperation object."""

    affair: str = Field(examples=["2.11"])
    logic: str = Field(description="How partners fit, as it is computed.", examples=["ADJACENT"])
    reach_km: float
    legal_class: str
    computable: bool = Field(description="Whether the shipped evidence supports it.")


class ObjectInFull(ObjectLine):
    """A cooperation object with everything the catalogue says of it."""

    secondary_affairs: list[str]
    activity: str
    family: str
    document: str
    intended_logic: str
    adjacency: str
    authority: list[str]
    authority_joint: bool
    trigger_id: str
    trigger_en: str
    funding: list[str]
    physical: bool
    members_min: int
    members_max: int
    caveat_id: str
    caveat_en: str
    lacks_id: str
    lacks_en: str
    provenance: str
    indicators: list[IndicatorUse]
    cost_curve: CostCurve | None
    margin: FreightMargin | None
    defaults: list[str]


class AffairLine(Named):
    """A government affair."""

    group: str
    objects: int = Field(description="Cooperation objects under it.")


class AreaLine(Named):
    """An association or an island group."""

    kind: str = Field(description="association or island_group.")
    members: list[str] = Field(description="Codes of its regions, or of its provinces.")


class Choice(Shape):
    """Which objects."""

    affair: str = Field("", max_length=20, description="Code of an affair, also a secondary one.")
    computable: bool | None = Field(None, description="Only those that can be computed, or cannot.")


def line(item: CooperationObject) -> dict[str, Any]:
    """Return an object as plain values, in brief."""
    return {
        "code": item.code,
        "name_id": item.name_id,
        "name_en": item.name_en,
        "affair": item.affair,
        "logic": item.computed_logic,
        "reach_km": item.reach_km,
        "legal_class": item.legal_class,
        "computable": item.computable,
    }


@router.get("/objects", response=Page[ObjectLine], operation_id="objects")
def objects(request: HttpRequest, choice: Query[Choice], window: Paged) -> HttpResponse:
    """List the cooperation objects of the catalogue."""
    found = [
        item
        for item in reference.catalogue().values()
        if choice.affair in {"", item.affair, *item.secondary_affairs}
        and choice.computable in {None, item.computable}
    ]
    return answer(page(request, window, found, line))


@router.get("/objects/{code}", response=ObjectInFull, operation_id="object")
def one_object(request: HttpRequest, code: Code) -> HttpResponse:
    """Return what an object is, what it is computed from and what law says of it."""
    item = reference.catalogue().get(code)
    if item is None:
        raise ProblemError(404, _("There is no cooperation object with this code."))
    values = asdict(item)
    values["intended_logic"] = values.pop("logic")
    return answer({**values, **line(item)})


@router.get("/affairs", response=Page[AffairLine], operation_id="affairs")
def affairs(request: HttpRequest, window: Paged) -> HttpResponse:
    """List the government affairs."""
    used = _objects_of_affairs(reference.catalogue_version())
    found = list(reference.affairs().values())
    return answer(
        page(request, window, found, lambda one: {**asdict(one), "objects": used.get(one.code, 0)})
    )


@lru_cache(maxsize=2)
def _objects_of_affairs(version: str) -> dict[str, int]:
    """Return how many objects each affair has, in one version of the catalogue."""
    count: dict[str, int] = {}
    for item in reference.catalogue().values():
        for code in {item.affair, *item.secondary_affairs}:
            count[code] = count.get(code, 0) + 1
    return count


@router.get("/areas", response=Page[AreaLine], operation_id="areas")
def areas(request: HttpRequest, window: Paged) -> HttpResponse:
    """List the associations and island groups, which the parameter `dalam` takes beside provinces."""
    found = [
        *(("association", one, one.members) for one in reference.associations()),
        *(("island_group", one, one.provinces) for one in reference.islands()),
    ]

    def shown(area: tuple[str, Any, tuple[str, ...]]) -> dict[str, Any]:
        kind, one, members = area
        names = {"code": one.code, "name_id": one.name_id, "name_en": one.name_en}
        return {**names, "kind": kind, "members": members}

    return answer(page(request, window, found, shown))
