"""A payer's line is chosen by its words; what was put away is brought back from the list."""

from decimal import Decimal

import pytest
from django.test import Client

from sinergi.programs.actions.money import put_money_away, record_transfer
from sinergi.programs.joint import TransferDetails
from sinergi.programs.models import JointObject, Transfer
from tests.people import person, signed_in
from tests.programs.making import a_line, a_plan, a_version, office, planner
from tests.programs.pages.test_joint_forms import FORM

pytestmark = pytest.mark.django_db
SEARCH = "/objek-bersama/cari-baris/"


@pytest.fixture
def writer(client: Client) -> Client:
    return signed_in(client, person("Ani", ("analyst", office())))


@pytest.fixture
def version():
    return a_version(a_plan(region_code="63.71", first_year=2022, last_year=2022))


def offered(client, words, region=""):
    asked = {"pihak-0-identity": words, "pihak-0-region_code": region}
    return client.get(SEARCH, asked).content.decode().count("<option")


def form(words):
    return {**FORM, "organisation": str(office().pk), "pihak-0-identity": words}


def test_lines_are_offered_by_words_and_government(writer, version):
    a_line(version, "Iuran pengelolaan TPA Banjarbakula")
    a_line(version, "Pembangunan jalan")
    assert offered(writer, "iuran tpa") == 1
    assert offered(writer, "iuran tpa", "Kota Banjarmasin") == 1
    assert offered(writer, "iuran tpa", "Kota Banjarbaru") == 0
    assert offered(writer, "iu") == 0


def test_lines_that_may_not_be_read_are_not_offered(client, version):
    a_line(version, "Iuran pengelolaan TPA Banjarbakula")
    assert offered(client, "iuran") == 0


def test_words_that_fit_one_line_choose_it_without_a_script(writer, version):
    line = a_line(version, "Iuran pengelolaan TPA Banjarbakula")
    assert writer.post("/objek-bersama/baru/", form("iuran TPA")).status_code == 302
    share = JointObject.objects.get().shares.first()
    assert share.identity == line.identity
    page = writer.get(f"/objek-bersama/{JointObject.objects.get().pk}/ubah/").content.decode()
    assert f"Iuran pengelolaan TPA Banjarbakula · {version.plan} · {line.identity}" in page


def test_words_that_fit_several_lines_name_them(writer, version):
    a_line(version, "Iuran TPA tahap 1")
    a_line(version, "Iuran TPA tahap 2")
    response = writer.post("/objek-bersama/baru/", form("iuran TPA"))
    assert response.status_code == 422
    page = response.content.decode()
    assert "Iuran TPA tahap 1" in page
    assert "Iuran TPA tahap 2" in page
    assert 'value="iuran TPA"' in page


@pytest.mark.parametrize("kind", ["transfer", "joint"])
def test_what_was_put_away_is_restored_from_its_list(writer, kind):
    if kind == "transfer":
        row, address = (
            record_transfer(planner(), office(), TransferDetails("32", "32.04", 2027, Decimal(5))),
            "/aliran-dana/transfer/",
        )
    else:
        writer.post("/objek-bersama/baru/", form(""))
        row, address = JointObject.objects.get(), "/objek-bersama/"
    put_money_away(planner(role="coordinator"), type(row), row.pk)
    boss = signed_in(Client(), person("Boss", ("coordinator", office())))
    page = boss.get(address).content.decode()
    assert f"{address}{row.pk}/pulihkan/" in page
    assert "pulihkan" not in writer.get(address).content.decode()
    assert boss.post(f"{address}{row.pk}/pulihkan/").status_code == 302
    row.refresh_from_db()
    assert row.deleted_at is None


def test_a_plain_analyst_brings_nothing_back(writer):
    row = record_transfer(planner(), office(), TransferDetails("32", "32.04", 2027, Decimal(5)))
    put_money_away(planner(role="coordinator"), Transfer, row.pk)
    assert writer.post(f"/aliran-dana/transfer/{row.pk}/pulihkan/").status_code in (403, 404)
