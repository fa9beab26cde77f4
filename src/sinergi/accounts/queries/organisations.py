"""Reads of organisations: find one, those in which somebody may do something."""

from sinergi.accounts.errors import unseen
from sinergi.accounts.models import Organisation
from sinergi.accounts.principal import Principal
from sinergi.accounts.vocabulary import Right


def organisation(code: str) -> Organisation:
    """Return the live organisation with a code.

    Raises
    ------
    UnseenError
    """
    # PostgreSQL refuses text with NUL before it looks for any
    rows = Organisation.objects.filter(deleted_at=None)
    found = None if "\x00" in code else rows.filter(code=code).first()
    if found is None:
        raise unseen()
    return found


def organisations_of(principal: Principal, right: Right = Right.EDIT) -> list[Organisation]:
    """Return the live organisations in which somebody holds a right, by name; all for the operator."""
    rows = Organisation.objects.filter(deleted_at=None)
    if not principal.operator:
        rows = rows.filter(pk__in=principal.organisations(right))
    return list(rows.order_by("name"))
