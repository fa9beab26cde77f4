"""What may be written about indicators of an agreement and their values, and what they tell. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from sinergi.accounts.texts import too_long
from sinergi.agreements.services import FIRST_DAY, LAST_DAY

LENGTHS = {"name": 200, "unit": 40, "source": 200}
READING_LENGTHS = {"source": 200}
MOST = Decimal(10) ** 16
DECIMALS = 4


@dataclass(frozen=True, slots=True)
class MeasureDetails:
    """What is written about an indicator; fields are those of `Measure`."""

    name: str
    indicator: str = ""
    region_code: str = ""
    unit: str = ""
    baseline: Decimal | None = None
    baseline_on: date | None = None
    target: Decimal | None = None
    target_on: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class ReadingDetails:
    """A value that was read on a day."""

    on: date | None
    value: Decimal | None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a value came from the baseline to the target.

    Attributes
    ----------
    share
        Part of the way, 1 at the target; negative where it moved away from it.
    rising
        Whether more is meant, as baseline and target say.
    """

    share: Decimal
    rising: bool

    @property
    def reached(self) -> bool:
        """Whether the target is reached or passed."""
        return self.share >= 1

    @property
    def away(self) -> bool:
        """Whether it is worse than at the beginning."""
        return self.share < 0

    @property
    def percent(self) -> int:
        """The part of the way in whole percent, cut and not rounded up: 99.9 is not yet all."""
        return int(self.share * 100)


def progress(
    baseline: Decimal | None, target: Decimal | None, value: Decimal | None
) -> Progress | None:
    """Return how far a value came; `None` where one is missing, or the target is to stay at the baseline."""
    if baseline is None or target is None or value is None or baseline == target:
        return None
    return Progress((value - baseline) / (target - baseline), target > baseline)


def measure_faults(
    details: MeasureDetails, indicators: Collection[str], regions: Collection[str]
) -> dict[str, str]:
    """Return what is wrong with the details of an indicator, by field."""
    faults = too_long(details, LENGTHS)
    if not details.name:
        faults["name"] = _("Say what is measured, or choose an indicator of the evidence.")
    if details.indicator and details.indicator not in indicators:
        faults["indicator"] = _("Choose one of the list.")
    if details.region_code and details.region_code not in regions:
        faults["region_code"] = _("Choose one of the list.")
    if details.indicator and not details.region_code:
        faults["region_code"] = _("Say of which region its values are shown.")
    if details.region_code and not details.indicator:
        faults["indicator"] = _(
            "Choose the indicator whose values are shown, or leave the region empty."
        )
    for name in ("baseline", "target"):
        faults |= number_faults(name, getattr(details, name))
    return faults | _days(details)


def _days(details: MeasureDetails) -> dict[str, str]:
    faults = {}
    for name in ("baseline", "target"):
        day, field = getattr(details, f"{name}_on"), f"{name}_on"
        if day is None:
            continue
        if not FIRST_DAY <= day <= LAST_DAY:
            faults[field] = _("This day cannot be meant: give one between 1945 and 2199.")
        elif getattr(details, name) is None:
            faults[name] = _("Write the value that is of this day.")
    first, last = details.baseline_on, details.target_on
    if not faults and first is not None and last is not None and last <= first:
        faults["target_on"] = _("The target lies before the baseline, or on the same day.")
    return faults


def reading_faults(details: ReadingDetails, today: date) -> dict[str, str]:
    """Return what is wrong with a value that was read, by field."""
    faults = too_long(details, READING_LENGTHS)
    if details.on is None:
        faults["on"] = _("Say on which day it was read.")
    elif details.on > today:
        faults["on"] = _("This day is still to come.")
    elif details.on < FIRST_DAY:
        faults["on"] = _("This day cannot be meant: give one between 1945 and 2199.")
    if details.value is None:
        faults["value"] = _("Write a number.")
    return faults | number_faults("value", details.value)


def number_faults(name: str, value: Decimal | None) -> dict[str, str]:
    """Return why a value cannot be kept, by field; it may be negative."""
    if value is None:
        return {}
    if not value.is_finite():
        return {name: _("Write a number.")}
    if abs(value) >= MOST or value != round(value, DECIMALS):
        return {name: _("Too large, or more than four decimals.")}
    return {}
