"""Deeds on services: what is done by quantity, who may bring how much, what a unit costs and by what law."""

from dataclasses import asdict, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts.actions.owned import expect_revision, why
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.principal import Principal
from sinergi.accounts.rules import OBJECT_READ
from sinergi.accounts.texts import cleaned
from sinergi.agreements import errors, permissions
from sinergi.agreements.actions.rows import held_agreement, part_of, refuse, tell
from sinergi.agreements.models import Agreement, Bill, BillState, Party, Quota, Service, Tariff
from sinergi.agreements.services import (
    QuotaDetails,
    ServiceDetails,
    TariffDetails,
    quota_faults,
    service_faults,
    tariff_faults,
)

Row = TypeVar("Row", bound=models.Model)


def party_numbers(agreement: Agreement) -> frozenset[int]:
    """Return the numbers of the parties that have not left."""
    rows = Party.objects.filter(agreement=agreement, left_on=None)
    return frozenset(rows.values_list("pk", flat=True))


def service_in(agreement: Agreement, service_id: int) -> Service:
    """Return a service of an agreement that is held.

    Raises
    ------
    NotFoundError
    """
    rows = Service.objects.filter(pk=service_id, agreement=agreement)
    service = rows.select_related("provider").first()
    if service is None:
        raise errors.not_found(_("The service"))
    service.agreement = service.provider.agreement = agreement
    return service


def held_service(by: Principal, agreement_id: int, service_id: int) -> Service:
    """Return a service for a deed of whoever keeps the agreement, or provides it; the agreement held.

    Raises
    ------
    NotFoundError, ForbiddenError
    """
    agreement = held_agreement(by, agreement_id, OBJECT_READ)
    service = service_in(agreement, service_id)
    if not permissions.prepares(by, agreement):
        permissions.require_for(by, service.provider)
    return service


def told(details: Any) -> dict[str, Any]:
    """Return details as records keep them: days and numbers as text, without what is empty."""
    values = asdict(details)
    return {
        name: str(value) if isinstance(value, date | Decimal | UUID) else value
        for name, value in values.items()
        if value not in (None, "")
    }


def dated(details: Any, today: date) -> Any:
    """Return details that say since when they could be known: today, where nobody says otherwise."""
    return details if details.known_on is not None else replace(details, known_on=today)


@transaction.atomic
def set_service(
    by: Principal,
    agreement_id: int,
    details: ServiceDetails,
    *,
    service_id: int | None = None,
    revision: int | None = None,
) -> Service:
    """Write a service, or change one.

    Raises
    ------
    NotFoundError, ForbiddenError, ConflictError, InvalidError
    """
    today = timezone.localdate()
    agreement = held_agreement(by, agreement_id)
    kept = cleaned(details)
    refuse(service_faults(kept, party_numbers(agreement), today))
    if service_id is None:
        kept = dated(kept, today)
        row, before = Service(agreement=agreement), {}
    else:
        row = held_service(by, agreement_id, service_id)
        part = part_of("service", row.pk)
        expect_revision(Agreement.KIND, agreement.pk, row.revision, revision, part=part)
        before = told(service_details(row))
        row.revision += 1
    values = asdict(kept)
    row.provider_id = int(values.pop("provider") or 0)
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    _tell(by, Verb.SERVICE_SET, row, before, told(kept))
    return row


def service_details(row: Service) -> ServiceDetails:
    """Return what is written about a service."""
    return ServiceDetails(
        row.name,
        row.unit,
        row.provider_id,
        row.capacity,
        row.begins,
        row.ends,
        row.source,
        row.known_on,
    )


@transaction.atomic
def set_quota(by: Principal, agreement_id: int, service_id: int, details: QuotaDetails) -> Quota:
    """Write how much a party may bring from a day on; the quota before it ends the day before.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError
    """
    today = timezone.localdate()
    service = held_service(by, agreement_id, service_id)
    kept = dated(cleaned(details), today)
    refuse(quota_faults(kept, party_numbers(service.agreement), today))
    same = Quota.objects.filter(service=service, party=kept.party, kind=kept.kind)
    if same.filter(since=kept.since).exists():
        refuse({"since": _("There is a quota from this day already. Take that one out first.")})
    if kept.since is not None:
        earlier = same.filter(Q(since=None) | Q(since__lt=kept.since))
        still = earlier.filter(Q(until=None) | Q(until__gte=kept.since))
        still.update(until=kept.since - timedelta(days=1))
    values = asdict(kept)
    row = Quota(service=service, party_id=int(values.pop("party") or 0), **values)
    row.save()
    _tell(by, Verb.SERVICE_SET, service, {}, {"quota": told(kept)})
    return row


