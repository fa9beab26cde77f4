"""Values over time for charts."""

from collections.abc import Sequence

from sinergi.evidence.models import Observation
from sinergi.evidence.queries.catalogue import FLAG_NAMES
from sinergi.evidence.queries.visible import in_use

Point = tuple[str, float, str]
"""Period, value, flag."""


def series(region_code: str, codes: Sequence[str]) -> dict[str, list[Point]]:
    """Return all values in use of stored indicators for one region, in the order of their periods.

    Parameters
    ----------
    region_code
        A regency, city, province, or `ID` for the nation.
    codes
        Codes of stored indicators; derived ones have no series and come back empty.

    Returns
    -------
    dict
        For each code, a list of (period, value, flag).
    """
    found: dict[str, list[Point]] = {code: [] for code in codes}
    rows = (
        Observation.objects.filter(
            in_use(), region__code=region_code, indicator__code__in=list(codes)
        )
        .order_by("indicator_id", "period", "shelf")
        .values_list("indicator__code", "period", "value", "flag")
    )
    for code, period, value, flag in rows:
        points = found[code]
        if points and points[-1][0] == period:
            points.pop()
        points.append((period, value, FLAG_NAMES[flag]))
    return found
