"""Undoing a load as a whole."""

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.evidence.models import ImportBatch, Observation
from sinergi.evidence.store import TABLE


class UndoRefusedError(Exception):
    """A batch cannot be undone now; the text says why and what to do first."""


def undo_import(batch_id: int, reason: str = "", actor: str = "") -> ImportBatch:
    """Take the observations of a batch out of use and bring back those that it replaced.

    Nothing is deleted: the batch and its rows stay readable.

    Raises
    ------
    UndoRefusedError
        When it is undone already, or a later batch has replaced some of its rows.
    ImportBatch.DoesNotExist
        When there is no such batch.
    """
    with transaction.atomic():
        batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
        _check(batch)
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {TABLE} SET active = %s WHERE batch_id = %s AND active",  # noqa: S608
                [False, batch.pk],
            )
            cursor.execute(
                f"UPDATE {TABLE} SET active = %s, replaced_by_id = NULL"  # noqa: S608
                " WHERE replaced_by_id = %s",
                [True, batch.pk],
            )
        batch.state = ImportBatch.State.UNDONE
        batch.undone_at = timezone.now()
        batch.undo_reason, batch.undone_by = reason, actor
        batch.save(update_fields=["state", "undone_at", "undo_reason", "undone_by"])
    return batch


def _check(batch: ImportBatch) -> None:
    if batch.state == ImportBatch.State.UNDONE:
        raise UndoRefusedError(_("Batch %(batch)s is undone already.") % {"batch": batch})
    later = Observation.objects.filter(batch=batch, replaced_by__isnull=False).order_by(
        "-replaced_by"
    )
    first = later.select_related("replaced_by").first()
    if first is not None:
        raise UndoRefusedError(
            _(
                "Batch %(batch)s cannot be undone: the later batch %(later)s replaced some of its "
                "values. Undo %(later)s first."
            )
            % {"batch": batch, "later": first.replaced_by}
        )
