"""The kinds of things that organisations own, and one thing by its kind and number."""

from functools import cache

from django.apps import apps

from sinergi.accounts import rules
from sinergi.accounts.errors import unseen
from sinergi.accounts.models import Owned
from sinergi.accounts.principal import Principal


@cache
def kinds() -> dict[str, type[Owned]]:
    """Return every table of owned rows by its `KIND`: a new one is shared like the others."""
    return {model.KIND: model for model in apps.get_models() if issubclass(model, Owned)}


def owned_row(principal: Principal, kind: str, number: int) -> Owned:
    """Return a row that somebody may read.

    Raises
    ------
    UnseenError
        When there is no such kind or row, it was put away, or may not be seen.
    """
    model = kinds().get(kind)
    row: Owned | None = model.objects.filter(pk=number).first() if model else None
    if row is None or getattr(row, "deleted_at", None) is not None:
        raise unseen()
    rules.require(principal, rules.OBJECT_READ, row)
    return row
