"""Which loads stand, and what version of the evidence they make."""

import hashlib
from typing import Any

from django.db.models import Max, QuerySet
from django.utils.translation import gettext_lazy as _

from sinergi.accounts import rules
from sinergi.accounts.errors import unseen
from sinergi.accounts.models import Visibility
from sinergi.accounts.principal import Principal
from sinergi.accounts.vocabulary import Right
from sinergi.evidence import scope
from sinergi.evidence.models import ImportBatch

VERSION_LENGTH = 12
WHOSE = {
    "saya": _("My organisations"),
    "dibagikan": _("Shared with me"),
    "umum": _("Common evidence"),
    "publik": _("Public"),
}
"""Parts of the list of batches, as the address names them."""


def _loaded() -> "QuerySet[ImportBatch]":
    """Return the loads of the common evidence that stand."""
    rows: QuerySet[ImportBatch] = ImportBatch.objects.filter(
        state=ImportBatch.State.LOADED, organisation=None
    )
    return rows.order_by("pk")


def evidence_version() -> str:
    """Return a short hash of the loads that stand, in order; equal evidence gives an equal version.

    In a scope it is the hash of the common evidence and of what is laid above it.
    """
    common = scope.digest(_loaded().values_list("sha256", "mapping", "rows"))
    above = scope.current().version
    if above:
        common = hashlib.sha256(f"{common}/{scope.current().code}/{above}".encode()).hexdigest()
    return common[:VERSION_LENGTH]


def cache_key() -> tuple[object, ...]:
    """Return what must be equal for values read earlier in this process to hold still."""
    common = tuple(_loaded().values_list("pk", "created_at", "sha256", "rows"))
    above = scope.current()
    return (common, above.shelf, above.batches, above.version) if above.batches else (common,)


def as_of() -> str:
    """Return the last period of any observation in use; empty when there is none."""
    common: str = _loaded().aggregate(last=Max("last_period"))["last"] or ""
    return max(common, scope.current().last_period)


def batches(by: Principal) -> "QuerySet[ImportBatch]":
    """Return the batches that somebody may read, the newest first."""
    rows: QuerySet[ImportBatch] = ImportBatch.objects.readable_by(by)
    return rows.select_related("organisation", "loaded_by", "withdrawn_by")


def batch(by: Principal, batch_id: int) -> ImportBatch:
    """Return one batch.

    Raises
    ------
    UnseenError
        When there is none with this number, or somebody may not read it.
    """
    found: Any = ImportBatch.objects.select_related(
        "organisation", "loaded_by", "withdrawn_by", "adopted_from"
    )
    one: ImportBatch | None = found.filter(pk=batch_id).first()
    if one is None:
        raise unseen()
    rules.require(by, rules.OBJECT_READ, one)
    return one


def listed(by: Principal, rows: "QuerySet[ImportBatch]", whose: str) -> "QuerySet[ImportBatch]":
    """Return one part of the batches that somebody may read; all of them for an empty name."""
    mine = by.organisations(Right.READ)
    if whose == "saya":
        return rows.filter(organisation__in=mine)
    if whose == "umum":
        return rows.filter(organisation=None)
    others = rows.filter(organisation__isnull=False)
    if whose == "publik":
        return others.filter(visibility=Visibility.PUBLIC)
    if whose == "dibagikan":
        return others.exclude(organisation__in=mine).exclude(visibility=Visibility.PUBLIC)
    return rows
