"""Which loads stand, and what version of the evidence they make."""

import hashlib
import json

from django.db.models import Max, QuerySet

from sinergi.evidence.models import ImportBatch


def _loaded() -> QuerySet[ImportBatch]:
    return ImportBatch.objects.filter(state=ImportBatch.State.LOADED).order_by("pk")


def evidence_version() -> str:
    """Return a short hash of the loads that stand, in order; equal evidence gives an equal version."""
    digest = hashlib.sha256()
    for sha256, mapping, rows in _loaded().values_list("sha256", "mapping", "rows"):
        digest.update(f"{sha256}{json.dumps(mapping, sort_keys=True)}{rows};".encode())
    return digest.hexdigest()[:12]


def cache_key() -> tuple[object, ...]:
    """Return what must be equal for values read earlier in this process to hold still."""
    return tuple(_loaded().values_list("pk", "created_at", "sha256", "rows"))


def as_of() -> str:
    """Return the last period of any observation in use; empty when there is none."""
    return _loaded().aggregate(last=Max("last_period"))["last"] or ""


def batches() -> QuerySet[ImportBatch]:
    """Return all batches, the newest first."""
    return ImportBatch.objects.all()


def batch(batch_id: int) -> ImportBatch:
    """Return one batch.

    Raises
    ------
    ImportBatch.DoesNotExist
        When there is none with this number.
    """
    return ImportBatch.objects.get(pk=batch_id)
