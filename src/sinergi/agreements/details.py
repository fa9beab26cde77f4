"""What may be written about an agreement and its parties: fields, lengths, days in order. Pure functions."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import date

from django.utils.translation import gettext as _

from sinergi.accounts.texts import too_long
from sinergi.agreements.models import Agreement, Answer, Obligatory, Party

LONG = 8000
LENGTHS = {
    "title": 400,
    "number": 120,
    "object_text": 400,
    "background": LONG,
    "purpose": LONG,
    "scope": LONG,
    "place": 300,
    "benefits": LONG,
    "impact": LONG,
    "funding": LONG,
    "responsible": 200,
    "note": LONG,
    "source": 300,
}
PARTY_LENGTHS = {
    "name": 200,
    "region_code": 13,
    "agency": 200,
    "duty": 80,
    "representative": 160,
    "office": 160,
    "address": 300,
}
FIRST_DAY, LAST_DAY = date(1945, 8, 17), date(2199, 12, 31)
MOST_PARTIES = 60


@dataclass(frozen=True, slots=True)
class AgreementDetails:
    """What is written about an agreement; fields are those of `Agreement`."""

    title: str
    family: str
    number: str = ""
    obligatory: str = ""
    geography: str = ""
    object_code: str = ""
    object_text: str = ""
    affair: str = ""
    background: str = ""
    purpose: str = ""
    scope: str = ""
    place: str = ""
    benefits: str = ""
    impact: str = ""
    funding: str = ""
    begins: date | None = None
    ends: date | None = None
    responsible: str = ""
    note: str = ""
    source: str = ""
    known_on: date | None = None


@dataclass(frozen=True, slots=True)
class PartyDetails:
    """What is written about a party; fields are those of `Party`."""

    name: str
    kind: str
    region_code: str = ""
    agency: str = ""
    duty: str = ""
    representative: str = ""
    office: str = ""
    address: str = ""
    burdens_people: str = ""
    in_budget: str = ""
    joined_on: date | None = None


OWN_ANSWERS = ("burdens_people", "in_budget")
"""What only who acts for a party says of it."""


@dataclass(frozen=True, slots=True)
class Words:
    """Codes that details may name, as the pack has them."""

    families: Collection[str]
    geographies: Collection[str]
    objects: Collection[str]
    affairs: Collection[str]
    kinds: Collection[str]
    regions: Collection[str]


def details_of(agreement: Agreement) -> AgreementDetails:
    """Return what is written about an agreement."""
    return AgreementDetails(
        **{f.name: getattr(agreement, f.name) for f in fields(AgreementDetails)}
    )


def party_details_of(party: Party) -> PartyDetails:
    """Return what is written about a party."""
    return PartyDetails(**{f.name: getattr(party, f.name) for f in fields(PartyDetails)})


def agreement_faults(
    details: AgreementDetails,
    words: Words,
    today: date,
    before: AgreementDetails | None = None,
    ended_on: date | None = None,
) -> dict[str, str]:
    """Return what is wrong with the details of an agreement, by field.

    Parameters
    ----------
    before
        What stood there; codes that the pack no longer knows may stay.
    ended_on
        The day on which it ceased to hold, if it did.
    """
    faults = too_long(details, LENGTHS)
    if not details.title:
        faults["title"] = _("Give the cooperation a title.")
    if not details.family:
        faults["family"] = _("Choose the family of the cooperation.")
    allowed = {
        "family": words.families,
        "geography": words.geographies,
        "object_code": words.objects,
        "affair": words.affairs,
    }
    faults |= _unknown(details, allowed, before)
    if details.obligatory not in Obligatory.values:
        faults["obligatory"] = _("Choose one of the list.")
    return faults | _day_faults(details, today, ended_on)


def _unknown(
    details: object, allowed: Mapping[str, Collection[str]], before: object
) -> dict[str, str]:
    told = _("“%(code)s” is not known to the country pack.")
    found = {}
    for name, codes in allowed.items():
        code = getattr(details, name)
        if code and code not in codes and code != getattr(before, name, ""):
            found[name] = told % {"code": code[:80]}
    return found


def _day_faults(details: AgreementDetails, today: date, ended_on: date | None) -> dict[str, str]:
    faults = {}
    for name in ("begins", "ends", "known_on"):
        day = getattr(details, name)
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            faults[name] = _("This day cannot be meant: give one between 1945 and 2199.")
    if details.begins and details.ends and details.ends < details.begins:
        faults["ends"] = _("It ends before it begins.")
    if details.begins and ended_on and ended_on < details.begins:
        faults["begins"] = _("It would begin after it had ended.")
    if details.known_on and details.known_on > today:
        faults["known_on"] = _("It cannot be known from a day to come.")
    return faults


def party_faults(
    details: PartyDetails,
    words: Words,
    *,
    region: bool,
    begins: date | None = None,
    before: PartyDetails | None = None,
) -> dict[str, str]:
    """Return what is wrong with the details of a party, by field.

    Parameters
    ----------
    region
        Whether its kind is a regional government of this country, which has a code.
    begins
        The first day of the agreement, if it is known.
    before
        What stood there; a region that has gone since may stay.
    """
    faults = too_long(details, PARTY_LENGTHS)
    if not details.name:
        faults["name"] = _("Name the party.")
    if details.kind not in words.kinds:
        faults["kind"] = _("Choose one of the list.")
    if details.region_code and not region:
        faults["region_code"] = _("Only a regional government has the code of a region.")
    faults |= _unknown(details, {"region_code": words.regions}, before)
    for name in OWN_ANSWERS:
        if getattr(details, name) not in Answer.values:
            faults[name] = _("Choose one of the list.")
    joined = details.joined_on
    if joined is not None and not FIRST_DAY <= joined <= LAST_DAY:
        faults["joined_on"] = _("This day cannot be meant: give one between 1945 and 2199.")
    elif joined is not None and begins is not None and joined < begins:
        faults["joined_on"] = _("It would have joined before the agreement began.")
    return faults
