"""How a forum stands: what its stages ask before it goes on."""

from django.db.models import Count, Q

from sinergi.forums.fates import SETTLED
from sinergi.forums.models import Ballot, Forum, Minutes
from sinergi.forums.stages import Stage, Standing

SAID = ("number", "title", "text", "type")
"""Of a point, what the minutes say of it and nobody changes afterwards; its days are followed up."""


def is_sealed(forum: Forum) -> bool:
    """Whether minutes of a forum were sealed, whatever its stage; one query."""
    return forum.minutes.exclude(sealed_at=None).exists()


def is_published(forum: Forum) -> bool:
    """Whether a forum was entered from publications and not held here: nobody here sealed what it agreed on.

    At most one query. What a forum of this sort does not hold was perhaps done all the same: pages say that
    the sources do not tell of it, never that it was not done.
    """
    over = Stage(forum.stage) in {Stage.FOLLOWING_UP, Stage.CLOSED}
    return over and bool(forum.source) and not is_sealed(forum)


def _as_sealed(forum: Forum, minutes: Minutes) -> bool:
    """Whether the points say what sealed minutes say; two queries."""
    rows = forum.points.filter(struck_at=None).prefetch_related("addressees")
    held = [
        (
            *(getattr(one, name) for name in SAID),
            sorted(row.name for row in one.addressees.all()),
            one.owner_name,
        )
        for one in rows
    ]
    said = [
        (*(one[name] for name in SAID), sorted(one["addressees"]), one["owner"])
        for one in minutes.content["points"]
    ]
    return sorted(held) == sorted(said)


def standing(forum: Forum) -> Standing:
    """Return what there is in a forum, as far as its stages ask; eight queries."""
    points = forum.points.filter(struck_at=None).aggregate(
        all=Count("pk"), open=Count("pk", filter=~Q(fate__in=[one.value for one in SETTLED]))
    )
    last = forum.minutes.order_by("-version").first()
    sealed = last is not None and last.sealed_at is not None
    same = sealed and last is not None and _as_sealed(forum, last)
    return Standing(
        days=forum.begins is not None,
        invited=forum.delegations.filter(left_at=None).count(),
        issues=forum.issues.filter(submitted_at__isnull=False, withdrawn_at=None).count(),
        themes=forum.themes.filter(retired_at=None).count(),
        points=points["all"],
        open_ballots=forum.ballots.filter(
            state__in=(Ballot.State.DRAFT, Ballot.State.OPEN)
        ).count(),
        sealed=same,
        differs=sealed and not same,
        open_points=points["open"],
    )
