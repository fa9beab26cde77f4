"""The page of the board: its address is its state, and nonsense in it is passed over."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from sinergi.forums.models import Forum
from tests.people import organisation, person, signed_in

from ..test_board import forum, point

pytestmark = pytest.mark.django_db
BOARD = "/tindak-lanjut/"


@pytest.fixture
def reader(client: Client) -> Client:
    """Somebody who may read the forums of one association."""
    return signed_in(client, person("Ani", ("viewer", organisation("apeksi"))))


def test_the_board_shows_points_with_totals_and_a_summary(reader: Client) -> None:
    there = forum()
    point(there, 1, to="Kementerian PU", fate="delivered")
    point(there, 2, "Sampah", review="2025-01-01")
    page = reader.get(BOARD, {"forum": there.pk, "urut": "nomor"})
    told = BeautifulSoup(page.content, "html.parser").get_text(" ", strip=True)
    assert "Kementerian PU" in told
    assert (page.context["totals"].settled, page.context["totals"].untouched) == (1, 1)
    assert page.context["forum"] == there
    [chip] = page.context["chips"]
    assert (chip.label, chip.query) == ("Rakernas", "urut=nomor")


def test_an_address_without_filters_stays_short(reader: Client) -> None:
    point(forum(), 1)
    assert reader.get(BOARD).context["query"] == ""
    assert reader.get(BOARD, {"urut": "nomor", "jenis": ""}).context["query"] == "urut=nomor"


def test_a_visitor_sees_an_empty_board_and_an_empty_file(client: Client) -> None:
    point(forum(), 1)
    page = client.get(BOARD)
    assert page.status_code == 200
    assert page.context["rows"] == []
    content = client.get(reverse("forums:board-file", args=["csv"])).content.decode()
    assert len(content.strip().splitlines()) == 1


@pytest.mark.parametrize(
    "query",
    [
        "forum=abc&sejak=-1&serupa=x&halaman=nol",
        "forum=99999999999999999999&sejak=999999999&serupa=123456789",
        "status=apa&urusan=9.99&jenis=x&macam=y&urut=z&tanpa_kabar=2",
        "pihak=%00%27%22%3Cscript%3E",
        "pihak=" + "x" * 5000,
    ],
)
def test_nonsense_in_the_address_is_passed_over(reader: Client, query: str) -> None:
    point(forum(), 1)
    page = reader.get(f"{BOARD}?{query}")
    assert page.status_code == 200
    assert b"<script>" not in page.content.split(b"<main", 1)[1].split(b"</main", 1)[0]


def test_a_forum_that_may_not_be_read_is_not_named(reader: Client) -> None:
    hidden = forum("adkasi", "Rahasia besar")
    point(hidden, 1, "Butir rahasia")
    page = reader.get(BOARD, {"forum": hidden.pk})
    assert page.context["totals"].all == 0
    assert "ahasia" not in page.content.decode()


def test_a_long_board_has_pages_that_keep_the_filters(reader: Client) -> None:
    there = forum()
    for number in range(1, 61):
        point(there, number)
    page = reader.get(BOARD, {"jenis": "advocacy", "halaman": 2})
    assert len(page.context["rows"]) == 10
    assert "jenis=advocacy&amp;halaman=1" in page.content.decode()


def test_files_hold_what_the_filters_leave(reader: Client) -> None:
    there = forum()
    point(there, 1, "Satu")
    point(there, 2, "Dua", type="own")
    answer = reader.get(reverse("forums:board-file", args=["csv"]), {"jenis": "own"})
    assert "Dua" in answer.content.decode()
    assert "Satu" not in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert reader.get("/tindak-lanjut/butir.pdf").status_code == 404


def told(page) -> str:
    return " ".join(page.context["summary"])


def test_a_forum_is_summed_up_in_sentences_unless_other_filters_leave_some_out(
    reader: Client,
) -> None:
    there = forum()
    point(there, 1, fate="sent")
    point(there, 2, fate="accepted", source="Berita pers")
    page = reader.get(BOARD, {"forum": there.pk, "urut": "nomor"})
    assert told(page) == (
        "Butir yang disepakati forum ini: 2. Nasibnya: 1 dikirim, 1 disetujui. "
        "Kabar terakhir: 3 Juni 2024."
    )
    assert told(page) in page.content.decode()
    assert told(reader.get(BOARD, {"forum": there.pk, "jenis": "advocacy"})) == ""
    assert told(reader.get(BOARD)) == ""


def test_whoever_reads_one_point_of_a_forum_is_told_nothing_of_how_many_there_are() -> None:
    there = forum(title="Tertutup")
    ministry = organisation("kementerian-pu", name="Kementerian PU")
    point(there, 1, to="Kementerian PU").addressees.update(organisation=ministry)
    point(there, 2)
    Forum.objects.filter(pk=there.pk).update(stage="sealed", points_told=9)
    clerk = signed_in(Client(), person("Staf", ("viewer", ministry)))
    page = clerk.get(BOARD, {"forum": there.pk})
    assert (told(page), page.context["totals"].all) == ("", 1)


def test_how_many_points_publications_tell_of_is_written_by_the_secretariat() -> None:
    there = forum()
    point(there, 1)
    where = reverse("forums:points-told", args=[there.pk])
    clerk = signed_in(Client(), person("Budi", ("analyst", there.organisation)))
    for written, kept in (("9", None), ("", None)):
        clerk.post(where, {"jumlah": written})
        there.refresh_from_db()
        assert there.points_told == kept
    Forum.objects.filter(pk=there.pk).update(source="Berita pers")
    for written, kept in (("9", 9), ("0", 9), ("banyak", 9), ("99999", 9), ("1", 1), ("", None)):
        assert clerk.post(where, {"jumlah": written}).status_code == 302
        there.refresh_from_db()
        assert there.points_told == kept
    assert signed_in(Client(), person("Luar")).post(where, {"jumlah": "3"}).status_code == 404
