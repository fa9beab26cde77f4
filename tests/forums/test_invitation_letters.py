"""Invitations go out by letter; whoever cannot be reached shows up, and is written to at another address."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from sinergi.accounts.errors import ForbiddenError, InvalidError
from sinergi.accounts.mail.returned import mark_returned, read_report
from sinergi.accounts.models import AuditRecord, Letter, Person
from sinergi.forums.actions import invitation_letters, invitations, meetings
from sinergi.forums.actions.notices import choose_letters
from sinergi.forums.details import ForumDetails
from sinergi.forums.models import Delegation, Forum
from sinergi.forums.queries.invitation_letters import deliveries_of
from sinergi.forums.queries.meetings import chosen
from tests.accounts.mail.dsn import report
from tests.accounts.mail.test_returned import door  # noqa: F401 - a real mail server
from tests.forums.pages.browsing import client_of, fields_of, public, text_of
from tests.forums.play import Play, secretariat
from tests.people import asks, organisation, person

pytestmark = pytest.mark.django_db
ADDRESS = "umum@kota-bontang.test"


@pytest.fixture
def made() -> Play:
    """A forum that is still to come, to which nobody is invited."""
    owner, secretary = secretariat()
    begins = timezone.localdate() + timedelta(days=30)
    details = ForumDetails(
        "Raker 2027", "commissariat", theme="Kota hijau", begins=begins, place="Banjarbaru"
    )
    return Play(meetings.announce(secretary, owner, details), secretary)


def invited(made: Play, *people: tuple[str, str], code: str = "kota-bontang") -> Delegation:
    """Invite an organisation in which people have roles."""
    home = organisation(code)
    for name, role in people:
        person(name, (role, home))
    [row] = invitations.invite(made.secretary, made.forum.pk, [home])
    return row


def again(made: Play, row: Delegation) -> int:
    return invitation_letters.write_again(made.secretary, made.forum.pk, row.pk)


def named(made: Play, row: Delegation, address: str) -> Delegation:
    return invitation_letters.name_contact(made.secretary, made.forum.pk, row.pk, address)


def later(minutes: int = 11) -> None:
    """Let time pass since all letters were written."""
    past = timezone.now() - timedelta(minutes=minutes)
    Letter.objects.update(sent_at=past)


def test_those_who_may_answer_are_written_to_in_their_language_coordinators_first(made):
    Person.objects.filter(
        pk=person("Cici", ("coordinator", organisation("kota-bontang"))).pk
    ).update(language="en")
    invited(
        made,
        ("Ani", "analyst"),
        ("Budi", "analyst"),
        ("Dedi", "approver"),
        ("Edi", "viewer"),
        ("Fani", "administrator"),
    )
    assert [one.to[0].split("@")[0] for one in mail.outbox] == ["cici", "dedi", "ani"]
    english, indonesian = mail.outbox[0], mail.outbox[1]
    assert english.subject == "Invitation of Kota Bontang: Raker 2027"
    assert f"/en/forum/{made.forum.pk}/" in english.body
    assert "/en/tindak-lanjut/pemberitahuan/" in english.body
    assert "Komwil V mengundang Kota Bontang" in indonesian.body
    for told in ("Raker 2027", "Kota hijau", "Banjarbaru", f"/forum/{made.forum.pk}/"):
        assert told in indonesian.body
        assert told in indonesian.alternatives[0][0]


def test_who_chose_against_letters_gets_none_and_it_shows(made):
    cici = asks(person("Cici", ("coordinator", organisation("kota-bontang"))))
    choose_letters(cici, ["digest", "ballots"])
    row = invited(made)
    assert not mail.outbox
    with pytest.raises(InvalidError, match=r"tidak ada|Tidak ada"):
        again(made, row)
    page = client_of(made.secretary).get(f"/forum/{made.forum.pk}/undangan/")
    assert "tidak ada yang dapat disurati" in text_of(page)


def test_no_letter_goes_out_for_a_meeting_that_is_over_or_when_none_is_wanted(made):
    home = organisation("kota-bontang")
    person("Cici", ("coordinator", home))
    invitations.invite(made.secretary, made.forum.pk, [home], letters=False)
    Forum.objects.update(begins=timezone.localdate() - timedelta(days=1), ends=None)
    person("Dodi", ("coordinator", organisation("kota-tarakan")))
    row = invited(made, code="kota-tarakan")
    assert not mail.outbox
    with pytest.raises(InvalidError, match="lewat"):
        again(made, row)
    page = f"/forum/{made.forum.pk}/undangan/"
    sent = {"organisation": [organisation("kota-balikpapan").pk]}
    told = text_of(client_of(made.secretary).post(page, sent, follow=True))
    assert "Mereka tidak disurati: pertemuan sudah selesai." in told


def test_a_refused_address_is_told_by_name_and_written_again(made, door):  # noqa: F811
    door.answers["cici@contoh.test"] = "550 5.1.1 <cici@contoh.test>: no such user"
    row = invited(made, ("Cici", "coordinator"), ("Dedi", "approver"))
    page = f"/forum/{made.forum.pk}/undangan/"
    secretary = client_of(made.secretary)
    shown = text_of(secretary.get(page))
    assert "Cici: tidak dapat disampaikan – alamat itu tidak ada" in shown
    assert "5.1.1 …: no such user" in shown
    assert "Dedi: terkirim" in shown
    assert "cici@contoh.test" not in shown
    door.answers.clear()
    done = secretary.post(f"/forum/{made.forum.pk}/delegasi/{row.pk}/surat/", follow=True)
    assert "1 surat untuk Kota Bontang sedang dikirim" in text_of(done)
    assert len(door.taken) == 2
    assert not any(one.failed for one in deliveries_of(row))


def test_a_letter_that_reached_all_is_not_written_twice_by_a_second_click(made):
    row = invited(made, ("Cici", "coordinator"))
    with pytest.raises(InvalidError, match="sepuluh menit"):
        again(made, row)
    later()
    assert again(made, row) == 1
    assert len(mail.outbox) == 2


def test_a_letter_that_waits_for_long_is_told_and_written_again(made, door):  # noqa: F811
    door.answers["cici@contoh.test"] = "450 4.7.1 greylisted, come back later"
    row = invited(made, ("Cici", "coordinator"))
    page, client = f"/forum/{made.forum.pk}/undangan/", client_of(made.secretary)
    assert "Cici: menunggu dikirim sejak" in text_of(client.get(page))
    Letter.objects.update(created=timezone.now() - timedelta(hours=2))
    Delegation.objects.update(invited_at=timezone.now() - timedelta(hours=3))
    assert "Cici: belum terkirim" in text_of(client.get(page))
    door.answers.clear()
    assert again(made, row) == 1
    assert "Cici: terkirim" in text_of(client.get(page))


def test_an_organisation_without_accounts_is_written_to_at_an_address_that_stays_out_of_the_trail(
    made,
):
    row = invited(made)
    assert not mail.outbox
    secretary = client_of(made.secretary)
    there = f"/forum/{made.forum.pk}/delegasi/{row.pk}/alamat/"
    wrong = secretary.post(there, {"alamat": "umum@"})
    assert wrong.status_code == 422
    assert fields_of(wrong, there)["alamat"] == "umum@"
    shown = text_of(secretary.post(there, {"alamat": ADDRESS}, follow=True))
    assert f"{ADDRESS}: terkirim" in shown
    [letter] = mail.outbox
    assert letter.to == [ADDRESS]
    assert "hubungi Komwil V" in letter.body
    assert "/forum/" not in letter.body
    assert "pemberitahuan" not in letter.body
    assert not AuditRecord.objects.filter(after__contains="bontang.test").exists()
    assert "bontang.test" not in text_of(secretary.get(f"/forum/{made.forum.pk}/"))


def test_a_bounce_is_told_and_the_address_corrected(made):
    row = named(made, invited(made), ADDRESS)
    letter = Letter.objects.get()
    mark_returned(read_report(report(letter.message_id)))
    [told] = deliveries_of(row)
    assert (told.name, told.fate, told.why) == (ADDRESS, "returned", "alamat itu tidak ada")
    public(made)
    row = named(made, row, "walikota@kota-bontang.test")
    assert [one.fate for one in deliveries_of(row)] == ["sent"]
    assert f"/forum/{made.forum.pk}/" in mail.outbox[-1].body
    assert named(made, row, "").contact == ""
    assert deliveries_of(row) == []


def test_a_delegation_that_leaves_is_forgotten_and_starts_anew_when_it_is_invited_again(made):
    row = named(made, invited(made, ("Cici", "coordinator")), ADDRESS)
    invitations.leave(made.secretary, made.forum.pk, row.pk)
    assert not Delegation.objects.exclude(contact="").exists()
    [row] = invitations.invite(made.secretary, made.forum.pk, [row.organisation], letters=False)
    assert deliveries_of(row) == []


def test_only_the_secretariat_writes_and_sees_who_was_written_to(made):
    row = named(made, invited(made, ("Cici", "coordinator")), ADDRESS)
    cici = asks(Person.objects.get(name="Cici"))
    for deed in (
        lambda: invitation_letters.write_again(cici, made.forum.pk, row.pk),
        lambda: invitation_letters.name_contact(cici, made.forum.pk, row.pk, "x@y.test"),
    ):
        with pytest.raises(ForbiddenError):
            deed()
    client = client_of(cici)
    for part in ("", f"delegasi/{row.pk}/"):
        assert ADDRESS not in text_of(client.get(f"/forum/{made.forum.pk}/{part}"))


def test_letters_of_a_day_are_limited(made, monkeypatch):
    monkeypatch.setattr(invitation_letters, "A_DAY", 2)
    row = invited(made)
    for number in range(2):
        named(made, row, f"a{number}@kota.test")
    with pytest.raises(InvalidError, match="besok"):
        named(made, row, "a3@kota.test")


def test_what_is_ticked_stays_ticked_while_somebody_looks_for_others(made):
    first, second = organisation("kota-bontang"), organisation("kota-tarakan")
    client, page = client_of(made.secretary), f"/forum/{made.forum.pk}/undangan/"
    found = client.post(page, {"organisation": [first.pk], "cari": "tarakan", "saring": "1"})
    assert found.status_code == 200
    assert not Delegation.objects.exists()
    text = text_of(found)
    assert "Dipilih sebelumnya Kota Bontang" in text
    assert "Kota Tarakan" in text
    assert f'value="{first.pk}" checked' in found.content.decode()
    assert "Komwil V" not in text.split("Cari organisasi")[-1].split("Undang yang dipilih")[0]
    client.post(page, {"organisation": [first.pk, second.pk], "cari": "tarakan"})
    assert Delegation.objects.count() == 2


def test_a_workspace_is_not_invited_by_its_number_and_its_name_is_told_to_nobody(made):
    hidden = organisation("ruang-kerja-ani", name="Ruang Kerja Ani", kind="workspace")
    known = organisation("kota-samarinda")
    assert [one.pk for one in chosen([str(hidden.pk), str(known.pk)])] == [known.pk]
    address = f"/forum/{made.forum.pk}/undangan/"
    browser = client_of(made.secretary)
    browser.post(address, {"organisation": [hidden.pk]})
    assert not made.forum.delegations.filter(organisation=hidden).exists()
    assert hidden.name not in text_of(browser.get(address))
