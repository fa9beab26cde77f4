"""Deeds of the secretariat on ballots: prepare, change, open, close and have counted, cancel."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sinergi.accounts import rules
from sinergi.accounts.actions.owned import why
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import InvalidError
from sinergi.accounts.principal import Principal
from sinergi.forums import errors, secrecy
from sinergi.forums.actions.ballot_rows import clean_ballot, details_of, plain_ballot, write_ballot
from sinergi.forums.actions.rows import expect, held_forum, tell
from sinergi.forums.calling import call_to_vote
from sinergi.forums.details import BallotDetails, changes
from sinergi.forums.models import Ballot, CastVote, Forum, VotingRight
from sinergi.forums.quorum import COMES, tally
from sinergi.forums.stages import Deed
from sinergi.forums.tasks import count

MOST_BALLOTS = 100
FEW = 5
"""With fewer voting rights, whoever knows a vote or two can tell the others from the result."""


def few_told(number: int) -> str:
    """Return what must be confirmed before so few vote secretly."""
    told = ngettext(
        "Only %(number)s delegation may vote: the result of a secret ballot will tell how it voted.",
        "Only %(number)s delegations may vote: the result of a secret ballot may tell who voted what.",
        number,
    )
    way_on = _("Confirm this, or let the vote be open.")
    return f"{told % {'number': number}} {way_on}"


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


def in_state(ballot: Ballot, *states: str) -> None:
    """Refuse a deed on a ballot that is in none of some states.

    Raises
    ------
    VoteError
    """
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
    details = clean_ballot(forum, details)
    if forum.ballots.count() >= MOST_BALLOTS:
        told = _("A forum has at most %(most)s ballots.") % {"most": MOST_BALLOTS}
        raise InvalidError({"question": told})
    ballot = Ballot(forum=forum)
    write_ballot(ballot, details, [None] * len(details.options))
    tell(by, Verb.ADDED, forum, f"ballot:{ballot.pk}", after=plain_ballot(details))
    return ballot


@transaction.atomic
def edit_ballot(
    by: Principal,
    forum_id: int,
    ballot_id: int,
    details: BallotDetails,
    *,
    numbers: Sequence[int | None] | None = None,
    revision: int | None = None,
) -> Ballot:
    """Change a ballot in preparation; a change of nothing leaves no trace.

    Parameters
    ----------
    numbers
        For each option of `details` the number of the option that it words otherwise or puts in another
        place, `None` for a new one; what is not named is taken out. Without it options are known by their
        texts.

    Raises
    ------
    NotFoundError, ForbiddenError, StageError, InvalidError, ConflictError
    VoteError
        When it is not in preparation any more.
    """
    forum = held_forum(by, forum_id, rules.OBJECT_EDIT, Deed.VOTE)
    ballot = _held(forum, ballot_id)
    part = f"ballot:{ballot.pk}"
    in_state(ballot, Ballot.State.DRAFT)
    expect(forum, part, ballot, revision)
    old = details_of(ballot)
    new = clean_ballot(forum, details, [theme for _text, theme in old.options])
    rows = _rows(ballot, new, numbers)
    if new != old:
        differs = changes(plain_ballot(old), plain_ballot(new))
        ballot.revision += 1
        write_ballot(ballot, new, rows)
        tell(by, Verb.BALLOT_CHANGED, forum, part, differs.before, differs.after)
    return ballot


def _rows(
    ballot: Ballot, details: BallotDetails, numbers: Sequence[int | None] | None
) -> list[int | None]:
    """Return which option of the ballot each option of the details is; each is one at most."""
    there = dict(ballot.options.values_list("text", "pk"))
    if numbers is None:
        return [there.get(text) for text, _theme in details.options]
    named = [number for number in numbers if number is not None]
    if len(numbers) != len(details.options) or len({*named}) < len(named):
        raise errors.not_found(_("One of the options"))
    if not {*named} <= {*there.values()}:
        raise errors.not_found(_("One of the options"))
    return list(numbers)


@transaction.atomic
def open_ballot(
    by: Principal,
    forum_id: int,
    ballot_id: int,
    *,
    revision: int | None = None,
    few_accepted: bool = False,
) -> Ballot:
    """Open a ballot to the delegations that said they come, each with one voting right.

    Parameters
    ----------
    few_accepted
        Whether it was confirmed that a result of fewer than `FEW` secret votes may tell who voted what.

    Raises
    ------
    NotFoundError, ForbiddenError, StageError, ConflictError
    VoteError
        When it is not in preparation, nobody may vote, or too few may vote secretly and that was not
        confirmed.
    """
    forum = held_forum(by, forum_id, rules.OBJECT_EDIT, Deed.VOTE)
    ballot = _held(forum, ballot_id)
    expect(forum, f"ballot:{ballot.pk}", ballot, revision)
    in_state(ballot, Ballot.State.DRAFT)
    coming = forum.delegations.filter(COMES)
    rights = [
        VotingRight(ballot=ballot, delegation=one, weight=one.weight if ballot.weighted else 1)
        for one in coming
    ]
    if not rights:
        raise errors.VoteError(_("No delegation has said that it comes, so nobody could vote."))
    if ballot.secret and len(rights) < FEW and not few_accepted:
        raise errors.VoteError(few_told(len(rights)))
    VotingRight.objects.bulk_create(rights)
    ballot.state, ballot.opened_at = Ballot.State.OPEN, timezone.now()
    ballot.key = secrecy.new_key() if ballot.secret else ""
    ballot.revision += 1
    ballot.save()
    call_to_vote.enqueue(ballot.pk)
    tell(by, Verb.BALLOT_OPENED, forum, f"ballot:{ballot.pk}", after={"rights": len(rights)})
    return ballot


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
    in_state(ballot, Ballot.State.OPEN)
    used = _held_rights(ballot)
    if ballot.secret:
        _open_votes(ballot)
    found = tally(ballot.pk)
    ballot.electorate = found.as_kept() if found else None
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
        CastVote(ballot=ballot, secret=True, receipt=receipt, places=places)
        for receipt, places in secrecy.opened_votes(ballot.key, sealed)
    )
    secrecy.wipe(ballot)


@transaction.atomic
def cancel_ballot(
    by: Principal, forum_id: int, ballot_id: int, *, reason: str = "", revision: int | None = None
) -> Ballot:
    """Cancel a ballot that is not closed; votes that were cast are deleted, and why is kept.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError, ConflictError
    VoteError
        When it is closed or cancelled already.
    """
    forum = held_forum(by, forum_id, rules.OBJECT_EDIT)
    ballot = _held(forum, ballot_id)
    expect(forum, f"ballot:{ballot.pk}", ballot, revision)
    in_state(ballot, Ballot.State.DRAFT, Ballot.State.OPEN)
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
