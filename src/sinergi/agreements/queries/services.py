"""Services of agreements with quotas, tariffs, volumes and bills, and as the rules of billing see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from sinergi.agreements import errors
from sinergi.agreements.billing import Charge, Price, Ration, charge
from sinergi.agreements.models import (
    Agreement,
    Bill,
    BillState,
    Party,
    Quota,
    Service,
    Tariff,
    Volume,
)


@dataclass(frozen=True, slots=True)
class Served:
    """A service with everything that its bills are made of.

    Attributes
    ----------
    payers
        Parties that bring something: all but the provider.
    """

    service: Service
    payers: tuple[Party, ...]
    quotas: tuple[Quota, ...]
    tariffs: tuple[Tariff, ...]
    volumes: tuple[Volume, ...]
    bills: tuple[Bill, ...]

    @property
    def prices(self) -> list[Price]:
        """Its tariffs as the rules see them."""
        return [price_of(one) for one in self.tariffs]

    def rations(self, party: int) -> list[Ration]:
        """Return what a party may bring, the quota agreed last at the end."""
        found = [one for one in self.quotas if one.party_id == party]
        return [ration_of(one) for one in found if one.kind == Quota.Kind.OPERATING]

    def volume(self, party: int | None, month: date) -> Volume | None:
        """Return what is known of a party and month."""
        return next(
            (one for one in self.volumes if (one.party_id, one.month) == (party, month)), None
        )

    def charge(self, party: Party, month: date) -> Charge | None:
        """Return what a party owes for a month; `None` where nothing is known of what it brought."""
        volume = self.volume(party.pk, month)
        if volume is None:
            return None
        begins = max((one for one in (self.service.begins, party.joined_on) if one), default=None)
        ends = min((one for one in (self.service.ends, party.left_on) if one), default=None)
        return charge(
            month,
            volume.quantity,
            self.prices,
            per_day=volume.per_day,
            rations=self.rations(party.pk),
            since=begins,
            until=ends,
        )


def price_of(tariff: Tariff) -> Price:
    """Return a tariff as the rules see it: lawful from the day of its regulation, once one is named."""
    lawful = max(tariff.since, tariff.basis_on or tariff.since) if tariff.basis else None
    return Price(tariff.amount, tariff.since, tariff.until, lawful)


def ration_of(quota: Quota) -> Ration:
    """Return a quota as the rules see it."""
    return Ration(quota.per_day, quota.since, quota.until)


def served(agreement: Agreement, parties: Sequence[Party]) -> list[Served]:
    """Return the services of an agreement; a handful of queries, however many.

    Parameters
    ----------
    parties
        All parties of the agreement, those that left among them.
    """
    services = list(Service.objects.filter(agreement=agreement).order_by("pk"))
    names = {one.pk: one for one in parties}
    quotas = list(Quota.objects.filter(service__in=services).order_by("since", "pk"))
    tariffs = list(Tariff.objects.filter(service__in=services).order_by("since", "pk"))
    volumes = list(Volume.objects.filter(service__in=services).order_by("month", "pk"))
    counting = Bill.objects.filter(service__in=services).exclude(state=BillState.CANCELLED)
    bills = list(counting.order_by("-month", "pk"))
    found = []
    for service in services:
        service.agreement = agreement
        service.provider = names.get(service.provider_id, service.provider)
        found.append(
            Served(
                service,
                payers=tuple(one for one in parties if one.pk != service.provider_id),
                quotas=tuple(one for one in quotas if one.service_id == service.pk),
                tariffs=tuple(one for one in tariffs if one.service_id == service.pk),
                volumes=tuple(one for one in volumes if one.service_id == service.pk),
                bills=tuple(one for one in bills if one.service_id == service.pk),
            )
        )
    return found


def one_served(agreement: Agreement, parties: Sequence[Party], service_id: int) -> Served:
    """Return one service of an agreement.

    Raises
    ------
    NotFoundError
    """
    found = next((one for one in served(agreement, parties) if one.service.pk == service_id), None)
    if found is None:
        raise errors.not_found(_("The service"))
    return found
