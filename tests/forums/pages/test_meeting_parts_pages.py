"""Parts of a meeting on its page: agenda, calendar file, documents."""

from datetime import date, time

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from icalendar import Calendar

from sinergi.forums.actions import agenda, invitations
from sinergi.forums.details import AgendaDetails
from sinergi.forums.models import AgendaItem, ForumDocument
from tests.forums.pages.browsing import client_of, fields_of, page_of, public, text_of
from tests.forums.play import DAY, Play, play
from tests.people import organisation, person, signed_in

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n"


@pytest.fixture
def made() -> Play:
    return play()


@pytest.fixture
def secretary(made: Play) -> Client:
    return client_of(made.secretary)


# agenda and calendar -------------------------------------------------------------------------


def test_an_item_of_the_agenda_is_added_once_shown_by_day_and_taken_off(
    made: Play, secretary: Client
) -> None:
    there = page_of(made, "acara/")
    sent = fields_of(secretary.get(page_of(made)), there)
    assert sent["day"] == "2024-04-21"
    sent |= {"title": "Pleno <b>I</b>", "begins": "09:00", "ends": "11:30", "place": "Aula"}
    for _time in range(2):
        assert secretary.post(there, sent)["Location"].endswith("#acara")
    told = BeautifulSoup(secretary.get(page_of(made)).content, "html.parser")
    assert "Sudah masuk" in told.select_one("#acara [role=status]").get_text()
    assert not told.select(".messages li")
    item = AgendaItem.objects.get()
    shown = text_of(secretary.get(page_of(made)))
    assert "09.00–11.30 WIB Pleno <b>I</b>" in shown
    secretary.post(page_of(made, f"acara/{item.pk}/hapus/"))
    assert "Acara masih kosong" in text_of(secretary.get(page_of(made)))


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"day": "2024-04-23"}, "bukan salah satu hari pertemuan"),
        ({"begins": "10:00", "ends": "09:00"}, "Tidak boleh selesai sebelum mulai"),
        ({"begins": "25:00"}, "Tulis waktu sebagai jam dan menit"),
        ({"title": "x" * 201}, "201"),
        ({"kind": "pesta"}, "pesta"),
    ],
)
def test_an_item_that_cannot_be_is_refused_with_what_was_written(
    made: Play, secretary: Client, wrong: dict[str, str], told: str
) -> None:
    there = page_of(made, "acara/")
    sent = fields_of(secretary.get(page_of(made)), there) | {"title": "Pleno"} | wrong
    answer = secretary.post(there, sent)
    assert answer.status_code == 422
    assert told in text_of(answer)
    assert fields_of(answer, there)["title"] == sent["title"]
    assert not AgendaItem.objects.exists()


def test_an_item_outside_the_days_is_marked_when_the_days_are_changed(
    made: Play, secretary: Client
) -> None:
    details = AgendaDetails("Makan malam", DAY, "dinner")
    agenda.add_agenda_item(made.secretary, made.forum.pk, details)
    there = page_of(made, "ubah/")
    sent = fields_of(secretary.get(there)) | {"begins": "2024-05-01", "ends": "2024-05-02"}
    secretary.post(there, sent)
    assert "di luar hari pertemuan" in text_of(secretary.get(page_of(made)))


def test_the_calendar_holds_the_meeting_and_every_item_with_a_time(
    made: Play, secretary: Client, settings
) -> None:
    for details in (
        AgendaDetails("Pleno, hari I", DAY, "plenary", time(9), time(11, 30), "Aula; lantai 2"),
        AgendaDetails("Makan malam", DAY, "dinner"),
    ):
        agenda.add_agenda_item(made.secretary, made.forum.pk, details)
    answer = secretary.get(page_of(made, "kalender.ics"))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "attachment" in answer["Content-Disposition"]
    read = Calendar.from_ical(answer.content)
    meeting, plenary = read.events
    assert (meeting.decoded("dtstart"), meeting.decoded("dtend")) == (DAY, date(2024, 4, 22))
    assert plenary.decoded("dtstart").isoformat() == "2024-04-21T09:00:00+07:00"
    assert str(plenary["dtstart"].params["TZID"]) == settings.TIME_ZONE == "Asia/Jakarta"
    assert str(plenary["location"]) == "Aula; lantai 2"
    assert [str(zone["TZID"]) for zone in read.timezones] == ["Asia/Jakarta"]
    assert Client().get(page_of(made, "kalender.ics")).status_code == 404


# documents -----------------------------------------------------------------------------------


def add_document(client: Client, made: Play, name: str = "TOR.pdf", content=PDF, **values: str):
    there = page_of(made, "dokumen/")
    sent = fields_of(client.get(page_of(made)), there)
    sent.pop("open_to_all", None)
    return client.post(there, sent | values | {"file": SimpleUploadedFile(name, content)})


def test_a_document_for_delegations_is_had_by_them_and_by_nobody_else(
    made: Play, secretary: Client
) -> None:
    assert add_document(secretary, made)["Location"].endswith("#dokumen")
    there = page_of(made, f"dokumen/{ForumDocument.objects.get().pk}/")
    visitor, city = public(made), client_of(made.cities["banjarbaru"])
    got = city.get(there)
    assert got.content == PDF
    assert got["X-Content-Type-Options"] == "nosniff"
    assert got["Content-Disposition"] == 'attachment; filename="TOR.pdf"'
    stranger = signed_in(Client(), person("Tono", ("approver", organisation("kota-lain"))))
    for other in (visitor, stranger):
        assert other.get(there).status_code == 404
        assert "TOR" not in text_of(other.get(page_of(made)))
    row = made.delegations["banjarbaru"]
    invitations.leave(made.secretary, made.forum.pk, row.pk)
    assert city.get(there).status_code == 404


