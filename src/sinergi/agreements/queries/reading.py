"""Which agreements somebody may read, and one of them with its parties."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from sinergi.accounts.principal import Principal
from sinergi.accounts.vocabulary import Right
from sinergi.agreements import errors, permissions
from sinergi.agreements.models import Agreement, Party


def agreements(by: Principal) -> QuerySet[Agreement]:
    """Return the agreements that somebody may read and that are not put away, with their organisation."""
    rows: Any = Agreement.objects.filter(deleted_at=None)
    found: QuerySet[Agreement] = rows.readable_by(by).select_related("organisation")
    return found


def agreements_put_away(by: Principal) -> QuerySet[Agreement]:
    """Return the agreements that were put away and that somebody may restore."""
    rows: Any = Agreement.objects.exclude(deleted_at=None)
    found: QuerySet[Agreement] = rows.select_related("organisation")
    return found if by.operator else found.filter(organisation__in=by.organisations(Right.REMOVE))


def agreement(by: Principal, pk: int) -> Agreement:
    """Return one agreement.

    Raises
    ------
    UnseenError
        When it is not there, was put away, or may not be seen.
    """
    found = agreements(by).filter(pk=pk).first()
    if found is None:
        raise errors.not_found(_("The agreement"))
    return found


def renewable(by: Principal, pk: int) -> Agreement:
    """Return an agreement that another one may follow: to readers without a part in it, it is not there.

    Raises
    ------
    UnseenError
    """
    found = agreement(by, pk)
    if not permissions.has_part(by, found):
        raise errors.not_found(_("The agreement"))
    return found


def parties(row: Agreement, *, all_of_them: bool = False) -> list[Party]:
    """Return the parties of an agreement in order, with organisations; those that left only if asked."""
    rows = Party.objects.filter(agreement=row).select_related("organisation")
    found = list(rows if all_of_them else rows.filter(left_on=None))
    for one in found:
        one.agreement = row
    return found
