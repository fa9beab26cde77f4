"""Votes: cast for a delegation, once however often they arrive, open or sealed."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import InvalidError
from sinergi.accounts.principal import Principal
from sinergi.forums import errors, secrecy
from sinergi.forums.actions.ballots import in_state
from sinergi.forums.actions.rows import in_time, refuse, refused, tell
from sinergi.forums.counting import faults_of_vote
from sinergi.forums.models import Ballot, CastVote, Delegation, Forum, SealedVote, VotingRight
from sinergi.forums.permissions import speaks_for
from sinergi.forums.queries.forums import get_forum
from sinergi.forums.stages import Deed

CODE_LENGTHS = range(16, 65)
"""Characters of the code that a voter keeps."""


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
    NotFoundError, ForbiddenError, StageError
    InvalidError
        When the places or the code cannot be.
    VoteError
        When the code came with another vote before, the ballot is not open, the delegation has no right in
        it, has left, says that it does not come, or has voted already.
    """
    forum = get_forum(by, forum_id)
    try:
        with transaction.atomic():
            return _vote(by, forum, ballot_id, delegation_id, places, code)
    except IntegrityError as error:
        # Requests for one delegation wait for each other: another delegation wrote the same code at once.
        raise _taken() from error


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
    written = {str(option): int(place) for option, place in places.items()}
    if right.used and (there := _there(ballot, right, receipt)) is not None:
        if there != written:
            told = _("An earlier, different vote of %(name)s counts; this one does not.")
            raise errors.VoteError(told % {"name": right.delegation.organisation.name})
        return False
    in_state(ballot, Ballot.State.OPEN)
    in_time(forum, Deed.VOTE)
    if right.used:
        told = _(
            "%(name)s has voted already; its first vote counts. If that was not you, tell the secretariat."
        )
        raise errors.VoteError(told % {"name": right.delegation.organisation.name})
    if right.delegation.answer != Delegation.Answer.COMING:
        told = _(
            "%(name)s has said meanwhile that it does not come; it votes once it says otherwise."
        )
        raise errors.VoteError(told % {"name": right.delegation.organisation.name})
    refuse(faults_of_vote(ballot, places))
    if _there(ballot, None, receipt) is not None:
        raise _taken()
    _write(ballot, right, receipt, written)
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


def _taken() -> errors.VoteError:
    told = _("Another vote has this code already. Open the ballot anew, which makes another code.")
    return errors.VoteError(told)


def _there(ballot: Ballot, right: VotingRight | None, receipt: str) -> dict[str, int] | None:
    """Return what the vote with a receipt says that arrived before; `None` when none did.

    Nothing tells of a secret vote whose it is; of an open one `right` asks for that delegation's only.
    """
    if ballot.key:
        mark = secrecy.mark_of(ballot.key, receipt)
        sealed = list(ballot.sealed_votes.filter(mark=mark).values_list("content", flat=True))
        return next((found for _receipt, found in secrecy.opened_votes(ballot.key, sealed)), None)
    rows = ballot.votes.filter(receipt=receipt)
    if right is not None and not ballot.secret:
        rows = rows.filter(right=right)
    return rows.values_list("places", flat=True).first()


def _write(ballot: Ballot, right: VotingRight, receipt: str, places: dict[str, int]) -> None:
    right.used = True
    right.save(update_fields=["used"])
    if ballot.secret:
        SealedVote.objects.create(
            ballot=ballot,
            mark=secrecy.mark_of(ballot.key, receipt),
            content=secrecy.sealed_vote(ballot.key, receipt, places),
        )
    else:
        CastVote.objects.create(
            ballot=ballot,
            right=right,
            secret=False,
            receipt=receipt,
            places=places,
            weight=right.weight,
        )
