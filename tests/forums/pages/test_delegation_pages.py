"""Pages of who comes: invitations, answers, people of a delegation, passes and the desk."""

import logging
import re

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from sinergi.accounts.models import Affiliation, Organisation
from sinergi.forums import passes
from sinergi.forums.actions import invitations
from sinergi.forums.models import Delegate, Delegation
from sinergi.site.logs import masked_path
from tests.forums.pages.browsing import client_of, fields_of, page_of, public, text_of
from tests.forums.play import Play, deliberating, play
from tests.people import organisation, person, signed_in

pytestmark = pytest.mark.django_db
NAME = "Aditya Rahasia"


@pytest.fixture
def made() -> Play:
    return play("banjarbaru", "banjarmasin")


@pytest.fixture
def secretary(made: Play) -> Client:
    return client_of(made.secretary)


@pytest.fixture
def city(made: Play) -> Client:
    return client_of(made.cities["banjarbaru"])


@pytest.fixture
def other(made: Play) -> Client:
    return client_of(made.cities["banjarmasin"])


def part_of(made: Play, part: str = "", name: str = "banjarbaru") -> str:
    return page_of(made, f"delegasi/{made.delegations[name].pk}/{part}")


def delegate_of(made: Play, name: str = "banjarbaru") -> Delegate:
    row = made.delegations[name]
    return invitations.name_delegate(
        made.cities[name], made.forum.pk, row.pk, "Wali Kota", f"{NAME} {name}"
    )


# invite --------------------------------------------------------------------------------------


def test_organisations_are_found_by_name_and_invited(made: Play, secretary: Client) -> None:
    there = page_of(made, "undangan/")
    new = organisation("kota-samarinda")
    found = text_of(secretary.get(f"{there}?cari=samar+kota"))
    assert "Kota Samarinda" in found
    assert "Kota Samarinda" not in text_of(secretary.get(f"{there}?cari=bontang"))
    shown = secretary.post(there, {"organisation": [new.pk], "cari": "samar"}, follow=True)
    assert "Organisasi yang baru diundang: 1" in text_of(shown)
    assert "3 diundang: 2 menyatakan hadir, 0 tidak hadir, 1 belum menjawab" in text_of(shown)
    assert Delegation.objects.get(organisation=new).answer == "waiting"


def test_all_members_of_a_commissariat_are_invited_at_once(made: Play, secretary: Client) -> None:
    there = page_of(made, "undangan/")
    komwil = organisation("komwil-iii", kind=Organisation.Kind.COMMISSARIAT)
    for code in ("kota-a", "kota-b", "kota-banjarbaru"):
        Affiliation.objects.create(association=komwil, member=organisation(code))
    assert "Komwil Iii (3)" in text_of(secretary.get(there))
    shown = secretary.post(there, {"himpunan": komwil.pk}, follow=True)
    assert "Organisasi yang baru diundang: 2" in text_of(shown)
    assert Delegation.objects.count() == 4


@pytest.mark.parametrize("sent", [{}, {"organisation": "x"}, {"himpunan": "999999"}])
def test_to_invite_nobody_is_refused(made: Play, secretary: Client, sent: dict) -> None:
    answer = secretary.post(page_of(made, "undangan/"), sent)
    assert answer.status_code == 422
    assert "Pilih siapa yang diundang" in text_of(answer)


def test_only_the_secretariat_invites_weighs_and_prints_all_passes(
    made: Play, city: Client
) -> None:
    for part in ("undangan/", "kartu/", "hadir/"):
        assert city.get(page_of(made, part)).status_code == 403
    assert city.post(page_of(made, "undangan/"), {"organisation": 1}).status_code == 403
    assert city.post(part_of(made, "bobot/"), {"weight": 9}).status_code == 403


