"""What forums have done in the background: counting ballots."""

from django.db import transaction
from django_tasks import task

from sinergi.accounts.tasks import trying
from sinergi.forums.counting import outcome_of
from sinergi.forums.models import Ballot


@task()
@trying(attempts=3)
def count(number: int) -> None:
    """Count a closed ballot; the same votes give the same result, so a second time changes nothing."""
    ballot = Ballot.objects.filter(pk=number, state=Ballot.State.CLOSED).first()
    if ballot is None or ballot.outcome is not None:
        return
    outcome = outcome_of(ballot)
    with transaction.atomic():
        Ballot.objects.filter(pk=number, outcome__isnull=True).update(outcome=outcome)
