"""From a finished ballot to one result: order, choice, ties, firmness, differences and camps."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum

import numpy as np

from sinergi.analysis.deliberation.ballots import Ballots, Floats, Kind
from sinergi.analysis.deliberation.camps import Camps, find_camps
from sinergi.analysis.deliberation.differences import Difference, differences, support_of_each
from sinergi.analysis.deliberation.equal_shares import equal_shares
from sinergi.analysis.deliberation.firmness import (
    Firmness,
    firmness_of_order,
    firmness_of_shares,
)
from sinergi.analysis.deliberation.orders import (
    Order,
    approval,
    approvals,
    approved,
    borda,
    borda_points,
    preferences,
    ranked_pairs,
    schulze,
)
from sinergi.analysis.deliberation.places import (
    Choice,
    best_and_worst,
    choice_from,
    choice_of,
    groups_of_equals,
)
from sinergi.analysis.errors import InputError


class Rule(StrEnum):
    """How a result follows from the ballots."""

    APPROVAL = "approval"
    EQUAL_SHARES = "equal_shares"
    BORDA = "borda"
    SCHULZE = "schulze"
    RANKED_PAIRS = "ranked_pairs"


ORDERS: dict[Rule, Order] = {
    Rule.APPROVAL: approval,
    Rule.BORDA: borda,
    Rule.SCHULZE: schulze,
    Rule.RANKED_PAIRS: ranked_pairs,
}

KINDS: dict[Rule, Kind] = {
    rule: Kind.APPROVAL if rule in {Rule.APPROVAL, Rule.EQUAL_SHARES} else Kind.RANKING
    for rule in Rule
}


@dataclass(frozen=True)
class CampSummary:
    """One camp: how many voters it has and what it supports; its members only after an open ballot."""

    size: int
    support: dict[str, float | None]
    members: tuple[int, ...] | None = None


@dataclass(frozen=True)
class Outcome:
    """The result of a ballot.

    Parameters
    ----------
    rule, places
        What was asked: by which rule, and how many items are chosen.
    voters, blank
        Ballots cast, and how many of them answer nothing; blank ballots count for nothing else.
    order
        Groups of equals, best first; None for equal shares, which chooses and does not order.
    between
        The best and worst place of each item over all ways to break ties; None for equal shares.
    scores
        Weight of the approvals, or mean Borda points; None for rules of pairwise victories.
    pairwise
        Of rankings, the weight of the voters who place the first item above the second; else None.
    choice
        What is certainly chosen, tied at the border and not chosen.
    firmness, differences
        See `Firmness` and `Difference`.
    camps, camp_summaries
        See `Camps`; without the rows of voters unless the ballot was open.
    """

    rule: Rule
    places: int
    voters: int
    blank: int
    order: tuple[tuple[str, ...], ...] | None
    between: dict[str, tuple[int, int]] | None
    scores: dict[str, float] | None
    pairwise: dict[str, dict[str, float]] | None
    choice: Choice
    firmness: Firmness
    differences: dict[str, Difference]
    camps: Camps
    camp_summaries: tuple[CampSummary, ...]

    def as_plain(self) -> dict[str, object]:
        """Return dictionaries, lists, texts, numbers and None only, ready for JSON."""
        plain = _plain(asdict(self))
        assert isinstance(plain, dict)
        return plain


def conclude(
    ballots: Ballots, rule: Rule, places: int, *, seed: int = 0, open_ballot: bool = False
) -> Outcome:
    """Return the result of a finished ballot; the same for the same ballots and seed.

    Parameters
    ----------
    places
        How many items are chosen, 1 to m.
    open_ballot
        Whether it may be known who is in which camp (the rows of the voters).

    Raises
    ------
    InputError
        When the rule does not fit the ballots, there are no such places, or every ballot is blank.
    """
    blank = np.isnan(ballots.answers).all(axis=1)
    counted = replace(ballots, weights=np.where(blank, 0.0, ballots.weights))
    _check(counted, rule, places)
    ranked = ballots.kind is Kind.RANKING
    camps = find_camps(support_of_each(counted), seed=seed, ranked=ranked)
    order, between, choice, firmness = (
        _by_shares(counted, places, seed)
        if rule is Rule.EQUAL_SHARES
        else _by_order(counted, ORDERS[rule], places, seed)
    )
    return Outcome(
        rule=rule,
        places=places,
        voters=ballots.voters,
        blank=int(blank.sum()),
        order=order,
        between=between,
        scores=_scores(counted, rule),
        pairwise=_pairwise(counted),
        choice=choice,
        firmness=firmness,
        differences=differences(counted),
        camps=camps if open_ballot else replace(camps, camps=()),
        camp_summaries=_summaries(counted, camps, open_ballot=open_ballot),
    )


def _check(ballots: Ballots, rule: Rule, places: int) -> None:
    if ballots.kind is not KINDS[rule]:
        raise InputError(
            "The rule {rule} does not count ballots of the kind {kind}.",
            "rule",
            "Choose another rule.",
            rule=rule.value,
            kind=ballots.kind.value,
        )
    if not 1 <= places <= len(ballots.items):
        raise InputError(
            "{places} of {items} items cannot be chosen.",
            "places",
            "Choose at least one and no more than there are.",
            places=places,
            items=len(ballots.items),
        )
    if not ballots.weights.any():
        raise InputError(
            "Nobody voted, or every ballot is blank.", "answers", "There is no result to show."
        )


Parts = tuple[
    tuple[tuple[str, ...], ...] | None, dict[str, tuple[int, int]] | None, Choice, Firmness
]


def _by_order(ballots: Ballots, order: Order, places: int, seed: int) -> Parts:
    above = order(ballots, ballots.weights[None])[0]
    best, worst = best_and_worst(above)
    between = zip(best.tolist(), worst.tolist(), strict=True)
    supported = approved if ballots.kind is Kind.APPROVAL else None
    there = supported(ballots, ballots.weights[None])[0] if supported else None
    return (
        groups_of_equals(ballots.items, above),
        dict(zip(ballots.items, between, strict=True)),
        choice_of(ballots.items, above, places, there),
        firmness_of_order(ballots, order, places, seed=seed, supported=supported),
    )


def _by_shares(ballots: Ballots, places: int, seed: int) -> Parts:
    certain, tied = equal_shares(ballots, ballots.weights, places)
    choice = choice_from(ballots.items, certain, tied, places)
    return None, None, choice, firmness_of_shares(ballots, places, seed=seed)


def _scores(ballots: Ballots, rule: Rule) -> dict[str, float] | None:
    weights = ballots.weights[None]
    if KINDS[rule] is Kind.APPROVAL:
        given = approvals(ballots, weights)[0] * float(ballots.unit)
    elif rule is Rule.BORDA:
        given = borda_points(ballots, weights)[0]
    else:
        return None
    return dict(zip(ballots.items, given.tolist(), strict=True))


def _pairwise(ballots: Ballots) -> dict[str, dict[str, float]] | None:
    if ballots.kind is not Kind.RANKING:
        return None
    table = preferences(ballots, ballots.weights[None])[0] * float(ballots.unit)
    rows = (dict(zip(ballots.items, row, strict=True)) for row in table.tolist())
    return dict(zip(ballots.items, rows, strict=True))


def _summaries(ballots: Ballots, camps: Camps, *, open_ballot: bool) -> tuple[CampSummary, ...]:
    support = support_of_each(ballots)
    return tuple(
        CampSummary(
            len(rows), _means(ballots.items, support[list(rows)]), rows if open_ballot else None
        )
        for rows in camps.camps
    )


def _means(items: tuple[str, ...], support: Floats) -> dict[str, float | None]:
    given = np.isfinite(support).sum(axis=0)
    total = np.nansum(support, axis=0)
    return {
        item: float(total[at] / given[at]) if given[at] else None for at, item in enumerate(items)
    }


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value.value if isinstance(value, StrEnum) else value
