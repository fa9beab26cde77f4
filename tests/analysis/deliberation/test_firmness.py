"""Firm results are told from those that hang on one voter, and few voters allow no claim."""

import numpy as np
import pytest

from sinergi.analysis.deliberation import approval_ballots
from sinergi.analysis.deliberation.firmness import (
    firmness_of_order,
    firmness_of_shares,
    redrawn_weights,
    weights_without_one,
)
from sinergi.analysis.deliberation.orders import approval, schulze
from tests.analysis.deliberation import profiles


def test_a_unanimous_choice_is_as_firm_as_can_be():
    firm = firmness_of_order(profiles.rankings({"A>B>C": 9}), schulze, 1, seed=0)
    assert firm.claimed
    assert firm.changed_without_one == 0
    assert [firm.items[item].stays for item in "ABC"] == [1, 0, 0]
    assert [(firm.items[item].best, firm.items[item].worst) for item in "ABC"] == [
        (1, 1),
        (2, 2),
        (3, 3),
    ]


def test_a_lead_of_one_vote_is_not_firm():
    """5 : 4; without any of the five it is a tie. In a redraw A leads with P(X > 4.5) = 0.65."""
    firm = firmness_of_order(profiles.approvals("AB", [("A", 5), ("B", 4)]), approval, 1, seed=0)
    assert firm.changed_without_one == 5
    assert firm.items["A"].stays == pytest.approx(0.65, abs=0.05)
    assert (firm.items["A"].best, firm.items["A"].worst) == (1, 2)


def test_the_share_of_redraws_is_the_probability_of_a_majority_of_redrawn_voters():
    """Binomial(9, 5/9): P(X >= 5) = 0.6347…"""
    rng = np.random.default_rng(1)
    firm = [
        firmness_of_order(
            profiles.approvals("AB", [("A", 5), ("B", 4)]), approval, 1, seed=int(seed)
        )
        .items["A"]
        .stays
        for seed in rng.integers(1_000_000, size=20)
    ]
    assert np.mean(firm) == pytest.approx(0.6376, abs=0.02)


@pytest.mark.parametrize(("voters", "claimed"), [(5, False), (6, True)])
def test_five_voters_allow_no_claim_and_six_do(voters, claimed):
    firm = firmness_of_order(profiles.rankings({"A>B": voters}), schulze, 1, seed=0)
    assert firm.claimed is claimed
    assert (firm.items is not None) is claimed


def test_nine_voters_of_whom_one_outweighs_the_others_allow_no_claim():
    ballots = approval_ballots("ab", [[1, 0]] * 9, [20] + [1] * 8)
    firm = firmness_of_order(ballots, approval, 1, seed=0)
    assert not firm.claimed
    assert firm.effective_voters == pytest.approx(28**2 / 408)


def test_equal_shares_are_firm_where_groups_agree_and_loose_where_they_are_tied():
    ballots = profiles.approvals("abcd", [("a", 6), ("b", 6), ("cd", 6)])
    firm = firmness_of_shares(ballots, 3, seed=0)
    assert firm.items["a"].stays > 0.85
    assert firm.items["c"].stays == pytest.approx(firm.items["d"].stays, abs=0.1)
    assert firm.items["c"].stays < 0.7
    assert sum(item.stays for item in firm.items.values()) == pytest.approx(3)
    assert firm.items["a"].best is None


def test_the_same_seed_gives_the_same_numbers():
    ballots = profiles.approvals("abc", [("ab", 4), ("bc", 4), ("a", 3)])
    assert firmness_of_shares(ballots, 2, seed=5) == firmness_of_shares(ballots, 2, seed=5)
    assert firmness_of_order(ballots, approval, 2, seed=5) == firmness_of_order(
        ballots, approval, 2, seed=5
    )


def test_voters_without_weight_are_never_drawn_nor_left_out():
    weights = np.array([2.0, 0.0, 1.0])
    assert weights_without_one(weights).tolist() == [[0, 0, 1], [2, 0, 0]]
    redrawn = redrawn_weights(weights, 50, np.random.default_rng(0))
    assert (redrawn[:, 1] == 0).all()
    assert (redrawn[:, 0] / 2 + redrawn[:, 2] == 2).all()
