"""Previewing and loading a file: all of it or nothing."""

from pathlib import Path

import polars as pl
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts import rules
from sinergi.accounts.actions.owned import record_on
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import AccountsError
from sinergi.accounts.models import Organisation
from sinergi.accounts.principal import Principal
from sinergi.evidence import store
from sinergi.evidence.imports.mapping import Mapping, OnExisting
from sinergi.evidence.imports.preview import Preview, preview_file
from sinergi.evidence.imports.resolve import NEW_SOURCE
from sinergi.evidence.models import COMMON, ImportBatch, Indicator, Source
from sinergi.evidence.scope import reading, whole_shelf
from sinergi.evidence.store import Progress, quiet

LOCK = 0x51E61
SHELVES = 1 << 31
"""Locks of PostgreSQL have two numbers of this size; two shelves that share one only wait for each other."""
OWN_SOURCE = "impor-"
"""What codes of sources begin with that an import made."""


class ImportRefusedError(AccountsError):
    """A file cannot be loaded; `preview` names every problem."""

    def __init__(self, preview: Preview) -> None:
        self.preview = preview
        first = next((one for one in preview.problems.kept if one.severity == "error"), None)
        reason = first.message() if first else _("There is nothing in it to store.")
        super().__init__(f"{preview.filename}: {reason}")


def preview_import(
    by: Principal,
    path: Path,
    mapping: Mapping | None = None,
    *,
    organisation: Organisation | None = None,
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
    organisation
        On whose shelf it would be loaded; `None` for the common evidence.
    on_existing
        What to do with values that are stored on that shelf already.
    filename
        Name to show, where it differs from that of `path`.
    progress
        Called with step (`read`, `check`, `load`), how much is done and how much there is.

    Raises
    ------
    ForbiddenError
        When somebody may not load there.
    """
    rules.require(by, rules.OBJECT_CREATE, organisation)
    with reading(whole_shelf(organisation)):
        return preview_file(
            path, mapping, on_existing=on_existing, filename=filename, progress=progress or quiet
        )


def loaded_before(key: str) -> ImportBatch | None:
    """Return the batch that one wish to load has made already."""
    found: ImportBatch | None = ImportBatch.objects.filter(key=key).first() if key else None
    return found


def load_import(
    by: Principal,
    source: Preview | Path,
    mapping: Mapping | None = None,
    *,
    organisation: Organisation | None = None,
    on_existing: OnExisting = "reject",
    filename: str = "",
    note: str = "",
    key: str = "",
    progress: Progress | None = None,
) -> ImportBatch:
    """Load a file onto a shelf: all of it or nothing, in one transaction.

    Parameters
    ----------
    source
        A preview, or the file; `mapping`, `organisation`, `on_existing` and `filename` are only used with
        a file.
    organisation
        Whose it will be; `None` for the common evidence, which everybody's map uses.
    key
        What this wish to load is known by: a second call with the same key returns the batch of the first.

    Raises
    ------
    ForbiddenError
        When somebody may not load there.
    ImportRefusedError
        When the file has errors or nothing to store; also when values of it were stored by somebody
        else since the preview.
    """
    report = progress or quiet
    owner = source.shelf if isinstance(source, Preview) else _shelf(organisation)
    rules.require(by, rules.OBJECT_CREATE, _organisation(owner))
    if (earlier := loaded_before(key)) is not None:
        return earlier
    preview = source
    if not isinstance(preview, Preview):
        preview = preview_import(
            by,
            preview,
            mapping,
            organisation=organisation,
            on_existing=on_existing,
            filename=filename,
            progress=report,
        )
    if not preview.ok:
        raise ImportRefusedError(preview)
    try:
        with transaction.atomic():
            one_at_a_time(owner)
            return loaded_before(key) or _load(by, preview, note, key, report)
    except IntegrityError as error:
        preview.problems.add("error", "changed_meanwhile")
        raise ImportRefusedError(preview) from error


def _shelf(organisation: Organisation | None) -> int:
    return COMMON if organisation is None else organisation.pk


def _organisation(shelf: int) -> Organisation | None:
    return None if shelf == COMMON else Organisation.objects.get(pk=shelf)


def one_at_a_time(shelf: int) -> None:
    """Wait for another load onto the same shelf to end; SQLite already does by its write lock."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, shelf % SHELVES])


def _load(by: Principal, preview: Preview, note: str, key: str, report: Progress) -> ImportBatch:
    batch: ImportBatch = ImportBatch.objects.create(
        organisation_id=preview.shelf or None,
        key=key or None,
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
        actor="" if by.signed_in else by.name,
        loaded_by_id=by.person_id,
    )
    rows = _with_keys(preview, _store_source(preview, batch))
    replaced = rows["replaces"].drop_nulls().to_list()
    if replaced and store.replace(replaced, batch.pk) != len(replaced):
        raise IntegrityError
    store.insert_observations(rows, batch.pk, report, shelf=preview.shelf)
    record_load(by, Verb.LOADED, batch)
    return batch


def record_load(by: Principal, verb: Verb, batch: ImportBatch, reason: str = "") -> None:
    """Record a deed on a batch with its numbers; the last thing in its transaction."""
    numbers = ("rows", "replaced", "skipped", "warnings", "sha256")
    after = {name: getattr(batch, name) for name in numbers}
    record_on(by, verb, batch, after=after, reason=reason)


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
    owner = batch.organisation_id
    mine = {"organisation_id": owner} if owner is not None else {"organisation": None}
    same = Source.objects.filter(code__startswith=OWN_SOURCE, **mine, **fields).first()
    if same is not None:
        return same.pk
    code = f"{OWN_SOURCE}{batch.pk}"
    return Source.objects.create(code=code, organisation_id=owner, **fields).pk


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
            organisation_id=preview.shelf or None,
        ).pk
    return rows.with_columns(
        pl.col("indicator").replace(keys),
        pl.col("source").replace(made),
    )
