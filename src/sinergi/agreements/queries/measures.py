"""The indicators of an agreement with their values, and what the evidence says of the same."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from sinergi.agreements import errors
from sinergi.agreements.measuring import Progress, progress
from sinergi.agreements.models import Agreement, Measure, Reading
from sinergi.evidence.queries.catalogue import IndicatorInfo, indicator_catalogue
from sinergi.evidence.queries.series import series

LAST = 8
"""Values of the evidence that are shown, the last ones."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the evidence says of an indicator in a region.

    Attributes
    ----------
    info
        The indicator; `None` where the evidence that is read does not hold it.
    points
        Period, value, flag; the last ones, the newest first.
    """

    info: IndicatorInfo | None
    points: tuple[tuple[str, Decimal, str], ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """An indicator with its values, the newest first, and how far they came."""

    measure: Measure
    readings: tuple[Reading, ...]
    progress: Progress | None
    evidence: Evidence | None

    @property
    def last(self) -> Reading | None:
        """The newest value."""
        return self.readings[0] if self.readings else None


def evidence_indicators() -> dict[str, IndicatorInfo]:
    """Return the indicators of the evidence that have values of their own, by code."""
    return {code: one for code, one in indicator_catalogue().items() if not one.derived}


def measured(agreement: Agreement) -> list[Measured]:
    """Return the indicators of an agreement; the evidence is asked once for each region that is named."""
    rows = list(Measure.objects.filter(agreement=agreement).order_by("pk"))
    there: dict[int, list[Reading]] = {}
    for one in Reading.objects.filter(measure__in=rows).select_related("by").order_by("-on"):
        there.setdefault(one.measure_id, []).append(one)
    evidence = _evidence(rows)
    found = []
    for row in rows:
        readings = tuple(there.get(row.pk, ()))
        last = readings[0].value if readings else None
        moved = progress(row.baseline, row.target, last)
        found.append(Measured(row, readings, moved, evidence.get(row.pk)))
    return found


def _evidence(rows: list[Measure]) -> dict[int, Evidence]:
    named = [row for row in rows if row.indicator and row.region_code]
    if not named:
        return {}
    known = indicator_catalogue()
    regions: dict[str, set[str]] = {}
    for row in named:
        regions.setdefault(row.region_code, set()).add(row.indicator)
    values = {region: series(region, sorted(codes)) for region, codes in regions.items()}
    return {
        row.pk: Evidence(
            known.get(row.indicator),
            tuple(
                (period, Decimal(str(value)), flag)
                for period, value, flag in reversed(values[row.region_code][row.indicator][-LAST:])
            ),
        )
        for row in named
    }


def measure_of(agreement: Agreement, measure_id: int) -> Measure:
    """Return one indicator of an agreement.

    Raises
    ------
    NotFoundError
    """
    row = Measure.objects.filter(agreement=agreement, pk=measure_id).first()
    if row is None:
        raise errors.not_found(_("The indicator"))
    return row
