"""Short ways to write ballots in tests."""

import numpy as np

from sinergi.analysis.deliberation import approval_ballots, ranking_ballots
from sinergi.analysis.deliberation.places import groups_of_equals


def rankings(counts, weights=None):
    """{"A>B=C": 3} is three voters who put A first; D, not named by them, is not ranked."""
    items = tuple(sorted(set("".join(counts)) - set(">= ")))
    rows = [
        [
            next((at for at, level in enumerate(text.split(">"), 1) if item in level), np.nan)
            for item in items
        ]
        for text, count in counts.items()
        for _ in range(count)
    ]
    return ranking_ballots(items, rows, weights)


def approvals(items, counts, weights=None):
    """[("ab", 3)] is three voters who approve a and b."""
    rows = [
        [item in approved for item in items] for approved, count in counts for _ in range(count)
    ]
    return approval_ballots(tuple(items), rows, weights)


def order(ballots, rule):
    """The groups of equals of all ballots, each as one text."""
    groups = groups_of_equals(ballots.items, rule(ballots, ballots.weights[None])[0])
    return [" ".join(group) for group in groups]
