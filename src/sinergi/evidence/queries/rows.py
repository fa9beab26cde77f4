"""Observations row by row, for exports and for the history of a value."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sinergi.evidence.models import Observation
from sinergi.evidence.queries.catalogue import FLAG_NAMES


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


def observation_rows(wanted: ObservationFilter) -> Iterator[ObservationRow]:
    """Yield observations in use, by indicator, region and period, without holding them all."""
    conditions = {
        "indicator__code": wanted.indicator,
        "region__code": wanted.region,
        "period": wanted.period,
        "batch_id": wanted.batch,
    }
    rows = (
        Observation.objects.filter(
            active=True, **{name: value for name, value in conditions.items() if value}
        )
        .order_by("indicator__code", "region__code", "period")
        .values_list(
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
        )
    )
    for region, name, indicator, period, value, unit, flag, *source in rows.iterator():
        yield ObservationRow(
            region, name, indicator, period, value, unit, FLAG_NAMES[flag], *source
        )


def history(indicator: str, region: str, period: str) -> list[PastValue]:
    """Return every value stored for one indicator, region and period, the newest first."""
    rows = (
        Observation.objects.filter(indicator__code=indicator, region__code=region, period=period)
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