@pytest.mark.parametrize(
    ("weight", "status"), [("3", 302), ("0", 422), ("1001", 422), ("dua", 422), ("", 422)]
)
def test_a_weight_is_a_whole_number(
    made: Play, secretary: Client, weight: str, status: int
) -> None:
    there = part_of(made, "bobot/")
    answer = secretary.post(there, {"weight": weight})
    assert answer.status_code == status
    expected = 3 if status == 302 else 1
    assert Delegation.objects.get(pk=made.delegations["banjarbaru"].pk).weight == expected
    if status == 422:
        assert fields_of(answer, there)["weight"] == weight


def test_who_was_taken_out_is_invited_again_and_asked_anew(made: Play, secretary: Client) -> None:
    out = secretary.post(part_of(made, "keluar/"), {"mengapa": "salah undang"}, follow=True)
    assert "Tidak lagi diundang (1)" in text_of(out)
    sent = {"organisation": [organisation("kota-banjarbaru").pk]}
    shown = text_of(secretary.post(page_of(made, "undangan/"), sent, follow=True))
    assert "1 belum menjawab" in shown
    assert "salah undang" in text_of(secretary.get(page_of(made)))


# answer --------------------------------------------------------------------------------------


def test_whoever_is_invited_is_asked_on_the_page_and_answers(made: Play, secretary: Client) -> None:
    home = organisation("kota-samarinda")
    [row] = invitations.invite(made.secretary, made.forum.pk, [home])
    analyst = signed_in(Client(), person("Sari", ("analyst", home)))
    shown = text_of(analyst.get(page_of(made)))
    assert "Anda diundang sebagai Kota Samarinda" in shown
    there = page_of(made, f"delegasi/{row.pk}/jawab/")
    sent = {"note": "datang terlambat"}
    assert analyst.post(there, sent).status_code == 422
    done = analyst.post(there, sent | {"jawab": "datang"}, follow=True)
    assert "Kota Samarinda menyatakan hadir" in text_of(done)
    analyst.post(there, {"note": "batal", "jawab": "tidak"})
    assert "Jawaban Anda: tidak hadir" in text_of(analyst.get(page_of(made)))
    assert "batal" in text_of(secretary.get(page_of(made, "undangan/")))


def test_a_note_that_is_too_long_is_refused_and_kept(made: Play, city: Client) -> None:
    answer = city.post(part_of(made, "jawab/"), {"note": "x" * 2001, "jawab": "tidak"})
    assert answer.status_code == 422
    assert len(fields_of(answer, part_of(made, "jawab/"))["note"]) == 2001
    assert Delegation.objects.filter(answer="declined").count() == 0


def test_another_neither_sees_nor_answers_for_a_delegation(made: Play, other: Client) -> None:
    for part in ("", "kartu/"):
        assert other.get(part_of(made, part)).status_code == 404
    for part in ("jawab/", "anggota/", "keluar/", "anggota/1/hapus/"):
        assert other.post(part_of(made, part), {"jawab": "tidak"}).status_code in {403, 404}
    assert Delegation.objects.filter(answer="coming").count() == 2


def test_a_viewer_of_the_organisation_reads_the_delegation_and_changes_nothing(
    made: Play,
) -> None:
    delegate_of(made)
    home = organisation("kota-banjarbaru")
    viewer = signed_in(Client(), person("Tamu", ("viewer", home)))
    shown = text_of(viewer.get(part_of(made)))
    assert NAME in shown
    assert "Tambahkan ke delegasi" not in shown
    assert viewer.post(part_of(made, "jawab/"), {"jawab": "tidak"}).status_code == 403


# people --------------------------------------------------------------------------------------


def test_people_are_named_once_and_forgotten_when_they_are_removed(
    made: Play, city: Client, secretary: Client
) -> None:
    sent = fields_of(city.get(part_of(made)), part_of(made, "anggota/"))
    sent |= {"office": "Wali Kota", "name": NAME}
    for _time in range(2):
        assert city.post(part_of(made, "anggota/"), sent).status_code == 302
    delegate = Delegate.objects.get()
    assert NAME in text_of(secretary.get(part_of(made)))
    city.post(part_of(made, f"anggota/{delegate.pk}/hapus/"))
    assert NAME not in text_of(city.get(part_of(made)))
    assert not Delegate.objects.exclude(name="").exists()


