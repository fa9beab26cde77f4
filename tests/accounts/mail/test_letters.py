"""Letters: sent once, in the language of the reader, over a real mail server; headers stay clean."""

import smtplib
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.core import mail
from django.test import Client
from django.utils import timezone

from sinergi.accounts.errors import InvalidError
from sinergi.accounts.mail.deliver import LetterTakenError, deliver
from sinergi.accounts.mail.letters import send
from sinergi.accounts.models import Letter, Person
from sinergi.accounts.signin.notices import NOTICE, NOTICES
from sinergi.site.email_address import email_settings
from tests.accounts.mail.server import listening
from tests.people import PASSWORD, person

TOLD = {"what": NOTICES["mfa/email/totp_activated"], "when": "1 Mei 2026", "ip": "", "link": "/"}


class Mailbox:
    """What a mail server has taken."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.answer = "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.answer.startswith("250"):
            self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        return self.answer


@pytest.fixture
def mailbox(settings) -> Iterator[Mailbox]:
    """A real mail server on this machine, to which e-mail goes."""
    box = Mailbox()
    with listening(box) as port:
        for name, value in email_settings(f"smtp://127.0.0.1:{port}").items():
            setattr(settings, name, value)
        yield box


def text(letter: EmailMessage) -> str:
    part = letter.get_body(("plain",))
    assert part is not None
    return part.get_content()


def test_a_forgotten_password_is_set_by_the_letter_that_arrives(db, mailbox):
    ani = person()
    Client().post("/kata-sandi/lupa/", {"email": "ANI@contoh.test"})
    (letter,) = mailbox.letters
    assert letter["To"] == "ani@contoh.test"
    address = text(letter).split("http://testserver", 1)[1].split()[0]
    assert address in letter.get_body(("html",)).get_content()
    visitor = Client()
    there = visitor.get(address)["Location"]
    fresh = "hutan-gambut-kering-9"
    visitor.post(there, {"password1": fresh, "password2": fresh})
    ani.refresh_from_db()
    assert ani.check_password(fresh)
    assert not ani.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("chosen", "page"), [("en", "/kata-sandi/lupa/"), ("id", "/en/kata-sandi/lupa/")]
)
def test_the_link_for_a_new_password_comes_in_the_language_of_the_person(db, mailbox, chosen, page):
    Person.objects.filter(pk=person().pk).update(language=chosen)
    Client().post(page, {"email": "ani@contoh.test"})
    (letter,) = mailbox.letters
    assert letter["Content-Language"] == chosen
    assert ("http://testserver/en/" in text(letter)) == (chosen == "en")


def test_a_letter_speaks_the_language_it_is_written_in(db, mailbox):
    send("ani@contoh.test", "id", NOTICE, TOLD)
    send("ani@contoh.test", "en", NOTICE, TOLD)
    indonesian, english = mailbox.letters
    assert english["Subject"] == "Something changed in your account"
    assert indonesian["Subject"] != english["Subject"]
    assert indonesian["Content-Language"] == "id"
    assert "An authenticator app was added" in text(english)
    assert "An authenticator app was added" not in text(indonesian)


def test_a_task_that_is_delivered_twice_sends_one_letter(db, mailbox):
    letter = send("ani@contoh.test", "id", NOTICE, TOLD)
    deliver.call(letter.pk)
    assert len(mailbox.letters) == 1


def test_a_letter_that_another_worker_is_sending_waits(db, settings):
    letter = Letter.objects.create(template=NOTICE, sealed="x", taken_at=timezone.now())
    with pytest.raises(LetterTakenError):
        deliver.call(letter.pk)


def test_a_letter_of_a_worker_that_died_is_sent_by_another(db, mailbox):
    letter = send("ani@contoh.test", "id", NOTICE, TOLD)
    before = timezone.now() - timedelta(minutes=6)
    rows = Letter.objects.filter(pk=letter.pk)
    rows.update(sent_at=None, sealed=letter.sealed, taken_at=before)
    deliver.call(letter.pk)
    assert len(mailbox.letters) == 2


def test_a_mail_server_that_refuses_is_asked_again(db, mailbox):
    mailbox.answer = "451 later"
    letter = send("ani@contoh.test", "id", NOTICE, TOLD)
    with pytest.raises(smtplib.SMTPException):
        deliver.call(letter.pk)
    letter.refresh_from_db()
    assert (letter.sent_at, letter.taken_at) == (None, None)
    mailbox.answer = "250 OK"
    deliver.call(letter.pk)
    assert len(mailbox.letters) == 1


def test_what_a_letter_says_is_stored_sealed_and_forgotten_once_sent(db, mailbox):
    letter = send("ani@contoh.test", "id", NOTICE, TOLD)
    assert "contoh.test" not in letter.sealed
    letter.refresh_from_db()
    assert letter.sealed == ""
    assert letter.sent_at is not None


@pytest.mark.parametrize(
    "address",
    [
        "ani@contoh.test\r\nBcc: semua@contoh.test",
        "ani@contoh.test\nSubject: x",
        "ani@contoh.test, budi@contoh.test",
        "Ani <ani@contoh.test>",
        "",
    ],
)
def test_nothing_but_one_address_is_written_to(db, address):
    with pytest.raises(InvalidError):
        send(address, "id", NOTICE, TOLD)
    assert not Letter.objects.exists()
    assert not mail.outbox


def test_a_line_break_in_what_a_subject_names_stays_in_the_subject(db, mailbox, tmp_path, settings):
    folder = tmp_path / "sly"
    folder.mkdir()
    (folder / "subject.txt").write_text("Undangan dari {{ name }}", encoding="utf-8")
    (folder / "body.txt").write_text("{{ name }}", encoding="utf-8")
    (folder / "body.html").write_text("<p>{{ name }}</p>", encoding="utf-8")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [str(tmp_path)]}]
    name = "Ani\r\nBcc: semua@contoh.test\r\n\r\n<script>&"
    send("ani@contoh.test", "id", "sly", {"name": name})
    (letter,) = mailbox.letters
    assert letter["Bcc"] is None
    assert letter["Subject"] == "Undangan dari Ani Bcc: semua@contoh.test <script>&"
    assert "<script>" not in letter.get_body(("html",)).get_content()


@pytest.mark.parametrize("what", list(NOTICES.values()))
def test_every_notice_is_told_in_both_languages(db, what):
    for language in ("id", "en"):
        send("ani@contoh.test", language, NOTICE, {**TOLD, "what": what})
    indonesian, english = (one.body for one in mail.outbox)
    assert what in english
    assert what not in indonesian
