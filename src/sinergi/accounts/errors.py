"""Refusals, said to the person who asked."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from sinergi.reference.moments import moment

if TYPE_CHECKING:
    from sinergi.accounts.audit.history import Deed


class AccountsError(Exception):
    """Something that cannot be done; `message` says what and why, in the language of the reader."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class ForbiddenError(AccountsError):
    """The object may be seen, but this may not be done with it.

    Parameters
    ----------
    permission
        Name of the permission that was lacking, of `rules`.
    """

    def __init__(self, message: str, permission: str) -> None:
        super().__init__(message)
        self.permission = permission


class UnseenError(AccountsError):
    """There is no such object, or it may not be seen: both are told alike."""


class InvalidError(AccountsError):
    """Values that the domain does not allow.

    Parameters
    ----------
    fields
        Field name to what is wrong with it.
    """

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__(" ".join(fields.values()))
        self.fields = fields


class ConflictError(AccountsError):
    """Somebody else changed it since this person saw it; nothing was overwritten."""


def unseen() -> UnseenError:
    """Return the error for what is not there or not to be seen."""
    return UnseenError(_("It does not exist, or you may not see it."))


def conflict(last: "Deed | None") -> ConflictError:
    """Return the error for a change made from an older revision.

    Parameters
    ----------
    last
        The deed that came between, which names who did it and when.
    """
    if last is None:
        text = _(
            "It was changed by someone else after you opened it, so your change was not saved. Compare with "
            "the present values and save again."
        )
        return ConflictError(text)
    text = _(
        "Changed by %(who)s on %(when)s while you had it open, so your change was not saved. Compare with "
        "the present values and save again."
    )
    return ConflictError(text % {"who": last.who, "when": moment(last.at)})
