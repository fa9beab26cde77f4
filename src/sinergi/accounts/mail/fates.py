"""What became of a letter, and why it did not arrive, in words."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from sinergi.accounts.models import Letter


class Fate(StrEnum):
    """Where a letter is, as far as anybody told."""

    WAITING = "waiting"
    SENT = "sent"
    REFUSED = "refused"
    """The mail server did not take it."""
    RETURNED = "returned"
    """It was taken, and came back."""


FAILED = frozenset({Fate.REFUSED, Fate.RETURNED})
BY_STATUS = (
    ("5.1.8", _("the mail server of the receiver does not accept our address")),
    ("5.1.7", _("the mail server of the receiver does not accept our address")),
    ("5.1", _("there is no such address")),
    ("5.2.2", _("the mailbox is full")),
    ("4.2.2", _("the mailbox is full")),
    ("5.2.1", _("the mailbox takes no letters")),
    ("5.3.4", _("the letter is too large for the mail server of the receiver")),
    ("5.4", _("the mail server of the receiver could not be found")),
    ("4.4", _("the mail server of the receiver could not be reached")),
    ("5.7", _("the mail server of the receiver lets no letters of ours through")),
    ("550", _("there is no such address")),
    ("551", _("there is no such address")),
    ("552", _("the mailbox is full")),
    ("553", _("there is no such address")),
)
"""Beginning of a status (RFC 3463, else RFC 5321) and what it means; the first that fits."""
OTHERWISE = _("the mail server of the receiver did not take the letter")


def fate_of(letter: Letter) -> Fate:
    """Return what became of a letter."""
    if letter.returned_at is not None:
        return Fate.RETURNED
    if letter.refused_at is not None:
        return Fate.REFUSED
    return Fate.SENT if letter.sent_at is not None else Fate.WAITING


def why_not(letter: Letter) -> str:
    """Return why a letter did not arrive, in words."""
    fits = (told for begin, told in BY_STATUS if f"{letter.status}.".startswith(f"{begin}."))
    return str(next(fits, OTHERWISE))
