"""Deeds on the parties of an agreement: name, change, order, connect an organisation, take out."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts import rules
from sinergi.accounts.actions.owned import expect_revision, why
from sinergi.accounts.actions.sharing import end_reading, let_read
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import InvalidError
from sinergi.accounts.models import Organisation
from sinergi.accounts.principal import Principal
from sinergi.accounts.texts import cleaned
from sinergi.agreements import errors, permissions
from sinergi.agreements import parties as party_rules
from sinergi.agreements.actions.party_needs import refresh_approvals, review
from sinergi.agreements.actions.rows import held_agreement, part_of, refuse, tell
from sinergi.agreements.actions.tracks import settle
from sinergi.agreements.changes import BOUND_STAGES
from sinergi.agreements.details import (
    MOST_PARTIES,
    OWN_ANSWERS,
    PartyDetails,
    party_details_of,
    party_faults,
)
from sinergi.agreements.families import REGION
from sinergi.agreements.models import Agreement, Party, Signature, State
from sinergi.agreements.models import SigningState as Signing
from sinergi.agreements.queries.words import words_of_pack
from sinergi.reference.stages import FIRST

__all__ = [
    "add_party",
    "answer_for_council",
    "are_fixed",
    "begin_with",
    "connect_party",
    "edit_party",
    "insert_party",
    "is_signed",
    "order_parties",
    "refresh_approvals",
    "review",
    "take_out",
]


def _told(details: PartyDetails) -> dict[str, Any]:
    values = asdict(details)
    joined = details.joined_on
    return {**values, "joined_on": joined.isoformat() if joined else None}


def _clean(
    agreement: Agreement, details: PartyDetails, before: PartyDetails | None = None
) -> PartyDetails:
    kept = cleaned(details)
    faults = _later_faults(agreement, kept, before)
    faults |= party_faults(
        kept,
        words_of_pack(),
        region=kept.kind == REGION,
        begins=agreement.begins,
        before=before,
    )
    refuse(faults)
    return kept


def _later_faults(
    agreement: Agreement, details: PartyDetails, before: PartyDetails | None
) -> dict[str, str]:
    """Refuse that a party is said to have joined later: then the others would not wait for its signature.

    A register that was brought in may say so; otherwise a party joins by a change.
    """
    was = before.joined_on if before is not None else None
    if details.joined_on == was or agreement.is_told_later:
        return {}
    return {"joined_on": _("A party joins later by a change of the agreement.")}


def _present(agreement: Agreement) -> list[Party]:
    return list(Party.objects.filter(agreement=agreement, left_on=None).order_by("position"))


def _refuse_twice(agreement: Agreement, details: PartyDetails, but: int | None = None) -> None:
    others = [one for one in _present(agreement) if one.pk != but]
    there = [(one.kind, one.region_code, one.name) for one in others]
    if party_rules.twice([*there, (details.kind, details.region_code, details.name)]):
        refuse({"name": _("It is a party already.")})


def is_signed(agreement: Agreement) -> bool:
    """Whether any party has signed any document of an agreement."""
    rows = Signature.objects.filter(document__agreement=agreement, state=Signing.SIGNED)
    return rows.exists()


def are_fixed(agreement: Agreement) -> bool:
    """Whether parties come, go and change places by changes alone: signed, carried out, or ended.

    Of a register that was brought in they are mended while nothing is signed here.
    """
    past = agreement.state != State.LIVING or agreement.stage in BOUND_STAGES
    return is_signed(agreement) or (past and not agreement.is_told_later)


def begin_with(by: Principal, agreement: Agreement, parties: Sequence[PartyDetails]) -> None:
    """Name the parties of an agreement that is being begun, in order; part of beginning it.

    Raises
    ------
    InvalidError
        With a fault of each party under `parties`.
    """
    if len(parties) > MOST_PARTIES:
        told = _("These are too many parties: at most %(most)s.")
        refuse({"parties": told % {"most": MOST_PARTIES}})
    for details in parties:
        try:
            insert_party(by, agreement, details)
        except InvalidError as error:
            faults = [f"{details.name}: {text}" for text in error.fields.values()]
            raise InvalidError({"parties": " ".join(faults)}) from error
    review(agreement)


def insert_party(by: Principal, agreement: Agreement, details: PartyDetails) -> Party:
    """Put a party behind the others, the agreement held; part of another deed, which settles the stage.

    Raises
    ------
    InvalidError
    """
    kept = _clean(agreement, details)
    _refuse_twice(agreement, kept)
    own = agreement.organisation
    mine = own is not None and kept.kind == REGION and own.region_code == kept.region_code
    taken = Party.objects.filter(agreement=agreement, organisation=own, left_on=None).exists()
    party = Party.objects.create(
        agreement=agreement,
        position=Party.objects.filter(agreement=agreement).count() + 1,
        stage=FIRST,
        organisation=own if mine and kept.region_code and not taken else None,
        **asdict(kept),
    )
    _in_order(agreement)
    after = {name: value for name, value in _told(kept).items() if value}
    tell(by, Verb.PARTY_SET, agreement, after=after, part=part_of("party", party.pk))
    party.refresh_from_db(fields=["position"])
    return party


@transaction.atomic
def add_party(by: Principal, agreement_id: int, details: PartyDetails) -> Party:
    """Add a party before anything was signed; later one joins by a change of the agreement.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError, StateError
    """
    agreement = held_agreement(by, agreement_id)
    _refuse_signed(agreement)
    if Party.objects.filter(agreement=agreement).count() >= MOST_PARTIES:
        told = _("These are too many parties: at most %(most)s.")
        refuse({"name": told % {"most": MOST_PARTIES}})
    party = insert_party(by, agreement, details)
    review(agreement)
    settle(agreement)
    return party


def _refuse_signed(agreement: Agreement) -> None:
    if are_fixed(agreement):
        told = _(
            "Something is signed already. From then on parties join and leave by a change of the "
            "agreement."
        )
        raise errors.StateError(told)


def _held(
    by: Principal, agreement_id: int, party_id: int, permission: str = rules.OBJECT_EDIT
) -> tuple[Agreement, Party]:
    agreement = held_agreement(by, agreement_id, permission)
    party = Party.objects.filter(pk=party_id, agreement=agreement, left_on=None).first()
    if party is None:
        raise errors.not_found(_("The party"))
    party.agreement = agreement
    return agreement, party


@transaction.atomic
def edit_party(
    by: Principal,
    agreement_id: int,
    party_id: int,
    details: PartyDetails,
    *,
    revision: int | None = None,
) -> Party:
    """Change what is written about a party: by who keeps the agreement, or who acts for the party.

    What decides on the approval of its council is said by who acts for it alone.

    Raises
    ------
    NotFoundError, ForbiddenError, ConflictError, InvalidError, StateError
    """
    agreement, party = _held(by, agreement_id, party_id, rules.OBJECT_READ)
    acts = permissions.acts_for(by, party)
    if not acts:
        rules.require(by, rules.OBJECT_EDIT, agreement)
    expect_revision(
        agreement.KIND, agreement.pk, party.revision, revision, part=part_of("party", party.pk)
    )
    before = party_details_of(party)
    kept = _clean(agreement, details, before)
    _refuse_answers(before, kept, acts=acts)
    was, now = _told(before), _told(kept)
    changed = [name for name in now if now[name] != was[name]]
    if not changed:
        return party
    if {"kind", "region_code", "name"} & set(changed):
        _refuse_identity(by, agreement, party, kept)
    for name in changed:
        setattr(party, name, getattr(kept, name))
    party.revision += 1
    party.save()
    review(agreement)
    settle(agreement)
    old, new = ({name: values[name] for name in changed} for values in (was, now))
    tell(by, Verb.PARTY_SET, agreement, old, new, part=part_of("party", party.pk))
    return party


def _refuse_identity(
    by: Principal, agreement: Agreement, party: Party, details: PartyDetails
) -> None:
    """Refuse that a party becomes another one by whoever only acts for it, or once something is signed."""
    rules.require(by, rules.OBJECT_EDIT, agreement)
    _refuse_twice(agreement, details, but=party.pk)
    same = (details.kind, details.region_code) == (party.kind, party.region_code)
    if not (same and details.region_code):
        _refuse_signed(agreement)  # Without a region the name alone tells who it is.
    if not same and party.organisation_id is not None:
        refuse({"region_code": _("An organisation acts for it: take the organisation off first.")})


def _refuse_answers(before: PartyDetails, after: PartyDetails, *, acts: bool) -> None:
    changed = [n for n in OWN_ANSWERS if getattr(before, n) != getattr(after, n)]
    if changed and not acts:
        told = _("Only the people of this party answer this.")
        refuse(dict.fromkeys(changed, told))


@transaction.atomic
def answer_for_council(
    by: Principal,
    agreement_id: int,
    party_id: int,
    burdens_people: str,
    in_budget: str,
    *,
    revision: int | None = None,
) -> Party:
    """Say what decides whether the council of a party must approve.

    Raises
    ------
    NotFoundError, ForbiddenError, ConflictError, InvalidError
    """
    _agreement, party = _held(by, agreement_id, party_id, rules.OBJECT_READ)
    permissions.require_for(by, party)
    details = replace(party_details_of(party), burdens_people=burdens_people, in_budget=in_budget)
    return edit_party(by, agreement_id, party_id, details, revision=revision)


@transaction.atomic
def order_parties(by: Principal, agreement_id: int, party_ids: Sequence[int]) -> None:
    """Put the parties that have not left in another order; they are named so in the documents.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError, StateError
    """
    agreement = held_agreement(by, agreement_id)
    before = [one.pk for one in _present(agreement)]
    if sorted(party_ids) != sorted(before):
        refuse({"order": _("The parties have changed meanwhile. Look at them again.")})
    if list(party_ids) == before:
        return
    _refuse_signed(agreement)
    _in_order(agreement, party_ids)
    names = dict(Party.objects.filter(agreement=agreement).values_list("pk", "name"))
    old, new = ([names[number] for number in order] for order in (before, party_ids))
    tell(by, Verb.PARTY_SET, agreement, {"order": old}, {"order": new})


def _in_order(agreement: Agreement, first: Sequence[int] = ()) -> None:
    """Give the parties the places 1..n: those given, the others that are there, then those that left."""
    place = {number: index for index, number in enumerate(first)}
    rows = list(Party.objects.filter(agreement=agreement))
    rows.sort(key=lambda one: (one.left_on is not None, place.get(one.pk, 0), one.position))
    high = max((one.position for one in rows), default=0)
    moved = [(place, one) for place, one in enumerate(rows, start=1) if one.position != place]
    for position, one in moved:
        Party.objects.filter(pk=one.pk).update(position=high + len(rows) + position)
    for position, one in moved:
        Party.objects.filter(pk=one.pk).update(position=position)


@transaction.atomic
def connect_party(
    by: Principal, agreement_id: int, party_id: int, organisation: Organisation | None
) -> Party:
    """Let an organisation act for a party and read the agreement; without one, take it off again.

    Raises
    ------
    NotFoundError, ForbiddenError
    InvalidError
        When it is of another region.
    """
    agreement, party = _held(by, agreement_id, party_id, rules.OBJECT_SHARE)
    before = party.organisation
    if (before and before.pk) == (organisation and organisation.pk):
        return party
    if organisation is not None:
        _refuse_other_region(party, organisation)
        let_read(by, agreement, organisation)
    party.organisation = organisation
    party.revision += 1
    party.save(update_fields=["organisation", "revision"])
    _stop_reading(agreement, before)
    told = [{"organisation": one.name} if one is not None else {} for one in (before, organisation)]
    tell(by, Verb.PARTY_CONNECTED, agreement, *told, part=part_of("party", party.pk))
    return party


def _refuse_other_region(party: Party, organisation: Organisation) -> None:
    if party.kind != REGION or not party.region_code or not organisation.region_code:
        return
    if organisation.region_code != party.region_code:
        told = _("%(name)s is of another region than this party.")
        raise InvalidError({"organisation": told % {"name": organisation.name}})


def _stop_reading(agreement: Agreement, organisation: Organisation | None) -> None:
    """Take back that an organisation reads the agreement, unless it acts for another party of it."""
    if organisation is None or organisation.pk == agreement.organisation_id:
        return
    still = Party.objects.filter(agreement=agreement, organisation=organisation, left_on=None)
    if not still.exists():
        end_reading(agreement, organisation)


@transaction.atomic
def take_out(by: Principal, agreement_id: int, party_id: int, *, reason: str = "") -> Party:
    """Take a party out before anything was signed; what it did stays readable.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError
    StateError
        When something is signed: then it withdraws by a change of the agreement.
    """
    agreement, party = _held(by, agreement_id, party_id)
    if party.organisation_id not in (None, agreement.organisation_id):
        rules.require(by, rules.OBJECT_SHARE, agreement)
    _refuse_signed(agreement)
    kept = why(reason)
    party.left_on = timezone.localdate()
    party.revision += 1
    party.save(update_fields=["left_on", "revision"])
    _stop_reading(agreement, party.organisation)
    _in_order(agreement)
    review(agreement)
    settle(agreement)
    before = {"name": party.name}
    part = part_of("party", party.pk)
    tell(by, Verb.PARTY_LEFT, agreement, before, part=part, reason=kept)
    return party
