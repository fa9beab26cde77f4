"""Money outside the budget of who receives it: held by its giver, counted once, and said when left out."""

import io
from decimal import Decimal

import pytest
from django.test import Client
from openpyxl import load_workbook

from sinergi.accounts.principal import operator
from sinergi.programs.actions.money import record_transfer
from sinergi.programs.joint import TransferDetails
from sinergi.programs.models import PlanKind
from sinergi.programs.queries.money import Scope, draw_up
from sinergi.programs.queries.money_cuts import Cut, of_year, told_twice
from tests.people import person, signed_in
from tests.programs.making import office

from .test_money import budget, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client: Client) -> Client:
    return signed_in(client, person("Ani", ("analyst", office())))


@pytest.mark.parametrize("channel", ["APBN_PUSAT", "TP", "DEKON"])
def test_central_spending_is_held_by_the_centre_and_counted_once(reader, channel):
    budget({channel: 100}, "32.04", PlanKind.RKPD)
    assert holders() == {("ID", "ID"): 10_000}
    budget({channel: 100}, "ID", PlanKind.RKP)
    assert holders() == {("ID", "ID"): 10_000}
    page = text(reader.get("/en/aliran-dana/"))
    assert "<strong>Rp 100</strong> outside the budgets of receivers is named in more than" in page
    assert "<strong>Rp 100</strong> di luar anggaran penerima" in text(reader.get("/aliran-dana/"))
    elsewhere = text(reader.get("/en/aliran-dana/?menurut=holder&saluran=DAU_BG"))
    assert "outside the budgets of receivers" not in elsewhere


def holders():
    found = {}
    for one in draw_up(operator(), Scope()).ledger.entries:
        found[one.source, one.holder] = found.get((one.source, one.holder), 0) + one.amount
    return found


def test_a_recorded_transfer_outside_budgets_is_no_more_money():
    record_transfer(operator(), office(), TransferDetails("ID", "32.04", 2027, Decimal(40), "TP"))
    budget({"TP": 40}, kind=PlanKind.RKPD)
    assert holders() == {("ID", "ID"): 4000}


@pytest.mark.parametrize(
    ("query", "told"), [("", 10_000), ("32", 10_000), ("33", 0)], ids=["all", "there", "elsewhere"]
)
def test_what_is_left_out_is_told_where_it_is(query, told):
    budget({"TP": 100}, "32.04", PlanKind.RKPD, code="1.03.10.2.01.0004")
    budget({"TP": 100}, "ID", PlanKind.RKP)
    drawn = draw_up(operator(), Scope())
    assert told_twice(drawn, Cut(query)) == told
    assert told_twice(drawn, Cut(query, level="regency")) == 0
    assert told_twice(drawn, Cut(query, affair="1.03")) == told
    assert told_twice(drawn, Cut(query, affair="1.02")) == 0
    assert told_twice(of_year(drawn, 2026), Cut(query)) == 0


def test_the_file_tells_what_is_left_out(reader):
    budget({"TP": 100}, "32.04", PlanKind.RKPD)
    names = load_workbook(io.BytesIO(reader.get("/en/aliran-dana.xlsx").content)).sheetnames
    assert "Named twice, left out" not in names
    budget({"TP": 100}, "ID", PlanKind.RKP)
    book = load_workbook(io.BytesIO(reader.get("/en/aliran-dana.xlsx").content))
    head, row = list(book["Named twice, left out"].values)[-2:]
    assert head[0] == "Source"
    assert (row[0], row[1], row[-1]) == ("Indonesia", "Kabupaten Bandung", 100)
    kept = load_workbook(io.BytesIO(reader.get("/aliran-dana.xlsx").content)).sheetnames
    assert kept[-1] == "Disebut dua kali, tak dihitung"
