"""Which agreements somebody may read, asked so that the database need not look for a share of each."""

from typing import Any

from django.db.models import Q, QuerySet

from sinergi.accounts.models import Share, Visibility
from sinergi.accounts.models.owned import reaching
from sinergi.accounts.principal import Principal
from sinergi.accounts.vocabulary import Right
from sinergi.agreements.models import Agreement
from sinergi.agreements.queries import reading

MOST_SHARED = 500
"""Shares whose numbers are sent with the question; of more, the database makes a table for itself."""


def readable(by: Principal) -> QuerySet[Agreement]:
    """Return the agreements that somebody may read and that are not put away, with their organisation."""
    if by.operator:
        return reading.agreements(by)
    shares = Share.objects.filter(reaching(by, Right.READ), kind=Agreement.KIND).order_by()
    shared: Any = shares.values("object_id")
    few = list(shares.values_list("object_id", flat=True)[: MOST_SHARED + 1])
    own = Q(organisation__in=by.organisations(Right.READ))
    own |= Q(pk__in=few if len(few) <= MOST_SHARED else shared)
    rows: Any = Agreement.objects.filter(own | Q(visibility=Visibility.PUBLIC), deleted_at=None)
    found: QuerySet[Agreement] = rows.select_related("organisation")
    return found
