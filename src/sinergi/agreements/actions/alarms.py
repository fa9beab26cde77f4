"""Raising alarms each night, and answering them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.principal import Principal
from sinergi.accounts.rules import OBJECT_READ
from sinergi.accounts.tasks import daily
from sinergi.accounts.texts import printable
from sinergi.agreements import errors, permissions
from sinergi.agreements.actions.rows import held_agreement, part_of, refuse, tell
from sinergi.agreements.alarms import Raised, timeline
from sinergi.agreements.models import Agreement, Alarm
from sinergi.agreements.queries.alarms import facts, facts_of, watched

AT_ONCE = 500
LONGEST = 2000


@daily("agreements.alarms")
def raise_alarms(day: date) -> None:
    """Raise what threatens on a day, and end what no longer does; repeated, it changes nothing."""
    for some in _some():
        with transaction.atomic():
            known, there = facts(some), defaultdict[int, list[Alarm]](list)
            for row in Alarm.objects.filter(agreement__in=some):
                there[row.agreement_id].append(row)
            for one in some:
                keep(one, timeline(known[one.pk], day), there[one.pk], day)


def _some() -> Iterator[list[Agreement]]:
    """Yield the agreements that are watched, some at a time, in the order of their numbers."""
    last = 0
    while some := list(watched().filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        yield some
        last = some[-1].pk


def keep(agreement: Agreement, raised: Sequence[Raised], kept: Sequence[Alarm], day: date) -> int:
    """Write the alarms of an agreement; return how many are new.

    One that was raised stays with its first day, though what is known now would tell it otherwise: it ends.
    """
    there = {(one.kind, one.key, one.first_day): one for one in kept}
    made = []
    for one in raised:
        threat = one.threat
        row = there.pop((threat.kind.value, threat.key, one.first), None)
        if row is None:
            made.append(
                Alarm(
                    agreement=agreement,
                    party_id=threat.party,
                    kind=threat.kind.value,
                    key=threat.key,
                    first_day=one.first,
                    over_on=one.over,
                    told=dict(threat.told),
                )
            )
        elif row.over_on != one.over or row.told != dict(threat.told):
            Alarm.objects.filter(pk=row.pk).update(over_on=one.over, told=dict(threat.told))
    gone = [one.pk for one in there.values() if one.over_on is None]
    if gone:
        Alarm.objects.filter(pk__in=gone).update(over_on=day)
    if made:
        Alarm.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


@transaction.atomic
def refresh(agreement: Agreement) -> None:
    """Raise and end the alarms of one agreement now, after somebody wrote what they rest on."""
    today = timezone.localdate()
    there = list(Alarm.objects.filter(agreement=agreement))
    keep(agreement, timeline(facts_of(agreement), today), there, today)


@transaction.atomic
def answer(by: Principal, agreement_id: int, alarm_id: int, text: str) -> Alarm:
    """Say what is done about an alarm: by whoever keeps the agreement, or the party that it concerns.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError
    """
    agreement = held_agreement(by, agreement_id, OBJECT_READ)
    row = Alarm.objects.filter(pk=alarm_id, agreement=agreement).select_related("party").first()
    if row is None:
        raise errors.not_found(_("The alarm"))
    if not permissions.prepares(by, agreement):
        if row.party is None:
            held_agreement(by, agreement_id)
        else:
            row.party.agreement = agreement
            permissions.require_for(by, row.party)
    kept = printable(text)
    if not kept:
        refuse({"answer": _("Say what is done about it.")})
    if len(kept) > LONGEST:
        refuse({"answer": _("At most %(most)s characters.") % {"most": LONGEST}})
    before = {"answer": row.answer}
    row.answer, row.answered_at = kept, timezone.now()
    row.save(update_fields=["answer", "answered_at"])
    part = part_of("alarm", row.pk)
    tell(by, Verb.ALARM_ANSWERED, agreement, before, {"answer": kept}, part=part)
    return row
