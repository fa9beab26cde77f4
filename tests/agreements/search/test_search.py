"""Search finds what is in the texts of agreements, as Indonesian forms words, for who may read them."""

import pytest

from sinergi.agreements.models import Document, DocumentVersion
from sinergi.agreements.queries.search import hits, matching
from sinergi.agreements.search.highlights import highlighted
from sinergi.agreements.search.index import catch_up
from sinergi.agreements.search.query import terms
from sinergi.agreements.search.words import stems, words
from tests.agreements.making import a_party, an_agreement, officer, stranger


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("pengelolaan", "mengelola"),
        ("pengelolaan", "kelola"),
        ("pembayaran", "membayar"),
        ("kesehatan", "sehat"),
        ("perjanjian", "janji"),
        ("pelayanan", "layanan"),
        ("penulisan", "menulis"),
    ],
)
def test_words_of_one_family_meet(one, other):
    assert stems(one) & stems(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("pengadaan", "ada"),
        ("selatan", "selat"),
        ("pemerintah", "perintah"),
        ("menteri", "teri"),
        ("kepala", "pala"),
        ("tanah", "panah"),
        ("bulan", "bul"),
    ],
)
def test_words_that_only_look_alike_do_not_meet(one, other):
    assert not stems(one) & stems(other)


def test_kerjasama_is_two_words():
    assert words("Kerjasama É") == ["kerja", "sama", "e"]


def test_marks_stand_around_what_was_found_and_the_text_stays_text():
    told = highlighted("<script>alert(1)</script> mengelola sampah", terms("pengelolaan"))
    assert "<mark>mengelola</mark>" in told
    assert "<script>" not in told


@pytest.fixture
def case(db):
    agreement = an_agreement(title="Pengelolaan TPA Regional")
    a_party(agreement, "Kota Banjarbaru")
    document = Document.objects.create(agreement=agreement, kind="pks", title="Perjanjian")
    DocumentVersion.objects.create(
        document=document, number=1, text="Pasal 1 Para pihak sepakat membayar tarif tiap ton."
    )
    catch_up()
    return agreement, officer(agreement.organisation)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mengelola", True),
        ("banjarbaru pembayaran", True),
        ("banjarb", True),
        ('"membayar tarif"', True),
        ('"tarif membayar"', False),
        ('"para pihak" banjarbaru', True),
        ("jembatan", False),
        ("tpa jembatan", False),
    ],
)
def test_an_agreement_is_found_by_its_texts(case, text, found):
    agreement, by = case
    assert list(matching(by, text)) == ([agreement] if found else [])


def test_only_who_may_read_finds(case):
    assert not list(matching(stranger(), "mengelola"))


def test_what_was_changed_is_found_as_it_is_now(case):
    agreement, by = case
    assert matching(by, "regional").exists()
    agreement.title = "Jalan Lintas"
    agreement.save()
    catch_up()
    assert matching(by, "lintas").exists()
    assert not matching(by, "regional").exists()


def test_pieces_say_where_it_was_found(case):
    agreement, by = case
    assert list(matching(by, "tarif"))
    piece = hits([agreement], "tarif")[agreement.pk][0]
    assert (piece.kind, piece.label) == ("document", "Perjanjian")
    assert "<mark>tarif</mark>" in piece.text


@pytest.mark.parametrize(
    "text",
    [
        "",
        '"',
        '""" AND',
        "OR NOT NEAR(",
        "a*:b^c",
        "' ; --",
        "\x00",
        "x" * 5000,
        "! & | <->",
        "é 𝟘",
    ],
    ids=["none", "quote", "quotes", "words", "marks", "sql", "nul", "long", "operators", "odd"],
)
def test_nothing_that_is_asked_is_an_error(case, client, text):
    _agreement, by = case
    list(matching(by, text))
    assert client.get("/kerja-sama/cari/", {"kata": text}).status_code == 200
