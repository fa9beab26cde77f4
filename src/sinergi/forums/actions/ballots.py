"""Deeds on ballots: prepare, open, vote, close and count, cancel."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts import rules
from sinergi.accounts.actions.owned import why
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import InvalidError
from sinergi.accounts.principal import Principal
from sinergi.accounts.texts import cleaned, printable
from sinergi.forums import errors, secrecy
from sinergi.forums.actions.rows import expect, held_forum, refuse, refused, tell
from sinergi.forums.counting import faults_of_vote
from sinergi.forums.details import BallotDetails, ballot_faults, plain
from sinergi.forums.models import Ballot, CastVote, Delegation, Forum, SealedVote, VotingRight
from sinergi.forums.permissions import speaks_for
from sinergi.forums.queries.forums import get_forum
from sinergi.forums.queries.themes import themes
from sinergi.forums.stages import Deed
from sinergi.forums.tasks import count

MOST_BALLOTS = 100
CODE_LENGTHS = range(16, 65)
"""Characters of the code that a voter keeps."""


def _held(forum: Forum, ballot_id: int) -> Ballot:
    """Return a ballot of a forum, held.

    Raises
    ------
    NotFoundError
    """
    # Its key stays free: a vote that is just being written refers to it, and would wait for us for ever.
    ballot = forum.ballots.select_for_update(no_key=True).filter(pk=ballot_id).first()
    if ballot is None:
        raise errors.not_found(_("The ballot"))
    return ballot


def _held_rights(ballot: Ballot) -> list[bool]:
    """Hold all rights of a ballot and return which are used: whoever votes is waited for, nobody begins."""
    rows = ballot.rights.select_for_update(of=("self",), no_key=True).order_by("pk")
    return list(rows.values_list("used", flat=True))


def _in_state(ballot: Ballot, *states: str) -> None:
    if ballot.state not in states:
        told = _("This ballot is %(state)s, so this cannot be done with it.")
        raise errors.VoteError(told % {"state": ballot.get_state_display()})


@transaction.atomic
def prepare_ballot(by: Principal, forum_id: int, details: BallotDetails) -> Ballot:
    """Prepare a ballot; nobody votes until it is opened.

    Raises
    ------
    NotFoundError, ForbiddenError, StageError, InvalidError
    """
    forum = held_forum(by, forum_id, rules.OBJECT_EDIT, Deed.VOTE)
    options = tuple((printable(text), theme) for text, theme in details.options)
    details = cleaned(details, options=options)
    refuse(ballot_faults(details))
    there = set(themes(forum).values_list("pk", flat=True))
    if any(theme is not None and theme not in there for _text, theme in options):
        raise errors.not_found(_("One of the themes"))
    if forum.ballots.count() >= MOST_BALLOTS:
        told = _("A forum has at most %(most)s ballots.") % {"most": MOST_BALLOTS}
        raise InvalidError({"question": told})
    ballot = Ballot.objects.create(
        forum=forum,
        question=details.question,
        method=details.method,
        places=details.places,
        secret=details.secret,
        weighted=details.weighted,
        quorum=details.quorum,
    )
    for position, (text, theme) in enumerate(options, start=1):
        ballot.options.create(position=position, text=text, theme_id=theme)
    tell(by, Verb.ADDED, forum, f"ballot:{ballot.pk}", after=plain(details))
    return ballot


@transaction.atomic
def open_ballot(
    by: Principal, forum_id: int, ballot_id: int, *, revision: int | None = None
) -> Ballot:
    """Open a ballot to the delegations that said they come, each with one voting right.

    Raises
    ------
    NotFoundError, ForbiddenError, StageError, ConflictError
    VoteError
        When it is not in preparation, or nobody may vote.
    """
    forum = held_forum(by, forum_id, rules.OBJECT_EDIT, Deed.VOTE)
    ballot = _held(forum, ballot_id)
    expect(forum, f"ballot:{ballot.pk}", ballot, revision)
    _in_state(ballot, Ballot.State.DRAFT)
    coming = forum.delegations.filter(left_at=None, answer=Delegation.Answer.COMING)
    rights = [
        VotingRight(ballot=ballot, delegation=one, weight=one.weight if ballot.weighted else 1)
        for one in coming
    ]
    if not rights:
        raise errors.VoteError(_("No delegation has said that it comes, so nobody could vote."))
    VotingRight.objects.bulk_create(rights)
    ballot.state, ballot.opened_at = Ballot.State.OPEN, timezone.now()
    ballot.key = secrecy.new_key() if ballot.secret else ""
    ballot.revision += 1
    ballot.save()
    tell(by, Verb.BALLOT_OPENED, forum, f"ballot:{ballot.pk}", after={"rights": len(rights)})
    return ballot


def vote(
    by: Principal,
    forum_id: int,
    ballot_id: int,
    delegation_id: int,
    places: Mapping[int, int],
    code: str,
) -> bool:
    """Vote for a delegation; return whether it was new, false when the same vote had arrived before.

    Parameters
    ----------
    places
        Option number to place, 1 is the highest, equal ones may share it; of approvals 1 for approved. What
        is not named is not answered.
    code
        What the voter made up by chance and keeps: the same code again is the same vote sent again, and
        with it the vote is found in the published result.

    Raises
    ------
    NotFoundError, ForbiddenError
    InvalidError
        When the places or the code cannot be.
    VoteError
        When the ballot is not open, the delegation has no right in it, has left, or has voted already.
    """
    forum = get_forum(by, forum_id)
    try:
        with transaction.atomic():
            return _vote(by, forum, ballot_id, delegation_id, places, code)
    except IntegrityError as error:
        # Two requests with one code at once: the other one wrote it.
        raise errors.VoteError(_("This vote is just being counted. Look again.")) from error


def _vote(
    by: Principal,
    forum: Forum,
    ballot_id: int,
    delegation_id: int,
    places: Mapping[int, int],
    code: str,
) -> bool:
    # Shared with other voters, so that the hall need not queue; closing takes it alone and waits for all.
    right = (
        VotingRight.objects.select_for_update(of=("self",))
        .select_related("ballot", "delegation__organisation")
        .filter(ballot=ballot_id, ballot__forum=forum, delegation=delegation_id)
        .first()
    )
    if right is None:
        raise _no_right(forum, ballot_id, delegation_id)
    if not speaks_for(by, right.delegation):
        raise refused(right.delegation)
    ballot = Ballot.objects.get(pk=ballot_id)
    receipt = secrecy.receipt_of(_code(code))
    if _counted(ballot, right, receipt):
        return False
    _in_state(ballot, Ballot.State.OPEN)
    if right.used:
        told = _(
            "%(name)s has voted already; its first vote counts. If that was not you, tell the secretariat."
        )
        raise errors.VoteError(told % {"name": right.delegation.organisation.name})
    refuse(faults_of_vote(ballot, places))
    _write(ballot, right, receipt, places)
    after = {"organisation": right.delegation.organisation_id}
    tell(by, Verb.VOTED, forum, f"ballot:{ballot.pk}", after=after)
    return True


def _no_right(forum: Forum, ballot_id: int, delegation_id: int) -> errors.ForumError:
    ballot = forum.ballots.filter(pk=ballot_id).first()
    delegation = forum.delegations.filter(pk=delegation_id).first()
    if ballot is None or delegation is None:
        return errors.not_found(_("The ballot"))
    if ballot.state == Ballot.State.DRAFT:
        return errors.VoteError(_("This ballot is not open yet."))
    told = _(
        "This delegation has no vote here: it had not said that it comes when the ballot was opened."
    )
    return errors.VoteError(told)


def _code(code: str) -> str:
    text = code.strip()
    if len(text) not in CODE_LENGTHS or not text.isascii() or not text.isalnum():
        told = _("The code of the vote must be 16 to 64 letters and digits.")
        raise InvalidError({"code": told})
    return text


def _counted(ballot: Ballot, right: VotingRight, receipt: str) -> bool:
    """Whether this very vote has arrived before: then it is only said again that it counts."""
    if not right.used:
        return False
    if ballot.key:
        mark = secrecy.mark_of(ballot.key, receipt)
        return ballot.sealed_votes.filter(mark=mark).exists()
    return ballot.votes.filter(receipt=receipt).exists()


def _write(ballot: Ballot, right: VotingRight, receipt: str, places: Mapping[int, int]) -> None:
    plain_places = {str(option): int(place) for option, place in places.items()}
    right.used = True
    right.save(update_fields=["used"])
    if ballot.secret:
        SealedVote.objects.create(
            ballot=ballot,
            mark=secrecy.mark_of(ballot.key, receipt),
            content=secrecy.sealed_vote(ballot.key, receipt, plain_places),
        )
    else:
        CastVote.objects.create(
            ballot=ballot, right=right, receipt=receipt, places=plain_places, weight=right.weight
        )


@transaction.atomic
def close_ballot(
    by: Principal, forum_id: int, ballot_id: int, *, revision: int | None = None
) -> Ballot:
    """Close a ballot and have it counted; of a secret one all traces of its voters go.

    Raises
    ------
    NotFoundError, ForbiddenError, ConflictError
    VoteError
        When it is not open.
    """
    forum = held_forum(by, forum_id, rules.OBJECT_EDIT)
    ballot = _held(forum, ballot_id)
    expect(forum, f"ballot:{ballot.pk}", ballot, revision)
    _in_state(ballot, Ballot.State.OPEN)
    used = _held_rights(ballot)
    if ballot.secret:
        _open_votes(ballot)
    ballot.state, ballot.closed_at = Ballot.State.CLOSED, timezone.now()
    ballot.key = ""
    ballot.revision += 1
    ballot.save()
    after = {"votes": sum(used), "rights": len(used)}
    count.enqueue(ballot.pk)
    tell(by, Verb.BALLOT_CLOSED, forum, f"ballot:{ballot.pk}", after=after)
    return ballot


def _open_votes(ballot: Ballot) -> None:
    sealed = list(ballot.sealed_votes.values_list("content", flat=True))
    CastVote.objects.bulk_create(
        CastVote(ballot=ballot, receipt=receipt, places=places)
        for receipt, places in secrecy.opened_votes(ballot.key, sealed)
    )
    secrecy.wipe(ballot)


@transaction.atomic
def cancel_ballot(by: Principal, forum_id: int, ballot_id: int, *, reason: str = "") -> Ballot:
    """Cancel a ballot that is not closed; votes that were cast are deleted, and why is kept.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError
    VoteError
        When it is closed or cancelled already.
    """
    forum = held_forum(by, forum_id, rules.OBJECT_EDIT)
    ballot = _held(forum, ballot_id)
    _in_state(ballot, Ballot.State.DRAFT, Ballot.State.OPEN)
    kept = why(reason)
    votes = sum(_held_rights(ballot))
    ballot.votes.all().delete()
    secrecy.wipe(ballot)
    ballot.state, ballot.key = Ballot.State.CANCELLED, ""
    ballot.revision += 1
    ballot.save()
    before = {"votes": votes}
    tell(by, Verb.BALLOT_CANCELLED, forum, f"ballot:{ballot.pk}", before, reason=kept)
    return ballot
