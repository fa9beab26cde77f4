"""What is owed by volumes and a tariff follows its bills: paid when they are, and never told twice."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergi.accounts.principal import Principal
from sinergi.agreements.actions import bills
from sinergi.agreements.actions.fulfilment import fulfil, undo
from sinergi.agreements.actions.obligations import set_obligation
from sinergi.agreements.billed import Billed, Standing, months_of, standing
from sinergi.agreements.errors import StateError
from sinergi.agreements.fulfilment import Fulfilment
from sinergi.agreements.models import Agreement, Due, DueState, Service
from sinergi.agreements.obligations import ObligationDetails
from sinergi.agreements.queries.alarm_dues import Owing
from sinergi.agreements.schedules import Kind, Schedule, When
from tests.agreements.making import a_party, an_agreement, officer
from tests.agreements.making_money import BEGIN, a_service, a_tariff, a_volume, payer

FEBRUARY, END = date(2022, 2, 1), date(2022, 12, 31)
BILLS = st.builds(
    lambda month, amount, share: Billed(
        date(2022, month, 1), Decimal(amount), Decimal(amount * share // 100), END, share == 100
    ),
    st.integers(1, 12),
    st.integers(1, 10**9),
    st.sampled_from((0, 40, 100)),
)


@given(st.integers(1, 12), st.integers(1, 12), st.lists(BILLS, unique_by=lambda one: one.month))
def test_something_is_fulfilled_only_where_every_month_is_billed_and_paid(
    one, other, there
) -> None:
    first, last = date(2022, min(one, other), 3), date(2022, max(one, other), 20)
    wanted = list(months_of(first, last))
    mine = [bill for bill in there if bill.month in wanted]
    told = standing(first, last, there)
    if told is None:
        assert mine == []
        return
    paid = sum(bill.paid for bill in mine)
    whole = len(mine) == len(wanted) and all(bill.settled for bill in mine)
    assert (told.state == DueState.FULFILLED) == whole
    assert (told.state == DueState.OPEN) == (not whole and paid == 0)
    assert (told.done_amount or 0) == paid


def test_a_month_in_which_nothing_was_to_be_paid_is_fulfilled() -> None:
    free = Billed(BEGIN, Decimal(0), Decimal(0), END, settled=True)
    assert standing(BEGIN, date(2022, 1, 31), [free]) == Standing(
        DueState.FULFILLED, END, Decimal(0)
    )


@pytest.fixture
def service(db: None) -> Service:
    agreement = an_agreement(begins=BEGIN, ends=END, known_on=BEGIN, stage="implementation")
    a_party(agreement, "Tuan rumah")
    a_party(agreement, "Pembayar")
    made = a_service(agreement)
    a_tariff(made)
    for month in (BEGIN, FEBRUARY):
        a_volume(made, month)
    return made


@pytest.fixture
def keeper(service: Service) -> Principal:
    return officer(service.agreement.organisation)


def owing(keeper: Principal, service: Service) -> None:
    schedule = Schedule(Kind.MONTHLY, day=10, when=When.AFTER, per_unit=True)
    owed = ObligationDetails("money", payer(service).pk, "Membayar tonase", schedule=schedule)
    set_obligation(keeper, service.agreement_id, owed)


def issued(keeper: Principal, service: Service, month: date) -> int:
    [bill] = bills.draw_up(keeper, service.agreement_id, service.pk, month).made
    days = {"on": date(2022, 3, 1), "due": date(2022, 3, 10)}
    bills.issue(keeper, service.agreement_id, bill.pk, number="1", **days)
    return bill.pk


def first_due() -> Due:
    return Due.objects.earliest("on")


def test_it_is_paid_when_its_bill_is(keeper: Principal, service: Service) -> None:
    owing(keeper, service)
    number = issued(keeper, service, BEGIN)
    assert first_due().state == DueState.OPEN
    for amount, state in ((10_000_000, DueState.PARTLY), (10_150_000, DueState.FULFILLED)):
        paid_on = date(2022, 3, 5)
        bills.pay(keeper, service.agreement_id, number, amount=Decimal(amount), on=paid_on)
        assert (first_due().state, first_due().done_on) == (state, paid_on)
    assert first_due().done_amount == 20_150_000
    service.agreement.refresh_from_db()
    assert service.agreement.first_open_due == date(2022, 3, 10)


def test_an_obligation_written_later_knows_what_was_paid(
    keeper: Principal, service: Service
) -> None:
    number = issued(keeper, service, BEGIN)
    paid = {"amount": Decimal(20_150_000), "on": date(2022, 3, 5)}
    bills.pay(keeper, service.agreement_id, number, **paid)
    owing(keeper, service)
    assert list(Due.objects.order_by("on").values_list("state", flat=True)[:2]) == [
        DueState.FULFILLED,
        DueState.OPEN,
    ]


def test_a_cancelled_bill_says_nothing_and_its_alarm_is_the_only_one(
    keeper: Principal, service: Service
) -> None:
    owing(keeper, service)
    number = issued(keeper, service, BEGIN)
    bills.cancel(keeper, service.agreement_id, number, reason="Salah bulan")
    assert first_due().state == DueState.OPEN
    assert Owing([service.agreement_id]).late == {}


def test_nobody_says_by_hand_what_bills_say(keeper: Principal, service: Service) -> None:
    owing(keeper, service)
    by_hand = Fulfilment("fulfilled", date(2022, 3, 1), Decimal(1))
    number, due = service.agreement_id, first_due()
    fulfil(keeper, number, due.pk, by_hand, revision=due.revision)
    undo(keeper, number, due.pk, revision=first_due().revision)
    issued(keeper, service, BEGIN)
    due = first_due()
    with pytest.raises(StateError):
        fulfil(keeper, number, due.pk, by_hand, revision=due.revision)
    assert (first_due().state, first_due().done_amount) == (DueState.OPEN, None)


def test_bills_of_two_services_that_nobody_can_tell_apart_say_nothing(
    keeper: Principal, service: Service
) -> None:
    a_service(service.agreement, name="Pengangkutan")
    owing(keeper, service)
    number = issued(keeper, service, BEGIN)
    paid = {"amount": Decimal(20_150_000), "on": date(2022, 3, 5)}
    bills.pay(keeper, service.agreement_id, number, **paid)
    assert first_due().state == DueState.OPEN


def test_a_quarter_is_paid_with_the_months_in_which_the_service_was_there(
    keeper: Principal, service: Service
) -> None:
    Service.objects.filter(pk=service.pk).update(begins=FEBRUARY, ends=date(2022, 2, 28))
    schedule = Schedule(Kind.QUARTERLY, day=10, when=When.AFTER, per_unit=True)
    owed = ObligationDetails("money", payer(service).pk, "Membayar tonase", schedule=schedule)
    set_obligation(keeper, service.agreement_id, owed)
    number = issued(keeper, service, FEBRUARY)
    paid = {"amount": Decimal(20_150_000), "on": date(2022, 3, 5)}
    bills.pay(keeper, service.agreement_id, number, **paid)
    assert first_due().state == DueState.FULFILLED


def test_nothing_new_is_owed_by_an_agreement_that_ended(
    keeper: Principal, service: Service
) -> None:
    Agreement.objects.filter(pk=service.agreement_id).update(state="ended", ended_on=FEBRUARY)
    with pytest.raises(StateError):
        owing(keeper, service)
