"""What can go wrong with a priority list, said to the person who did it."""

from django.utils.translation import gettext as _

from sinergi.accounts import errors as accounts
from sinergi.accounts.errors import AccountsError, UnseenError


class ListError(AccountsError):
    """Something a person asked of a list or a saved map that cannot be done."""


class NotFoundError(ListError, UnseenError):
    """It is not there, was put away, or may not be seen: all are told alike."""


class InvalidError(ListError, accounts.InvalidError):
    """Values of a form that the domain does not allow; `fields` says which and why."""


class DuplicateError(ListError):
    """The same object with the same members is on the list already.

    Parameters
    ----------
    entry_id
        The entry that holds it.
    """

    def __init__(self, message: str, entry_id: int) -> None:
        super().__init__(message)
        self.entry_id = entry_id


class FormatError(ListError, UnseenError):
    """An export format that does not exist."""


def list_not_found(list_id: int) -> NotFoundError:
    """Return the error for a list that is not there."""
    return NotFoundError(
        _(
            "There is no priority list %(id)s, or it was put away, or you may not see it. Open all lists "
            "to find it."
        )
        % {"id": list_id}
    )


def entry_not_found(entry_id: int) -> NotFoundError:
    """Return the error for an entry that is not there."""
    return NotFoundError(
        _("There is no entry %(id)s on this list, or it was removed. Reload the list.")
        % {"id": entry_id}
    )


def map_not_found(map_id: int) -> NotFoundError:
    """Return the error for a saved map that is not there."""
    return NotFoundError(
        _("There is no saved map %(id)s, or it was put away, or you may not see it.")
        % {"id": map_id}
    )
