"""What plans and lines allow: their fields, years and amounts. Pure functions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from sinergi.accounts.texts import too_long
from sinergi.programs.amounts import LARGEST, unclear_text
from sinergi.programs.models import (
    PlaceCertainty,
    PlanKind,
    PlanLine,
    PlanVersion,
    Readiness,
    VersionState,
)
from sinergi.reference.rupiah import minor

FIRST_YEAR, LAST_YEAR = 2000, 2060
MOST_AMOUNTS = 120
"""Amounts of one line: ten years of a dozen channels."""
MOST_TARGET = Decimal(10) ** 14
PLAN_LENGTHS = {"title": 200, "agency": 200, "source": 300, "licence": 200, "note": 4000}
VERSION_LENGTHS = {"label": 80, "filename": 200, "sheet": 120}
LINE_LENGTHS = {
    "code": 20,
    "activity": 500,
    "title": 500,
    "agency_code": 40,
    "agency": 200,
    "place": 500,
    "region_code": 13,
    "output": 500,
    "unit": 80,
    "object_code": 60,
    "transfer_to": 13,
    "note": 4000,
    "external_id": 60,
}
READINESS = ("land", "design", "permits")


@dataclass(frozen=True, slots=True)
class PlanDetails:
    """What is written about a plan."""

    title: str
    kind: str
    region_code: str
    first_year: int | None
    last_year: int | None
    agency: str = ""
    source: str = ""
    licence: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class VersionDetails:
    """What is known of a version; `reading` and `report` as in `PlanVersion`."""

    label: str = ""
    filename: str = ""
    sheet: str = ""
    sha256: str = ""
    reading: dict[str, Any] | None = None
    report: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """Money of a year from a channel; the channel is empty where it is not known."""

    year: int | None
    channel: str
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class LineDetails:
    """What is written about a line; years that are not given are those of the plan."""

    title: str
    code: str = ""
    activity: str = ""
    agency_code: str = ""
    agency: str = ""
    place: str = ""
    region_code: str = ""
    lat: float | None = None
    lon: float | None = None
    place_certainty: str = ""
    first_year: int | None = None
    last_year: int | None = None
    output: str = ""
    target: Decimal | None = None
    unit: str = ""
    land: str = ""
    design: str = ""
    permits: str = ""
    object_code: str = ""
    is_transfer: bool = False
    transfer_to: str = ""
    note: str = ""
    external_id: str = ""
    amounts: tuple[Amount, ...] = ()


Years = tuple[int, int]


def plan_faults(details: PlanDetails, regions: Collection[str]) -> dict[str, str]:
    """Return what is wrong with the details of a plan, by field."""
    faults = too_long(details, PLAN_LENGTHS)
    if not details.title:
        faults["title"] = _("Give the plan a title.")
    if details.kind not in PlanKind.values:
        faults["kind"] = _("Choose what kind of plan it is.")
    if details.region_code not in regions:
        faults["region_code"] = _("There is no region with this code. Choose one of the list.")
    return faults | _year_faults(details.first_year, details.last_year, (FIRST_YEAR, LAST_YEAR))


def _year_faults(first: int | None, last: int | None, bounds: Years) -> dict[str, str]:
    faults = {}
    told = _("Choose a year between %(first)s and %(last)s.")
    for name, year in (("first_year", first), ("last_year", last)):
        if year is None or not bounds[0] <= year <= bounds[1]:
            faults[name] = told % {"first": bounds[0], "last": bounds[1]}
    if not faults and first is not None and last is not None and last < first:
        faults["last_year"] = _("The last year lies before the first.")
    return faults


def line_faults(
    details: LineDetails,
    years: Years,
    *,
    regions: Collection[str],
    channels: Collection[str],
    objects: Collection[str],
) -> dict[str, str]:
    """Return what is wrong with the details of a line, by field; amounts as `amounts.0.year`.

    Parameters
    ----------
    years
        First and last year of the plan.
    regions, channels, objects
        Codes that may be named.
    """
    faults = too_long(details, LINE_LENGTHS)
    if not details.title:
        faults["title"] = _("Write what is to be done.")
    faults |= _line_years(details, years)
    named = {"region_code": regions, "transfer_to": regions, "object_code": objects}
    for name, there in named.items():
        value = getattr(details, name)
        if value and value not in there and name not in faults:
            faults[name] = _("There is no “%(code)s”. Choose one of the list.") % {"code": value}
    for name in READINESS:
        if getattr(details, name) not in Readiness.values:
            faults[name] = _("Choose one of the list.")
    if details.place_certainty not in PlaceCertainty.values:
        faults["place_certainty"] = _("Choose one of the list.")
    faults |= _point_faults(details) | _target_faults(details.target)
    return faults | amount_faults(details.amounts, years, channels)


def _line_years(details: LineDetails, years: Years) -> dict[str, str]:
    faults = _year_faults(details.first_year, details.last_year, years)
    outside = _("The plan is for %(first)s to %(last)s; this year lies outside.")
    for name in ("first_year", "last_year"):
        year = getattr(details, name)
        if name in faults and year is not None and not years[0] <= year <= years[1]:
            faults[name] = outside % {"first": years[0], "last": years[1]}
    return faults


def _point_faults(details: LineDetails) -> dict[str, str]:
    lat, lon = details.lat, details.lon
    if (lat is None) != (lon is None):
        missing = "lat" if lat is None else "lon"
        return {missing: _("A point needs both latitude and longitude.")}
    faults = {}
    if lat is not None and not -90 <= lat <= 90:
        faults["lat"] = _("Latitude lies between -90 and 90.")
    if lon is not None and not -180 <= lon <= 180:
        faults["lon"] = _("Longitude lies between -180 and 180.")
    return faults


def _target_faults(target: Decimal | None) -> dict[str, str]:
    if target is None:
        return {}
    if target.is_finite() and target < 0:
        return {"target": _("A target cannot be negative.")}
    if not target.is_finite() or target >= MOST_TARGET or target != round(target, 4):
        return {"target": _("Too large, or more than four decimals.")}
    return {}


def amount_faults(
    amounts: Sequence[Amount], years: Years, channels: Collection[str]
) -> dict[str, str]:
    """Return what is wrong with the amounts of a line, by row and field: `amounts.0.amount`."""
    if len(amounts) > MOST_AMOUNTS:
        return {"amounts": _("Too many: at most %(most)s.") % {"most": MOST_AMOUNTS}}
    faults: dict[str, str] = {}
    seen = set()
    for row, one in enumerate(amounts):
        told = _one_amount(one, years, channels)
        if not told and (one.year, one.channel) in seen:
            told = {"channel": _("This year and channel are here already: write one amount.")}
        seen.add((one.year, one.channel))
        faults |= {f"amounts.{row}.{name}": text for name, text in told.items()}
    if not faults and sum((one.amount or Decimal(0) for one in amounts), Decimal(0)) > LARGEST:
        faults["amounts"] = unclear_text("large")
    return faults


def _one_amount(one: Amount, years: Years, channels: Collection[str]) -> dict[str, str]:
    told = {}
    if one.year is None or not years[0] <= one.year <= years[1]:
        outside = _("The plan is for %(first)s to %(last)s; this year lies outside.")
        told["year"] = outside % {"first": years[0], "last": years[1]}
    if one.channel and one.channel not in channels:
        told["channel"] = _("There is no funding channel “%(code)s”.") % {"code": one.channel}
    if one.amount is None:
        told["amount"] = _("Write an amount.")
    elif one.amount.is_finite() and one.amount < 0:
        told["amount"] = _("An amount cannot be negative.")
    else:
        told |= _exact(one.amount)
    return told


def _exact(amount: Decimal) -> dict[str, str]:
    try:
        minor(amount)
    except (ValueError, ArithmeticError):
        return {"amount": _("Too large, or more than two decimals.")}
    return {"amount": unclear_text("large")} if amount > LARGEST else {}


def is_typed(version: PlanVersion) -> bool:
    """Whether a version was typed and not loaded from a file."""
    return not version.sha256 and not version.filename


def takes_changes(version: PlanVersion) -> bool:
    """Whether lines of a version may be changed: one in preparation, or a current one that was typed."""
    if version.state == VersionState.DRAFT:
        return True
    return version.state == VersionState.CURRENT and is_typed(version)


def may_be_current(version: PlanVersion) -> bool:
    """Whether a version can be made current: one in preparation, or one that was current before."""
    return version.state in (VersionState.DRAFT, VersionState.SUPERSEDED)


def without_channel_remarks(remarks: Sequence[str], replaced: bool) -> list[str]:
    """Return the remarks of a line that stay once every amount has a channel.

    Parameters
    ----------
    replaced
        Whether channels that the file was read to state were set anew, too.
    """
    settled = {"channel_unknown", "channel_several"} | ({"channel_presumed"} if replaced else set())
    return [one for one in remarks if one not in settled]


TEXTS = tuple(f.name for f in fields(LineDetails) if f.name != "amounts")
"""Fields of a line that are columns of its table, too."""


def line_details(line: PlanLine) -> LineDetails:
    """Return what is written about a line, with its amounts."""
    values = {name: getattr(line, name) for name in TEXTS}
    amounts = tuple(Amount(a.year, a.channel, a.amount) for a in line.amounts.all())
    return LineDetails(**values, amounts=amounts)
