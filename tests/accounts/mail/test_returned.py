"""Letters that do not arrive: refused at once, or sent back later; each leaves its reason and no address."""

import smtplib
from collections.abc import Iterator

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from hypothesis import given
from hypothesis import strategies as st

from sinergi.accounts.mail.deliver import deliver
from sinergi.accounts.mail.fates import Fate, fate_of, why_not
from sinergi.accounts.mail.letters import send
from sinergi.accounts.mail.refusals import without_address
from sinergi.accounts.mail.returned import MOST_BYTES, ReportError, mark_returned, read_report
from sinergi.accounts.models import Letter
from sinergi.accounts.signin.notices import NOTICE, NOTICES
from sinergi.site.email_address import email_settings
from tests.accounts.mail.dsn import report
from tests.accounts.mail.server import listening

TOLD = {"what": NOTICES["mfa/email/totp_activated"], "when": "1 Mei 2026", "ip": "", "link": "/"}
MARK = "<0123456789abcdef@contoh.test>"


class Door:
    """A mail server that answers each recipient as it is told, and keeps what it took."""

    def __init__(self) -> None:
        self.answers: dict[str, str] = {}
        self.taken: list[bytes] = []
        self.asked = 0
        self.after = "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.asked += 1
        answer = self.answers.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.taken.append(envelope.content)
        return self.after


@pytest.fixture
def door(settings) -> Iterator[Door]:
    """A real mail server on this machine, to which e-mail goes."""
    box = Door()
    with listening(box) as port:
        for name, value in email_settings(f"smtp://127.0.0.1:{port}").items():
            setattr(settings, name, value)
        yield box


def sent(address: str = "ani@kota.test") -> Letter:
    letter = send(address, "id", NOTICE, TOLD)
    letter.refresh_from_db()
    return letter


def test_an_address_that_is_refused_is_told_and_not_tried_again(db, door):
    door.answers["ani@kota.test"] = "550 5.1.1 <ani@kota.test>: no mailbox ani here"
    letter = sent()
    assert (fate_of(letter), letter.sent_at, letter.status) == (Fate.REFUSED, None, "5.1.1")
    assert letter.reason == "…: no mailbox … here"
    assert letter.sealed == ""
    assert why_not(letter) == "alamat itu tidak ada"
    deliver.call(letter.pk)
    assert door.asked == 1
    assert fate_of(sent("budi@kota.test")) is Fate.SENT


@pytest.mark.parametrize(
    ("rcpt", "after"),
    [
        ("450 4.2.1 mailbox busy, try later", "250 OK"),
        ("530 5.7.0 Authentication required", "250 OK"),
        ("250 OK", "451 4.3.0 later"),
    ],
)
def test_what_may_go_later_or_is_no_fault_of_the_letter_is_tried_again(db, door, rcpt, after):
    door.answers["ani@kota.test"], door.after = rcpt, after
    letter = sent()
    assert (fate_of(letter), letter.taken_at) == (Fate.WAITING, None)
    assert letter.sealed
    with pytest.raises(smtplib.SMTPException):
        deliver.call(letter.pk)
    door.answers.clear()
    door.after = "250 OK"
    deliver.call(letter.pk)
    letter.refresh_from_db()
    assert fate_of(letter) is Fate.SENT


def test_a_letter_that_is_refused_for_what_it_says_is_not_tried_again(db, door):
    door.after = "552 message too large"
    letter = sent()
    assert (fate_of(letter), letter.status) == (Fate.REFUSED, "552")


def test_each_letter_has_a_mark_of_its_own_which_it_carries(db, door):
    letters = [sent(), sent()]
    assert len({one.message_id for one in letters}) == 2
    for letter, content in zip(letters, door.taken, strict=True):
        assert f"Message-ID: {letter.message_id}".encode() in content


@pytest.mark.parametrize("whole", [True, False])
def test_a_report_marks_the_letter_whose_mark_it_shows_once(db, whole):
    letter, other = sent(), sent()
    told = read_report(report(letter.message_id, whole=whole))
    assert mark_returned(told).pk == letter.pk
    letter.refresh_from_db()
    other.refresh_from_db()
    assert (fate_of(letter), fate_of(other)) == (Fate.RETURNED, Fate.SENT)
    assert (letter.status, letter.reason) == (
        "5.1.1",
        "…: Recipient address rejected: User unknown …",
    )
    before = letter.returned_at
    mark_returned(read_report(report(letter.message_id, status="5.2.2")))
    letter.refresh_from_db()
    assert (letter.returned_at, letter.status) == (before, "5.1.1")


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed"])
def test_a_report_of_no_failure_marks_nothing(db, action):
    letter = sent()
    mark_returned(read_report(report(letter.message_id, action, "4.4.1")))
    letter.refresh_from_db()
    assert fate_of(letter) is Fate.SENT


def test_a_report_on_a_letter_of_others_is_refused(db):
    letter = sent()
    with pytest.raises(ReportError, match="Message-ID"):
        mark_returned(read_report(report(MARK)))
    Letter.objects.update(message_id="")
    with pytest.raises(ReportError):
        mark_returned(read_report(report("<>")))
    letter.refresh_from_db()
    assert letter.returned_at is None


GOOD = report(MARK)
FIRST = GOOD.split(b"--9C2F3B1.1795312345/mail.contoh.test")
TWO = GOOD.replace(
    b"--9C2F3B1.1795312345/mail.contoh.test--",
    FIRST[3].join(
        [b"--9C2F3B1.1795312345/mail.contoh.test", b"--9C2F3B1.1795312345/mail.contoh.test--"]
    ),
)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff" * 100,
        b"Subject: hello\n\nyour letter came back, Message-ID: " + MARK.encode(),
        GOOD.replace(b"report-type=delivery-status", b"report-type=disposition-notification"),
        GOOD.replace(b"multipart/report", b"multipart/mixed"),
        GOOD.replace(b"message/delivery-status", b"text/plain"),
        GOOD.replace(b"Action: failed", b"X-Action: failed"),
        GOOD.replace(b"\nMessage-ID:\n", b"\nX-Other:\n"),
        report("<a@b> <c@d>"),
        report("*"),
        TWO,
        b"Content-Type: message/rfc822\n\n" * 5000,
        GOOD + b"x" * MOST_BYTES,
    ],
)
def test_what_is_no_report_on_one_letter_is_refused(content):
    with pytest.raises(ReportError):
        read_report(content)


@given(st.binary(max_size=400), st.integers(0, len(GOOD)))
def test_a_damaged_report_names_no_other_letter(noise, place):
    damaged = GOOD[:place] + noise + GOOD[place + len(noise) :]
    try:
        found = read_report(damaged)
    except ReportError:
        return
    assert found.message_id.startswith("<")
    assert len(found.refusal.reason) <= 200


def test_a_reason_tells_no_address_whatever_its_form():
    said = "5.1.1 Ani.Rahasia: ANI.RAHASIA@kota.test, <x+y@sub.kota.test> rejected\r\nBcc: z@z.test"
    told = without_address(said, "ani.rahasia@kota.test")
    assert "@" not in told
    assert "rahasia" not in told.lower()
    assert "\n" not in told
