"""The quorum of a ballot: of whom it is counted, how many of them must vote, and whether they did."""

from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sinergi.forums.models import Ballot, Delegation, VotingRight

Rule, Base = Ballot.QuorumRule, Ballot.QuorumBase
STAYING = {"left_at": None, "organisation__deleted_at": None}
STAYS = Q(**STAYING)
"""Delegations that have not left, of organisations that were not put away."""
LIVE = {**STAYING, "answer": Delegation.Answer.COMING.value}
COMES = Q(**LIVE)
"""Those that may vote."""
CHECKED_IN = Q(delegates__checked_in_at__isnull=False, delegates__removed_at=None)


def reached(rule: str, percent: int, used: int, whole: int) -> bool:
    """Whether a weight that voted, of the whole one, is a quorum; in whole numbers, so that half is half."""
    if rule == Rule.NONE:
        return True
    if rule == Rule.HALF:
        return 2 * used > whole
    if rule == Rule.THIRDS:
        return used > 0 and 3 * used >= 2 * whole
    return 100 * used >= percent * whole


@dataclass(frozen=True, slots=True)
class Tally:
    """How far a ballot is, without anything of its content.

    Attributes
    ----------
    may_vote, voted
        Delegations that can vote still or have voted, and those that have.
    members, whole
        Of how many delegations the quorum is counted, and their weight.
    used
        The weight that voted.
    counted
        Whether the ballot has a result.
    """

    state: str
    counted: bool
    rule: str
    percent: int
    base: str
    may_vote: int
    voted: int
    members: int
    used: int
    whole: int

    @property
    def quorum_met(self) -> bool:
        """Whether enough have voted for the result to count."""
        return reached(self.rule, self.percent, self.used, self.whole)

    def as_plain(self) -> dict[str, object]:
        """Return what a projector is told."""
        names = ("state", "may_vote", "voted", "members", "quorum_met", "counted")
        return {name: getattr(self, name) for name in names}

    def as_kept(self) -> dict[str, int]:
        """Return what is written down at closing: who leaves afterwards changes no result."""
        return {"may_vote": self.may_vote, "members": self.members, "whole": self.whole}


def tally(ballot_id: int) -> Tally | None:
    """Return how far a ballot is; `None` when there is none. Three queries at most.

    Whoever voted counts, whatever became of it. An unused right of a delegation that left, says by now that
    it does not come, or whose organisation was put away, is none.
    """
    fields = ("state", "quorum_rule", "quorum", "quorum_base", "weighted", "forum_id", "electorate")
    rows = Ballot.objects.annotate(counted=Q(outcome__isnull=False))
    row = rows.filter(pk=ballot_id).values(*fields, "counted").first()
    if row is None:
        return None
    live = Q(**{f"delegation__{name}": value for name, value in LIVE.items()})
    rights = list(
        VotingRight.objects.filter(ballot=ballot_id)
        .annotate(live=ExpressionWrapper(live, BooleanField()))
        .values_list("delegation", "weight", "used", "live")
    )
    used = {seat: weight for seat, weight, used, _live in rights if used}
    kept = _kept(row, rights, used)
    return Tally(
        state=row["state"],
        counted=bool(row["counted"]),
        rule=row["quorum_rule"],
        percent=row["quorum"],
        base=row["quorum_base"],
        voted=len(used),
        used=sum(used.values()),
        **kept,
    )


Rights = list[tuple[int, int, bool, bool]]
"""Delegation, weight as of opening, whether it voted, whether it may still."""


def _kept(row: dict[str, Any], rights: Rights, used: dict[int, int]) -> dict[str, int]:
    if row["electorate"] is not None:
        return dict(row["electorate"])
    weights = {seat: weight for seat, weight, *_more in rights}
    if row["state"] == Ballot.State.CLOSED:
        # Closed before this was written down: then every right counted.
        number = len(weights)
        return {"may_vote": number, "members": number, "whole": sum(weights.values())}
    live = {seat: weight for seat, weight, _used, live in rights if live}
    base = used | (live if row["quorum_base"] == Base.COMING else _base(row, weights))
    return {"may_vote": len(used | live), "members": len(base), "whole": sum(base.values())}


def _base(row: dict[str, Any], weights: dict[int, int]) -> dict[int, int]:
    """Return delegations invited or checked in with their weights: as of opening where they have a right."""
    seats = Delegation.objects.filter(STAYS, forum=row["forum_id"])
    if row["quorum_base"] == Base.PRESENT:
        seats = seats.filter(CHECKED_IN).distinct()
    found = seats.order_by().values_list("pk", "weight")
    return {seat: weights.get(seat, weight if row["weighted"] else 1) for seat, weight in found}


def quorum_name(rule: str, percent: int, base: str) -> str:
    """Return a quorum in words: how many, and of whom."""
    bases = {
        Base.INVITED: _("those invited"),
        Base.COMING: _("those that said they come"),
        Base.PRESENT: _("those checked in"),
    }
    rules = {
        Rule.HALF: _("more than half of %(base)s"),
        Rule.THIRDS: _("at least two thirds of %(base)s"),
        Rule.PERCENT: _("at least %(percent)s%% of %(base)s"),
    }
    if rule not in rules:
        return pgettext("quorum", "none")
    return rules[Rule(rule)] % {"base": bases[Base(base)], "percent": percent}


def quorum_of(ballot: Ballot) -> str:
    """Return the quorum of a ballot in words."""
    return quorum_name(ballot.quorum_rule, ballot.quorum, ballot.quorum_base)


def quorum_told(ballot: Ballot, found: dict[str, Any]) -> str:
    """Return whether the quorum of a counted ballot was reached, of whom, with which numbers."""
    members = found.get("members", found["rights"])
    numbers = _("%(votes)s of %(members)s voted") % {"votes": found["votes"], "members": members}
    if ballot.weighted:
        weights = _("weight %(used)s of %(all)s")
        numbers += f", {weights % {'used': found['used_weight'], 'all': found['all_weight']}}"
    if ballot.quorum_rule == Rule.NONE:
        return _("No quorum was set: %(numbers)s.") % {"numbers": numbers}
    told = _("The quorum was reached: %(numbers)s; needed: %(quorum)s.")
    if not found["quorum_met"]:
        told = _(
            "The quorum was not reached: %(numbers)s; needed: %(quorum)s. "
            "What follows was counted, but decides nothing."
        )
    return told % {"numbers": numbers, "quorum": quorum_of(ballot)}
