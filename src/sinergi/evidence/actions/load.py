"""Previewing and loading a file: all of it or nothing."""

from pathlib import Path

import polars as pl
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.evidence import store
from sinergi.evidence.imports.mapping import Mapping, OnExisting
from sinergi.evidence.imports.preview import Preview, preview_file
from sinergi.evidence.imports.resolve import NEW_SOURCE
from sinergi.evidence.models import ImportBatch, Indicator, Source
from sinergi.evidence.store import Progress, quiet

LOCK = 0x51E61


class ImportRefusedError(Exception):
    """A file cannot be loaded; `preview` names every problem."""

    def __init__(self, preview: Preview) -> None:
        self.preview = preview
        first = next((one for one in preview.problems.kept if one.severity == "error"), None)
        reason = first.message() if first else _("There is nothing in it to store.")
        super().__init__(f"{preview.filename}: {reason}")


def preview_import(
    path: Path,
    mapping: Mapping | None = None,
    *,
    on_existing: OnExisting = "reject",
    filename: str = "",
    progress: Progress | None = None,
) -> Preview:
    """Read a file and say what is wrong with it and what loading it would do; store nothing.

    Parameters
    ----------
    path
        The file: XLSX, XLS, ODS, CSV or TSV.
    mapping
        How to read it; guessed when not given.
    on_existing
        What to do with values that are stored already.
    filename
        Name to show, where it differs from that of `path`.
    progress
        Called with step (`read`, `check`, `load`), how much is done and how much there is.
    """
    return preview_file(
        path, mapping, on_existing=on_existing, filename=filename, progress=progress or quiet
    )


def load_import(
    source: Preview | Path,
    mapping: Mapping | None = None,
    *,
    on_existing: OnExisting = "reject",
    actor: str = "",
    note: str = "",
    progress: Progress | None = None,
) -> ImportBatch:
    """Load a file: all of it or nothing, in one transaction.

    Parameters
    ----------
    source
        A preview, or the file; `mapping` and `on_existing` are only used with a file.

    Raises
    ------
    ImportRefusedError
        When the file has errors or nothing to store; also when values of it were stored by somebody
        else since the preview.
    """
    report = progress or quiet
    preview = source
    if not isinstance(preview, Preview):
        preview = preview_import(preview, mapping, on_existing=on_existing, progress=report)
    if not preview.ok:
        raise ImportRefusedError(preview)
    try:
        with transaction.atomic():
            _one_at_a_time()
            return _load(preview, actor, note, report)
    except IntegrityError as error:
        preview.problems.add("error", "changed_meanwhile")
        raise ImportRefusedError(preview) from error


def _one_at_a_time() -> None:
    """Wait for another load to end; SQLite already does by its write lock."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _load(preview: Preview, actor: str, note: str, report: Progress) -> ImportBatch:
    batch = ImportBatch.objects.create(
        created_at=timezone.now(),
        filename=preview.filename[:255],
        sha256=preview.sha256,
        rows=preview.rows.height,
        replaced=preview.replaces,
        skipped=preview.missing + preview.unchanged,
        warnings=preview.problems.warnings,
        last_period=str(preview.rows["period"].max()),
        mapping=preview.mapping.to_json(),
        note=note,
        actor=actor,
    )
    rows = _with_keys(preview, _store_source(preview, batch))
    replaced = rows["replaces"].drop_nulls().to_list()
    if replaced and store.replace(replaced, batch.pk) != len(replaced):
        raise IntegrityError
    store.insert_observations(rows, batch.pk, report)
    return batch


def _store_source(preview: Preview, batch: ImportBatch) -> int:
    """Return the key of the source of rows that name none; make it if it is new."""
    if NEW_SOURCE not in preview.rows["source"].unique().to_list():
        return NEW_SOURCE
    new = preview.mapping.new_source
    fields = {"name": preview.filename[:200]}
    if new is not None:
        fields = {
            "name": new.name,
            "publisher": new.publisher,
            "period": new.period,
            "licence": new.licence,
            "origin": new.origin,
        }
    same = Source.objects.filter(code__startswith="impor-", **fields).first()
    return (same or Source.objects.create(code=f"impor-{batch.pk}", **fields)).pk


def _with_keys(preview: Preview, source: int) -> pl.DataFrame:
    """Store new indicators and put their keys, and that of the source, into the rows."""
    rows, made = preview.rows, {NEW_SOURCE: source}
    keys: dict[int, int] = {}
    used = set(rows["indicator"].unique().to_list())
    for number, new in enumerate(preview.mapping.new_indicators, start=1):
        if -number not in used:
            continue
        owner = source if source != NEW_SOURCE else int(rows["source"].max())  # type: ignore[arg-type]
        keys[-number] = Indicator.objects.create(
            code=new.code,
            name_id=new.name,
            name_en=new.name,
            unit=new.unit,
            better=new.better,
            group=new.group,
            minimum=new.minimum,
            maximum=new.maximum,
            source_id=owner,
        ).pk
    return rows.with_columns(
        pl.col("indicator").replace(keys),
        pl.col("source").replace(made),
    )