def test_an_open_document_is_had_by_whoever_reads_the_forum(made: Play, secretary: Client) -> None:
    add_document(secretary, made, open_to_all="on", title="Undangan terbuka")
    there = page_of(made, f"dokumen/{ForumDocument.objects.get().pk}/")
    assert Client().get(there).status_code == 404
    visitor = public(made)
    assert visitor.get(there).content == PDF
    assert "Undangan terbuka" in text_of(visitor.get(page_of(made)))


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("TOR.exe", PDF, "Dokumen berupa salah satu dari"),
        ("TOR.pdf", b"MZ\x90", "TOR.pdf"),
        ("TOR.pdf", b"", "kosong"),
        ("TOR.pdf", PDF + b"x" * 10 * 2**20, "10 MB"),
    ],
)
def test_a_file_that_is_not_taken_is_refused_and_its_title_is_kept(
    made: Play, secretary: Client, name: str, content: bytes, told: str
) -> None:
    answer = add_document(secretary, made, name, content, title="Kerangka acuan")
    assert answer.status_code == 422
    assert told in text_of(answer)
    assert fields_of(answer, page_of(made, "dokumen/"))["title"] == "Kerangka acuan"
    assert not ForumDocument.objects.exists()


def test_a_document_is_removed_and_the_history_says_so(made: Play, secretary: Client) -> None:
    add_document(secretary, made)
    number = ForumDocument.objects.get().pk
    city = client_of(made.cities["banjarbaru"])
    assert city.post(page_of(made, f"dokumen/{number}/hapus/")).status_code == 403
    shown = secretary.post(page_of(made, f"dokumen/{number}/hapus/"), follow=True)
    assert "Dokumen dihapus" in text_of(shown)
    assert secretary.get(page_of(made, f"dokumen/{number}/")).status_code == 404


# change in place ------------------------------------------------------------------------------


def test_an_item_is_changed_where_it_stands_and_two_who_change_it_keep_both(
    made: Play, secretary: Client
) -> None:
    details = AgendaDetails("Pleno I", DAY, "plenary", time(9), time(11), "Aula")
    item = agenda.add_agenda_item(made.secretary, made.forum.pk, details)
    there = page_of(made, f"acara/{item.pk}/ubah/")
    mine, others = (fields_of(secretary.get(there)) for _time in range(2))
    assert mine["begins"].startswith("09:00")
    done = secretary.post(there, mine | {"title": "Pleno pembukaan"})
    assert done["Location"].endswith("#acara")
    met = secretary.post(there, others | {"place": "Balai Kota"})
    assert met.status_code == 409
    again = fields_of(met)
    assert (again["title"], again["place"]) == ("Pleno pembukaan", "Balai Kota")
    assert secretary.post(there, again).status_code == 302
    item.refresh_from_db()
    assert (item.title, item.place, item.begins, item.revision) == (
        "Pleno pembukaan",
        "Balai Kota",
        time(9),
        3,
    )
    shown = text_of(secretary.get(page_of(made)))
    assert "Pleno I Pleno pembukaan" in shown.replace("→", "").replace("  ", " ")
    refused = secretary.post(there, fields_of(secretary.get(there)) | {"day": "2024-04-23"})
    assert refused.status_code == 422
    secretary.post(there, fields_of(secretary.get(there)))
    item.refresh_from_db()
    assert item.revision == 3


def test_a_document_is_renamed_and_opened_where_it_stands(made: Play, secretary: Client) -> None:
    add_document(secretary, made, title="Rancangan")
    row = ForumDocument.objects.get()
    there = page_of(made, f"dokumen/{row.pk}/ubah/")
    sent = fields_of(secretary.get(there))
    sent.pop("open_to_all")
    stale = dict(sent)
    secretary.post(there, sent | {"title": "Kerangka acuan", "open_to_all": "on"})
    row.refresh_from_db()
    assert (row.title, row.open_to_all, row.revision) == ("Kerangka acuan", True, 2)
    assert bytes(row.content) == PDF
    met = secretary.post(there, stale | {"title": "TOR"})
    assert met.status_code == 409
    assert "Sementara itu orang lain mengubah" in text_of(met)
    visitor = public(made)
    assert "Kerangka acuan" in text_of(visitor.get(page_of(made)))
    again = secretary.get(there)
    assert b"checked" in again.content
    closing = fields_of(again)
    closing.pop("open_to_all")
    secretary.post(there, closing)
    assert "Kerangka acuan" not in text_of(visitor.get(page_of(made)))
    secretary.post(page_of(made, f"dokumen/{row.pk}/hapus/"))
    assert secretary.get(there).status_code == 404


def test_parts_are_changed_by_the_secretariat_only_and_no_more_once_it_is_sealed(
    made: Play, secretary: Client
) -> None:
    item = agenda.add_agenda_item(
        made.secretary, made.forum.pk, AgendaDetails("Pleno", DAY, "plenary")
    )
    there = page_of(made, f"acara/{item.pk}/ubah/")
    city = client_of(made.cities["banjarbaru"])
    assert {city.get(there).status_code, city.post(there).status_code} == {403}
    type(made.forum).objects.update(stage="sealed")
    shown = secretary.get(there)
    assert "pada tahap" in text_of(shown)
    assert not fields_of_form(shown)
    assert (
        secretary.post(there, {"title": "X", "kind": "plenary", "day": "2024-04-21"}).status_code
        == 422
    )


def fields_of_form(response) -> bool:
    """Whether a page has a field for a title."""
    return b'name="title"' in response.content
