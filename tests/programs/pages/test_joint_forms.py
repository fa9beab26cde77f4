"""Joint objects and transfers as they are typed: told at their fields, kept, changed."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.test import Client

from sinergi.programs.models import JointObject, Transfer
from tests.people import person, signed_in
from tests.programs.making import office

FORM = {
    "title": "TPA Banjarbakula",
    "year": "2022",
    "total": "Rp 6.524.375.000",
    "measure": "ton/hari",
    "pihak-TOTAL_FORMS": "3",
    "pihak-INITIAL_FORMS": "0",
    "pihak-0-region_code": "Kota Banjarmasin",
    "pihak-0-pays": "on",
    "pihak-0-parts": "105",
    "pihak-1-region_code": "63.72",
    "pihak-1-pays": "on",
    "pihak-1-parts": "90",
    "pihak-2-region_code": "",
}


@pytest.fixture
def writer(client: Client, db) -> Client:
    return signed_in(client, person("Ani", ("analyst", office())))


def test_a_joint_object_is_made_and_changed_in_the_browser(writer):
    form = {**FORM, "organisation": str(office().pk)}
    response = writer.post("/objek-bersama/baru/", form)
    made = JointObject.objects.get()
    assert response.headers["Location"] == f"/objek-bersama/{made.pk}/"
    assert [one.region_code for one in made.shares.all()] == ["63.71", "63.72"]
    page = writer.get(f"/objek-bersama/{made.pk}/ubah/").content.decode()
    assert 'value="6.524.375.000"' in page
    assert 'value="63.71 Kota Banjarmasin"' in page
    changed = {**FORM, "revision": "1", "pihak-0-identity": f"/pendanaan/?baris={uuid4()}"}
    assert writer.post(f"/objek-bersama/{made.pk}/ubah/", changed).status_code == 302
    assert (
        writer.post(f"/objek-bersama/{made.pk}/ubah/", {**FORM, "revision": "1"}).status_code == 409
    )


def test_a_part_of_three_decimals_can_be_sent_back_as_it_is_shown(writer):
    form = {**FORM, "organisation": str(office().pk), "pihak-1-parts": "0,1250"}
    assert writer.post("/objek-bersama/baru/", form).status_code == 302
    made = JointObject.objects.get()
    address = f"/objek-bersama/{made.pk}/ubah/"
    assert 'value="0,1250"' in writer.get(address).content.decode()
    changed = {**FORM, "pihak-1-parts": "0,1250", "revision": "1", "note": "Catatan"}
    assert writer.post(address, changed).status_code == 302


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("total", "banyak"),
        ("pihak-0-region_code", "Kota Nirwana Xyz"),
        ("pihak-0-identity", "baris itu"),
        ("pihak-1-region_code", "63.71"),
        ("pihak-2-parts", "5"),
    ],
)
def test_a_mistake_is_told_at_its_field_and_what_was_typed_is_kept(writer, field, value):
    form = {**FORM, "organisation": str(office().pk), field: value}
    response = writer.post("/objek-bersama/baru/", form)
    assert response.status_code == 422
    page = response.content.decode()
    assert "field-error" in page
    assert f'value="{value}"' in page
    assert not JointObject.objects.exists()


def test_a_transfer_is_recorded_and_changed_in_the_browser(writer):
    form = {
        "organisation": str(office().pk), "giver": "Jawa Barat", "receiver": "32.04", "year": "2027",
        "amount": "Rp 5 miliar", "channel": "BANKEU_PROV_KAB", "source": "Pergub contoh", "once": "abc",
    }  # fmt: skip
    assert writer.post("/aliran-dana/transfer/baru/", form).status_code == 302
    writer.post("/aliran-dana/transfer/baru/", form)
    made = Transfer.objects.get()
    assert (made.giver, made.amount) == ("32", Decimal(5_000_000_000))
    page = writer.get(f"/en/aliran-dana/transfer/{made.pk}/").content.decode()
    assert "Rp 5,000,000,000" in page
    changed = {**form, "amount": "Rp 6 miliar", "revision": "1"}
    assert writer.post(f"/aliran-dana/transfer/{made.pk}/", changed).status_code == 302
    assert (
        writer.post(f"/aliran-dana/transfer/{made.pk}/", {**changed, "amount": "1"}).status_code
        == 409
    )
    assert "Jawa Barat" in writer.get("/aliran-dana/transfer/").content.decode()


def test_visitors_are_told_that_they_must_sign_in(client, db):
    assert client.get("/objek-bersama/baru/").status_code in (302, 403)
    assert client.get("/aliran-dana/transfer/9/").status_code == 404
