"""Pages of services, volumes, bills, budgets and alarms, as the people of the parties use them."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from sinergi.accounts.models import Organisation
from sinergi.agreements.actions.alarms import refresh
from sinergi.agreements.models import (
    Agreement,
    Alarm,
    Bill,
    BillState,
    BudgetEntry,
    Quota,
    Service,
    Tariff,
    Volume,
)
from tests.agreements.making import a_party, an_agreement, bureau
from tests.agreements.making_money import BEGIN, a_quota, a_service, a_tariff, a_volume, payer
from tests.people import organisation, person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper() -> Client:
    return signed_in(Client(), person("Analis", ("analyst", bureau())))


@pytest.fixture
def city() -> Organisation:
    return organisation("kota-banjarmasin", region_code="63.71")


@pytest.fixture
def agreement(city: Organisation) -> Agreement:
    made = an_agreement(begins=BEGIN, known_on=BEGIN)
    a_party(made, "Provinsi", region_code="63", organisation=made.organisation)
    a_party(made, "Kota Banjarmasin", region_code="63.71", organisation=city)
    return made


@pytest.fixture
def citys(city: Organisation) -> Client:
    return signed_in(Client(), person("Analis Kota", ("analyst", city)))


@pytest.fixture
def service(agreement: Agreement) -> Service:
    made = a_service(agreement)
    a_quota(made)
    a_tariff(made)
    return made


def at(agreement: Agreement, rest: str) -> str:
    return f"/kerja-sama/{agreement.pk}/{rest}"


def page(service: Service, rest: str = "") -> str:
    return at(service.agreement, f"layanan/{service.pk}/{rest}")


def sent(client: Client, address: str, **values: object) -> str:
    answer = client.post(address, values, follow=True)
    return answer.content.decode().replace("\u00a0", " ")


def test_a_service_with_quota_and_tariff_is_billed_to_the_rupiah(
    keeper: Client, agreement: Agreement
) -> None:
    host, city = agreement.parties.all()
    values = {"name": "Sampah", "unit": "ton", "provider": host.pk, "once": "a"}
    sent(keeper, at(agreement, "layanan/baru/"), begins="2022-01-01", **values)
    service = Service.objects.get()
    quota = {"party": city.pk, "per_day": "105", "kind": "operating", "once": "b"}
    sent(keeper, page(service, "kuota/"), **quota)
    tariff = {"amount": "65.000", "since": "2022-01-01", "basis": "Perda", "once": "c"}
    sent(keeper, page(service, "tarif/"), **tariff)
    sent(keeper, page(service, "volume/2022/"), **{f"v-{city.pk}-1": "3.255"})
    shown = sent(keeper, page(service, "tagihan/"), bulan="2022-01")
    assert (Bill.objects.get().amount, Bill.objects.get().quantity) == (211_575_000, 3_255)
    assert "211.575.000" in shown
    assert "2.491.125.000" in shown or timezone.localdate().year % 4 == 0


def test_a_service_sent_twice_is_written_once(keeper: Client, agreement: Agreement) -> None:
    host = agreement.parties.first()
    values = {"name": "TPA", "unit": "ton", "provider": host.pk, "once": "same"}
    for _time in range(2):
        keeper.post(at(agreement, "layanan/baru/"), values)
    assert Service.objects.count() == 1


def test_a_tariff_without_a_regulation_bills_nothing_and_says_why(
    keeper: Client, agreement: Agreement
) -> None:
    made = a_service(agreement)
    a_tariff(made, basis="", basis_on=None)
    a_volume(made)
    sent(keeper, page(made, "tagihan/"), bulan="2022-01")
    bill = Bill.objects.get()
    shown = keeper.get(at(agreement, f"layanan/tagihan/{bill.pk}/")).content.decode()
    assert bill.amount == 0
    assert "belum ada peraturan" in shown


def test_payers_of_whom_nothing_is_known_are_told_and_not_billed(
    keeper: Client, service: Service
) -> None:
    shown = sent(keeper, page(service, "tagihan/"), bulan="2022-01")
    assert not Bill.objects.exists()
    assert "Tidak ada tagihan untuk Kota Banjarmasin" in shown


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("9" * 5000, id="five thousand digits"),
        pytest.param("-3", id="negative"),
        pytest.param("tiga", id="words"),
        pytest.param("1,5,5", id="two commas"),
    ],
)
def test_a_faulty_cell_is_told_beside_it_and_nothing_else_is_lost(
    keeper: Client, service: Service, typed: str
) -> None:
    number = payer(service).pk
    cells = {f"v-{number}-1": typed, f"v-{number}-2": "280"}
    answer = keeper.post(page(service, "volume/2022/"), cells)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="v-{number}-1-salah"' in shown
    assert 'value="280"' in shown
    assert not Volume.objects.exists()


def test_estimates_and_daily_means_are_kept_as_such(keeper: Client, service: Service) -> None:
    sent(keeper, page(service, "volume/2022/"), **{"v--9": "±200/h"})
    volume = Volume.objects.get()
    assert (volume.quantity, volume.per_day, volume.estimated) == (200, True, True)
    shown = keeper.get(page(service, "volume/2022/")).content.decode()
    assert 'value="±200/h"' in shown


def test_a_party_writes_its_own_volumes_and_no_others(citys: Client, service: Service) -> None:
    own, address = payer(service), page(service, "volume/2022/")
    assert citys.post(address, {f"v-{own.pk}-1": "300"}).status_code == 302
    citys.post(address, {f"v-{service.provider_id}-1": "300", "v--1": "300"})
    assert [one.party_id for one in Volume.objects.all()] == [own.pk]


def test_a_party_draws_up_no_bills_and_sets_no_tariff(citys: Client, service: Service) -> None:
    a_volume(service)
    assert citys.post(page(service, "tagihan/"), {"bulan": "2022-01"}).status_code == 403
    assert citys.get(page(service, "tarif/")).status_code == 403


@pytest.fixture
def bill(keeper: Client, service: Service) -> Bill:
    a_volume(service)
    keeper.post(page(service, "tagihan/"), {"bulan": "2022-01"})
    return Bill.objects.get()


def issued(client: Client, bill: Bill, **values: object) -> Bill:
    usual = {"number": "01", "on": "2022-02-01", "due": "2022-02-28", "revision": bill.revision}
    address = at(bill.service.agreement, f"layanan/tagihan/{bill.pk}/terbitkan/")
    assert client.post(address, {**usual, **values}).status_code in (302, 422)
    bill.refresh_from_db()
    return bill


def paid(client: Client, bill: Bill, amount: str) -> int:
    address = at(bill.service.agreement, f"layanan/tagihan/{bill.pk}/bayar/")
    values = {"amount": amount, "on": "2022-02-20", "revision": bill.revision}
    answer = client.post(address, values)
    bill.refresh_from_db()
    return answer.status_code


def test_a_bill_is_issued_paid_in_parts_and_closed(keeper: Client, bill: Bill) -> None:
    assert bill.amount == 310 * 65_000
    assert issued(keeper, bill).state == BillState.ISSUED
    paid(keeper, bill, "10.000.000")
    assert (bill.state, bill.paid_amount) == (BillState.ISSUED, 10_000_000)
    paid(keeper, bill, "10.150.000")
    assert bill.state == BillState.PAID
    sent(keeper, page(bill.service, "tutup/"), bulan="2022-01")
    bill.refresh_from_db()
    assert bill.closed


def test_more_than_is_owed_is_refused(keeper: Client, bill: Bill) -> None:
    issued(keeper, bill)
    assert paid(keeper, bill, "20.150.001") == 422
    assert bill.paid_amount is None


@pytest.mark.parametrize(
    ("name", "day"),
    [("due", "2022-01-31"), ("on", "2021-12-31"), ("on", "2099-01-01"), ("due", "2022-02-30")],
)
def test_days_before_their_cause_or_that_do_not_exist_are_refused(
    keeper: Client, bill: Bill, name: str, day: str
) -> None:
    assert issued(keeper, bill, **{name: day}).state == BillState.DRAFT


def test_a_closed_month_takes_no_other_bill_and_no_other_volume(keeper: Client, bill: Bill) -> None:
    issued(keeper, bill)
    sent(keeper, page(bill.service, "tutup/"), bulan="2022-01")
    assert "sudah ditutup" in sent(keeper, page(bill.service, "tagihan/"), bulan="2022-01")
    cell = f"v-{payer(bill.service).pk}-1"
    assert keeper.post(page(bill.service, "volume/2022/"), {cell: "1"}).status_code == 422
    assert Volume.objects.get().quantity == 310


def test_a_month_with_a_draft_is_not_closed(keeper: Client, bill: Bill) -> None:
    shown = sent(keeper, page(bill.service, "tutup/"), bulan="2022-01")
    bill.refresh_from_db()
    assert "belum diterbitkan" in shown
    assert not bill.closed


def test_a_cancelled_bill_says_why_and_is_drawn_up_anew(keeper: Client, bill: Bill) -> None:
    address = at(bill.service.agreement, f"layanan/tagihan/{bill.pk}/batal/")
    keeper.post(address, {"revision": bill.revision})
    bill.refresh_from_db()
    assert bill.state == BillState.DRAFT
    keeper.post(address, {"revision": bill.revision, "mengapa": "salah hitung"})
    sent(keeper, page(bill.service, "tagihan/"), bulan="2022-01")
    assert Bill.objects.filter(state=BillState.DRAFT).count() == 1


def test_a_bill_issued_from_an_old_page_stays_as_it_was(keeper: Client, bill: Bill) -> None:
    address = at(bill.service.agreement, f"layanan/tagihan/{bill.pk}/terbitkan/")
    values = {"number": "1", "on": "2022-02-01", "due": "2022-02-28", "revision": bill.revision - 1}
    assert keeper.post(address, values).status_code in (409, 422)
    bill.refresh_from_db()
    assert bill.state == BillState.DRAFT


def test_a_tariff_by_which_bills_were_issued_does_not_change(keeper: Client, bill: Bill) -> None:
    issued(keeper, bill)
    tariff = Tariff.objects.get()
    values = {"amount": "70.000", "since": "2022-01-01", "revision": tariff.revision}
    assert keeper.post(page(bill.service, f"tarif/{tariff.pk}/"), values).status_code == 422
    tariff.refresh_from_db()
    assert tariff.amount == 65_000


def test_a_later_quota_ends_the_one_before(keeper: Client, service: Service) -> None:
    values = {"per_day": "20", "kind": "operating", "since": "2024-02-29", "once": "q"}
    sent(keeper, page(service, "kuota/"), party=payer(service).pk, **values)
    assert Quota.objects.order_by("since").first().until == date(2024, 2, 28)


def test_bills_go_into_an_excel_file(keeper: Client, bill: Bill) -> None:
    answer = keeper.get(page(bill.service, "tagihan.xlsx"))
    assert (answer.status_code, answer.content[:2]) == (200, b"PK")


def test_the_payer_says_what_its_budget_holds_and_the_page_answers(
    citys: Client, service: Service
) -> None:
    own, address = payer(service), at(service.agreement, "anggaran/?tahun=2022")
    [(before, _may)] = citys.get(address).context["rows"]
    assert before.answer == "unknown"
    form = at(service.agreement, f"anggaran/{own.pk}/")
    sent(citys, form, year=2022, amount="1 juta", title="Iuran TPA", once="x")
    [(after, _may)] = citys.get(address).context["rows"]
    assert (after.answer, after.missing) == ("short", Decimal(236_250_000))
    entry = BudgetEntry.objects.get()
    values = {"year": 2022, "has_none": "on", "revision": entry.revision}
    citys.post(f"{form}{entry.pk}/", values)
    assert Alarm.objects.filter(kind="no_budget", party=own).exists()


def test_a_party_says_nothing_of_the_budget_of_another(citys: Client, service: Service) -> None:
    address = at(service.agreement, f"anggaran/{service.provider_id}/")
    assert citys.get(address).status_code == 403


def test_a_line_and_no_line_contradict_each_other(keeper: Client, service: Service) -> None:
    address = at(service.agreement, f"anggaran/{payer(service).pk}/")
    values = {"year": 2022, "has_none": "on", "amount": "5", "once": "y"}
    assert keeper.post(address, values).status_code == 422
    assert not BudgetEntry.objects.exists()


def test_alarms_are_answered_by_the_party_they_concern(citys: Client, service: Service) -> None:
    year = timezone.localdate().year
    BudgetEntry.objects.create(party=payer(service), year=year, has_none=True, known_on=BEGIN)
    refresh(service.agreement)
    alarm = Alarm.objects.get(kind="no_budget")
    sent(citys, at(service.agreement, f"peringatan/{alarm.pk}/"), jawaban="Masuk APBD perubahan")
    shown = citys.get(at(service.agreement, "peringatan/")).content.decode()
    assert "Masuk APBD perubahan" in shown


def test_what_could_be_known_on_a_day_of_the_past_is_shown(
    keeper: Client, service: Service
) -> None:
    known = date(2022, 1, 28)
    BudgetEntry.objects.create(party=payer(service), year=2022, has_none=True, known_on=known)
    address = at(service.agreement, "peringatan/")
    for day, kinds in (("2022-01-27", []), ("2022-01-28", ["no_budget"])):
        told = keeper.get(address, {"pada": day}).context["holding"]
        assert [one["raised"].threat.kind for one in told] == kinds


@pytest.mark.parametrize("day", ["2099-01-01", "2022-02-30", "x" * 5000, "0000-00-00", "2022-1"])
def test_a_day_that_never_was_shows_today(keeper: Client, service: Service, day: str) -> None:
    answer = keeper.get(at(service.agreement, "peringatan/"), {"pada": day})
    assert answer.status_code == 200
    assert answer.context["unread"]
