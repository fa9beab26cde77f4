"""A finished ballot becomes one result: whole, plain and the same each time."""

import json
import subprocess
import sys

import numpy as np
import pytest

from sinergi.analysis.deliberation import (
    Rule,
    Verdict,
    approval_ballots,
    conclude,
    ranking_ballots,
)
from sinergi.analysis.errors import InputError
from tests.analysis.deliberation import profiles

NINE = profiles.approvals("abcd", [("ab", 4), ("ac", 3), ("d", 2)])
RANKED = profiles.rankings({"A>B>C>D": 4, "B>A>C": 3, "D>C": 2})


@pytest.mark.parametrize("rule", list(Rule))
def test_a_result_is_plain_and_the_same_for_the_same_seed(rule):
    ballots = NINE if rule in {Rule.APPROVAL, Rule.EQUAL_SHARES} else RANKED
    plain = conclude(ballots, rule, 2, seed=3).as_plain()
    assert json.loads(json.dumps(plain)) == plain
    assert plain == conclude(ballots, rule, 2, seed=3).as_plain()
    assert plain["rule"] == rule.value


def test_a_result_tells_order_choice_scores_firmness_and_differences():
    told = conclude(NINE, Rule.APPROVAL, 2)
    assert told.order == (("a",), ("b",), ("c",), ("d",))
    assert told.between == {"a": (1, 1), "b": (2, 2), "c": (3, 3), "d": (4, 4)}
    assert told.scores == {"a": 7, "b": 4, "c": 3, "d": 2}
    assert told.choice.certain == ("a", "b")
    assert told.firmness.items["a"].stays > told.firmness.items["b"].stays
    assert told.differences["a"].support == pytest.approx(7 / 9)
    assert (told.voters, told.blank) == (9, 0)


def test_equal_shares_choose_and_do_not_order():
    told = conclude(NINE, Rule.EQUAL_SHARES, 2)
    assert (told.order, told.between) == (None, None)
    assert told.choice.certain[0] == "a"


def test_rules_of_pairwise_victories_have_no_scores():
    assert conclude(RANKED, Rule.SCHULZE, 1).scores is None
    assert sum(conclude(RANKED, Rule.BORDA, 1).scores.values()) == pytest.approx(6)


def test_rankings_come_with_the_pairwise_counts_that_explain_them():
    """Four have A above B, three B above A, and two rank neither."""
    told = conclude(RANKED, Rule.SCHULZE, 1)
    assert (told.pairwise["A"]["B"], told.pairwise["B"]["A"]) == (4, 3)
    assert conclude(NINE, Rule.APPROVAL, 1).pairwise is None


def test_blank_ballots_are_counted_as_ballots_and_as_nothing_else():
    rows = np.vstack([NINE.answers, np.full((3, 4), np.nan)])
    told = conclude(approval_ballots(NINE.items, rows), Rule.EQUAL_SHARES, 2)
    without = conclude(NINE, Rule.EQUAL_SHARES, 2)
    assert (told.voters, told.blank) == (12, 3)
    assert (told.choice, told.firmness) == (without.choice, without.firmness)


def test_scores_are_in_the_weights_that_were_given():
    told = conclude(approval_ballots("ab", [[1, 0], [1, 1]], ["0.5", "1.5"]), Rule.APPROVAL, 1)
    assert told.scores == {"a": 2.0, "b": 1.5}


def camps_of_twenty():
    rng = np.random.default_rng(0)
    likes = np.kron(np.eye(2), np.ones(5))[np.arange(20) % 2]
    rows = (rng.random((20, 10)) < np.where(likes, 0.95, 0.05)).astype(float)
    rows[1, 9] = np.nan
    return approval_ballots("abcdefghij", rows)


def test_camps_are_described_without_their_members_unless_the_ballot_was_open():
    secret = conclude(camps_of_twenty(), Rule.APPROVAL, 3)
    assert secret.camps.verdict is Verdict.FOUND
    assert secret.camps.camps == ()
    assert [(camp.size, camp.members) for camp in secret.camp_summaries] == [(10, None)] * 2
    first, second = (camp.support for camp in secret.camp_summaries)
    assert abs(first["a"] - second["a"]) > 0.7

    opened = conclude(camps_of_twenty(), Rule.APPROVAL, 3, open_ballot=True)
    assert [camp.members for camp in opened.camp_summaries] == list(opened.camps.camps)
    assert opened.camps.camps[0] in {(*range(0, 20, 2),), (*range(1, 20, 2),)}


def test_an_item_that_nobody_in_a_camp_answered_has_no_support_there():
    ballots = camps_of_twenty()
    rows = ballots.answers.copy()
    rows[::2, 9] = np.nan
    told = conclude(approval_ballots(ballots.items, rows), Rule.APPROVAL, 3)
    assert None in [camp.support["j"] for camp in told.camp_summaries]


@pytest.mark.parametrize(
    ("ballots", "rule", "places", "what"),
    [
        (NINE, Rule.BORDA, 1, "rule: The rule borda does not count ballots of the kind approval"),
        (RANKED, Rule.EQUAL_SHARES, 1, "rule: The rule equal_shares"),
        (NINE, Rule.APPROVAL, 0, "places: 0 of 4 items"),
        (NINE, Rule.APPROVAL, 5, "places: 5 of 4 items"),
        (ranking_ballots("ab", np.full((3, 2), np.nan)), Rule.BORDA, 1, "every ballot is blank"),
        (approval_ballots("ab", np.empty((0, 2))), Rule.APPROVAL, 1, "Nobody voted"),
    ],
)
def test_what_has_no_result_is_refused(ballots, rule, places, what):
    with pytest.raises(InputError, match=what):
        conclude(ballots, rule, places)


def test_deliberation_needs_nothing_but_numpy():
    code = (
        "import sys, sinergi.analysis.deliberation; "
        "print(*sorted({'scipy', 'polars', 'django', 'pandas'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
