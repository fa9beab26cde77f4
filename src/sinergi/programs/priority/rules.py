"""What a ranking allows: its details, criteria, values and weights. Pure functions."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _

from sinergi.accounts.texts import too_long
from sinergi.programs.models import Degree, Origin, Scale, Shape, WeighingMethod

LENGTHS = {"title": 200, "purpose": 4000, "note": 4000, "unit": 60}
CRITERION_TITLE = 120
MOST_CRITERIA = 15
"""More cannot be told apart by people; Saaty's random indices end here too."""
MOST_LINES = 5000
MOST_TOP = 100
DEGREES = {"none": 0.0, "low": 25.0, "medium": 50.0, "high": 75.0, "very_high": 100.0}
HUNDRED = 100.0
LARGEST = 1e15


@dataclass(frozen=True, slots=True)
class RankingDetails:
    """What a person writes about a ranking."""

    title: str
    purpose: str = ""
    top: int = 10
    least_coverage: float = 0.5


@dataclass(frozen=True, slots=True)
class CriterionDetails:
    """What a person writes about a criterion; as `models.Criterion`."""

    title: str
    note: str = ""
    unit: str = ""
    origin: str = Origin.TYPED
    indicator: str = ""
    rises: bool = True
    scale: str = Scale.MIN_MAX
    low: float | None = None
    high: float | None = None
    target: float | None = None
    shape: str = Shape.LINEAR
    indifference: float | None = None
    preference: float | None = None
    veto: float | None = None


def ranking_faults(details: RankingDetails) -> dict[str, str]:
    """Return what is wrong with the details of a ranking, by field; empty when nothing is."""
    faults = too_long(details, LENGTHS)
    if not details.title:
        faults["title"] = _("Give the ranking a title.")
    if not 1 <= details.top <= MOST_TOP:
        faults["top"] = _("Between 1 and %(most)s places can be watched.") % {"most": MOST_TOP}
    if not 0 <= details.least_coverage <= 1:
        faults["least_coverage"] = _("A share lies between 0 and 100 percent.")
    return faults


def criterion_faults(details: CriterionDetails, indicators: Collection[str]) -> dict[str, str]:
    """Return what is wrong with a criterion, by field."""
    faults = too_long(details, {**LENGTHS, "title": CRITERION_TITLE})
    if not details.title:
        faults["title"] = _("Give the criterion a name.")
    choices = {"origin": Origin, "scale": Scale, "shape": Shape}
    for name, known in choices.items():
        if getattr(details, name) not in known.values:
            faults[name] = _("Choose one of the list.")
    if details.origin == Origin.INDICATOR and details.indicator not in indicators:
        faults["indicator"] = _("There is no such indicator. Choose one of the list.")
    if details.scale == Scale.FIXED and (
        details.low is None or details.high is None or details.low >= details.high
    ):
        faults["high"] = _("A scale between fixed ends needs a lower and a higher end.")
    if details.scale == Scale.TARGET and details.target is None:
        faults["target"] = _("Say which value is best.")
    return faults | _threshold_faults(details)


def _threshold_faults(details: CriterionDetails) -> dict[str, str]:
    faults = {}
    for name in ("low", "high", "target", "indifference", "preference", "veto"):
        value = getattr(details, name)
        if value is not None and not (math.isfinite(value) and abs(value) <= LARGEST):
            faults[name] = _("This is not a number that can be used.")
    given = {
        name: getattr(details, name)
        for name in ("indifference", "preference", "veto")
        if getattr(details, name) is not None
    }
    for name, value in given.items():
        if value < 0:
            faults[name] = _("A threshold is a difference: it is not negative.")
    steps = list(given.items())
    for (_lower, less), (upper, more) in pairwise(steps):
        if less > more:
            faults.setdefault(upper, _("It must not be smaller than the threshold before it."))
    return faults


def takes_words(unit: str, low: float | None, high: float | None) -> bool:
    """Return whether a word says how much: a share of fixed ends, or of 0 to 100 where there is no unit.

    “Very high” is no number of people where nobody said how many would be very many.
    """
    return not unit or (low is not None and high is not None and low < high)


def value_faults(
    value: float | None, degree: str, *, unit: str, worded: bool = True
) -> dict[str, str]:
    """Return what is wrong with what somebody says of an alternative.

    Parameters
    ----------
    unit
        Of the criterion; without one a value lies between 0 and 100.
    worded
        Whether it takes words.
    """
    if degree and not worded:
        told = _(
            "A word says nothing in “%(unit)s” without a lower and an upper end. Write a number."
        )
        return {"degree": told % {"unit": unit}}
    if degree and degree not in Degree.values:
        return {"degree": _("Choose one of the list.")}
    if degree:
        return {}
    if value is None or not math.isfinite(value) or abs(value) > LARGEST:
        return {"value": _("Write a number, or choose a word.")}
    if not unit and not 0 <= value <= HUNDRED:
        return {"value": _("Without a unit a value lies between 0 and 100.")}
    return {}


def points_faults(method: str, points: Mapping[str, float], codes: Sequence[str]) -> dict[str, str]:
    """Return what is wrong with swings or points, by code of the criterion."""
    faults = {}
    for code in codes:
        value = points.get(code)
        if value is None or not math.isfinite(value) or not 0 <= value <= HUNDRED:
            faults[code] = _("Write a number from 0 to 100.")
    if faults:
        return faults
    if not any(points[code] > 0 for code in codes):
        return {"": _("All weights are zero: give at least one criterion points.")}
    if method == WeighingMethod.DIRECT:
        total = sum(points[code] for code in codes)
        if abs(total - HUNDRED) > 0.01:
            told = _("The points add up to %(total)s; they must add up to 100.")
            return {"": told % {"total": f"{total:g}"}}
    if method == WeighingMethod.SWING and max(points[code] for code in codes) < HUNDRED:
        return {
            "": _("Give the largest swing 100, and the others as much of that as they are worth.")
        }
    return {}