@pytest.mark.parametrize(
    ("office", "name", "told"),
    [
        ("", "Ani", "tidak boleh kosong"),
        ("x" * 161, "", "160"),
        ("Wali Kota", "A\u202eni", "U+202E"),
    ],
)
def test_an_office_or_name_that_cannot_be_is_refused_and_kept(
    made: Play, city: Client, office: str, name: str, told: str
) -> None:
    there = part_of(made, "anggota/")
    answer = city.post(there, {"office": office, "name": name})
    assert answer.status_code == 422
    assert told in text_of(answer)
    assert fields_of(answer, there)["name"] == name
    assert not Delegate.objects.exists()


def test_a_delegation_leaves_and_reads_no_more(made: Play, city: Client) -> None:
    refused = city.post(part_of(made, "keluar/"), {"mengapa": "x" * 1001})
    assert refused.status_code == 422
    assert len(fields_of(refused, part_of(made, "keluar/"))["mengapa"]) == 1001
    left = city.post(part_of(made, "keluar/"), {"mengapa": "batal"}, follow=True)
    assert "Kota Banjarbaru tidak lagi diundang" in text_of(left)
    assert city.get(page_of(made)).status_code == 404


# passes and the desk -------------------------------------------------------------------------


@pytest.fixture
def meeting() -> Play:
    made, _themes = deliberating("banjarbaru", "banjarmasin")
    return made


def test_a_pass_shows_its_holder_and_an_address_that_holds_its_code(
    made: Play, city: Client
) -> None:
    delegate = delegate_of(made)
    page = BeautifulSoup(city.get(part_of(made, "kartu/")).content, "html.parser")
    card = page.select_one(".pass")
    assert NAME in card.text
    assert passes.in_groups(delegate.pass_code) in card.text
    address = f"http://testserver{page_of(made, f'hadir/{delegate.pass_code}/')}"
    assert card.select_one("svg path")["d"] == passes.picture(address).path
    assert not page.select("[style], style")


def test_all_passes_are_printed_by_the_secretariat(made: Play, secretary: Client) -> None:
    for name in made.cities:
        delegate_of(made, name)
    shown = secretary.get(page_of(made, "kartu/"))
    assert len(BeautifulSoup(shown.content, "html.parser").select(".pass")) == 2


def test_a_pass_is_read_at_the_desk_and_its_holder_checked_in_once(meeting: Play) -> None:
    delegate, desk = delegate_of(meeting), client_of(meeting.secretary)
    there = page_of(meeting, f"hadir/{delegate.pass_code}/")
    assert NAME in text_of(desk.get(there))
    done = text_of(desk.post(there, follow=True))
    assert "Sudah dicatat hadir" in done
    moment = Delegate.objects.get().checked_in_at
    assert moment is not None
    desk.post(there)
    assert Delegate.objects.get().checked_in_at == moment
    assert "orang sudah hadir 1" in text_of(desk.get(page_of(meeting, "hadir/")))


def test_a_code_is_typed_as_it_is_read_aloud(meeting: Play) -> None:
    delegate, desk = delegate_of(meeting), client_of(meeting.secretary)
    typed = passes.in_groups(delegate.pass_code).lower().replace("0", "o").replace("1", "l")
    found = desk.post(page_of(meeting, "hadir/"), {"kode": f" {typed} "})
    assert found["Location"] == page_of(meeting, f"hadir/{delegate.pass_code}/")
    wrong = desk.post(page_of(meeting, "hadir/"), {"kode": "ABCD-0000"})
    assert wrong.status_code == 422
    assert fields_of(wrong)["kode"] == "ABCD-0000"


