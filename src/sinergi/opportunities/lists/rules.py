"""What a priority list allows: its fields, its years, its order. Pure functions."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sinergi.accounts.texts import too_long

FIRST_YEAR, LAST_YEAR = 2020, 2060
LENGTHS = {
    "name": 120,
    "owner": 160,
    "planning_document": 80,
    "signatory": 120,
    "purpose": 4000,
    "proposer": 160,
    "lead": 160,
    "note": 4000,
    "reason": 4000,
    "query": 4000,
}


@dataclass(frozen=True, slots=True)
class ListDetails:
    """What a person writes about a list; without `owner` the name of its organisation is printed."""

    name: str
    owner: str = ""
    planning_document: str = ""
    purpose: str = ""
    signatory: str = ""


@dataclass(frozen=True, slots=True)
class EntryDetails:
    """What a person writes about an entry."""

    proposer: str = ""
    target_year: int | None = None
    funding_channel: str = ""
    lead: str = ""
    note: str = ""
    reason: str = ""


def list_faults(details: ListDetails) -> dict[str, str]:
    """Return what is wrong with the details of a list, by field; empty when nothing is."""
    faults = too_long(details, LENGTHS)
    if not details.name.strip():
        faults["name"] = _("Give the list a name.")
    return faults


def entry_faults(details: EntryDetails, channels: Sequence[str]) -> dict[str, str]:
    """Return what is wrong with the details of an entry, by field.

    Parameters
    ----------
    channels
        Codes of the funding channels that the entry's snapshot knows, whether or not they fit.
    """
    faults = too_long(details, LENGTHS)
    year = details.target_year
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        faults["target_year"] = _("Choose a year between %(first)s and %(last)s.") % {
            "first": FIRST_YEAR,
            "last": LAST_YEAR,
        }
    if details.funding_channel and details.funding_channel not in channels:
        faults["funding_channel"] = _(
            "There is no funding channel “%(code)s”. Choose one of the list."
        ) % {"code": details.funding_channel}
    return faults


def moved(order: Sequence[int], item: int, to: int) -> list[int]:
    """Return `order` with `item` at position `to`, counted from 1; beyond an end means at that end."""
    rest = [other for other in order if other != item]
    index = min(max(to, 1), len(rest) + 1) - 1
    return [*rest[:index], item, *rest[index:]]
