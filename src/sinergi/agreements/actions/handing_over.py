"""Parties that come in and go in mid-term, and what they owe and are owed passing to others."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Max, Q

from sinergi.agreements.models import (
    Agreement,
    Due,
    DueState,
    Obligation,
    Party,
    Quota,
    Service,
)
from sinergi.agreements.schedules import Kind, Schedule, ScheduleError, handed_on

OPEN = (DueState.OPEN, DueState.PARTLY)
DESCRIBED = ("name", "kind", "region_code", "agency", "duty", "representative", "office", "address")


def admit(agreement: Agreement, told: dict[str, Any], effective: date) -> Party:
    """Make somebody a party from a day on, in the next position and at the stage of the whole."""
    last = Party.objects.filter(agreement=agreement).aggregate(last=Max("position"))["last"]
    values = {name: str(told.get(name) or "") for name in DESCRIBED}
    return Party.objects.create(
        agreement=agreement,
        position=(last or 0) + 1,
        stage=agreement.stage,
        joined_on=effective,
        **{**values, "kind": values["kind"] or "PEMDA"},
    )


def dismiss(party: Party, effective: date) -> None:
    """End a party's part on a day; its row stays, and so does its history."""
    party.left_on = effective
    party.revision += 1
    party.save(update_fields=["left_on", "revision"])
    day_before = effective - timedelta(days=1)
    running = Quota.objects.filter(party=party).filter(Q(until=None) | Q(until__gte=effective))
    running.filter(Q(since=None) | Q(since__lte=day_before)).update(until=day_before)


def pass_services(old: Party, new: Party, effective: date) -> None:
    """Let a party have the quotas of another from a day on, and provide what that one provided."""
    rows = Quota.objects.filter(party=old).filter(Q(until=None) | Q(until__gte=effective))
    for quota in rows:
        Quota.objects.create(
            service=quota.service,
            party=new,
            kind=quota.kind,
            per_day=quota.per_day,
            since=max(effective, quota.since or effective),
            until=quota.until,
            source=quota.source,
            known_on=quota.known_on,
        )
    rows.filter(since__gte=effective).delete()
    Service.objects.filter(provider=old).update(provider=new)


def obligations_of(party: Party) -> list[Obligation]:
    """Return what a party still owes or is owed."""
    rows = Obligation.objects.filter(agreement=party.agreement_id, removed_at=None)
    return list(rows.filter(Q(debtor=party) | Q(creditor=party)).order_by("number"))


def hand_over(
    obligation: Obligation, old: Party, new: Party, effective: date, *, arrears: bool
) -> Obligation | None:
    """Let an obligation pass to another party from a day on; what was fulfilled stays with the old one.

    Parameters
    ----------
    arrears
        Whether what fell due before that day and is open passes, too.
    """
    if obligation.ended_on is not None and obligation.ended_on < effective:
        return None
    before = obligation.pk
    rows = Due.objects.filter(obligation=before, state__in=OPEN)
    passing = rows if arrears else rows.filter(on__gte=effective)
    schedule = _passed_on(obligation, effective)
    last = Obligation.objects.filter(agreement=obligation.agreement_id)
    made = Obligation.objects.get(pk=before)
    made.pk, made.revision, made.schedule = None, 1, schedule
    made.number = (last.aggregate(last=Max("number"))["last"] or 0) + 1
    if made.debtor_id == old.pk:
        made.debtor = new
    if made.creditor_id == old.pk:
        made.creditor = new
    made.save(force_insert=True)
    passing.update(obligation=made)
    Obligation.objects.filter(pk=before).update(
        ended_on=effective - timedelta(days=1), revision=obligation.revision + 1
    )
    return made


def _passed_on(obligation: Obligation, effective: date) -> dict[str, Any]:
    """Return the schedule for who takes over: its spans and amounts stay, and nothing is due a second time.

    What the old party fulfilled ahead stays with it, so the new one owes what follows that.
    """
    try:
        schedule = Schedule.from_json(obligation.schedule or {})
    except ScheduleError:
        return dict(obligation.schedule)
    if schedule.kind is Kind.NEVER:
        return dict(obligation.schedule)
    ahead = Due.objects.filter(obligation=obligation.pk, on__gte=effective)
    done = ahead.exclude(state__in=OPEN).aggregate(last=Max("on"))["last"]
    since = effective if done is None else max(effective, done + timedelta(days=1))
    return handed_on(schedule, since).to_json()
