"""Undoing a load as a whole."""

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts import rules
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import ConflictError, unseen
from sinergi.accounts.principal import Principal
from sinergi.evidence.actions.load import one_at_a_time, record_load
from sinergi.evidence.models import COMMON, ImportBatch, Observation
from sinergi.evidence.store import TABLE


class UndoRefusedError(ConflictError):
    """A batch cannot be undone now; the text says why and what to do first."""


@transaction.atomic
def undo_import(by: Principal, batch_id: int, reason: str = "") -> ImportBatch:
    """Take the observations of a batch out of use and bring back those that it replaced on its shelf.

    Nothing is deleted: the batch and its rows stay readable.

    Raises
    ------
    UnseenError
        When there is no such batch, or somebody may not see it.
    ForbiddenError
        When somebody may see it, but not undo it.
    UndoRefusedError
        When it is undone already, or a later batch has replaced some of its rows.
    """
    seen: ImportBatch | None = ImportBatch.objects.filter(pk=batch_id).first()
    if seen is None:
        raise unseen()
    rules.require(by, rules.OBJECT_REMOVE, seen)
    # A load that is replacing values of this batch must end first, or both would count them as theirs.
    one_at_a_time(seen.organisation_id or COMMON)
    batch: ImportBatch = ImportBatch.objects.select_for_update().get(pk=batch_id)
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
    batch.undo_reason, batch.undone_by = reason, "" if by.signed_in else by.name
    batch.withdrawn_by_id = by.person_id
    batch.save(update_fields=["state", "undone_at", "undo_reason", "undone_by", "withdrawn_by"])
    record_load(by, Verb.UNDONE, batch, reason)
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