def test_to_all_others_every_pass_looks_the_same(meeting: Play) -> None:
    delegate = delegate_of(meeting)
    visitor, holder = public(meeting), client_of(meeting.cities["banjarbaru"])
    seen = set()
    for client in (visitor, holder):
        for forum, code in ((meeting.forum.pk, delegate.pass_code), (99999, "ABCD")):
            there = f"/forum/{forum}/hadir/{code}/"
            for answer in (client.get(there), client.post(there)):
                assert answer.status_code == 200
                assert NAME not in text_of(answer)
                seen.add(BeautifulSoup(answer.content, "html.parser").main.text)
    assert len(seen) == 1
    assert "meja pendaftaran" in seen.pop()
    assert Delegate.objects.get().checked_in_at is None


def test_a_pass_is_not_valid_before_the_meeting_elsewhere_or_after_its_holder_was_removed(
    made: Play, secretary: Client
) -> None:
    delegate = delegate_of(made)
    there = page_of(made, f"hadir/{delegate.pass_code}/")
    assert "selama forum pada tahap" in text_of(secretary.get(there))
    assert secretary.post(there).status_code == 422
    invitations.remove_delegate(
        made.cities["banjarbaru"], made.forum.pk, made.delegations["banjarbaru"].pk, delegate.pk
    )
    gone = secretary.get(there)
    assert gone.status_code == 404
    assert "tidak berlaku di sini" in text_of(gone)


def test_the_code_of_a_pass_is_in_no_log_and_told_to_no_other_page(
    meeting: Play, caplog: pytest.LogCaptureFixture
) -> None:
    delegate, desk = delegate_of(meeting), client_of(meeting.secretary)
    there = page_of(meeting, f"hadir/{delegate.pass_code}/")
    with caplog.at_level(logging.DEBUG):
        answer = desk.get(there)
        desk.post(there)
    assert answer["Referrer-Policy"] == "strict-origin"
    logged = [masked_path(path) for path in (there, f"/en{there}")]
    assert all(delegate.pass_code not in line for line in [*logged, caplog.text])


def test_codes_are_of_letters_that_nobody_confuses() -> None:
    codes = {passes.new_code() for _time in range(200)}
    assert len(codes) == 200
    assert all(re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{16}", code) for code in codes)
    assert all(passes.as_typed(passes.in_groups(code)) == code for code in codes)


def test_who_is_there_is_told_from_who_only_said_so_and_many_are_counted() -> None:
    cities = ("banjarbaru", "banjarmasin", "bontang", "samarinda", "tarakan")
    meeting, _themes = deliberating(*cities)
    delegate = delegate_of(meeting)
    desk = client_of(meeting.secretary)
    desk.post(page_of(meeting, f"hadir/{delegate.pass_code}/"))
    page = BeautifulSoup(desk.get(page_of(meeting)).content, "html.parser")
    chips = [one.text for one in page.select("#delegasi .chip")]
    assert sorted(chips) == ["hadir", *["menyatakan hadir"] * 4]
    sharing = page.select_one("#berbagi")
    assert "5 organisasi yang diberi akses" in sharing.text
    assert len(sharing.select("details li")) >= 5


def test_passes_are_in_the_language_of_the_meeting_whoever_prints_them(
    made: Play, city: Client
) -> None:
    delegate_of(made)
    pages = [city.get(f"{prefix}{part_of(made, 'kartu/')}") for prefix in ("", "/en")]
    cards = [BeautifulSoup(one.content, "html.parser").select_one(".passes") for one in pages]
    assert cards[0]["lang"] == "id"
    assert "21 April 2024" in cards[0].text
    assert str(cards[0].select_one("path")) == str(cards[1].select_one("path"))
    assert cards[0].select_one(".pass-of").text == cards[1].select_one(".pass-of").text
