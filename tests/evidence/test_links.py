"""Links of a page computed with the evidence of an organisation keep it open; others stay as they are."""

import pytest

from sinergi.evidence.links import LEADS_OUT, carry


def carried(html: str) -> str:
    return carry(html, "bukti", "kota-uji")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<a href="/">', '<a href="/?bukti=kota-uji">'),
        ('<a href="/en/">', '<a href="/en/?bukti=kota-uji">'),
        ('<a href="/wilayah/63.71/">', '<a href="/wilayah/63.71/?bukti=kota-uji">'),
        (
            '<a href="/?objek=A&amp;dalam=63">',
            '<a href="/?objek=A&amp;dalam=63&amp;bukti=kota-uji">',
        ),
        ('<a href="/data/#atas">', '<a href="/data/?bukti=kota-uji#atas">'),
        ('<a href="?halaman=2">', '<a href="?halaman=2&amp;bukti=kota-uji">'),
    ],
)
def test_links_to_computed_pages_keep_the_evidence(before: str, after: str) -> None:
    assert carried(before) == after


@pytest.mark.parametrize(
    "html",
    [
        '<a href="/daftar/">',
        '<a href="/masuk/">',
        '<a href="/static/site/a.css">',
        '<a href="https://contoh.test/wilayah/63.71/">',
        '<a href="#isi">',
        '<a href="/?bukti=kota-lain">',
        f'<a {LEADS_OUT} href="/">',
        '<form method="post">',
    ],
)
def test_all_other_links_stay_as_they_are(html: str) -> None:
    assert carried(html) == html


def test_a_form_that_reads_carries_the_evidence_along() -> None:
    hidden = '<input type="hidden" name="bukti" value="kota-uji">'
    assert (
        carried('<form action="/cari/" method="get">')
        == f'<form action="/cari/" method="get">{hidden}'
    )


def test_a_code_cannot_break_out_of_its_attribute() -> None:
    html = carry('<a href="/"><form method="get">', "bukti", '"><script>')
    assert "<script>" not in html
