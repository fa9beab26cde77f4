"""Obligations with what falls due, and the people of both sides, made in the tables."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from sinergi.accounts.models import Person
from sinergi.accounts.principal import Principal
from sinergi.agreements.files import store
from sinergi.agreements.models import Agreement, Attachment, Due, Obligation, Party
from tests.agreements.making import a_party, an_agreement, bureau, officer
from tests.people import organisation

BEGIN = date(2022, 1, 1)


@dataclass
class Owing:
    """An agreement that a bureau keeps, in which a city owes another one; both have people here."""

    agreement: Agreement
    debtor: Party
    creditor: Party
    keeper: Principal
    pays: Principal
    receives: Principal

    def due(self, days: int = -10, amount: int | None = 1_000_000, **fields: object) -> Due:
        """Something due so many days from today; with `amount` of none a report."""
        return a_due(self.obligation(amount, **fields), days, amount)

    def obligation(self, amount: int | None = 1_000_000, **fields: object) -> Obligation:
        """What the city owes: money, without an amount a report."""
        usual: dict[str, object] = {
            "agreement": self.agreement,
            "number": self.agreement.obligations.count() + 1,
            "kind": "report" if amount is None else "money",
            "debtor": self.debtor,
            "creditor": self.creditor,
            "text": "Membayar iuran pengelolaan" if amount is not None else "Menyampaikan laporan",
            "amount": amount,
        }
        return Obligation.objects.create(**{**usual, **fields})


def owing(**fields: object) -> Owing:
    """The agreement and its people."""
    payer = organisation("kota-banjarmasin", region_code="63.71")
    receiver = organisation("kota-banjarbaru", region_code="63.72")
    agreement = an_agreement(bureau(), **{"begins": BEGIN, "stage": "implementation", **fields})
    debtor = a_party(agreement, "Kota Banjarmasin", organisation=payer)
    creditor = a_party(agreement, "Kota Banjarbaru", organisation=receiver)
    people = officer(agreement.organisation), officer(payer), officer(receiver)
    return Owing(agreement, debtor, creditor, *people)


def a_due(
    obligation: Obligation, days: int = -10, amount: int | None = None, **more: object
) -> Due:
    """Something due so many days from today."""
    on = timezone.localdate() + timedelta(days=days)
    told = None if amount is None else Decimal(amount)
    return Due.objects.create(obligation=obligation, on=on, amount=told, **more)


def a_file(agreement: Agreement, title: str = "Bukti setor") -> Attachment:
    """A file of an agreement."""
    file = store.keep(f"Bukti {title}".encode(), "bukti.txt")
    return Attachment.objects.create(
        agreement=agreement, file=file, title=title, filename="bukti.txt"
    )


def person_of(by: Principal) -> Person:
    """The person behind a principal."""
    return Person.objects.get(pk=by.person_id)
