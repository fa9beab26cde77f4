"""The rules agree with pref_voting and abcvoting on ballots drawn at random (recorded beside this file)."""

import json
from pathlib import Path

import numpy as np
import pytest

from sinergi.analysis.deliberation import approval_ballots, ranking_ballots
from sinergi.analysis.deliberation.equal_shares import NEAR, equal_shares
from sinergi.analysis.deliberation.orders import borda, ranked_pairs, schulze

RECORDED = json.loads((Path(__file__).parent / "independent_results.json").read_text("utf-8"))


def read(case):
    items = len(case["borda"])
    rows = np.array([[np.nan if cell is None else cell for cell in row] for row in case["places"]])
    weights = rows[:, items].astype(int).tolist() if rows.shape[1] > items else None
    return ranking_ballots("ABCDEF"[:items], rows[:, :items], weights)


def pairs(rule, case):
    ballots = read(case)
    return np.argwhere(rule(ballots, ballots.weights[None])[0]).tolist()


@pytest.mark.parametrize("case", RECORDED["rankings"])
def test_borda_and_schulze_give_the_orders_of_pref_voting(case):
    scores = [case["borda"][str(item)] for item in range(len(case["borda"]))]
    assert pairs(borda, case) == np.argwhere(np.subtract.outer(scores, scores) > 0).tolist()
    assert pairs(schulze, case) == case["schulze"]


def test_ranked_pairs_claims_what_every_sequence_gives_and_nothing_else():
    cases = [case for case in RECORDED["rankings"] if case["ranked_pairs"] is not None]
    assert len(cases) > 100
    for case in cases:
        assert pairs(ranked_pairs, case) == case["ranked_pairs"]


@pytest.mark.parametrize("near", [0, NEAR])
def test_equal_shares_gives_what_all_and_what_some_committees_of_abcvoting_hold(near):
    assert any(len(case["committees"]) > 1 for case in RECORDED["approvals"])
    for case in RECORDED["approvals"]:
        ballots = approval_ballots("ABCDEFGH"[: len(case["approvals"][0])], case["approvals"])
        certain, tied = equal_shares(ballots, ballots.weights, case["places"], near=near)
        committees = [set(one) for one in case["committees"]]
        assert set(np.flatnonzero(certain)) == set.intersection(*committees)
        assert set(np.flatnonzero(certain | tied)) == set.union(*committees)
