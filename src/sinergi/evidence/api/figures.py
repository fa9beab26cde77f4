"""Indicators, their values, single observations, and where they come from."""

from dataclasses import asdict
from typing import Annotated, Any, Literal

import numpy as np
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Path, Query, Router, Schema
from pydantic import Field

from sinergi.accounts.api.access import ANYONE
from sinergi.accounts.api.answers import answer
from sinergi.accounts.api.paging import Paged, page
from sinergi.accounts.api.problems import ProblemError
from sinergi.accounts.api.schemas import Named, Page
from sinergi.evidence.api.scope import BUKTI, overlaid
from sinergi.evidence.models import COMMON, Observation, Source
from sinergi.evidence.queries import IndicatorInfo, indicator_catalogue, readings
from sinergi.evidence.queries.catalogue import FLAG_NAMES
from sinergi.evidence.queries.visible import in_use, sources_in_use
from sinergi.evidence.queries.visible import indicators as visible
from sinergi.evidence.scope import current
from sinergi.reference.queries import region_table

router = Router(auth=ANYONE, tags=["Evidence"])
router.add_decorator(overlaid, mode="operation")
Code = Annotated[str, Path(max_length=60, examples=["stunting"])]
LEVELS = {"daerah": ("regency", "city"), "provinsi": ("province",)}


class IndicatorLine(Named):
    """Something measured for regions, always in the same unit."""

    unit: str
    better: str = Field(description="higher, lower or neither.")
    group: str
    source: str
    licence: str
    flag: str = Field(description="official, estimate, imputed or default.")
    derived: bool
    formula: str
    note_id: str
    note_en: str
    minimum: float | None
    maximum: float | None


class Indicators(Schema):
    """Which indicators."""

    group: str = Field("", max_length=20, examples=["health"])
    derived: bool | None = None
    bukti: str = BUKTI


class ValueLine(Schema):
    """The last value of an indicator in a region."""

    region: str = Field(examples=["62.71"])
    name: str
    level: str
    value: float | None = Field(description="Null where there is none.")
    period: str
    flag: str
    source: str


class Values(Schema):
    """Of which regions, in which order."""

    tingkat: Literal["daerah", "provinsi"] = Field("daerah", description="Level of the regions.")
    urut: Literal["kode", "nama", "nilai", "-nilai"] = "kode"
    bukti: str = BUKTI


class ObservationLine(Schema):
    """One value of one indicator for one region and period, from one source."""

    indicator: str
    region: str
    period: str = Field(examples=["2023"])
    value: float
    unit: str
    flag: str
    source: str = Field(description="Code of the source.")
    import_id: int = Field(description="The import that brought it.")
    owner: str = Field(description="Code of the organisation on whose shelf it stands; or empty.")


class Observations(Schema):
    """Which observations; what is left out leaves nothing out."""

    indicator: str = Field("", max_length=60)
    region: str = Field("", max_length=20)
    period: str = Field("", max_length=7, examples=["2023"])
    source: str = Field("", max_length=60, description="Code of a source.")
    bukti: str = BUKTI


class SourceLine(Schema):
    """Who published figures, where, and under which licence."""

    code: str
    name: str
    publisher: str
    period: str
    licence: str
    origin: str
    note: str
    indicators: int


class Sources(Schema):
    """Of which evidence."""

    bukti: str = BUKTI


def _indicator(one: IndicatorInfo) -> dict[str, Any]:
    return asdict(one)


@router.get("/indicators", response=Page[IndicatorLine], operation_id="indicators")
def indicators(request: HttpRequest, choice: Query[Indicators], window: Paged) -> HttpResponse:
    """List the indicators, stored and derived."""
    found = [
        one
        for one in indicator_catalogue().values()
        if choice.group in {"", one.group} and choice.derived in {None, one.derived}
    ]
    return answer(page(request, window, found, _indicator))


