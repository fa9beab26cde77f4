"""What can change an agreement, who has to agree, when it holds, and how it read on a day; pure functions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from sinergi.accounts.texts import too_long
from sinergi.agreements.details import FIRST_DAY, LAST_DAY
from sinergi.agreements.models import ChangeKind, Obligatory, State
from sinergi.agreements.parties import twice

BOUND_STAGES = frozenset({"implementation", "records", "reporting"})
"""Stages that come after the signature of what binds."""
LENGTHS = {"title": 200, "text": 20_000}
TEXTS = ("title", "purpose", "scope", "place", "funding", "benefits", "impact")
"""Fields that an addendum can word anew."""
ADDENDUM = (*TEXTS, "begins", "ends")
ENDS = frozenset({ChangeKind.ENDING, ChangeKind.RENEWAL})
"""Kinds after which the agreement no longer holds."""
SETTLES = ENDS | {ChangeKind.LEAVING}
"""Kinds with which it is decided what becomes of all that is still owed."""
IMPOSED = frozenset({ChangeKind.DISPUTE, ChangeKind.TAKEOVER, ChangeKind.SUCCESSION})
"""Kinds that come about by a fact or by the decision of somebody else: no party's consent is asked."""
UNSIGNED = frozenset(
    {ChangeKind.RENEWAL, ChangeKind.DISPUTE, ChangeKind.SUCCESSION, ChangeKind.ENDING}
)
"""Kinds that can happen before the signature, too."""
AFTERWARDS = frozenset({ChangeKind.DISPUTE, ChangeKind.RENEWAL})
"""Kinds that can happen when the agreement has ended."""
OF_A_PARTY = frozenset({ChangeKind.LEAVING, ChangeKind.TRANSFER, ChangeKind.SUCCESSION})
TIME, CONSENT, REPLACED = "time", "consent", "replaced"
"""Grounds of the pack that the room itself speaks of: the time is over, all want it, it is renewed."""
LEAST_PARTIES = 2
GOVERNMENT = "PEMDA"
GOVERNOR, MINISTER, AS_AGREED = "governor", "minister", "as_agreed"


def binds(stage: str, state: str) -> bool:
    """Whether an agreement holds its parties, or did until it ended: before that nothing of it is due."""
    return stage in BOUND_STAGES or state == State.ENDED


@dataclass(frozen=True, slots=True)
class AgreementFacts:
    """What of an agreement decides how it may be changed.

    Attributes
    ----------
    signed
        Whether a document that binds (PKS, Nota Kesepakatan) was signed.
    addendum_agreed
        Whether an addendum was agreed on and has not come into effect: obligations are written with it.
    """

    state: str = State.LIVING
    stage: str = ""
    signed: bool = False
    begins: date | None = None
    ends: date | None = None
    obligatory: str = ""
    addendum_agreed: bool = False


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """What of a party counts for a change."""

    number: int
    name: str
    kind: str = GOVERNMENT
    region_code: str = ""


@dataclass(frozen=True, slots=True)
class ChangeDetails:
    """What somebody proposes.

    Attributes
    ----------
    after
        Fields of the agreement with their new values; and `party`, `successors`, `obligations`, `stays`,
        `arrears` of a change that concerns parties.
    """

    kind: str
    title: str
    on: date | None
    effective: date | None
    text: str = ""
    party: int | None = None
    ground: str = ""
    after: Mapping[str, Any] = field(default_factory=dict)


def is_bound(facts: AgreementFacts) -> bool:
    """Whether parties, days and obligations change by a change alone: signed, or carried out, or ended."""
    return facts.signed or facts.stage in BOUND_STAGES or facts.state == State.ENDED


def binds_obligations(facts: AgreementFacts) -> bool:
    """Whether obligations may not be written now; while an addendum is agreed on, they are written anew."""
    return is_bound(facts) and not facts.addendum_agreed


def bound_text() -> str:
    """Return what is said where data of a signed agreement would be edited."""
    return _(
        "The agreement is signed: its parties, days and obligations change by a change of the agreement."
    )


def needs_consent(kind: str, ground: str = "") -> bool:
    """Whether every party has to agree before a change can come into effect."""
    if kind == ChangeKind.ENDING:
        return ground == CONSENT
    return kind not in IMPOSED


