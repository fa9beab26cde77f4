"""What can go wrong with plans, said to the person who did it."""

from django.utils.translation import gettext as _

from sinergi.accounts.errors import AccountsError, UnseenError


class ProgramsError(AccountsError):
    """Something that cannot be done with a plan, or not now."""


class NotFoundError(ProgramsError, UnseenError):
    """It is not there, was put away, or may not be seen: all are told alike."""


class StateError(ProgramsError):
    """A version that is not, or no longer, in the state that a deed asks for."""


def not_found(what: str) -> NotFoundError:
    """Return the error for something that is not there; `what` is in the words of the reader."""
    told = _("%(what)s does not exist, was put away, or you may not see it.")
    return NotFoundError(told % {"what": what})
