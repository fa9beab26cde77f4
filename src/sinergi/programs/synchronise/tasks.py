"""Runs of synchronisation that are computed in the background."""

import logging

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from sinergi.accounts.models import Person
from sinergi.accounts.principal import Principal, operator, principal_for
from sinergi.accounts.tasks import trying
from sinergi.accounts.vocabulary import Channel
from sinergi.analysis.errors import InputError
from sinergi.programs.models import RunState, SyncRun
from sinergi.programs.synchronise.compute import compute_run

log = logging.getLogger("sinergi.programs")


@task()
@trying(attempts=2)
def compute(number: int, attempt: int, second_factor: bool, request_id: str) -> None:
    """Compute a run with the rights that whoever started it has by now; done already, it changes nothing.

    Parameters
    ----------
    attempt
        Of the run when it was asked for: one that was begun anew since is left to the later task.
    second_factor
        Whether the session that asked was opened with one.
    """
    run = SyncRun.objects.filter(pk=number, attempt=attempt, deleted_at=None).first()
    if run is None or run.state != RunState.WAITING:
        return
    compute_now(run, _asker(run, second_factor, request_id))


def compute_now(run: SyncRun, by: Principal) -> None:
    """Compute a run that waits, or keep why that failed; nothing where somebody else computes it."""
    rows = SyncRun.objects.filter(pk=run.pk, attempt=run.attempt, deleted_at=None)
    claimed = rows.filter(state=RunState.WAITING)
    if not claimed.update(state=RunState.RUNNING, progress=0, failure="", told_at=timezone.now()):
        return
    try:
        compute_run(run, by, lambda percent: _report(rows, percent))
    except PermissionError:
        _fail(rows, _("One of the plans may no longer be read. Begin a run without it."))
    except InputError as error:
        _fail(rows, error.translated(_))
    except Exception:
        _fail(
            rows,
            _(
                "The run stopped. It can be started again; administrators find the cause in the log."
            ),
        )
        log.exception("run %s of synchronisation failed", run.pk)


def _report(rows: QuerySet[SyncRun], percent: int) -> None:
    rows.update(progress=min(percent, 99), told_at=timezone.now())


def _fail(rows: QuerySet[SyncRun], why: str) -> None:
    rows.update(state=RunState.FAILED, failure=why, progress=0)


def _asker(run: SyncRun, second_factor: bool, request_id: str) -> Principal:
    if run.by_id is None:
        return operator(Channel.WORKER)
    person = Person.objects.get(pk=run.by_id)
    return principal_for(person, Channel.WORKER, second_factor=second_factor, request_id=request_id)
