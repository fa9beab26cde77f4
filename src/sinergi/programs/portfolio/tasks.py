"""Runs of portfolios that are computed in the background."""

import logging
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from sinergi.accounts.errors import InvalidError
from sinergi.accounts.models import Person
from sinergi.accounts.principal import Principal, operator, principal_for
from sinergi.accounts.tasks import trying
from sinergi.accounts.vocabulary import Channel
from sinergi.analysis.errors import InputError
from sinergi.programs.models import PortfolioRun, RunState
from sinergi.programs.portfolio.compute import compute_run

SILENT = timedelta(minutes=2)
log = logging.getLogger("sinergi.programs")


@task()
@trying(attempts=2)
def compute(number: int, second_factor: bool, request_id: str) -> None:
    """Compute a run with the rights that whoever asked has by now; done already, it changes nothing."""
    rows = PortfolioRun.objects.filter(pk=number, portfolio__deleted_at=None)
    run = rows.select_related("portfolio", "base").first()
    if run is None:
        return
    if run.state != RunState.WAITING:
        end_silent(rows)
        return
    compute_now(run, _asker(run, second_factor, request_id))


def compute_now(run: PortfolioRun, by: Principal) -> None:
    """Compute a run that waits, or keep why that failed; nothing where somebody else computes it."""
    rows = PortfolioRun.objects.filter(pk=run.pk)
    claimed = rows.filter(state=RunState.WAITING)
    began = timezone.now()
    if not claimed.update(state=RunState.RUNNING, progress=5, failure="", told_at=began):
        return

    def report(percent: int) -> None:
        rows.update(progress=percent, told_at=timezone.now())

    def fail(why: str) -> None:
        rows.update(state=RunState.FAILED, failure=why, progress=0)

    try:
        compute_run(run, by, report)
    except PermissionError:
        fail(_("One of the plans may no longer be read. Take its projects out, or ask for it."))
    except InvalidError as error:
        fail(error.message)
    except InputError as error:
        fail(error.translated(_))
    except Exception:
        fail(
            _("The run stopped. It can be started again; administrators find the cause in the log.")
        )
        log.exception("run %s of a portfolio failed", run.pk)


def end_silent(rows: QuerySet[PortfolioRun]) -> int:
    """Keep that runs have ended of which nothing was heard for long; return how many.

    Whatever computes a run tells of itself every second or so. A process that was killed cannot say so:
    whoever looks next does. A run that waits for a worker was never heard of and goes on waiting; a short
    one, which the asking process computes itself, was heard of when it was made.
    """
    told = _(
        "The run was ended from outside before it was done. Nothing of the portfolio is lost; start it again."
    )
    long_ago = timezone.now() - SILENT
    unheard = Q(told_at=None, created__lt=long_ago, state=RunState.RUNNING)
    silent = Q(told_at__lt=long_ago, state__in=(RunState.WAITING, RunState.RUNNING))
    return rows.filter(unheard | silent).update(state=RunState.FAILED, failure=told)


def _asker(run: PortfolioRun, second_factor: bool, request_id: str) -> Principal:
    if run.by_id is None:
        return operator(Channel.WORKER)
    person = Person.objects.get(pk=run.by_id)
    return principal_for(person, Channel.WORKER, second_factor=second_factor, request_id=request_id)
