"""Observations row by row, for exports and for the history of a value."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from sinergi.evidence.models import COMMON, ImportBatch, Observation
from sinergi.evidence.queries.catalogue import FLAG_NAMES
from sinergi.evidence.queries.visible import in_use
from sinergi.evidence.scope import current


@dataclass(frozen=True, slots=True)
class ObservationFilter:
    """Which observations; an empty field leaves nothing out."""

    indicator: str = ""
    region: str = ""
    period: str = ""
    batch: int | None = None


@dataclass(frozen=True, slots=True)
class ObservationRow:
    """One observation as it is exported."""

    region: str
    region_name: str
    indicator: str
    period: str
    value: float
    unit: str
    flag: str
    source: str
    """Code of the source."""
    source_name: str
    licence: str
    batch: int = 0
    """The import that brought it; 0 for what ships with Sinergi."""
    owner: str = ""
    """The organisation on whose shelf it stands; empty for the common evidence."""


@dataclass(frozen=True, slots=True)
class PastValue:
    """One value that a region had for an indicator and period, in use or not."""

    value: float
    flag: str
    source: str
    batch: int
    loaded_at: datetime
    active: bool
    replaced_by: int | None


FIELDS = (
    "region__code",
    "region__name",
    "indicator__code",
    "period",
    "value",
    "indicator__unit",
    "flag",
    "source__code",
    "source__name",
    "source__licence",
    "batch_id",
    "batch__kind",
    "batch__organisation__name",
)


def observation_rows(wanted: ObservationFilter) -> Iterator[ObservationRow]:
    """Return observations in use, by indicator, region and period, without holding them all.

    They are those of the scope in which this is called, whenever they are read.
    """
    conditions = {
        "indicator__code": wanted.indicator,
        "region__code": wanted.region,
        "period": wanted.period,
        "batch_id": wanted.batch,
    }
    rows = Observation.objects.filter(
        in_use(), **{name: value for name, value in conditions.items() if value}
    )
    ordered = rows.order_by("indicator__code", "region__code", "period", "shelf")
    return _told(ordered.values_list(*FIELDS).iterator())


def _told(rows: Iterator[tuple[Any, ...]]) -> Iterator[ObservationRow]:
    """Yield rows, of those that speak of the same thing only the last."""
    waiting: ObservationRow | None = None
    for region, name, indicator, period, value, unit, flag, *rest in rows:
        code, name_of_source, licence, batch, kind, owner = rest
        row = ObservationRow(
            region,
            name,
            indicator,
            period,
            value,
            unit,
            FLAG_NAMES[flag],
            code,
            name_of_source,
            licence,
            batch=0 if kind == ImportBatch.Kind.SHIPPED else batch,
            owner=owner or "",
        )
        if waiting is not None and _subject(waiting) != _subject(row):
            yield waiting
        waiting = row
    if waiting is not None:
        yield waiting


def _subject(row: ObservationRow) -> tuple[str, str, str]:
    return (row.indicator, row.region, row.period)


def history(indicator: str, region: str, period: str) -> list[PastValue]:
    """Return every value stored for one indicator, region and period, the newest first.

    Of values on the shelf of an organisation, those of batches that the open scope reads.
    """
    mine = Q(shelf=COMMON) | Q(batch__in=current().batches)
    rows = (
        Observation.objects.filter(
            mine, indicator__code=indicator, region__code=region, period=period
        )
        .select_related("source", "batch")
        .order_by("-pk")
    )
    return [
        PastValue(
            row.value,
            FLAG_NAMES[row.flag],
            row.source.name,
            row.batch_id,
            row.batch.created_at,
            row.active,
            row.replaced_by_id,
        )
        for row in rows
    ]
