"""Whether somebody works the queue off."""

from datetime import timedelta

from django.utils import timezone

from sinergi.accounts.models import TaskWorker

SILENCE = timedelta(seconds=30)
"""A worker that gave no sign of life for so long is not counted on."""


def workers_alive() -> int:
    """Return how many workers gave a sign of life within the last half minute; one query.

    A sign from the future, left when a clock was set back, counts only within the same span.
    """
    now = timezone.now()
    return TaskWorker.objects.filter(seen_at__range=(now - SILENCE, now + SILENCE)).count()
