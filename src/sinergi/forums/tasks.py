"""What forums have done in the background: counting ballots."""

import logging
import threading

from django.db import connections, transaction
from django_tasks import task

from sinergi.accounts.tasks import trying
from sinergi.forums.counting import outcome_of
from sinergi.forums.models import Ballot

log = logging.getLogger("sinergi.forums")
BEFORE_LETTERS = 50
"""A hall waits for a result; hundreds of letters that the same ballot wrote can wait for it."""
_aside: set[int] = set()
_changing = threading.Lock()


@task(priority=BEFORE_LETTERS)
@trying(attempts=3)
def count(number: int) -> None:
    """Count a closed ballot; the same votes give the same result, so a second time changes nothing."""
    ballot = Ballot.objects.filter(pk=number, state=Ballot.State.CLOSED).first()
    if ballot is None or ballot.outcome is not None:
        return
    outcome = outcome_of(ballot)
    with transaction.atomic():
        Ballot.objects.filter(pk=number, outcome__isnull=True).update(outcome=outcome)


def count_aside(number: int) -> bool:
    """Count a ballot in a thread of this process, where no worker does; whoever asked does not wait for it.

    Returns
    -------
    bool
        Whether it was begun; false while this process counts it already.
    """
    with _changing:
        if number in _aside:
            return False
        _aside.add(number)
    threading.Thread(target=_count, args=(number,), name=f"count-{number}", daemon=True).start()
    return True


def _count(number: int) -> None:
    try:
        count.call(number)
    except Exception:
        log.exception("ballot %s could not be counted", number)
    finally:
        connections.close_all()
        with _changing:
            _aside.discard(number)
