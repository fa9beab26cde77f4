"""Reads of ballots: those of a forum, one of them, how many have voted, and the votes that were cast."""

from datetime import timedelta

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts.principal import Principal
from sinergi.accounts.vocabulary import Right
from sinergi.forums import errors
from sinergi.forums.models import Ballot, CastVote, Forum, VotingRight
from sinergi.forums.permissions import prepares, speaks_for
from sinergi.forums.quorum import COMES

PATIENCE = timedelta(seconds=10)
"""How long the background worker may take before the secretariat can have a ballot counted by hand."""


def ballots(by: Principal, forum: Forum) -> QuerySet[Ballot]:
    """Return the ballots of a forum that somebody may read, the latest first, with `may_vote` and `voted`.

    What is in preparation only the secretariat reads.
    """
    rows = forum.ballots.order_by("-pk")
    if not prepares(by, forum):
        rows = rows.exclude(opened_at=None)
    voted = Count("rights", filter=Q(rights__used=True))
    return rows.annotate(may_vote=Count("rights"), voted=voted)


def get_ballot(by: Principal, forum: Forum, ballot_id: int) -> Ballot:
    """Return one ballot of a forum.

    Raises
    ------
    NotFoundError
        When it is not there, or is in preparation and somebody else's.
    """
    ballot = forum.ballots.filter(pk=ballot_id).first()
    # Who prepares is asked only where it matters: hundreds of phones ask for a ballot at once.
    if ballot is None or (ballot.opened_at is None and not prepares(by, forum)):
        raise errors.not_found(_("The ballot"))
    return ballot


def method_of(forum_id: int, ballot_id: int) -> str:
    """Return the rule of a ballot, for reading what was sent; empty when there is none. One query.

    Who may read or vote is asked of the action that follows.
    """
    rows = Ballot.objects.filter(pk=ballot_id, forum=forum_id)
    return rows.values_list("method", flat=True).first() or ""


def rights_of(ballot: Ballot) -> QuerySet[VotingRight]:
    """Return who may vote in a ballot, with their organisations; one query."""
    rows = ballot.rights.select_related("delegation__organisation")
    return rows.order_by("delegation__organisation__name", "pk")


def my_rights(by: Principal, ballot: Ballot) -> list[VotingRight]:
    """Return the rights of the delegations for which somebody speaks, by name."""
    if not by.signed_in:
        return []
    # Few of hundreds: every phone in the hall asks this.
    rows = rights_of(ballot).filter(delegation__organisation__in=by.organisations(Right.EDIT))
    return [right for right in rows if speaks_for(by, right.delegation)]


def coming(forum: Forum) -> int:
    """Return how many delegations could vote if a ballot were opened now."""
    return forum.delegations.filter(COMES).count()


def published_votes(ballot: Ballot) -> list[CastVote]:
    """Return the votes of a closed ballot: of an open one by organisation, of a secret one by hash."""
    if ballot.state != Ballot.State.CLOSED:
        return []
    rows = ballot.votes.select_related("right__delegation__organisation")
    name = F("right__delegation__organisation__name").asc(nulls_last=True)
    return list(rows.order_by(name, "receipt"))


def waits_too_long(ballot: Ballot) -> bool:
    """Whether a closed ballot should have been counted by now."""
    if ballot.state != Ballot.State.CLOSED or ballot.outcome is not None:
        return False
    return ballot.closed_at is None or timezone.now() - ballot.closed_at > PATIENCE
