"""From the votes of a closed ballot to its result, and what of a vote cannot be."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from sinergi.analysis.deliberation import (
    Rule,
    approval_ballots,
    conclude,
    ranking_ballots,
)
from sinergi.forums.models import Ballot
from sinergi.forums.quorum import tally

APPROVALS = frozenset({Ballot.Method.APPROVAL, Ballot.Method.EQUAL_SHARES})
"""Rules that ask for approvals; the others ask for places."""


def faults_of_vote(ballot: Ballot, places: Mapping[int, int]) -> dict[str, str]:
    """Return what is wrong with a vote in a ballot; an empty vote is a blank one and may be cast."""
    options = set(ballot.options.values_list("pk", flat=True))
    highest = 1 if ballot.method in APPROVALS else len(options)
    least = 0 if ballot.method in APPROVALS else 1
    if set(places) - options:
        return {"places": _("This vote names an option that the ballot does not have.")}
    if any(not least <= place <= highest for place in places.values()):
        told = _("A place is a number from %(least)s to %(highest)s.")
        return {"places": told % {"least": least, "highest": highest}}
    return {}


def outcome_of(ballot: Ballot) -> dict[str, Any]:
    """Return the result of a closed ballot as plain values, with option numbers as text for items.

    Besides what `Outcome.as_plain` gives: `rights`, `votes`, `quorum_met`, and of those of whom the quorum is
    counted `members`, `all_weight` and how much of it was used, `used_weight`;
    without any vote that answers something, `counted` is false and there is no order.
    """
    votes = list(ballot.votes.values_list("places", "weight"))
    found = tally(ballot.pk)
    assert found is not None
    about = {
        "rights": found.may_vote,
        "votes": len(votes),
        "members": found.members,
        "all_weight": found.whole,
        "used_weight": found.used,
        "quorum_met": found.quorum_met,
    }
    answered = [vote for vote in votes if vote[0]]
    if not answered:
        return {**about, "counted": False}
    return {**about, "counted": True, **_concluded(ballot, votes)}


def _concluded(ballot: Ballot, votes: list[tuple[dict[str, int], int]]) -> dict[str, Any]:
    items = [str(number) for number in ballot.options.values_list("pk", flat=True)]
    make = approval_ballots if ballot.method in APPROVALS else ranking_ballots
    nothing = float("nan")
    answers = [[places.get(item, nothing) for item in items] for places, _weight in votes]
    ballots = make(items, answers, weights=[weight for _places, weight in votes])
    outcome = conclude(
        ballots, Rule(ballot.method), ballot.places, seed=ballot.pk, open_ballot=not ballot.secret
    )
    return outcome.as_plain()
