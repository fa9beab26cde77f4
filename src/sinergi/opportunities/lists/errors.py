"""What can go wrong with a priority list, said to the person who did it."""

from django.utils.translation import gettext as _


class ListError(Exception):
    """Something a person asked of a priority list that cannot be done.

    Parameters
    ----------
    message
        What was wrong and what to do, in the language of the reader.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotFoundError(ListError):
    """The list or entry is not there, or was deleted."""


class InvalidError(ListError):
    """Values of a form that the domain does not allow.

    Parameters
    ----------
    fields
        Field name to what is wrong with it.
    """

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__(" ".join(fields.values()))
        self.fields = fields


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


class ConflictError(ListError):
    """Someone changed it since this person saw it; nothing was overwritten."""


class FormatError(ListError):
    """An export format that does not exist."""


def list_not_found(list_id: int) -> NotFoundError:
    """Return the error for a list that is not there."""
    return NotFoundError(
        _("There is no priority list %(id)s, or it was deleted. Open all lists to find it.")
        % {"id": list_id}
    )


def entry_not_found(entry_id: int) -> NotFoundError:
    """Return the error for an entry that is not there."""
    return NotFoundError(
        _("There is no entry %(id)s on this list, or it was removed. Reload the list.")
        % {"id": entry_id}
    )


def conflict() -> ConflictError:
    """Return the error for a change made from an older revision."""
    return ConflictError(
        _(
            "The list was changed by someone else after you opened it, so your change was not saved. "
            "Compare with the present values and save again."
        )
    )
