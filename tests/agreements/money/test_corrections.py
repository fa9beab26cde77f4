"""Corrections of bills that do not change any more: the difference stands in a later bill, to the rupiah."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from sinergi.accounts.models import AuditRecord
from sinergi.agreements.bill_lines import corrections, line_kept, line_read, own_lines
from sinergi.agreements.billing import Line, Price, charge, correction, together
from sinergi.agreements.models import Bill, BillState, Service
from tests.agreements.making import bureau
from tests.agreements.making_money import BEGIN, a_quota, a_service, a_tariff, a_volume
from tests.people import organisation, person, signed_in

FEBRUARY, MARCH = date(2022, 2, 1), date(2022, 3, 1)
QUANTITIES = st.decimals(0, 100_000, places=4, allow_nan=False, allow_infinity=False)
PRICES = st.lists(
    st.tuples(st.integers(1, 28), st.decimals(0, 100_000, places=2, allow_nan=False)),
    min_size=1,
    max_size=3,
    unique_by=lambda one: one[0],
)


def prices(said: list[tuple[int, Decimal]]) -> list[Price]:
    days = sorted((BEGIN.replace(day=day), amount) for day, amount in said)
    return [Price(amount, day, lawful_since=day) for day, amount in days]


@given(said=PRICES, billed=QUANTITIES, right=st.lists(QUANTITIES, min_size=1, max_size=3))
def test_bill_and_corrections_come_to_what_the_bill_would_have_been(said, billed, right) -> None:
    was = charge(BEGIN, billed, prices(said)).lines
    made: list[Line] = []
    for quantity in right:
        made += correction(together(was, made), quantity)
    assert together(was, made) == charge(BEGIN, right[-1], prices(said)).lines


@given(said=PRICES, billed=QUANTITIES)
def test_the_same_quantity_corrects_nothing(said, billed) -> None:
    assert correction(charge(BEGIN, billed, prices(said)).lines, billed) == ()


@given(said=PRICES, billed=QUANTITIES)
def test_a_line_is_read_as_it_was_kept(said, billed) -> None:
    for line in charge(BEGIN, billed, prices(said)).lines:
        assert line_read(line_kept(line)) == line


def test_a_correction_has_the_price_of_the_days_that_it_corrects() -> None:
    lines = charge(BEGIN, Decimal(310), prices([(1, Decimal(65_000))])).lines
    [one] = correction(lines, Decimal(300))
    assert one == replace(lines[0], quantity=Decimal(-10), amount=Decimal(-650_000))


@pytest.fixture
def keeper(db: None) -> Client:
    return signed_in(Client(), person("Analis", ("analyst", bureau())))


@pytest.fixture
def service(db: None) -> Service:
    made = a_service()
    a_quota(made)
    a_tariff(made, until=date(2022, 1, 31))
    a_tariff(made, 70_000, since=FEBRUARY)
    a_volume(made)
    a_volume(made, FEBRUARY, 280)
    return made


def at(service: Service, rest: str) -> str:
    return f"/kerja-sama/{service.agreement_id}/{rest}"


def drawn(keeper: Client, service: Service, month: str) -> Bill:
    keeper.post(at(service, f"layanan/{service.pk}/tagihan/"), {"bulan": month})
    return Bill.objects.exclude(state=BillState.CANCELLED).get(
        month=date.fromisoformat(f"{month}-01")
    )


def issued(keeper: Client, bill: Bill, on: date) -> Bill:
    values = {"number": "1", "on": on, "due": on, "revision": bill.revision}
    keeper.post(at(bill.service, f"layanan/tagihan/{bill.pk}/terbitkan/"), values)
    bill.refresh_from_db()
    return bill


@pytest.fixture
def january(keeper: Client, service: Service) -> Bill:
    bill = issued(keeper, drawn(keeper, service, "2022-01"), FEBRUARY)
    keeper.post(at(service, f"layanan/{service.pk}/tutup/"), {"bulan": "2022-01"})
    bill.refresh_from_db()
    assert bill.closed
    return bill


def corrected(keeper: Client, bill: Bill, **values: object) -> int:
    usual: dict[str, object] = {
        "quantity": "300",
        "month": "2022-02",
        "reason": "Timbangan rusak tanggal 9",
        "revision": bill.revision,
    }
    address = at(bill.service, f"layanan/tagihan/{bill.pk}/perbaiki/")
    return keeper.post(address, {**usual, **values}).status_code


def test_the_next_open_month_bears_the_difference_and_the_closed_bill_stays(
    keeper: Client, service: Service, january: Bill
) -> None:
    before = Bill.objects.filter(pk=january.pk).values().get()
    assert corrected(keeper, january) == 302
    february = drawn(keeper, service, "2022-02")
    assert february.amount == 280 * 70_000 - 10 * 65_000
    assert len(own_lines(february)) == len(corrections(february)) == 1
    assert Bill.objects.filter(pk=january.pk).values().get() == before
    shown = keeper.get(at(service, f"layanan/tagihan/{february.pk}/")).content.decode()
    assert "Timbangan rusak tanggal 9" in shown
    shown = keeper.get(at(service, f"layanan/tagihan/{january.pk}/")).content.decode()
    assert "Timbangan rusak tanggal 9" in shown
    assert AuditRecord.objects.filter(reason="Timbangan rusak tanggal 9").exists()


def test_drawing_up_anew_keeps_the_correction(
    keeper: Client, service: Service, january: Bill
) -> None:
    drawn(keeper, service, "2022-02")
    corrected(keeper, january)
    service.volumes.filter(month=FEBRUARY).update(quantity=281)
    assert drawn(keeper, service, "2022-02").amount == 281 * 70_000 - 10 * 65_000


def test_a_second_correction_counts_from_the_first(
    keeper: Client, service: Service, january: Bill
) -> None:
    corrected(keeper, january)
    issued(keeper, drawn(keeper, service, "2022-02"), MARCH)
    assert corrected(keeper, january, quantity="320") == 422
    assert corrected(keeper, january, quantity="320", month="2022-03") == 302
    assert Bill.objects.get(month=MARCH).amount == 20 * 65_000


def test_sent_twice_it_corrects_once(keeper: Client, service: Service, january: Bill) -> None:
    assert [corrected(keeper, january) for _time in range(2)] == [302, 422]
    assert Bill.objects.get(month=FEBRUARY).amount == -10 * 65_000


def test_a_bill_below_nothing_is_not_issued(
    keeper: Client, service: Service, january: Bill
) -> None:
    corrected(keeper, january, quantity="0", month="2022-02")
    bill = issued(keeper, drawn(keeper, service, "2022-02"), MARCH)
    assert (bill.amount, bill.state) == (280 * 70_000 - 310 * 65_000, BillState.DRAFT)


@pytest.mark.parametrize(
    "values",
    [
        {"month": "2022-01"},
        {"month": "2021-12"},
        {"month": "2099-01"},
        {"month": "x"},
        {"quantity": "310"},
        {"quantity": "-1"},
        {"quantity": "banyak"},
        {"quantity": "9" * 400},
        {"reason": ""},
    ],
)
def test_what_cannot_be_is_refused_with_what_was_typed(
    keeper: Client, january: Bill, values: dict[str, str]
) -> None:
    assert corrected(keeper, january, **values) == 422
    assert Bill.objects.count() == 1


def test_a_draft_is_drawn_up_anew_and_not_corrected(keeper: Client, service: Service) -> None:
    bill = drawn(keeper, service, "2022-01")
    assert corrected(keeper, bill) == 422
    assert Bill.objects.count() == 1


def test_a_cancelled_bill_takes_its_corrections_with_it(
    keeper: Client, service: Service, january: Bill
) -> None:
    corrected(keeper, january)
    february = drawn(keeper, service, "2022-02")
    values = {"revision": february.revision, "mengapa": "salah"}
    keeper.post(at(service, f"layanan/tagihan/{february.pk}/batal/"), values)
    assert drawn(keeper, service, "2022-02").amount == 280 * 70_000
    assert corrected(keeper, january) == 302


def test_a_stranger_corrects_nothing(january: Bill) -> None:
    client = signed_in(Client(), person("Lain", ("analyst", organisation("kota-lain"))))
    assert corrected(client, january) == 404
    assert Bill.objects.count() == 1


def test_the_page_of_a_bill_shows_services_as_its_tab(keeper: Client, january: Bill) -> None:
    page = keeper.get(at(january.service, f"layanan/tagihan/{january.pk}/"))
    current = [one.label for one in page.context["sections"] if one.current]
    assert current == ["Layanan dan tagihan"]