def _known(code: str) -> IndicatorInfo:
    found = indicator_catalogue().get(code)
    if found is None:
        raise ProblemError(404, _("There is no indicator “%(code)s”.") % {"code": code})
    return found


@router.get("/indicators/{code}", response=IndicatorLine, operation_id="indicator")
def one_indicator(request: HttpRequest, code: Code, choice: Query[Sources]) -> HttpResponse:
    """Return what an indicator is and where it comes from."""
    return answer(_indicator(_known(code)))


@router.get("/indicators/{code}/values", response=Page[ValueLine], operation_id="indicator_values")
def values(request: HttpRequest, code: Code, choice: Query[Values], window: Paged) -> HttpResponse:
    """List the last value of an indicator in every region."""
    _known(code)
    table = region_table()
    found = readings([code], table)
    rows = []
    for row in table.rows(LEVELS[choice.tingkat]).tolist():
        value = float(found.values[row, 0])
        label = found.source(row, 0)
        rows.append(
            {
                "region": table.codes[row],
                "name": table.names[row],
                "level": table.levels[row],
                "value": value if np.isfinite(value) else None,
                "period": str(found.periods[row, 0]),
                "flag": FLAG_NAMES.get(int(found.flags[row, 0]), "missing"),
                "source": label.name if label else "",
            }
        )
    return answer(page(request, window, _ordered(rows, choice.urut), dict))


def _ordered(rows: list[dict[str, Any]], order: str) -> list[dict[str, Any]]:
    """Return rows in an order; those without a value last."""
    if order == "kode":
        return rows
    if order == "nama":
        return sorted(rows, key=lambda row: str(row["name"]))
    known = [row for row in rows if row["value"] is not None]
    known.sort(key=lambda row: float(row["value"]), reverse=order == "-nilai")
    return known + [row for row in rows if row["value"] is None]


@router.get("/observations", response=Page[ObservationLine], operation_id="observations")
def observations(request: HttpRequest, wanted: Query[Observations], window: Paged) -> HttpResponse:
    """List observations in use, by indicator, region and period as they are stored."""
    conditions = {
        "indicator__code": wanted.indicator,
        "region__code": wanted.region,
        "period": wanted.period,
        "source__code": wanted.source,
    }
    given = {name: value for name, value in conditions.items() if value}
    rows = _visible(Observation.objects.filter(in_use(), **given))
    ordered = rows.order_by("indicator_id", "region_id", "period", "shelf")
    told = ordered.select_related("indicator", "region", "source", "batch__organisation")
    return answer(page(request, window, told, _observation))


def _visible(rows: "QuerySet[Observation]") -> "QuerySet[Observation]":
    """Leave out common values above which the open shelf has its own."""
    scope = current()
    if not scope.batches:
        return rows
    same = {name: OuterRef(name) for name in ("indicator", "region", "period")}
    above = Observation.objects.filter(
        active=True, shelf=scope.shelf, batch__in=scope.batches, **same
    )
    return rows.exclude(Exists(above), shelf=COMMON)


def _observation(row: Observation) -> dict[str, Any]:
    whose = row.batch.organisation
    return {
        "indicator": row.indicator.code,
        "region": row.region.code,
        "period": row.period,
        "value": row.value,
        "unit": row.indicator.unit,
        "flag": FLAG_NAMES[row.flag],
        "source": row.source.code,
        "import_id": row.batch_id,
        "owner": whose.code if whose is not None else "",
    }


@router.get("/sources", response=Page[SourceLine], operation_id="sources")
def sources(request: HttpRequest, choice: Query[Sources], window: Paged) -> HttpResponse:
    """List the sources of the evidence with their licences."""
    counted = dict(visible().order_by().values_list("source").annotate(Count("pk")))

    def shown(row: Source) -> dict[str, Any]:
        names = ("code", "name", "publisher", "period", "licence", "origin", "note")
        values = {name: getattr(row, name) for name in names}
        return {**values, "indicators": counted.get(row.pk, 0)}

    return answer(page(request, window, sources_in_use().order_by("code"), shown))
