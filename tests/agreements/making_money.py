"""Services, quotas, tariffs and volumes for tests: made in one line each, without the checks of actions."""

from datetime import date
from decimal import Decimal

from sinergi.agreements.models import Agreement, Party, Quota, Service, Tariff, Volume
from tests.agreements.making import a_party, an_agreement

BEGIN = date(2022, 1, 1)


def a_service(agreement: Agreement | None = None, **fields: object) -> Service:
    """A landfill that the first party provides for the second."""
    if agreement is None:
        agreement = an_agreement(begins=BEGIN, known_on=BEGIN)
        a_party(agreement, "Tuan rumah")
        a_party(agreement, "Pembayar")
    usual: dict[str, object] = {
        "provider": agreement.parties.get(position=1),
        "name": "Pemrosesan akhir sampah",
        "unit": "ton",
        "begins": BEGIN,
        "known_on": BEGIN,
    }
    return Service.objects.create(agreement=agreement, **{**usual, **fields})


def payer(service: Service) -> Party:
    """The second party of its agreement."""
    return service.agreement.parties.get(position=2)


def a_quota(service: Service, per_day: int = 10, **fields: object) -> Quota:
    """What the payer may bring."""
    usual: dict[str, object] = {"party": payer(service), "since": BEGIN, "known_on": BEGIN}
    return Quota.objects.create(service=service, per_day=per_day, **{**usual, **fields})


def a_tariff(service: Service, amount: int = 65_000, **fields: object) -> Tariff:
    """A tariff with a regulation."""
    usual: dict[str, object] = {"since": BEGIN, "basis": "Perda tentang retribusi"}
    usual |= {"basis_on": BEGIN, "known_on": BEGIN}
    return Tariff.objects.create(service=service, amount=Decimal(amount), **{**usual, **fields})


def a_volume(
    service: Service, month: date = BEGIN, quantity: int = 310, **fields: object
) -> Volume:
    """What the payer brought in a month."""
    usual: dict[str, object] = {"party": payer(service)}
    return Volume.objects.create(
        service=service, month=month, quantity=quantity, **{**usual, **fields}
    )
