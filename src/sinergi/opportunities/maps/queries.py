"""Reads of saved maps."""

from django.db.models import QuerySet

from sinergi.accounts.models import Organisation
from sinergi.accounts.principal import Principal
from sinergi.accounts.vocabulary import Right
from sinergi.opportunities.lists import errors
from sinergi.opportunities.models import SavedMap


def saved_maps(
    principal: Principal, *, organisation: Organisation | None = None
) -> QuerySet[SavedMap]:
    """Return the saved maps that somebody may read, by name; one query.

    Parameters
    ----------
    organisation
        Only maps that belong to this one.
    """
    rows = SavedMap.objects.filter(deleted_at=None).readable_by(principal)
    if organisation is not None:
        rows = rows.filter(organisation=organisation)
    return rows.select_related("organisation")


def maps_put_away(principal: Principal) -> QuerySet[SavedMap]:
    """Return the saved maps that were put away and that somebody may restore."""
    rows = SavedMap.objects.exclude(deleted_at=None).select_related("organisation")
    if principal.operator:
        return rows
    return rows.filter(organisation__in=principal.organisations(Right.REMOVE))


def get_map(principal: Principal, map_id: int) -> SavedMap:
    """Return one saved map.

    Raises
    ------
    NotFoundError
        When it is not there, was put away, or may not be seen.
    """
    found = saved_maps(principal).filter(pk=map_id).first()
    if found is None:
        raise errors.map_not_found(map_id)
    return found
