"""What alarms read of obligations: late spans, words only, what a party that left owes, what was begun."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from sinergi.agreements.actions.alarms import refresh
from sinergi.agreements.models import (
    Agreement,
    Alarm,
    Bill,
    BillState,
    Change,
    Due,
    DueState,
    Evaluation,
    Obligation,
)
from sinergi.agreements.queries.alarms import raised
from tests.agreements.making import a_party, an_agreement, bureau
from tests.agreements.making_money import BEGIN, a_service, payer
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def agreement() -> Agreement:
    made = an_agreement(begins=BEGIN, known_on=BEGIN, stage="implementation")
    a_party(made, "Tuan rumah")
    a_party(made, "Pembayar")
    return made


def owed(agreement: Agreement, **fields: object) -> Obligation:
    usual: dict[str, object] = {
        "number": agreement.obligations.count() + 1,
        "kind": "other",
        "debtor": agreement.parties.get(position=2),
        "text": "Membantu sebagaimana mestinya",
    }
    return Obligation.objects.create(agreement=agreement, **{**usual, **fields})


def told(agreement: Agreement, kind: str) -> list[tuple[str, date, date | None]]:
    found = raised(agreement, TODAY)
    return [(one.threat.key, one.first, one.over) for one in found if one.threat.kind == kind]


def test_words_alone_are_told_from_the_day_the_agreement_holds(agreement: Agreement) -> None:
    vague = owed(agreement)
    owed(agreement, quantity=5, unit="ton")
    owed(agreement, amount=5)
    owed(agreement, schedule={"per_unit": True})
    owed(agreement, removed_at=timezone.now())
    assert told(agreement, "words_only") == [(str(vague.pk), BEGIN, None)]


def test_words_are_not_judged_before_the_agreement_is_in_force(agreement: Agreement) -> None:
    owed(agreement)
    Agreement.objects.filter(pk=agreement.pk).update(stage="drafting_agreement")
    agreement.refresh_from_db()
    assert told(agreement, "words_only") == []


def test_many_late_dues_of_an_obligation_are_one_alarm(agreement: Agreement) -> None:
    one = owed(agreement, amount=5)
    days = [BEGIN + timedelta(days=number) for number in range(1_000)]
    Due.objects.bulk_create(Due(obligation=one, on=day, amount=5) for day in days)
    assert told(agreement, "late") == [(str(one.pk), BEGIN + timedelta(days=1), None)]
    for _time in range(2):
        refresh(agreement)
    assert Alarm.objects.filter(kind="late", over_on=None).count() == 1


def test_what_is_fulfilled_late_is_over_on_that_day_and_what_is_waived_is_not_late(
    agreement: Agreement,
) -> None:
    one = owed(agreement, amount=5)
    done = BEGIN + timedelta(days=9)
    Due.objects.create(obligation=one, on=BEGIN, state=DueState.FULFILLED, done_on=done)
    Due.objects.create(obligation=one, on=done, state=DueState.WAIVED)
    assert told(agreement, "late") == [(str(one.pk), BEGIN + timedelta(days=1), done)]


def test_an_alarm_of_what_is_waived_is_over_today(agreement: Agreement) -> None:
    due = Due.objects.create(obligation=owed(agreement, amount=5), on=BEGIN)
    refresh(agreement)
    Due.objects.filter(pk=due.pk).update(state=DueState.WAIVED)
    refresh(agreement)
    assert Alarm.objects.get(kind="late").over_on == TODAY


def test_an_end_that_is_near_is_told_until_it_is_weighed(agreement: Agreement) -> None:
    agreement.ends = TODAY + timedelta(days=30)
    agreement.save()
    first = agreement.ends - timedelta(days=182)
    assert told(agreement, "ending") == [("", first, None)]
    Evaluation.objects.create(
        agreement=agreement, first=BEGIN, last=BEGIN, on=agreement.ends - timedelta(days=500)
    )
    assert told(agreement, "ending") == [("", first, None)]
    Change.objects.create(
        agreement=agreement, kind="extension", title="Perpanjangan", on=TODAY, by=None
    )
    assert told(agreement, "ending") == [("", first, TODAY)]


def test_a_party_that_left_and_owes_is_told_until_nothing_is_open(agreement: Agreement) -> None:
    party, left = agreement.parties.get(position=2), date(2022, 6, 30)
    due = Due.objects.create(obligation=owed(agreement, amount=5), on=date(2022, 9, 1), amount=5)
    party.left_on = left
    party.save()
    assert told(agreement, "left_open") == [(str(party.pk), left, None)]
    Due.objects.filter(pk=due.pk).update(state=DueState.FULFILLED, done_on=date(2022, 8, 1))
    assert told(agreement, "left_open") == [(str(party.pk), left, date(2022, 8, 1))]


def test_a_bill_paid_in_part_tells_on_the_page_what_is_open_and_where(agreement: Agreement) -> None:
    service = a_service(agreement)
    bill = Bill.objects.create(
        service=service,
        party=payer(service),
        month=BEGIN,
        quantity=1,
        amount=100_000,
        state=BillState.ISSUED,
        issued_on=BEGIN,
        due_on=BEGIN,
        paid_amount=60_000,
        paid_on=BEGIN,
    )
    late = owed(agreement, amount=5)
    Due.objects.create(obligation=late, on=BEGIN)
    keeper = signed_in(Client(), person("Analis", ("analyst", bureau())))
    refresh(agreement)
    shown = keeper.get(f"/kerja-sama/{agreement.pk}/peringatan/").content.decode()
    shown = shown.replace("\u00a0", " ")
    assert "Belum dibayar Rp 40.000 dari Rp 100.000" in shown
    assert f"/kerja-sama/{agreement.pk}/layanan/tagihan/{bill.pk}/" in shown
    assert "Kewajiban 1: ada yang jatuh tempo sejak 1 Januari 2022" in shown
