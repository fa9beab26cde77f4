"""Pages of the meeting: announce, change, plan, show, move on, and what a visitor sees of it."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from sinergi.accounts.audit.history import history_for
from sinergi.forums.actions import documents, invitations, meetings, minutes, points
from sinergi.forums.details import PointDetails
from sinergi.forums.models import Forum
from sinergi.forums.places import place_of
from sinergi.forums.stages import Stage
from tests.forums.pages.browsing import client_of, fields_of, page_of, public, text_of
from tests.forums.play import Play, deliberating, play
from tests.people import organisation, person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Play:
    return play()


@pytest.fixture
def secretary(made: Play) -> Client:
    return client_of(made.secretary)


@pytest.mark.parametrize(
    ("place", "code", "shown"),
    [
        ("Aula Gawi Sabarataan", "63.72", "Aula Gawi Sabarataan, Kota Banjarbaru"),
        ("Banjarbaru", "63.72", "Kota Banjarbaru"),
        ("Hotel X, Kota Banjarbaru", "63.72", "Hotel X, Kota Banjarbaru"),
        ("", "63.72", "Kota Banjarbaru"),
        ("Surabaya", "", "Surabaya"),
    ],
)
def test_a_place_names_its_region_once(place: str, code: str, shown: str) -> None:
    assert place_of(Forum(place=place, region_code=code)) == shown


# all forums ----------------------------------------------------------------------------------


def test_without_a_forum_the_page_says_what_one_is(client: Client) -> None:
    shown = text_of(client.get("/forum/"))
    assert "Forum adalah pertemuan dari undangan sampai hasilnya" in shown
    assert "Forum baru" not in shown


def test_forums_are_listed_with_their_counts_to_those_who_may_see_them(
    made: Play, secretary: Client
) -> None:
    shown = text_of(secretary.get("/forum/"))
    assert "Raker Komwil V" in shown
    assert "21 April 2024" in shown
    assert "Forum baru" in shown
    assert "Raker Komwil V" not in text_of(Client().get("/forum/"))


def test_the_list_asks_the_database_no_more_often_for_many_forums(
    made: Play, secretary: Client, django_assert_max_num_queries
) -> None:
    secretary.get("/forum/")
    with django_assert_max_num_queries(40) as first:
        secretary.get("/forum/")
    for _number in range(4):
        details = meetings.details_of(made.forum)
        meetings.announce(made.secretary, made.forum.organisation, details)
    with django_assert_max_num_queries(len(first)):
        assert text_of(secretary.get("/forum/")).count("Raker Komwil V") == 5


def test_the_list_is_narrowed_by_stage_and_kind(made: Play, secretary: Client) -> None:
    assert "Raker Komwil V" in text_of(secretary.get("/forum/?tahap=announced&jenis=commissariat"))
    shown = text_of(secretary.get("/forum/?tahap=closed"))
    assert "Tidak ada forum pada tahap dan dengan jenis ini" in shown
    assert "Raker Komwil V" in text_of(secretary.get("/forum/?tahap=x&jenis=%00&halaman=-3"))


# announce and change -------------------------------------------------------------------------


def test_a_form_that_is_sent_twice_announces_one_forum(made: Play, secretary: Client) -> None:
    sent = fields_of(secretary.get("/forum/baru/"))
    sent |= {"title": "Rakor PUPR", "type": "technical", "region_code": "63.72"}
    first, second = (secretary.post("/forum/baru/", sent) for _time in range(2))
    assert first["Location"] == second["Location"]
    assert Forum.objects.filter(title="Rakor PUPR").count() == 1
    assert "Banjarbaru" in text_of(secretary.get(first["Location"]))


def test_what_cannot_be_is_told_beside_its_field_and_the_rest_is_kept(
    made: Play, secretary: Client
) -> None:
    sent = fields_of(secretary.get("/forum/baru/"))
    sent |= {"title": "Rakor", "type": "x", "begins": "2026-04-21", "ends": "kemarin"}
    answer = secretary.post("/forum/baru/", sent)
    assert answer.status_code == 422
    assert "Tulis hari sebagai tahun-bulan-tanggal" in text_of(answer)
    assert fields_of(answer)["begins"] == "2026-04-21"
    sent |= {"type": "technical", "ends": "2026-04-20", "purpose": "x" * 5000}
    answer = secretary.post("/forum/baru/", sent)
    shown = text_of(answer)
    assert answer.status_code == 422
    assert "Hari terakhir tidak boleh sebelum hari pertama" in shown
    assert "5000" in shown
    assert len(fields_of(answer)["purpose"]) == 5000


def test_only_those_who_write_for_an_organisation_announce(made: Play, client: Client) -> None:
    assert client.get("/forum/baru/").status_code == 302
    viewer = signed_in(Client(), person("Tamu", ("viewer", made.forum.organisation)))
    assert viewer.get("/forum/baru/").status_code == 403
    assert viewer.get(page_of(made, "ubah/")).status_code == 403


def test_two_who_change_a_forum_at_once_both_keep_what_they_wrote(
    made: Play, secretary: Client
) -> None:
    there = page_of(made, "ubah/")
    mine = fields_of(secretary.get(there)) | {"host": "Kota Banjarbaru"}
    theirs = fields_of(secretary.get(there)) | {"theme": "Kota cerdas"}
    assert secretary.post(there, theirs).status_code == 302
    conflict = secretary.post(there, mine)
    assert conflict.status_code == 409
    assert "Diubah oleh Sekretaris komwil-v" in text_of(conflict)
    merged = fields_of(conflict)
    assert (merged["host"], merged["theme"]) == ("Kota Banjarbaru", "Kota cerdas")
    assert secretary.post(there, merged).status_code == 302
    forum = Forum.objects.get()
    assert (forum.host, forum.theme) == ("Kota Banjarbaru", "Kota cerdas")


def test_a_forum_is_put_away_and_restored(made: Play, secretary: Client) -> None:
    sent = fields_of(secretary.get(page_of(made, "ubah/")), page_of(made, "arsip/"))
    silent = secretary.post(page_of(made, "arsip/"), sent | {"mengapa": " "}, follow=True)
    assert "Tulis mengapa forum diarsipkan." in text_of(silent)
    assert secretary.get(page_of(made)).status_code == 200
    away = secretary.post(page_of(made, "arsip/"), sent | {"mengapa": "ganda"}, follow=True)
    assert BeautifulSoup(away.content, "html.parser").select_one("details#arsip[open] form")
    assert "Forum yang diarsipkan (1)" in text_of(away)
    assert secretary.get(page_of(made)).status_code == 404
    assert "Forum yang diarsipkan" not in text_of(
        client_of(made.cities["banjarbaru"]).get("/forum/")
    )
    secretary.post(page_of(made, "pulihkan/"))
    assert "ganda" in text_of(secretary.get(page_of(made)))


# stages --------------------------------------------------------------------------------------


def test_the_secretariat_sees_what_is_missing_and_moves_on_when_nothing_is(
    made: Play, secretary: Client
) -> None:
    sent = fields_of(secretary.get(page_of(made)), page_of(made, "tahap/"))
    on = secretary.post(
        page_of(made, "tahap/"), sent | {"tahap": "raising", "mengapa": "siap"}, follow=True
    )
    shown = text_of(on)
    assert "Belum ada isu yang diajukan" in shown
    assert "siap" in shown
    assert "Lanjut ke" not in shown
    refused = secretary.post(
        page_of(made, "tahap/"), {"tahap": "preparing", "revision": "2", "mengapa": "tetap"}
    )
    assert refused.status_code == 422
    assert "belum ada isu yang diajukan" in text_of(refused)
    assert fields_of(refused, page_of(made, "tahap/"))["mengapa"] == "tetap"


@pytest.mark.parametrize(("to", "status"), [("x", 422), ("closed", 422), ("raising", 409)])
def test_a_stage_that_is_not_next_or_was_left_meanwhile_is_refused(
    made: Play, secretary: Client, to: str, status: int
) -> None:
    revision = made.forum.revision + (1 if to == "raising" else 0)
    sent = {"tahap": to, "revision": str(revision)}
    assert secretary.post(page_of(made, "tahap/"), sent).status_code == status
    assert Forum.objects.get().stage == "announced"


def test_an_analyst_prepares_but_does_not_move_the_forum_on(made: Play) -> None:
    analyst = signed_in(Client(), person("Dini", ("analyst", made.forum.organisation)))
    shown = text_of(analyst.get(page_of(made)))
    assert "Koordinator atau penyetuju di sekretariat yang memindahkan tahap" in shown
    sent = {"tahap": "raising", "revision": str(made.forum.revision)}
    assert analyst.post(page_of(made, "tahap/"), sent).status_code == 403


# what others see -----------------------------------------------------------------------------


def test_a_visitor_of_a_public_forum_sees_the_meeting_and_counts_but_nobody(
    made: Play, secretary: Client
) -> None:
    row = made.delegations["banjarbaru"]
    by = made.cities["banjarbaru"]
    visitor = public(made)
    invitations.name_delegate(by, made.forum.pk, row.pk, "Wali Kota", "Aditya Rahasia")
    invitations.answer(by, made.forum.pk, row.pk, coming=True, note="alergi udang")
    documents.add_document(
        made.secretary, made.forum.pk, "Naskah internal", "naskah.pdf", b"%PDF-1.7"
    )
    made.move(Stage.RAISING)
    shown = text_of(visitor.get(page_of(made)))
    assert "diundang 3 menyatakan hadir 3" in shown
    assert "diumumkan → pengajuan isu" in shown
    for hidden in (
        "Aditya",
        "Wali Kota",
        "udang",
        "Naskah internal",
        "Kota Banjarbaru",
        "Sekretaris",
    ):
        assert hidden not in shown
    assert "Yang masih kurang" not in shown


def test_a_visitor_of_a_public_forum_sees_what_was_agreed_and_no_draft() -> None:
    made, _themes = deliberating("banjarbaru")
    visitor = public(made)
    points.agree(made.secretary, made.forum.pk, PointDetails(1, "Percepatan jalan", "advocacy"))
    minutes.draw_up(made.secretary, made.forum.pk, opening="Naskah rahasia", signatories=[])
    assert "Butir disepakati 1" in text_of(visitor.get(page_of(made)))
    assert "Percepatan jalan" in text_of(visitor.get(page_of(made, "butir/")))
    for part in ("", "berita-acara/"):
        assert "Naskah rahasia" not in text_of(visitor.get(page_of(made, part)))


def test_a_delegation_is_not_told_of_the_people_and_notes_of_another(made: Play) -> None:
    row, by = made.delegations["banjarbaru"], made.cities["banjarbaru"]
    invitations.name_delegate(by, made.forum.pk, row.pk, "Sekretaris Daerah", "Aditya Rahasia")
    invitations.answer(by, made.forum.pk, row.pk, coming=True, note="alergi udang")
    own = text_of(client_of(by).get(page_of(made)))
    other = text_of(client_of(made.cities["banjarmasin"]).get(page_of(made)))
    assert "Sekretaris Daerah" in own
    assert "Kota Banjarbaru" in other
    for hidden in ("Aditya", "Sekretaris Daerah", "udang"):
        assert hidden not in other


def test_a_forum_that_may_not_be_read_is_not_there(made: Play) -> None:
    for part in ("", "ubah/", "undangan/", "kartu/", "hadir/", "kalender.ics", "dokumen/1/"):
        assert Client().get(page_of(made, part)).status_code in {302, 404}
        stranger = signed_in(
            Client(), person(f"Tono {part or 'x'}", ("approver", organisation("kota-lain")))
        )
        assert stranger.get(page_of(made, part)).status_code == 404


def test_the_page_is_in_english_below_en(made: Play, secretary: Client) -> None:
    shown = text_of(secretary.get(f"/en{page_of(made)}"))
    assert "What is next" in shown
    assert "Nothing is missing." in shown


def test_the_history_that_programs_read_tells_no_more_than_the_page(made: Play) -> None:
    row, by = made.delegations["banjarbaru"], made.cities["banjarbaru"]
    invitations.answer(by, made.forum.pk, row.pk, coming=True, note="alergi udang")
    seen = {name: history_for(who, made.forum) for name, who in made.cities.items()}
    noted = [name for name, deeds in seen.items() if _tells(deeds, "alergi udang")]
    assert noted == ["banjarbaru"]
    assert _tells(history_for(made.secretary, made.forum), "alergi udang")


def _tells(deeds, note: str) -> bool:
    return any(deed.after.get("note") == note for deed in deeds)
