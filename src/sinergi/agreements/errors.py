"""What can go wrong with agreements, said to the person who did it."""

from django.utils.translation import gettext as _

from sinergi.accounts.errors import AccountsError, UnseenError


class AgreementsError(AccountsError):
    """Something that cannot be done with an agreement, or not now."""


class NotFoundError(AgreementsError, UnseenError):
    """It is not there, was put away, or may not be seen: all are told alike."""


class StateError(AgreementsError):
    """An agreement, or a part of it, that is not in the state that a deed asks for."""


def not_found(what: str) -> NotFoundError:
    """Return the error for something that is not there; `what` is in the words of the reader."""
    told = _("%(what)s does not exist, was put away, or you may not see it.")
    return NotFoundError(told % {"what": what})
