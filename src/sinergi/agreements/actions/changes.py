"""Deeds on changes of an agreement: propose, say a party's word, refuse, put into effect, renew."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from sinergi.accounts import rules as rights
from sinergi.accounts.actions.owned import expect_revision, why
from sinergi.accounts.actions.sharing import let_read
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import ForbiddenError, InvalidError
from sinergi.accounts.principal import Principal
from sinergi.accounts.rules import OBJECT_EDIT, OBJECT_READ, OBJECT_REMOVE
from sinergi.accounts.texts import cleaned, printable
from sinergi.agreements import changes as rules
from sinergi.agreements import errors, permissions, settlements
from sinergi.agreements.actions import change_effects, refitting, tracks
from sinergi.agreements.actions.rows import held_agreement, held_party, part_of, refuse, tell
from sinergi.agreements.changes import ChangeDetails, PartyFacts
from sinergi.agreements.models import (
    Agreement,
    Attachment,
    Change,
    ChangeKind,
    ChangeState,
    Origin,
    Party,
    State,
)
from sinergi.agreements.queries import changes as queries
from sinergi.agreements.queries import reading
from sinergi.reference import queries as reference
from sinergi.reference.stages import FIRST

PENDING = (ChangeState.PROPOSED, ChangeState.AGREED)
COPIED = (
    "family", "obligatory", "geography", "object_code", "object_text", "affair", "background", "purpose",
    "scope", "place", "benefits", "impact", "funding", "responsible",
)  # fmt: skip
"""What a renewal takes over from the agreement that it follows."""


def _part(change: Change) -> str:
    return part_of("change", change.pk)


def _own(agreement: Agreement) -> list[Party]:
    return reading.parties(agreement)


def may_propose(by: Principal, agreement: Agreement) -> bool:
    """Whether somebody may propose a change: who keeps the agreement, and every party."""
    if permissions.prepares(by, agreement):
        return True
    return any(permissions.acts_for(by, one) for one in _own(agreement))


@transaction.atomic
def propose(
    by: Principal,
    agreement_id: int,
    details: ChangeDetails,
    *,
    attachment: Attachment | None = None,
) -> Change:
    """Propose a change; a renewal begins the agreement that follows as a draft.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError
    """
    agreement = held_agreement(by, agreement_id, OBJECT_READ)
    if not may_propose(by, agreement):
        raise ForbiddenError(rights.refusal(by, OBJECT_EDIT, agreement), OBJECT_EDIT)
    details = cleaned(details)
    there = queries.facts_of_parties(_own(agreement))
    grounds = reference.agreement_terms("end_ground")
    facts = queries.facts_of(agreement)
    refuse(rules.faults(details, facts, there, grounds, timezone.localdate()))
    if attachment is not None and attachment.agreement_id != agreement.pk:
        raise InvalidError({"attachment": _("This file is not one of the agreement.")})
    change = _written(by, agreement, details, attachment)
    if change.kind == ChangeKind.RENEWAL:
        change.successor = _renewed(by, agreement, details)
        change.save(update_fields=["successor"])
    told = {"kind": change.kind, "title": change.title, **change.after}
    tell(by, Verb.CHANGE_SET, agreement, {}, told, part=_part(change))
    return change


def _written(
    by: Principal, agreement: Agreement, details: ChangeDetails, attachment: Attachment | None
) -> Change:
    now = {name: getattr(agreement, name, None) for name in details.after}
    fields = {n: v for n, v in details.after.items() if n not in queries.STRUCTURE}
    structure = {n: v for n, v in details.after.items() if n in queries.STRUCTURE}
    after = queries.stored({**rules.differing(now, fields), **structure})
    if details.kind == ChangeKind.ADDENDUM and not after and not details.text:
        raise InvalidError({"text": _("Nothing differs: say what the addendum changes.")})
    fields = queries.fields_in(after)
    assert details.on is not None
    return Change.objects.create(
        agreement=agreement,
        kind=details.kind,
        party_id=details.party,
        ground=details.ground,
        title=details.title,
        text=details.text,
        on=details.on,
        effective=details.effective,
        before=queries.stored(change_effects.present(agreement, fields)),
        after=after,
        attachment=attachment,
        by_id=by.person_id,
    )


def _renewed(by: Principal, agreement: Agreement, details: ChangeDetails) -> Agreement:
    """Begin the agreement that follows: the same parties and matter, in its first stage."""
    rights.require(by, rights.OBJECT_CREATE, agreement.organisation)
    values = {name: getattr(agreement, name) for name in COPIED}
    told = {"title": agreement.title, "url": agreement.get_absolute_url()}
    row = Agreement(
        organisation=agreement.organisation,
        title=details.title,
        stage=FIRST,
        origin=Origin.RENEWAL,
        origin_key=str(agreement.pk),
        origin_told=told,
        follows=agreement,
        **values,
    )
    row.save()
    for place, one in enumerate(_own(agreement), start=1):
        old = one.organisation
        one.pk, one.agreement, one.position, one.stage = None, row, place, FIRST
        one.joined_on, one.revision = None, 1
        one.burdens_people, one.in_budget = "", ""
        one.offer_answer, one.offer_answered_on, one.offer_note = "", None, ""
        one.save(force_insert=True)
        if old is not None:
            let_read(by, row, old)
    tell(by, Verb.CREATED, row, {}, {**values, "title": row.title, "follows": agreement.pk})
    return row


def _held_change(
    by: Principal, agreement_id: int, change_id: int, permission: str, seen: int | None
) -> Change:
    agreement = held_agreement(by, agreement_id, permission)
    return _there(agreement, change_id, seen)


def _there(agreement: Agreement, change_id: int, seen: int | None) -> Change:
    rows = Change.objects.filter(pk=change_id, agreement=agreement)
    change = rows.select_related("party").first()
    if change is None:
        raise errors.not_found(_("The change"))
    change.agreement = agreement
    expect_revision(Agreement.KIND, agreement.pk, change.revision, seen, part=_part(change))
    return change


def _pending(change: Change) -> None:
    if change.state not in PENDING:
        raise errors.StateError(
            _("This change is in effect or was refused: nothing of it changes.")
        )


def _count(change: Change, *names: str) -> None:
    change.revision += 1
    change.save(update_fields=["revision", *names])


@transaction.atomic
def answer(
    by: Principal, agreement_id: int, change_id: int, party_id: int, *, agrees: bool, note: str = ""
) -> Change:
    """Say the word of a party to a change; when all have agreed, it is agreed.

    Raises
    ------
    NotFoundError, ForbiddenError, StateError, InvalidError
    """
    party = held_party(by, agreement_id, party_id)
    change = _there(party.agreement, change_id, None)
    _pending(change)
    if change.concluded_at is not None:
        raise errors.StateError(_("This change is concluded and waits for its day."))
    before = change.answers.get(str(party.pk), {})
    today = timezone.localdate().isoformat()
    kept = why(note)
    said = {"agrees": agrees, "on": today, "by": by.name, "person": by.person_id, "note": kept}
    change.answers = {**change.answers, str(party.pk): said}
    waited = rules.waited_for(queries.facts_of_parties(_own(party.agreement)), change.answers)
    change.state = ChangeState.PROPOSED if waited else ChangeState.AGREED
    _count(change, "answers", "state")
    told = {"party": party.name, "agrees": agrees, "state": str(change.state)}
    was = {"agrees": before["agrees"]} if before else {}
    tell(by, Verb.CHANGE_SET, party.agreement, was, told, part=_part(change), reason=kept)
    return change


@transaction.atomic
def refuse_change(
    by: Principal,
    agreement_id: int,
    change_id: int,
    *,
    revision: int | None = None,
    reason: str = "",
) -> Change:
    """Close a change that does not come about; what was said stays readable.

    Raises
    ------
    NotFoundError, ForbiddenError, StateError, ConflictError
    """
    change = _held_change(by, agreement_id, change_id, OBJECT_EDIT, revision)
    _pending(change)
    before = {"state": str(change.state)}
    change.state, change.concluded_at = ChangeState.REFUSED, None
    _count(change, "state", "concluded_at")
    after = {"state": str(change.state)}
    kept = why(reason)
    tell(by, Verb.CHANGE_SET, change.agreement, before, after, part=_part(change), reason=kept)
    return change


@transaction.atomic
def conclude(
    by: Principal,
    agreement_id: int,
    change_id: int,
    *,
    revision: int | None = None,
    decided: Mapping[str, str] | None = None,
    note: str = "",
) -> Change:
    """Put a change into effect, or say that it comes into effect on its day.

    Parameters
    ----------
    decided
        What becomes of what is still owed, by keys of `settlements.Key`.

    Raises
    ------
    NotFoundError, ForbiddenError, StateError, ConflictError
    InvalidError
        When a party has not agreed, something is not decided, or a later change would be undone.
    """
    change = _held_change(by, agreement_id, change_id, OBJECT_REMOVE, revision)
    _pending(change)
    there = _still_possible(change)
    if not rules.takes_effect(change.kind, change.ground, there, change.answers):
        names = ", ".join(one.name for one in rules.waited_for(there, change.answers))
        told = _("These parties have not agreed: %(names)s.") % {"names": names}
        raise InvalidError({"": told})
    change.settlement = {
        str(key): str(fate) for key, fate in settlements.said(decided or {}).items()
    }
    refuse(_undecided(change))
    change.settled_note = printable(note)
    change.state, change.concluded_at = ChangeState.AGREED, timezone.now()
    _count(change, "state", "settlement", "settled_note", "concluded_at")
    day = change_effects.day_of(change)
    if day <= timezone.localdate():
        return _take_effect(by, change)
    told_day = {"state": str(change.state), "effective": day.isoformat()}
    tell(by, Verb.CHANGE_SET, change.agreement, {}, told_day, part=_part(change))
    return change


def _still_possible(change: Change) -> tuple[PartyFacts, ...]:
    """Refuse a change that cannot be any more since it was proposed; return the parties that are there.

    Raises
    ------
    InvalidError
        When the agreement has ended meanwhile, its party has left, or its days do not fit any more.
    """
    there = queries.facts_of_parties(_own(change.agreement))
    details = ChangeDetails(
        change.kind,
        change.title,
        change.on,
        change.effective or change.on,
        change.text,
        change.party_id,
        change.ground,
        queries.loaded(change.after),
    )
    grounds = [*reference.agreement_terms("end_ground"), change.ground]
    facts = queries.facts_of(change.agreement)
    found = rules.faults(details, facts, there, grounds, timezone.localdate())
    if found:
        raise InvalidError({"": " ".join(dict.fromkeys(found.values()))})
    if change.successor is not None and change.successor.deleted_at is not None:
        raise InvalidError({"": _("The agreement that follows was put away.")})
    return there


def _undecided(change: Change) -> dict[str, str]:
    groups = change_effects.groups_of(change)
    told = _("Say what becomes of it: settled, waived, or it survives.")
    open_ones = settlements.undecided(groups, settlements.said(change.settlement))
    return {str(one.key): told for one in open_ones}


def _take_effect(by: Principal, change: Change) -> Change:
    """Take over on its day what a change says, and record it."""
    agreement, day = change.agreement, change_effects.day_of(change)
    after = change_effects.effect_of(change)
    if rules.out_of_order(day, after, queries.effects(agreement)):
        told = _("A change that holds from a later day is in effect already and would be undone.")
        raise InvalidError({"effective": told})
    before = change_effects.present(agreement, after)
    for name, value in after.items():
        setattr(agreement, name, value)
    if after:
        agreement.revision += 1
        agreement.save()
    structure = {n: v for n, v in change.after.items() if n in queries.STRUCTURE}
    change.before, change.after = queries.stored(before), queries.stored({**after, **structure})
    change.state = ChangeState.IN_EFFECT
    _count(change, "state", "before", "after")
    tracks.settle(agreement)
    refitting.refit(agreement)
    ends = change.kind in rules.ENDS and bool(after)
    verb = Verb.AGREEMENT_ENDED if ends else Verb.CHANGE_EFFECTED
    tell(by, verb, agreement, change.before, change.after, part=_part(change))
    return change


@transaction.atomic
def take_effect_on_its_day(by: Principal, change_id: int, today: date) -> bool:
    """Put a concluded change into effect whose day has come; whether that was possible."""
    waiting = Change.objects.exclude(concluded_at=None).filter(
        pk=change_id, state=ChangeState.AGREED, effective__lte=today
    )
    number = waiting.values_list("agreement", flat=True).first()
    if number is None:
        return False
    change = _held_change(by, number, change_id, OBJECT_REMOVE, None)
    if change.state != ChangeState.AGREED or _undecided(change):
        return False
    _still_possible(change)
    _take_effect(by, change)
    return True


@transaction.atomic
def propose_ending(by: Principal, agreement_id: int) -> Change | None:
    """Propose the ending of an agreement whose last day is over; nothing where something is pending."""
    agreement = held_agreement(by, agreement_id)
    pending = Change.objects.filter(agreement=agreement, state__in=PENDING)
    about_days = (ChangeKind.ENDING, ChangeKind.EXTENSION, ChangeKind.RENEWAL)
    ends = agreement.ends
    if ends is None or ends >= timezone.localdate() or agreement.state != State.LIVING:
        return None
    refused = Change.objects.filter(
        agreement=agreement, kind=ChangeKind.ENDING, effective=ends, state=ChangeState.REFUSED
    )
    if pending.filter(kind__in=about_days).exists() or refused.exists():
        return None
    with translation.override(settings.LANGUAGE_CODE):
        title = _("Its last day is over")
    details = ChangeDetails(ChangeKind.ENDING, title, ends, ends, ground=rules.TIME)
    change = _written(by, agreement, details, None)
    told: dict[str, Any] = {"kind": change.kind, "title": title, "effective": ends.isoformat()}
    was = Agreement.objects.values_list("updated", flat=True).get(pk=agreement.pk)
    tell(by, Verb.CHANGE_SET, agreement, {}, told, part=_part(change))
    Agreement.objects.filter(pk=agreement.pk).update(updated=was)  # Nobody has worked on it.
    return change
