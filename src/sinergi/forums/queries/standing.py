"""How a forum stands: what its stages ask before it goes on."""

from django.db.models import Count, Q

from sinergi.forums.fates import SETTLED
from sinergi.forums.models import Ballot, Forum
from sinergi.forums.stages import Standing


def standing(forum: Forum) -> Standing:
    """Return what there is in a forum, as far as its stages ask; six queries."""
    points = forum.points.filter(struck_at=None).aggregate(
        all=Count("pk"), open=Count("pk", filter=~Q(fate__in=[one.value for one in SETTLED]))
    )
    last = forum.minutes.order_by("-version").first()
    return Standing(
        days=forum.begins is not None,
        invited=forum.delegations.filter(left_at=None).count(),
        issues=forum.issues.filter(submitted_at__isnull=False, withdrawn_at=None).count(),
        themes=forum.themes.filter(retired_at=None).count(),
        points=points["all"],
        open_ballots=forum.ballots.filter(
            state__in=(Ballot.State.DRAFT, Ballot.State.OPEN)
        ).count(),
        sealed=last is not None and last.sealed_at is not None,
        open_points=points["open"],
    )
