"""Recording what came in each month; months whose bill is closed stay as they are."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.utils import timezone

from sinergi.accounts import rules
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import ForbiddenError
from sinergi.accounts.principal import Principal
from sinergi.accounts.rules import OBJECT_READ
from sinergi.accounts.texts import cleaned
from sinergi.agreements import permissions
from sinergi.agreements.actions.rows import held_agreement, part_of, refuse, tell
from sinergi.agreements.actions.services import dated, party_numbers, service_in, told
from sinergi.agreements.models import Bill, BillState, Party, Service, Volume
from sinergi.agreements.services import VolumeDetails, volume_faults


@transaction.atomic
def set_volumes(
    by: Principal, agreement_id: int, service_id: int, volumes: Sequence[VolumeDetails]
) -> int:
    """Write what came in, many figures at once; return how many differ from before.

    Whoever keeps the agreement or provides the service writes for all; a party for itself.

    Raises
    ------
    NotFoundError, ForbiddenError
    InvalidError
        With the place of each figure that cannot be kept: `volumes.3.quantity`. Then none is written.
    """
    today = timezone.localdate()
    agreement = held_agreement(by, agreement_id, OBJECT_READ)
    service = service_in(agreement, service_id)
    kept = [_dated(cleaned(one), today) for one in volumes]
    _require(by, service, kept)
    parties, closed = party_numbers(agreement), closed_months(service)
    refuse(
        {
            f"volumes.{place}.{name}": text
            for place, one in enumerate(kept)
            for name, text in volume_faults(one, parties, today, closed).items()
        }
    )
    return sum(_write(by, service, one) for one in kept)


def _dated(details: VolumeDetails, today: date) -> VolumeDetails:
    monthly = replace(details, month=details.month.replace(day=1))
    done: VolumeDetails = dated(monthly, today)
    return done


def _require(by: Principal, service: Service, volumes: Sequence[VolumeDetails]) -> None:
    """Refuse figures of others to somebody who acts for one party only."""
    agreement = service.agreement
    if permissions.prepares(by, agreement) or permissions.acts_for(by, service.provider):
        return
    mine = {
        one.pk
        for one in Party.objects.filter(agreement=agreement).select_related("agreement")
        if permissions.acts_for(by, one)
    }
    if not mine or any(one.party not in mine for one in volumes):
        rules.require(by, OBJECT_READ, agreement)
        rule = rules.OBJECT_EDIT
        raise ForbiddenError(rules.refusal(by, rule, agreement), rule)


def closed_months(service: Service) -> frozenset[tuple[int | None, date]]:
    """Return party and month of what is billed for good: bills that were issued, or closed."""
    states = (BillState.ISSUED, BillState.PAID)
    rows = Bill.objects.filter(service=service).exclude(state=BillState.CANCELLED)
    return frozenset(
        (party, month)
        for party, month, state, closed in rows.values_list("party", "month", "state", "closed")
        if closed or state in states
    )


def _write(by: Principal, service: Service, details: VolumeDetails) -> bool:
    """Write one figure, or take it out; return whether anything differs."""
    rows = Volume.objects.filter(service=service, party=details.party, month=details.month)
    row = rows.first()
    before = {} if row is None else told(_details(row))
    if details.quantity is None:
        if row is None:
            return False
        row.delete()
        _tell(by, service, before, {})
        return True
    after = told(details)
    same = [name for name in after if name != "known_on" and before.get(name) == after[name]]
    if row is not None and len(same) == len([name for name in after if name != "known_on"]):
        return False
    row = row or Volume(service=service, party_id=details.party, month=details.month)
    row.quantity, row.per_day, row.estimated = details.quantity, details.per_day, details.estimated
    row.source, row.known_on = details.source, details.known_on
    row.revision += 1
    row.save()
    _tell(by, service, before, after)
    return True


def _details(row: Volume) -> VolumeDetails:
    return VolumeDetails(
        row.party_id,
        row.month,
        row.quantity.normalize(),
        row.per_day,
        row.estimated,
        row.source,
        row.known_on,
    )


def _tell(
    by: Principal, service: Service, before: dict[str, object], after: dict[str, object]
) -> None:
    part = part_of("service", service.pk)
    tell(by, Verb.VOLUME_SET, service.agreement, before, after, part=part)