def waited_for(parties: Iterable[PartyFacts], answers: Mapping[str, Any]) -> tuple[PartyFacts, ...]:
    """Return the parties that have not agreed, whether they refused or are silent."""
    return tuple(one for one in parties if not _agrees(answers.get(str(one.number))))


def _agrees(said: Any) -> bool:
    return isinstance(said, Mapping) and said.get("agrees") is True


def faults(
    details: ChangeDetails,
    facts: AgreementFacts,
    parties: Sequence[PartyFacts],
    grounds: Iterable[str],
    today: date,
) -> dict[str, str]:
    """Return what is wrong with a proposal, by field."""
    found = dict(too_long(details, LENGTHS))
    if not details.title:
        found["title"] = _("Say in a few words what changes.")
    found |= _standing_faults(details, facts)
    found |= _day_faults(details, facts, today)
    found |= _party_faults(details, parties)
    if details.kind == ChangeKind.ENDING and details.ground not in set(grounds):
        found["ground"] = _("Choose the ground on which it ends.")
    if details.kind == ChangeKind.EXTENSION:
        found |= _extension_faults(details, facts)
    if details.kind == ChangeKind.ADDENDUM:
        found |= _addendum_faults(details, facts)
    return found


def _standing_faults(details: ChangeDetails, facts: AgreementFacts) -> dict[str, str]:
    if details.kind not in ChangeKind.values:
        return {"kind": _("This kind of change is not known.")}
    if facts.state != State.LIVING and details.kind not in AFTERWARDS:
        return {"kind": _("The agreement has ended; nothing of it changes any more.")}
    if details.kind not in UNSIGNED and not is_bound(facts):
        return {"kind": _("The agreement is not signed yet: change its data instead.")}
    if details.kind == ChangeKind.TAKEOVER and facts.obligatory != Obligatory.MANDATORY:
        return {"kind": _("Only cooperation that law makes mandatory can be taken over.")}
    return {}


def _day_faults(details: ChangeDetails, facts: AgreementFacts, today: date) -> dict[str, str]:
    on, effective = details.on, details.effective
    if on is None:
        return {"on": _("Say on which day it was caused: agreed, decided, happened.")}
    if on > today:
        return {"on": _("This day is still to come: record it when it has happened.")}
    if effective is None:
        return {"effective": _("Say from which day it holds.")}
    far = {name: _far() for name in ("on", "effective") if _is_far(getattr(details, name))}
    if effective < on and not far:
        return {"effective": _("It cannot hold before the day of its cause.")}
    if facts.begins is not None and effective < facts.begins:
        return far or {"effective": _("The agreement does not hold yet on this day.")}
    return far


def _is_far(day: date | None) -> bool:
    return day is not None and not FIRST_DAY <= day <= LAST_DAY


def _far() -> str:
    return _("This day cannot be meant: give one between 1945 and 2199.")


def _party_faults(details: ChangeDetails, parties: Sequence[PartyFacts]) -> dict[str, str]:
    found: dict[str, str] = {}
    numbers = {one.number for one in parties}
    if details.kind in OF_A_PARTY and details.party not in numbers:
        found["party"] = _("Choose the party that it concerns.")
    if details.kind == ChangeKind.LEAVING and len(numbers) <= LEAST_PARTIES:
        found["party"] = _("Without this party only one is left: end the agreement instead.")
    named = details.after.get("party") or {}
    if details.kind in (ChangeKind.JOINING, ChangeKind.TRANSFER) and not named.get("name"):
        found["name"] = _("Name the party.")
    elif details.kind in (ChangeKind.JOINING, ChangeKind.TRANSFER):
        found |= _newcomer_faults(named, parties)
    if details.kind == ChangeKind.SUCCESSION:
        found |= _successor_faults(details, parties)
    return found


def _newcomer_faults(named: Mapping[str, Any], parties: Iterable[PartyFacts]) -> dict[str, str]:
    """Return why somebody cannot come in: a party already, a government of no region."""
    kind, region = str(named.get("kind") or GOVERNMENT), str(named.get("region_code") or "")
    if kind == GOVERNMENT and not region:
        return {"region_code": _("Choose the region of this government.")}
    if kind != GOVERNMENT and region:
        return {"region_code": _("Only a regional government has the code of a region.")}
    there = [(one.kind, one.region_code, one.name) for one in parties]
    if twice([*there, (kind, region, str(named["name"]))])[-1:] == (len(there),):
        return {"name": _("It is a party already.")}
    return {}


