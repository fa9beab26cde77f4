"""Loading the evidence that ships with Sinergi."""

import polars as pl
from django.db import transaction
from django.utils import timezone

from sinergi.evidence import shipped, store
from sinergi.evidence.models import ImportBatch
from sinergi.evidence.store import Progress, quiet
from sinergi.reference.models import Region

KEY = ("indicator", "region", "period")


def load_shipped_evidence(progress: Progress | None = None) -> ImportBatch:
    """Load the shipped evidence once; a second call changes nothing.

    A newer edition of the shipped files replaces figures of the older edition that differ, and leaves
    alone what was imported by people. An edition that somebody undid stays undone.

    Parameters
    ----------
    progress
        Called with step, rows done, rows in all.

    Returns
    -------
    ImportBatch
        The batch of this edition, new or from before.
    """
    report = progress or quiet
    sha256 = shipped.fingerprint()
    with transaction.atomic():
        known: ImportBatch | None = ImportBatch.objects.filter(
            kind=ImportBatch.Kind.SHIPPED, sha256=sha256
        ).first()
        if known is not None:
            return known
        sources = shipped.store_sources()
        indicators = shipped.store_indicators(sources)
        regions = dict(Region.objects.values_list("code", "pk"))
        report("read", 0, 1)
        rows = shipped.observations(regions, indicators, sources)
        return _load(rows, sha256, report)


def _load(rows: pl.DataFrame, sha256: str, report: Progress) -> ImportBatch:
    batch: ImportBatch = ImportBatch.objects.create(
        created_at=timezone.now(),
        filename="observations.parquet",
        sha256=sha256,
        kind=ImportBatch.Kind.SHIPPED,
        last_period=str(rows["period"].max() or ""),
    )
    fresh, outdated = rows, pl.Series("id", [], dtype=pl.Int64)
    common = ImportBatch.objects.filter(state=ImportBatch.State.LOADED, organisation=None)
    if common.exclude(pk=batch.pk).exists():
        fresh, outdated = _against_stored(rows)
        store.replace(outdated.to_list(), batch.pk)
    batch.rows = store.insert_observations(fresh, batch.pk, report)
    batch.replaced, batch.skipped = len(outdated), rows.height - fresh.height
    batch.save(update_fields=["rows", "replaced", "skipped"])
    return batch


def _against_stored(rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.Series]:
    """Return the rows to store, and the ids of earlier shipped rows that they replace."""
    shipped_batches = ImportBatch.objects.filter(kind=ImportBatch.Kind.SHIPPED)
    ours = set(shipped_batches.values_list("pk", flat=True))
    stored = store.active_rows(rows["indicator"].unique().to_list())
    both = rows.join(stored, on=KEY, how="left", suffix="_stored")
    changed = (pl.col("value") != pl.col("value_stored")) | (
        pl.col("flag") != pl.col("flag_stored")
    )
    new = pl.col("id").is_null()
    replaces = pl.col("batch").is_in(list(ours)) & changed
    fresh = both.filter(new | replaces)
    return fresh.select(rows.columns), fresh["id"].drop_nulls()
