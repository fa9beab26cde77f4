"""The shell's pages: languages, navigation, errors, and what every answer carries."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.test import RequestFactory
from django.utils import translation

from sinergi.site import context, views
from sinergi.site.middleware import HEADER

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/metode/", "/lisensi/", "/cari/"])
@pytest.mark.parametrize(("prefix", "language"), [("", "id"), ("/en", "en")])
def test_pages_speak_the_language_of_their_address(client, path, prefix, language) -> None:
    answer = client.get(prefix + path)
    assert answer.status_code == 200
    assert f'<html lang="{language}">'.encode() in answer.content
    assert answer["Content-Language"] == language


def test_the_address_decides_the_language_and_not_the_browser(client) -> None:
    answer = client.get("/metode/", headers={"Accept-Language": "en"})
    assert b'<html lang="id">' in answer.content


def test_the_other_language_is_one_link_with_the_same_query(client) -> None:
    answer = client.get("/cari/?q=banjar")
    assert b'href="/en/cari/?q=banjar"' in answer.content


@pytest.mark.usefixtures("shipped")
def test_the_footer_tells_how_fresh_the_evidence_is(client) -> None:
    assert "evidence up to 2025-08" in client.get("/en/metode/").content.decode()


def test_a_page_stands_even_when_the_evidence_cannot_be_asked(client, monkeypatch) -> None:
    def broken() -> str:
        raise DatabaseError

    monkeypatch.setattr(context.evidence, "as_of", broken)
    answer = client.get("/en/metode/")
    assert answer.status_code == 200
    assert "evidence up to" not in answer.content.decode()


def test_the_navigation_marks_the_page_one_is_on(client) -> None:
    text = client.get("/metode/").content.decode()
    assert '<a href="/metode/" aria-current="page">' in text


@pytest.mark.parametrize("path", ["/metode/", "/tidak-ada/", "/cari/?q=x"])
def test_every_answer_forbids_what_comes_from_elsewhere(client, path) -> None:
    told = client.get(path)["Content-Security-Policy"]
    assert re.sub(r"(?<='nonce-)[\w-]{24}(?=')", "{nonce}", told) == HEADER
    assert "unsafe" not in told
    assert "http" not in told


def test_a_page_holds_no_inline_script_and_no_inline_style(client) -> None:
    text = client.get("/metode/").content.decode()
    assert "<style" not in text
    assert 'style="' not in text
    assert " onclick" not in text
    assert "<script>" not in text


@pytest.mark.parametrize(("prefix", "words"), [("", "Tidak ada laman"), ("/en", "no page")])
def test_a_missing_page_says_so_in_the_language_of_the_address(client, prefix, words) -> None:
    answer = client.get(f"{prefix}/tidak-ada/")
    assert answer.status_code == 404
    assert words in answer.content.decode()


def test_a_refused_form_says_that_nothing_was_saved() -> None:
    with translation.override("id"):
        answer = views.csrf_failure(RequestFactory().post("/"))
    assert answer.status_code == 403
    assert "Tidak ada yang disimpan" in answer.content.decode()


def test_a_forbidden_page_is_403() -> None:
    assert views.permission_denied(RequestFactory().get("/"), PermissionDenied()).status_code == 403


def test_a_broken_page_needs_neither_context_nor_database() -> None:
    with translation.override("en"):
        answer = views.server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "nothing was half saved" in answer.content.decode()


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_pages_are_only_read(client, method) -> None:
    assert getattr(client, method)("/metode/").status_code == 405


@pytest.mark.parametrize(
    ("prefix", "words"), [("", "Tidak ada yang berubah"), ("/en", "Nothing was changed")]
)
def test_an_address_used_in_the_wrong_way_says_so_and_leads_back(client, prefix, words) -> None:
    answer = client.post(f"{prefix}/metode/")
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert words in answer.content.decode()
    assert f'class="btn btn-primary" href="{prefix}/"' in answer.content.decode()


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize(
    ("prefix", "there", "foreign"),
    [("", "statistik resmi", "official statistics"), ("/en", "official statistics", "Fakta")],
)
def test_licences_are_told_in_the_language_of_the_page(client, prefix, there, foreign) -> None:
    text = client.get(f"{prefix}/lisensi/").content.decode()
    assert there in text
    assert foreign not in text
