"""What administrators of the installation do with tasks that failed for good."""

import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from sinergi.accounts import rules
from sinergi.accounts.audit.chain import record
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import ConflictError, unseen
from sinergi.accounts.principal import Principal
from sinergi.site.tasks.claims import Row, name_of

KIND = "task"


def _failed(by: Principal, number: uuid.UUID) -> Row:
    """Return a failed task, held until the transaction ends.

    Raises
    ------
    ForbiddenError, UnseenError
    ConflictError
        When it is not (any more) a failed one.
    """
    rules.require(by, rules.INSTALLATION)
    row: Row | None = DBTaskResult.objects.select_for_update().filter(pk=number).first()
    if row is None:
        raise unseen()
    if row.status != TaskResultStatus.FAILED:
        raise ConflictError(_("This task did not fail, or somebody tried it again already."))
    return row


def _record(by: Principal, verb: Verb, row: Row, error: str, reason: str) -> None:
    record(
        by,
        verb,
        kind=KIND,
        object_id=row.pk,
        organisation=None,
        name=name_of(row),
        before={"error": error},
        reason=reason,
    )


@transaction.atomic
def retry(by: Principal, number: uuid.UUID, *, reason: str = "") -> Row:
    """Let a failed task be tried again, with all its attempts.

    Raises
    ------
    ForbiddenError, UnseenError, ConflictError
    """
    row = _failed(by, number)
    error = row.exception_class_path
    row.status, row.run_after, row.finished_at = TaskResultStatus.READY, timezone.now(), None
    row.worker_ids, row.exception_class_path, row.traceback = [], "", ""
    row.save()
    _record(by, Verb.TASK_RETRIED, row, error, reason)
    return row


@transaction.atomic
def discard(by: Principal, number: uuid.UUID, *, reason: str = "") -> None:
    """Take a failed task out of the queue for good.

    Raises
    ------
    ForbiddenError, UnseenError, ConflictError
    """
    row = _failed(by, number)
    row.delete()
    row.pk = number
    _record(by, Verb.TASK_DISCARDED, row, row.exception_class_path, reason)
