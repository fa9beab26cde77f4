"""Taking the load of an organisation into the common evidence: a copy, which can be undone as a whole."""

import polars as pl
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts import rules
from sinergi.accounts.actions.owned import record_on
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import ConflictError, unseen
from sinergi.accounts.principal import Principal
from sinergi.evidence import store
from sinergi.evidence.actions.load import OWN_SOURCE, one_at_a_time, record_load
from sinergi.evidence.models import COMMON, ImportBatch, Indicator, Source

KEY = ("indicator", "region", "period")


class AdoptRefusedError(ConflictError):
    """A batch cannot be taken into the common evidence; the text says why."""


@transaction.atomic
def adopt_import(by: Principal, batch_id: int, reason: str = "") -> ImportBatch:
    """Copy the values of a batch that are in use into the common evidence, as a batch of its own.

    The batch of the organisation stays as it is. Common values that differ are replaced, equal ones left
    alone; undoing the new batch brings the replaced ones back.

    Raises
    ------
    UnseenError
        When there is no such batch, or somebody may not read it.
    ForbiddenError
        When somebody does not administer the installation.
    AdoptRefusedError
        When it is common already, undone, or everything in it stands in the common evidence just so.
    """
    one_at_a_time(COMMON)
    batch: ImportBatch | None = ImportBatch.objects.select_for_update().filter(pk=batch_id).first()
    if batch is None:
        raise unseen()
    rules.require(by, rules.OBJECT_READ, batch)
    rules.require(by, rules.INSTALLATION)
    if batch.organisation_id is None:
        raise AdoptRefusedError(_("It belongs to the common evidence already."))
    if batch.state != ImportBatch.State.LOADED:
        raise AdoptRefusedError(_("It was undone: there is nothing in it to take over."))
    rows = store.rows_of(batch.pk)
    rows = rows.with_columns(
        pl.col("indicator").replace(_common_indicators(batch, rows["indicator"])),
        pl.col("source").replace(_common_sources(rows["source"])),
    )
    made = _copy(by, batch, rows, reason)
    record_load(by, Verb.LOADED, made, reason)
    numbers = {"common_batch": made.pk, "rows": made.rows, "replaced": made.replaced}
    record_on(by, Verb.ADOPTED, batch, after=numbers, reason=reason)
    return made


def _copy(by: Principal, batch: ImportBatch, rows: pl.DataFrame, reason: str) -> ImportBatch:
    stored = store.active_rows(rows["indicator"].unique().to_list())
    both = rows.join(
        stored.select(*KEY, replaces="id", stored="value", stored_flag="flag"),
        on=list(KEY),
        how="left",
    )
    same = (pl.col("value") == pl.col("stored")) & (pl.col("flag") == pl.col("stored_flag"))
    fresh = both.filter(pl.col("replaces").is_null() | ~same)
    if not fresh.height:
        raise AdoptRefusedError(_("All its values stand in the common evidence just so."))
    replaced = fresh["replaces"].drop_nulls().to_list()
    made: ImportBatch = ImportBatch.objects.create(
        created_at=timezone.now(),
        filename=batch.filename,
        sha256=batch.sha256,
        rows=fresh.height,
        replaced=len(replaced),
        skipped=rows.height - fresh.height,
        warnings=batch.warnings,
        last_period=str(fresh["period"].max()),
        mapping=batch.mapping,
        note=reason,
        actor="" if by.signed_in else by.name,
        loaded_by_id=by.person_id,
        adopted_from=batch,
    )
    store.replace(replaced, made.pk)
    store.insert_observations(fresh, made.pk)
    return made


def _common_indicators(batch: ImportBatch, keys: pl.Series) -> dict[int, int]:
    """Return the common indicator for each of the organisation's own; make those that lack."""
    found: dict[int, int] = {}
    own = Indicator.objects.filter(pk__in=keys.unique().to_list(), organisation=batch.organisation)
    for one in own:
        known = Indicator.objects.filter(code=one.code, organisation=None).first()
        if known is not None and known.unit != one.unit:
            text = _("The common indicator %(code)s has another unit: %(unit)s.")
            raise AdoptRefusedError(text % {"code": known.code, "unit": known.unit})
        if known is None:
            key = one.pk
            source = _common_sources(pl.Series([one.source_id]))
            one.pk, one.organisation = None, None
            one.source_id = source.get(one.source_id, one.source_id)
            one.save(force_insert=True)
            found[key] = one.pk
        else:
            found[one.pk] = known.pk
    return found


def _common_sources(keys: pl.Series) -> dict[int, int]:
    """Return the common source for each of an organisation's own; make those that lack."""
    found: dict[int, int] = {}
    own = Source.objects.filter(pk__in=keys.unique().to_list(), organisation__isnull=False)
    for one in own:
        code = f"{OWN_SOURCE}umum-{one.pk}"
        fields = {"name": one.name, "publisher": one.publisher, "period": one.period}
        fields |= {"licence": one.licence, "origin": one.origin, "note": one.note}
        found[one.pk] = Source.objects.get_or_create(code=code, defaults=fields)[0].pk
    return found
