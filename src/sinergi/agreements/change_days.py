"""What changes do by themselves each day: come into effect on theirs, propose the ending of what is over."""

import logging
from datetime import date

from sinergi.accounts.errors import AccountsError
from sinergi.accounts.principal import operator
from sinergi.accounts.tasks import daily
from sinergi.accounts.vocabulary import Channel
from sinergi.agreements.actions import changes as actions
from sinergi.agreements.models import Agreement, Change, ChangeState
from sinergi.agreements.queries.register import past_end

log = logging.getLogger("sinergi.agreements")


@daily("agreements.changes")
def run(today: date) -> None:
    """Put changes into effect whose day has come; propose endings of agreements past their end.

    Done twice, nothing is done again. One that cannot be done waits, and keeps none of the others.
    """
    by = operator(Channel.WORKER)
    due = Change.objects.exclude(concluded_at=None).filter(
        state=ChangeState.AGREED, effective__lte=today, agreement__deleted_at=None
    )
    for number in due.order_by("effective", "pk").values_list("pk", flat=True):
        try:
            actions.take_effect_on_its_day(by, number, today)
        except AccountsError:
            log.warning("change %s could not take effect", number, exc_info=True)
    over = Agreement.objects.filter(past_end(today), deleted_at=None).order_by("pk")
    for number in list(over.values_list("pk", flat=True)):
        actions.propose_ending(by, number)
