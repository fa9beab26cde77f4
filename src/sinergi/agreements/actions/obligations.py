"""Deeds on obligations: written, changed, taken out; what falls due follows them and the agreement."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from sinergi.accounts.actions.owned import expect_revision, why
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.principal import Principal
from sinergi.accounts.texts import cleaned
from sinergi.agreements import errors
from sinergi.agreements.actions.billed_dues import follow_bills
from sinergi.agreements.actions.rows import held_agreement, part_of, refuse, tell
from sinergi.agreements.actions.services import party_numbers
from sinergi.agreements.changes import binds
from sinergi.agreements.models import Agreement, Due, DueState, Obligation, Party, State
from sinergi.agreements.obligations import (
    Fit,
    ObligationDetails,
    Present,
    ending,
    fit,
    obligation_faults,
    wanted,
)
from sinergi.agreements.schedule_words import in_words
from sinergi.agreements.schedules import DueDay, Kind, Schedule, ScheduleError
from sinergi.reference.moments import day as day_text

PLAIN = ("kind", "text", "quantity", "unit", "amount", "indicator", "target", "account", "clause")


def schedule_of(row: Obligation) -> Schedule:
    """Return when an obligation falls due; of what cannot be read, nothing.

    Raises
    ------
    ScheduleError
    """
    return Schedule.from_json(row.schedule or {})


def details_of(row: Obligation) -> ObligationDetails:
    """Return what is written about an obligation; dates that cannot be read are written anew."""
    try:
        schedule = schedule_of(row)
    except ScheduleError:
        schedule = Schedule()
    values = {name: getattr(row, name) for name in PLAIN}
    return ObligationDetails(
        debtor=row.debtor_id, creditor=row.creditor_id, schedule=schedule, **values
    )


@transaction.atomic
def set_obligation(
    by: Principal,
    agreement_id: int,
    details: ObligationDetails,
    *,
    obligation_id: int | None = None,
    revision: int | None = None,
) -> Obligation:
    """Write an obligation with all that falls due by it, or change it.

    Nothing falls due before the agreement binds its parties: its dates are written when it does. What was
    fulfilled, in part or waived stays; what is open follows what is written now.

    Raises
    ------
    NotFoundError, ForbiddenError, ConflictError, StateError, InvalidError
    """
    agreement = held_agreement(by, agreement_id)
    if obligation_id is None:
        _refuse_over(agreement)
        row, was = Obligation(agreement=agreement), None
        row.number = _next_number(agreement)
    else:
        row = _held(agreement, obligation_id, revision)
        _refuse_ended(row)
        was = details_of(row)
    kept = kept_with(cleaned(details), was)
    refuse(faults_of(agreement, kept, was))
    if was == kept:
        return row
    before = _told(agreement, was) if was is not None else {}
    for name in PLAIN:
        setattr(row, name, getattr(kept, name))
    row.debtor_id, row.creditor_id = int(kept.debtor or 0), kept.creditor
    row.schedule = kept.schedule.to_json()
    row.revision += 0 if was is None else 1
    row.save()
    _apply(row, _fit_of(row, kept.schedule))
    follow_bills(agreement)
    after = _told(agreement, kept)
    changed = [one for one in {**before, **after} if before.get(one) != after.get(one)]
    old = {one: before[one] for one in changed if one in before}
    new = {one: after.get(one, "") for one in changed}
    tell(by, Verb.OBLIGATION_SET, agreement, old, new, part=part_of("obligation", row.number))
    return row


def faults_of(
    agreement: Agreement, details: ObligationDetails, was: ObligationDetails | None = None
) -> dict[str, str]:
    """Return what is wrong with the details of an obligation; parties that left may stay where they stood."""
    parties = party_numbers(agreement)
    if was is not None:
        parties |= {one for one in (was.debtor, was.creditor) if one is not None}
    before = was.schedule if was is not None else None
    return obligation_faults(details, parties, agreement.begins, agreement.ends, before)


def kept_with(details: ObligationDetails, was: ObligationDetails | None) -> ObligationDetails:
    """Return details with what no form asks for: since when another party owes it."""
    if was is None or was.schedule.since is None or details.schedule.kind is Kind.NEVER:
        return details
    return replace(details, schedule=replace(details.schedule, since=was.schedule.since))


def _next_number(agreement: Agreement) -> int:
    rows = Obligation.objects.filter(agreement=agreement)
    return int(rows.aggregate(last=Max("number"))["last"] or 0) + 1


def _held(agreement: Agreement, obligation_id: int, revision: int | None) -> Obligation:
    rows = Obligation.objects.filter(pk=obligation_id, agreement=agreement, removed_at=None)
    row = rows.first()
    if row is None:
        raise errors.not_found(_("The obligation"))
    row.agreement = agreement
    part = part_of("obligation", row.number)
    expect_revision(Agreement.KIND, agreement.pk, row.revision, revision, part=part)
    return row


def _refuse_over(agreement: Agreement) -> None:
    if agreement.state != State.LIVING:
        raise errors.StateError(_("The agreement has ended: nothing new is owed by it."))


def _refuse_ended(row: Obligation) -> None:
    if row.ended_on is not None:
        told = _("This obligation ended on %(day)s and stays as it was written.")
        raise errors.StateError(told % {"day": day_text(row.ended_on)})


@transaction.atomic
def remove_obligation(
    by: Principal,
    agreement_id: int,
    obligation_id: int,
    *,
    revision: int | None = None,
    reason: str = "",
) -> None:
    """Take an obligation out of which nothing was fulfilled or waived; what was, ends by a change.

    Raises
    ------
    NotFoundError, ForbiddenError, ConflictError, StateError
    """
    agreement = held_agreement(by, agreement_id)
    row = _held(agreement, obligation_id, revision)
    if has_history(row):
        raise errors.StateError(
            _(
                "Something of it was fulfilled or waived already. Let it end by a change of the agreement "
                "instead."
            )
        )
    Due.objects.filter(obligation=row).delete()
    row.removed_at = timezone.now()
    row.revision += 1
    row.save(update_fields=["removed_at", "revision"])
    before, part = _told(agreement, details_of(row)), part_of("obligation", row.number)
    tell(by, Verb.OBLIGATION_REMOVED, agreement, before, {}, part=part, reason=why(reason))


def has_history(row: Obligation) -> bool:
    """Whether something of an obligation was fulfilled, in part or waived."""
    return Due.objects.filter(obligation=row).exclude(state=DueState.OPEN).exists()


def refit(agreement: Agreement) -> None:
    """Let what falls due follow the days and parties of an agreement that is held.

    Where a schedule no longer fits, or there is none, what is kept stays; the pages tell of it. Nothing stays
    open after an obligation has ended.
    """
    for row in Obligation.objects.filter(agreement=agreement, removed_at=None).order_by("number"):
        row.agreement = agreement
        try:
            schedule = schedule_of(row)
            if row.ended_on is not None or schedule.kind is not Kind.NEVER:
                _apply(row, _fit_of(row, schedule))
        except ScheduleError:
            continue
    follow_bills(agreement)


def _fit_of(row: Obligation, schedule: Schedule) -> Fit:
    present = _present(row)
    if row.ended_on is not None:
        return ending(present, row.ended_on)
    dues = wanted(schedule, row.agreement.begins, row.agreement.ends, row.amount)
    if not binds(row.agreement.stage, row.agreement.state):
        dues = []
    return fit(dues, row.quantity, present, schedule.since)


def _present(row: Obligation) -> list[Present]:
    names = ("pk", "on", "first", "last", "amount", "quantity", "state")
    return [Present(*one) for one in Due.objects.filter(obligation=row).values_list(*names)]


def _apply(row: Obligation, changes: Fit) -> None:
    if changes.removed:
        Due.objects.filter(obligation=row, pk__in=changes.removed).delete()
    for number, due in changes.changed:
        rows = Due.objects.filter(pk=number, obligation=row).select_for_update()
        for one in rows:
            one.first, one.last, one.amount = due.first, due.last, due.amount
            one.quantity = row.quantity
            one.revision += 1
            one.save()
    Due.objects.bulk_create(_made(row, changes.added))


def _made(row: Obligation, dues: Iterable[DueDay]) -> list[Due]:
    return [
        Due(
            obligation=row,
            on=one.on,
            first=one.first,
            last=one.last,
            amount=one.amount,
            quantity=row.quantity,
        )
        for one in dues
    ]


def _told(agreement: Agreement, details: ObligationDetails) -> dict[str, Any]:
    """Return details as records keep them: parties by name, dates in words, without what is empty."""
    there = Party.objects.filter(agreement=agreement, pk__in=[details.debtor, details.creditor])
    names = dict(there.values_list("pk", "name"))
    values = {name: getattr(details, name) for name in PLAIN}
    for name in ("quantity", "amount"):
        value = values[name]
        values[name] = f"{value.normalize():f}" if value is not None else ""
    with translation.override(settings.LANGUAGE_CODE):
        values["schedule"] = in_words(details.schedule)
    values["debtor"] = names.get(details.debtor or 0, "")
    values["creditor"] = names.get(details.creditor or 0, "")
    return {name: value for name, value in values.items() if value}
