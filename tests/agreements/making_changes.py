"""Changes for tests: agreements that are carried out, with parties and what they owe."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from sinergi.accounts.models import Organisation
from sinergi.agreements.changes import ChangeDetails
from sinergi.agreements.models import Agreement, Due, Obligation, Party
from tests.agreements.making import a_party, an_agreement

TODAY = timezone.localdate()
LONG_AGO = date(2020, 1, 1)


def carried_out(owner: Organisation | None = None, parties: int = 3, **fields: object) -> Agreement:
    """A signed agreement in its implementation, with parties in South Kalimantan."""
    usual: dict[str, object] = {
        "stage": "implementation",
        "begins": LONG_AGO,
        "ends": TODAY + timedelta(days=400),
    }
    agreement = an_agreement(owner, **{**usual, **fields})
    for number in range(1, parties + 1):
        a_party(agreement, f"Kabupaten {number}", region_code=f"63.0{number}")
    return agreement


def owes(agreement: Agreement, debtor: Party | None = None, **fields: object) -> Obligation:
    """An obligation of a party to pay."""
    usual: dict[str, object] = {
        "kind": "money",
        "text": "Membayar iuran",
        "debtor": debtor or agreement.parties.first(),
        "schedule": {},
    }
    number = agreement.obligations.count() + 1
    return Obligation.objects.create(agreement=agreement, number=number, **{**usual, **fields})


def due(obligation: Obligation, on: date, amount: int | None = 1_000_000, **fields: object) -> Due:
    """Something that falls due."""
    rupiah = None if amount is None else Decimal(amount)
    return Due.objects.create(obligation=obligation, on=on, amount=rupiah, **fields)


def proposal(kind: str, **fields: object) -> ChangeDetails:
    """A proposal that holds from today."""
    usual: dict[str, object] = {"title": "Perubahan", "on": TODAY, "effective": TODAY}
    return ChangeDetails(kind, **{**usual, **fields})  # type: ignore[arg-type]