@transaction.atomic
def remove_quota(by: Principal, agreement_id: int, service_id: int, quota_id: int) -> None:
    """Take a quota out that was written wrongly; one that ends is given a last day by the next.

    Raises
    ------
    NotFoundError, ForbiddenError
    """
    service = held_service(by, agreement_id, service_id)
    row = _of_service(Quota.objects.filter(pk=quota_id, service=service), _("The quota"))
    before = told(
        QuotaDetails(row.party_id, row.per_day, row.kind, row.since, row.until, row.source)
    )
    row.delete()
    _tell(by, Verb.SERVICE_SET, service, {"quota": before}, {})


@transaction.atomic
def set_tariff(
    by: Principal,
    agreement_id: int,
    service_id: int,
    details: TariffDetails,
    *,
    tariff_id: int | None = None,
    revision: int | None = None,
) -> Tariff:
    """Write what a unit costs from a day on, or change it while no bill that was issued rests on it.

    Raises
    ------
    NotFoundError, ForbiddenError, ConflictError, InvalidError
    """
    today = timezone.localdate()
    service = held_service(by, agreement_id, service_id)
    kept = cleaned(details)
    refuse(tariff_faults(kept, today))
    others = Tariff.objects.filter(service=service).exclude(pk=tariff_id or 0)
    if kept.since is not None and others.filter(since=kept.since).exists():
        refuse({"since": _("There is a tariff from this day already. Change that one.")})
    if tariff_id is None:
        kept = dated(kept, today)
        row, before = Tariff(service=service), {}
    else:
        row = _of_service(Tariff.objects.filter(pk=tariff_id, service=service), _("The tariff"))
        part = part_of("service", service.pk)
        expect_revision(Agreement.KIND, agreement_id, row.revision, revision, part=part)
        before = told(tariff_details(row))
        row.revision += 1
    _unbilled(service, min(one for one in (row.since, kept.since) if one is not None))
    for name, value in asdict(kept).items():
        setattr(row, name, value)
    row.save()
    _tell(by, Verb.SERVICE_SET, service, {"tariff": before}, {"tariff": told(kept)})
    return row


def tariff_details(row: Tariff) -> TariffDetails:
    """Return what is written about a tariff."""
    return TariffDetails(
        row.amount,
        row.since,
        row.until,
        row.agreed_on,
        row.basis,
        row.basis_number,
        row.basis_on,
        row.source,
        row.known_on,
    )


@transaction.atomic
def remove_tariff(
    by: Principal, agreement_id: int, service_id: int, tariff_id: int, reason: str = ""
) -> None:
    """Take a tariff out on which no issued bill rests.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError
    """
    service = held_service(by, agreement_id, service_id)
    row = _of_service(Tariff.objects.filter(pk=tariff_id, service=service), _("The tariff"))
    _unbilled(service, row.since)
    before = {"tariff": told(tariff_details(row))}
    row.delete()
    _tell(by, Verb.SERVICE_SET, service, before, {}, why(reason))


def _unbilled(service: Service, since: date) -> None:
    """Refuse to change a price by which bills were issued already: they would no longer say what they did."""
    states = (BillState.ISSUED, BillState.PAID)
    bills = Bill.objects.filter(service=service, state__in=states, month__gte=since.replace(day=1))
    if bills.exists():
        refuse(
            {
                "since": _(
                    "Bills were issued for these months already. Write a new tariff after them."
                )
            }
        )


def _of_service(rows: models.QuerySet[Row], what: str) -> Row:
    row = rows.first()
    if row is None:
        raise errors.not_found(what)
    return row


def _tell(
    by: Principal,
    verb: Verb,
    service: Service,
    before: dict[str, Any],
    after: dict[str, Any],
    reason: str = "",
) -> None:
    part = part_of("service", service.pk)
    tell(by, verb, service.agreement, before, after, part=part, reason=reason)
