"""Letters that come back: a delivery status notification (RFC 3464) marks the letter whose mark it shows.

The mark is the `Message-ID` of the letter, which nobody guesses; a report shows it by the letter, or its
head, that it sends back. A report speaks of one letter, so whoever forges one can mark no other than a letter
that he has had in hand.
"""

import re
from dataclasses import dataclass
from email import message_from_bytes, message_from_string
from email.message import Message
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts.errors import AccountsError
from sinergi.accounts.mail.refusals import Refusal, without_address
from sinergi.accounts.models import Letter

MOST_BYTES = 5 * 1024 * 1024
REPORT, STATUS = "multipart/report", "message/delivery-status"
WHOLE, HEAD = "message/rfc822", "text/rfc822-headers"
MARK = re.compile(r"<[^<>\s]{3,180}>")
CODE = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
FAILED = "failed"


class ReportError(AccountsError):
    """What was given is no report on a letter of this installation; says why."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a mail server reports of one letter.

    Attributes
    ----------
    message_id
        Mark of the letter.
    action
        `failed`, `delayed`, `delivered`, `relayed` or `expanded`.
    """

    message_id: str
    action: str
    refusal: Refusal


def read_report(content: bytes) -> Report:
    """Read a delivery status notification.

    Raises
    ------
    ReportError
        When it is none, is too large, or does not say by its mark which one letter it is about.
    """
    if len(content) > MOST_BYTES:
        raise ReportError(_("The report is larger than %(most)s MB.") % {"most": MOST_BYTES >> 20})
    none = ReportError(_("This is no delivery status notification (multipart/report, RFC 3464)."))
    try:
        message = message_from_bytes(content)
    except RecursionError as error:
        raise none from error
    parts = _parts(message)
    if message.get_content_type() != REPORT or _kind(message) != "delivery-status" or not parts:
        raise none
    block = _block(parts)
    address = _value(block, "Final-Recipient").partition(";")[2].strip()
    said = _value(block, "Diagnostic-Code").partition(";")[2]
    status = CODE.search(_value(block, "Status"))
    # "550 5.1.1 <…>: …": the number of SMTP and the status stand before the words.
    words = re.sub(r"^\s*\d{3}[ -]", "", said)
    refusal = Refusal(status[0] if status else "", without_address(words, address))
    return Report(_mark(parts), _value(block, "Action").lower(), refusal)


def mark_returned(report: Report) -> Letter:
    """Mark the letter that a report of a failure is about; a second report of it changes nothing.

    Raises
    ------
    ReportError
        When no letter of this installation has the mark.
    """
    letter = Letter.objects.filter(message_id=report.message_id).first()
    if letter is None:
        raise ReportError(_("No letter of this installation has the Message-ID of this report."))
    if report.action != FAILED:
        return letter
    values = {"status": report.refusal.status, "reason": report.refusal.reason}
    fresh = Letter.objects.filter(pk=letter.pk, returned_at=None)
    fresh.update(returned_at=timezone.now(), **values)
    letter.refresh_from_db()
    return letter


def _parts(message: Message) -> list[Message]:
    payload: Any = message.get_payload()
    return [one for one in payload if isinstance(one, Message)] if message.is_multipart() else []


def _kind(message: Message) -> str:
    return str(message.get_param("report-type") or "").lower()


def _value(block: Message, name: str) -> str:
    """Return the first value of a field on one line; a field that is not there is empty."""
    return " ".join(str(block.get(name, "")).split())


def _block(parts: list[Message]) -> Message:
    """Return what is said of the recipient: of the first whom it did not reach, else of the first."""
    found = [one for one in parts if one.get_content_type() == STATUS]
    blocks = [one for one in _parts(found[0]) if one.get("Action")] if len(found) == 1 else []
    if not blocks:
        raise ReportError(_("The report does not say what became of the letter."))
    return next((one for one in blocks if _value(one, "Action").lower() == FAILED), blocks[0])


def _mark(parts: list[Message]) -> str:
    """Return the mark of the one letter that is sent back with the report."""
    marks = [_value(one, "Message-ID") for one in _heads(parts)]
    if len(marks) != 1 or not MARK.fullmatch(marks[0]):
        raise ReportError(_("The report does not send the letter back by which it could be found."))
    return marks[0]


def _heads(parts: list[Message]) -> list[Message]:
    found: list[Message] = []
    for part in parts:
        if part.get_content_type() == WHOLE:
            found += _parts(part)[:1]
        elif part.get_content_type() == HEAD:
            decoded = part.get_payload(decode=True)
            text = decoded.decode("utf-8", "replace") if isinstance(decoded, bytes) else ""
            found.append(message_from_string(text))
    return found
