"""What mail servers say of a letter that they do not take: whether that is final, and why."""

import re
import smtplib
from dataclasses import dataclass

from sinergi.accounts.texts import printable

LONGEST, READ = 200, 1000
"""Characters of a reason that are kept, as `Letter.reason` has room; and that are looked at."""
ENHANCED = re.compile(r"\s*[245]\.\d{1,3}\.\d{1,3}\b")
"""A status of RFC 3463, as it stands before the text of an answer."""
ADDRESS = re.compile(r"<?[^\s<>@,;:]+@[^\s<>@,;:]+>?")
OURS = frozenset({530, 534, 535, 538})
"""Answers that speak of how this installation signs in there (RFC 4954): the letter is not to blame."""
GONE = "…"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a letter was not taken, or came back.

    Attributes
    ----------
    status
        Such as `5.1.1`, else the code of SMTP.
    reason
        What the mail server said, in its words.
    """

    status: str
    reason: str


def refusal_of(error: smtplib.SMTPException, address: str) -> Refusal | None:
    """Return why a mail server refused a letter for good; `None` when it may take it later.

    Only what is said of the recipient or of the letter counts: a server that refuses the sender or the
    sign-in of this installation refuses every letter until that is mended.
    """
    text: bytes | str
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, text = next(iter(error.recipients.values()), (0, b""))
    elif isinstance(error, smtplib.SMTPDataError):
        code, text = error.smtp_code, error.smtp_error
    else:
        return None
    if not 500 <= code < 600 or code in OURS:
        return None
    told = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    found = ENHANCED.match(told)
    return Refusal(found[0].strip() if found else str(code), without_address(told, address))


def without_address(text: str, address: str = "") -> str:
    """Return what a mail server said on one line, short, without status, addresses and the name before the @.

    Examples
    --------
    >>> without_address("5.1.1 <ani@kota.test>: no mailbox ani here", "ani@kota.test")
    '…: no mailbox … here'
    """
    told = ADDRESS.sub(GONE, ENHANCED.sub("", " ".join(printable(text[:READ]).split()), count=1))
    local = address.partition("@")[0]
    if local:
        told = re.sub(rf"(?<!\w){re.escape(local)}(?!\w)", GONE, told, flags=re.IGNORECASE)
    return told.strip()[:LONGEST]
