"""A refusal that a view lets through becomes a page that says what to do."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from sinergi.accounts.errors import ConflictError, ForbiddenError, InvalidError, unseen
from sinergi.site.urls import urlpatterns as usual
from tests.people import organisation, person, signed_in

pytestmark = pytest.mark.django_db
ERRORS = {
    "unseen": unseen,
    "forbidden": lambda: ForbiddenError("Peran <b>Anda</b>", "object.edit"),
    "conflict": lambda: ConflictError("Diubah oleh Ani"),
    "invalid": lambda: InvalidError({"name": "Beri nama."}),
}


def refusing(request: HttpRequest, what: str) -> HttpResponse:
    refusal = ERRORS[what]()
    raise refusal


urlpatterns = [path("coba/<str:what>/", refusing), *usual]
handler404 = "sinergi.site.views.page_not_found"


@pytest.fixture(autouse=True)
def _addresses():
    with override_settings(ROOT_URLCONF=__name__):
        yield


@pytest.fixture
def ani(client: Client) -> Client:
    return signed_in(client, person("Ani", ("viewer", organisation())))


@pytest.mark.parametrize(
    ("what", "status", "told"),
    [
        ("unseen", 404, "tidak boleh melihatnya"),
        ("forbidden", 403, "Peran &lt;b&gt;Anda&lt;/b&gt;"),
        ("conflict", 409, "Diubah oleh Ani"),
        ("invalid", 422, "Beri nama."),
    ],
)
def test_each_refusal_has_its_status_and_says_why(
    ani: Client, what: str, status: int, told: str
) -> None:
    for send in (ani.get, ani.post):
        response = send(f"/coba/{what}/")
        assert response.status_code == status
        assert told in response.content.decode()


def test_a_visitor_who_wanted_to_read_is_led_to_sign_in_and_back(client: Client) -> None:
    response = client.get("/coba/forbidden/?a=1&b=//evil.test")
    assert response.status_code == 302
    assert response["Location"].endswith(
        "?next=%2Fcoba%2Fforbidden%2F%3Fa%3D1%26b%3D%2F%2Fevil.test"
    )


def test_a_part_of_a_page_leads_the_whole_page_to_sign_in(client: Client) -> None:
    response = client.get("/coba/forbidden/", headers={"HX-Request": "true"})
    assert "next=" in response["HX-Redirect"]


def test_a_visitor_who_sent_a_form_gets_a_page_with_the_way_in(client: Client) -> None:
    response = client.post("/coba/forbidden/")
    assert response.status_code == 403
    assert "Masuk" in response.content.decode()
    there = "https://elsewhere.test/coba/"
    response = client.post("/coba/forbidden/", headers={"Referer": there})
    assert 'next=%2Fcoba%2Fforbidden%2F"' in response.content.decode()


def test_a_visitor_is_told_alike_of_what_is_not_there_and_what_is_hidden(client: Client) -> None:
    response = client.get("/coba/unseen/")
    assert response.status_code == 404
    assert "next=%2Fcoba%2Funseen%2F" in response.content.decode()
