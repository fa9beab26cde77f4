"""A form that arrives after its session ended: nothing is saved, and nothing that was typed is lost."""

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sinergi.accounts.actions.sharing import set_visibility
from sinergi.accounts.models import Visibility
from sinergi.opportunities.lists import actions
from sinergi.opportunities.lists.rules import ListDetails
from sinergi.opportunities.models import PriorityList
from sinergi.site.typed import MOST_BYTES
from tests.opportunities.lists.factories import BY, bappeda
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db
SENT = {"name": "RKPD <b>", "purpose": "baris\r\nkedua", "revision": "1", "once": "abc"}


@pytest.fixture
def plan() -> PriorityList:
    return actions.create_list(BY, bappeda(), ListDetails("RKPD 2028", "Bappeda Kalsel"))


@pytest.fixture
def strict() -> Client:
    """A browser whose cookies are gone."""
    return Client(enforce_csrf_checks=True)


def given_back(response) -> dict[str, str]:
    soup = BeautifulSoup(response.content, "html.parser")
    return {
        soup.select_one(f'label[for="{area["id"]}"]').get_text(): area.get_text()
        .strip("\n")
        .replace("\r", "")
        for area in soup.select("textarea[readonly]")
    }


def ways(response) -> set[str]:
    soup = BeautifulSoup(response.content, "html.parser")
    return {link["href"] for link in soup.select(".page-error a")}


def test_a_form_without_cookies_is_given_back_with_the_way_to_sign_in(strict, plan) -> None:
    path = f"/daftar/{plan.pk}/ubah/"
    answer = strict.post(path, SENT, headers={"Referer": f"http://testserver{path}?x=1"})
    assert answer.status_code == 403
    assert "Anda sudah keluar" in answer.content.decode()
    assert given_back(answer) == {"Nama": "RKPD <b>", "Tujuan": "baris\nkedua"}
    assert "<b>" not in answer.content.decode()
    assert f"/masuk/?next=%2Fdaftar%2F{plan.pk}%2Fubah%2F%3Fx%3D1" in ways(answer)
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("came", ["", "https://jahat.test/x/", "//jahat.test/x/", "/x/"])
def test_the_way_back_never_leads_elsewhere(strict, plan, came: str) -> None:
    path = f"/daftar/{plan.pk}/butir/7/ubah/"
    answer = strict.post(path, {"b7-note": "hilang?"}, headers={"Referer": came})
    assert given_back(answer) == {"Catatan": "hilang?"}
    assert f"/masuk/?next=%2Fdaftar%2F{plan.pk}%2Fbutir%2F7%2Fubah%2F" in ways(answer)


def test_an_old_token_of_somebody_signed_in_leads_back_to_the_form(strict, plan) -> None:
    client = signed_in(strict, person("Ani", ("coordinator", bappeda())))
    path = f"/daftar/{plan.pk}/ubah/"
    answer = client.post(path, {**SENT, "csrfmiddlewaretoken": "x" * 32})
    assert answer.status_code == 403
    assert path in ways(answer)
    assert "Anda sudah keluar" not in answer.content.decode()
    assert given_back(answer)["Nama"] == "RKPD <b>"


@pytest.mark.parametrize("name", ["password1", "kata_sandi", "csrfmiddlewaretoken", "otp_code"])
def test_secrets_are_never_given_back(strict, plan, name: str) -> None:
    answer = strict.post(f"/daftar/{plan.pk}/ubah/", {name: "Rahasia123", "note": "x"})
    assert "Rahasia123" not in answer.content.decode()


def test_pages_of_sign_in_give_nothing_back(strict) -> None:
    answer = strict.post("/masuk/", {"login": "ani@contoh.test", "password": "Rahasia123"})
    assert answer.status_code == 403
    assert given_back(answer) == {}
    assert "Anda sudah keluar" not in answer.content.decode()


def test_large_forms_files_and_other_bodies_are_not_given_back(strict, plan) -> None:
    path = f"/daftar/{plan.pk}/ubah/"
    file = SimpleUploadedFile("a.csv", b"isi berkas")
    assert given_back(strict.post(path, {"note": "x" * MOST_BYTES})) == {}
    assert given_back(strict.post(path, {"note": "catatan", "file": file})) == {
        "Catatan": "catatan"
    }
    assert given_back(strict.post(path, {"note": "x"}, content_type="application/json")) == {}


def test_a_form_of_an_ended_session_is_given_back_whether_or_not_its_list_is_there(plan) -> None:
    client = signed_in(Client(), person("Ani", ("coordinator", bappeda())))
    client.logout()
    told = [client.post(f"/daftar/{number}/ubah/", SENT) for number in (plan.pk, 999)]
    assert [answer.status_code for answer in told] == [404, 404]
    for answer in told:
        assert "Anda sudah keluar" in answer.content.decode()
        assert given_back(answer)["Tujuan"] == "baris\nkedua"
    assert f"/masuk/?next=%2Fdaftar%2F{plan.pk}%2Fubah%2F" in ways(told[0])


def test_a_form_on_a_public_list_is_given_back_too(plan) -> None:
    set_visibility(BY, plan, Visibility.PUBLIC)
    answer = Client().post(f"/daftar/{plan.pk}/ubah/", SENT)
    assert answer.status_code == 403
    assert given_back(answer)["Nama"] == "RKPD <b>"
