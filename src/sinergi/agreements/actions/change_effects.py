"""What a change does to an agreement on its day: one function for each kind that does anything."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.db.models import F, Q

from sinergi.agreements import settlements
from sinergi.agreements.actions import handing_over
from sinergi.agreements.changes import ENDS, REPLACED
from sinergi.agreements.models import (
    Agreement,
    Change,
    ChangeKind,
    Due,
    DueState,
    Obligation,
    Party,
    State,
)
from sinergi.agreements.queries import changes as queries
from sinergi.agreements.settlements import Fate, Group

NO_FIELDS: dict[str, Any] = {}


def groups_of(change: Change) -> tuple[Group, ...]:
    """Return what is still owed and has to be decided on before a change can come into effect."""
    if change.kind in ENDS and change.agreement.state == State.LIVING:
        dues = queries.open_dues(change.agreement)
    elif change.kind == ChangeKind.LEAVING:
        dues = queries.open_dues(change.agreement, change.party)
    else:
        return ()
    return settlements.groups(dues, day_of(change))


def day_of(change: Change) -> date:
    """Return the day from which a change holds."""
    return change.effective or change.on


def effect_of(change: Change) -> dict[str, Any]:
    """Do to parties and obligations what a change does; return the fields of the agreement that it sets."""
    do = EFFECTS.get(ChangeKind(change.kind))
    return queries.fields_in(change.after) if do is None else do(change)


def _joining(change: Change) -> dict[str, Any]:
    handing_over.admit(change.agreement, change.after["party"], day_of(change))
    return NO_FIELDS


def _leaving(change: Change) -> dict[str, Any]:
    party = _party(change)
    _settle(change, Q(debtor=party) | Q(creditor=party))
    handing_over.dismiss(party, day_of(change))
    return NO_FIELDS


def _transfer(change: Change) -> dict[str, Any]:
    old, day = _party(change), day_of(change)
    new = handing_over.admit(change.agreement, change.after["party"], day)
    arrears = bool(change.after.get("arrears"))
    for one in handing_over.obligations_of(old):
        handing_over.hand_over(one, old, new, day, arrears=arrears)
    handing_over.pass_services(old, new, day)
    handing_over.dismiss(old, day)
    return NO_FIELDS


def _succession(change: Change) -> dict[str, Any]:
    old, day = _party(change), day_of(change)
    told = {**{name: getattr(old, name) for name in ("kind", "duty")}}
    there = {one.region_code: one for one in change.agreement.parties.filter(left_on=None)}
    heirs: dict[str, Party] = {}
    for one in change.after["successors"]:
        code = one["region_code"]
        heirs[code] = there.get(code) or handing_over.admit(change.agreement, {**told, **one}, day)
    takes: Mapping[str, str] = change.after.get("obligations", {})
    stays = bool(change.after.get("stays"))
    first = next(iter(heirs.values()))
    for obligation in handing_over.obligations_of(old):
        heir = heirs.get(takes.get(str(obligation.pk), ""))
        if heir is not None or not stays:
            handing_over.hand_over(obligation, old, heir or first, day, arrears=not stays)
    if not stays:
        handing_over.pass_services(old, first, day)
        handing_over.dismiss(old, day)
    return NO_FIELDS


def _ending(change: Change) -> dict[str, Any]:
    if change.agreement.state != State.LIVING:
        return NO_FIELDS
    _settle(change, Q())
    ground = REPLACED if change.kind == ChangeKind.RENEWAL else change.ground
    return {"state": State.ENDED.value, "ended_on": day_of(change), "end_ground": ground}


def _nothing(_change: Change) -> dict[str, Any]:
    return NO_FIELDS


def _party(change: Change) -> Party:
    party = change.party
    assert party is not None
    return party


def _settle(change: Change, concerned: Q) -> None:
    """Write what becomes of each thing that is owed, and that nothing falls due any more."""
    groups, day = groups_of(change), day_of(change)
    decided = settlements.said(change.settlement)
    by_fate: dict[Fate, list[int]] = {}
    for number, fate in settlements.fates(groups, decided).items():
        by_fate.setdefault(fate, []).append(number)
    settled = Due.objects.filter(pk__in=by_fate.get(Fate.SETTLED, ()))
    settled.update(
        state=DueState.FULFILLED,
        done_on=day,
        done_amount=F("amount"),
        done_quantity=F("quantity"),
        note=change.title,
        revision=F("revision") + 1,
    )
    waived = Due.objects.filter(pk__in=by_fate.get(Fate.WAIVED, ()))
    waived.update(state=DueState.WAIVED, note=change.title, revision=F("revision") + 1)
    running = Obligation.objects.filter(concerned, agreement=change.agreement, removed_at=None)
    running = running.filter(Q(ended_on=None) | Q(ended_on__gt=day))
    last = settlements.last_day(groups, decided, day)
    for obligation in running:
        obligation.ended_on = last.get(obligation.pk, day)
        obligation.revision += 1
        obligation.save(update_fields=["ended_on", "revision"])


EFFECTS: dict[ChangeKind, Callable[[Change], dict[str, Any]]] = {
    ChangeKind.JOINING: _joining,
    ChangeKind.LEAVING: _leaving,
    ChangeKind.TRANSFER: _transfer,
    ChangeKind.SUCCESSION: _succession,
    ChangeKind.ENDING: _ending,
    ChangeKind.RENEWAL: _ending,
    ChangeKind.DISPUTE: _nothing,
    ChangeKind.TAKEOVER: _nothing,
}
"""An addendum and an extension set fields alone."""


def present(agreement: Agreement, names: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of some fields as they stand now."""
    return {name: getattr(agreement, name) for name in names}
