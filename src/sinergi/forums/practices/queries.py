"""Reads of practices."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from sinergi.accounts.principal import Principal
from sinergi.accounts.vocabulary import Right
from sinergi.forums import errors
from sinergi.forums.models import Practice


def practices(by: Principal) -> QuerySet[Practice]:
    """Return the practices that somebody may read, those changed last first; one query."""
    rows = Practice.objects.filter(deleted_at=None).readable_by(by)
    return rows.select_related("organisation", "forum__organisation")


def practices_put_away(by: Principal) -> QuerySet[Practice]:
    """Return the practices that were put away and that somebody may restore."""
    rows = Practice.objects.exclude(deleted_at=None).select_related("organisation")
    return rows if by.operator else rows.filter(organisation__in=by.organisations(Right.REMOVE))


def get_practice(by: Principal, number: int) -> Practice:
    """Return one practice.

    Raises
    ------
    NotFoundError
        When it is not there, was put away, or may not be seen.
    """
    row = practices(by).filter(pk=number).first()
    if row is None:
        raise errors.not_found(_("The practice"))
    return row


def about(rows: QuerySet[Practice], code: str) -> list[Practice]:
    """Keep the practices that name a cooperation object.

    Codes stand in a list of JSON, which SQLite cannot search; the shelf is short enough to be walked.
    """
    return [row for row in rows if code in row.objects_named]