def _successor_faults(details: ChangeDetails, parties: Iterable[PartyFacts]) -> dict[str, str]:
    heirs = [str(one.get("region_code", "")) for one in details.after.get("successors") or ()]
    if not heirs:
        return {"successors": _("Choose at least one successor.")}
    own = {one.region_code for one in parties if one.number == details.party}
    if own & set(heirs):
        told = _("A party does not succeed itself: say that the old party goes on beside them.")
        return {"successors": told}
    return {}


def _extension_faults(details: ChangeDetails, facts: AgreementFacts) -> dict[str, str]:
    ends = details.after.get("ends")
    if not isinstance(ends, date):
        return {"ends": _("Say until which day it is extended.")}
    if facts.ends is None:
        return {"ends": _("The agreement has no last day that could be moved.")}
    if _is_far(ends):
        return {"ends": _far()}
    if ends <= facts.ends:
        return {"ends": _("An extension ends after the present last day.")}
    if details.effective is not None and details.effective > facts.ends + timedelta(days=1):
        told = _(
            "Its last day is over then. An agreement that has run out is renewed, not extended."
        )
        return {"effective": told}
    return {}


def _addendum_faults(details: ChangeDetails, facts: AgreementFacts) -> dict[str, str]:
    begins = details.after.get("begins", facts.begins)
    ends = details.after.get("ends", facts.ends)
    for name in ("begins", "ends"):
        if _is_far(details.after.get(name)):
            return {name: _far()}
    if begins is not None and ends is not None and ends < begins:
        return {"ends": _("The last day lies before the first.")}
    return {}


def takes_effect(
    kind: str, ground: str, parties: Iterable[PartyFacts], answers: Mapping[str, Any]
) -> bool:
    """Whether a change can be put into effect: every party whose consent it needs has given it."""
    return not needs_consent(kind, ground) or not waited_for(parties, answers)


def who_decides(parties: Iterable[PartyFacts]) -> str:
    """Return who decides a dispute that deliberation did not settle, or takes over.

    Notes
    -----
    UU 23/2014 as remembered by practitioners (domain notes 1.8, [K]): the governor between regencies and
    cities of one province, the Minister between provinces, across them, or with a province.
    """
    codes = {one.region_code for one in parties if one.kind == GOVERNMENT and one.region_code}
    if len(codes) < LEAST_PARTIES:
        return AS_AGREED
    of_provinces = {code.partition(".")[0] for code in codes}
    same = len(of_provinces) == 1 and all("." in code for code in codes)
    return GOVERNOR if same else MINISTER


def differing(now: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values that differ from those that stand now."""
    return {name: value for name, value in after.items() if now.get(name) != value}


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change did to the fields of an agreement on its day."""

    effective: date
    before: Mapping[str, Any]
    after: Mapping[str, Any]


def applied(values: Mapping[str, Any], effects: Iterable[Effect]) -> dict[str, Any]:
    """Return values after some effects, in the order of their days."""
    found = dict(values)
    for one in sorted(effects, key=lambda effect: effect.effective):
        found |= one.after
    return found


def as_of(values: Mapping[str, Any], effects: Iterable[Effect], day: date) -> dict[str, Any]:
    """Return how values that stand now read on a day: later effects undone, the last first."""
    found = dict(values)
    for one in sorted(effects, key=lambda effect: effect.effective, reverse=True):
        if one.effective > day:
            found |= one.before
    return found


def out_of_order(effective: date, fields: Iterable[str], effects: Iterable[Effect]) -> bool:
    """Whether a later change of the same fields is in effect already: this one would undo it."""
    named = set(fields)
    return any(one.effective > effective and named & set(one.after) for one in effects)


def chain_of(follows: Mapping[int, int | None], number: int) -> tuple[int, ...]:
    """Return the agreements that one follows, the first of all first, and itself last."""
    found = [number]
    before = follows.get(number)
    while before is not None and before not in found:
        found.append(before)
        before = follows.get(before)
    return tuple(reversed(found))


def makes_cycle(follows: Mapping[int, int | None], number: int, before: int) -> bool:
    """Whether an agreement would follow itself, if it followed another one."""
    return number in chain_of(follows, before)
