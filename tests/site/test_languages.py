"""The switch of languages: whatever was asked, it leads to a page that can be opened."""

import re
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import URLPattern, get_resolver
from django.utils.regex_helper import normalize

from sinergi.site.languages import languages, page_of
from tests.people import organisation, person, signed_in

pytestmark = pytest.mark.django_db
VALUES = {"form": "csv", "number": "1", "code": "x", "extension": "csv"}


def addresses(patterns, before: str = "") -> Iterator[str]:
    for one in patterns:
        if isinstance(one, URLPattern):
            shape, names = normalize(one.pattern.regex.pattern)[0]
            yield "/" + before + shape % {name: VALUES.get(name, "1") for name in names}
        elif not str(one.pattern).startswith("api/"):
            route = str(one.pattern) if hasattr(one.pattern, "_route") else ""
            yield from addresses(one.url_patterns, before + route)


def switch(text: str) -> list[str]:
    return re.findall(r'<a href="([^"]*)" hreflang="\w+" lang="\w+"[^>]* data-language>', text)


@pytest.mark.usefixtures("shipped")
def test_the_switch_never_leads_to_an_address_that_only_takes_forms(client) -> None:
    uuid = "0b0b1a52-27cc-4b6c-8f0b-58d8d9a3c7a1"
    found = [
        one.replace("/tugas/1/", f"/tugas/{uuid}/")
        for one in addresses(get_resolver().url_patterns)
    ]
    only_forms = [one for one in found if client.get(one).status_code == 405]
    assert {"/audit/periksa/", "/organisasi/x/undangan/", "/impor/batch/1/batal/"} <= set(
        only_forms
    )
    for address in only_forms:
        links = switch(client.get(address).content.decode())
        assert len(links) == 2
        assert [
            client.get(one).status_code for one in links if client.get(one).status_code == 405
        ] == []


@pytest.mark.parametrize(("prefix", "there"), [("", "/en"), ("/en", "")])
def test_after_a_refused_invitation_the_switch_leads_to_the_page_of_the_form(
    client, prefix, there
) -> None:
    home = organisation("kota-palangka-raya")
    signed_in(client, person("Ani", ("administrator", home)))
    members = f"{prefix}/organisasi/kota-palangka-raya/anggota/"
    sent = client.post(
        f"{prefix}/organisasi/kota-palangka-raya/undangan/",
        {"email": "salah", "role": "analyst"},
        headers={"Referer": f"http://testserver{members}?x=1"},
    )
    assert sent.status_code == 422
    assert f"{there}/organisasi/kota-palangka-raya/undangan/" not in switch(sent.content.decode())
    for link in switch(sent.content.decode()):
        assert client.get(link).status_code == 200


@pytest.mark.parametrize(
    ("referer", "page"),
    [
        ("http://testserver/metode/?x=1", "/metode/?x=1"),
        ("http://elsewhere.test/metode/", "/audit/"),
        ("http://testserver/audit/periksa/", "/audit/"),
        ("http://testserver/api/v1/docs", "/audit/"),
        ("http://testserver/tidak-ada/", "/audit/"),
        ("", "/audit/"),
    ],
)
def test_the_page_of_a_form_is_where_it_stood_on_this_host_or_the_nearest_above(
    referer, page
) -> None:
    request = RequestFactory().post("/audit/periksa/", headers={"Referer": referer})
    assert page_of(request) == page


def test_a_page_that_takes_its_own_form_keeps_its_address(client) -> None:
    signed_in(client, person("Ani", is_administrator=True))
    answer = client.post("/impor/?milik=umum", {"file": SimpleUploadedFile("a.csv", b"")})
    assert switch(answer.content.decode()) == ["/impor/?milik=umum", "/en/impor/?milik=umum"]


def test_a_host_that_is_not_ours_still_gets_a_page(settings) -> None:
    settings.ALLOWED_HOSTS = ["sinergi.test"]
    answer = Client(headers={"Host": "x.test"}).post("/audit/periksa/", headers={"Referer": "/"})
    assert answer.status_code == 400


def test_the_page_of_the_programming_interface_has_one_address_and_no_switch(client) -> None:
    assert languages(RequestFactory().get("/api/v1/docs")) == []
    text = client.get("/api/v1/docs").content.decode()
    assert switch(text) == []
    assert "hreflang" not in text


@pytest.mark.parametrize("path", ["/metode/", "/en/metode/"])
def test_the_footer_leads_to_the_programming_interface(client, path) -> None:
    footer = client.get(path).content.decode().partition("<footer")[2]
    assert 'href="/api/v1/docs"' in footer
