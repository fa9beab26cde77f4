"""What one load holds: its values, in the order of its file, each with the one that it replaced."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import F, FloatField, OuterRef, Subquery, Value
from django.utils.translation import get_language

from sinergi.evidence.models import ImportBatch, Observation
from sinergi.evidence.queries.catalogue import FLAG_NAMES


@dataclass(frozen=True, slots=True)
class LoadedValue:
    """One value of a load.

    Attributes
    ----------
    indicator_name
        In the language of the page.
    unit
        As it is kept; `unit_label` translates it.
    replaced
        The value that was in use before on the same shelf; `None` when there was none, and after the load
        was undone.
    """

    region: str
    region_name: str
    indicator: str
    indicator_name: str
    period: str
    value: float
    unit: str
    flag: str
    source: str
    source_name: str
    licence: str
    replaced: float | None


def loaded_values(batch: ImportBatch, count: int | None = None) -> Iterator[LoadedValue]:
    """Yield the values of a load in the order of its file, without holding them all.

    Parameters
    ----------
    batch
        Whoever asks may read it: `queries.batch` judges that.
    count
        How many of the first; all without it.
    """
    english = (get_language() or "id").startswith("en")
    rows = Observation.objects.filter(batch=batch).order_by("pk")
    rows = rows.annotate(
        before=_before() if batch.replaced else Value(None, output_field=FloatField()),
        indicator_name=F("indicator__name_en" if english else "indicator__name_id"),
    )
    found = rows.values_list(
        "region__code",
        "region__name",
        "indicator__code",
        "indicator_name",
        "period",
        "value",
        "indicator__unit",
        "flag",
        "source__code",
        "source__name",
        "source__licence",
        "before",
    )
    shown = found if count is None else found[:count]
    for region, name, code, called, period, value, unit, flag, *rest in shown.iterator():
        yield LoadedValue(region, name, code, called, period, value, unit, FLAG_NAMES[flag], *rest)


def _before() -> Subquery:
    """Return the value that a row replaced: the batch of the row put it out of use."""
    same = {name: OuterRef(name) for name in ("region", "indicator", "period")}
    rows = Observation.objects.filter(active=False, replaced_by=OuterRef("batch"), **same)
    return Subquery(rows.order_by("-pk").values("value")[:1])
