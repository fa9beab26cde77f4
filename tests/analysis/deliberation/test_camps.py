"""Chance is not called camps; planted camps are found; everything in between says so."""

import numpy as np
import pytest

from sinergi.analysis.deliberation import Verdict, find_camps
from sinergi.analysis.deliberation.camps import Basis
from sinergi.analysis.deliberation.chance import ENOUGH, REARRANGEMENTS, Rearranged, chance_of
from sinergi.analysis.deliberation.clusters import centred, partitions, silhouettes
from sinergi.analysis.deliberation.levels import clumps_by_chance, variance_within

SEEDS = 200


def coin_flips(rng, voters, items):
    return rng.integers(0, 2, (voters, items)).astype(float)


def two_camps(rng, voters, items, strength):
    """Every other voter is of the second camp; each item is favoured by one, drawn at random.

    A voter follows its camp on an item with the probability `strength`.
    """
    camp = np.arange(voters) % 2
    favoured = rng.integers(0, 2, items)
    follows = np.where(camp[:, None] == favoured[None, :], strength, 1 - strength)
    return (rng.random((voters, items)) < follows).astype(float), camp


def share_found(make, seeds):
    found = 0
    for seed in range(seeds):
        found += find_camps(make(np.random.default_rng(seed)), seed=seed).distinct
    return found / seeds


@pytest.mark.parametrize("items", [9, 15])
@pytest.mark.parametrize("voters", [9, 38, 98])
def test_coin_flips_are_called_camps_in_at_most_5_percent_of_runs(voters, items):
    assert share_found(lambda rng: coin_flips(rng, voters, items), SEEDS) <= 0.05


@pytest.mark.parametrize(("chosen", "items"), [(1, 3), (1, 4), (2, 4), (2, 5)])
@pytest.mark.parametrize("voters", [9, 38, 98])
def test_so_many_approvals_each_given_by_lot_are_no_camps(voters, chosen, items):
    """Whoever may approve one of three falls into three groups, which say nothing of who agrees."""

    def by_lot(rng):
        order = rng.random((voters, items)).argsort(axis=1)
        return (order < chosen).astype(float)

    assert share_found(by_lot, 60) <= 0.05


def test_traded_approvals_keep_the_number_of_each_voter_and_each_item():
    rng = np.random.default_rng(0)
    answers = coin_flips(rng, 12, 7)
    answers[3, 2] = np.nan
    drawn = Rearranged(answers, rng).keeping_totals().draw(50)
    assert (np.isnan(drawn) == np.isnan(answers)).all()
    assert (np.nansum(drawn, axis=2) == np.nansum(answers, axis=1)).all()
    assert (np.nansum(drawn, axis=1) == np.nansum(answers, axis=0)).all()
    assert len({one.tobytes() for one in drawn}) == 50


def test_coin_flips_with_missing_answers_are_no_camps_either():
    def with_holes(rng):
        answers = coin_flips(rng, 38, 12)
        answers[rng.random(answers.shape) < 0.3] = np.nan
        return answers

    assert share_found(with_holes, 100) <= 0.05


@pytest.mark.parametrize(("voters", "items"), [(9, 9), (38, 5), (38, 9), (98, 5)])
def test_random_rankings_are_no_camps(voters, items):
    """Neither by all tests, nor too often by the test of chance alone."""
    told = []
    for seed in range(100):
        rng = np.random.default_rng(seed)
        places = rng.random((voters, items)).argsort(axis=1) / (items - 1)
        told.append(find_camps(places, seed=seed, ranked=True))
    assert sum(one.distinct for one in told) <= 5
    assert sum(one.verdict is not Verdict.LIKE_CHANCE for one in told) <= 5


def test_two_camps_of_rankings_are_found():
    rng = np.random.default_rng(0)
    favoured = np.where(np.arange(38)[:, None] % 2, np.arange(7), np.arange(7)[::-1])
    places = (favoured + rng.normal(0, 1.5, (38, 7))).argsort(axis=1).argsort(axis=1) / 6
    told = find_camps(places, ranked=True)
    assert {frozenset(camp) for camp in told.camps} == {
        frozenset(range(0, 38, 2)),
        frozenset(range(1, 38, 2)),
    }


def test_rearranged_rankings_are_rankings():
    places = np.array([[0.0, 0.5, 1], [1, 0.25, 0.25], [0.5, 1, 0]])
    for drawn in Rearranged(places, np.random.default_rng(0), ranked=True).draw(20):
        assert (np.sort(drawn, axis=1) == np.sort(places, axis=1)).all()


def test_generous_and_strict_voters_with_all_between_are_no_camps():
    def by_taste(rng):
        return (rng.random((38, 15)) < rng.uniform(0, 1, 38)[:, None]).astype(float)

    assert share_found(by_taste, 50) <= 0.05


@pytest.mark.parametrize("voters", [9, 38])
def test_opinions_spread_evenly_along_one_line_are_no_camps(voters):
    """No chance, and the halves are found again in redraws; but nothing parts them."""

    def along_a_line(rng):
        opinion, favours = rng.uniform(-1, 1, (voters, 1)), rng.choice([-1, 1], 15)
        return (rng.random((voters, 15)) < 0.5 + 0.4 * opinion * favours).astype(float)

    assert share_found(along_a_line, 60) <= 0.05
    if voters == 38:
        told = find_camps(along_a_line(np.random.default_rng(0)))
        assert (told.verdict, told.camps) == (Verdict.GRADUAL, ())
        assert told.p_value < 0.01
        assert told.stability > 0.75
        assert told.even_p_value > 0.02


@pytest.mark.parametrize(
    ("voters", "items", "strength", "least"),
    [
        (9, 9, 0.95, 0.9),
        (9, 15, 0.9, 0.9),
        (38, 9, 0.9, 0.9),
        (38, 15, 0.8, 0.9),
        (98, 15, 0.8, 0.9),
    ],
)
def test_two_planted_camps_are_found(voters, items, strength, least):
    assert share_found(lambda rng: two_camps(rng, voters, items, strength)[0], 20) >= least


def test_the_members_of_planted_camps_are_named_right():
    answers, camp = two_camps(np.random.default_rng(3), 38, 15, 0.9)
    told = find_camps(answers)
    assert (told.verdict, told.basis) == (Verdict.FOUND, Basis.PREFERENCE)
    assert {frozenset(rows) for rows in told.camps} == {
        frozenset(np.flatnonzero(camp == one).tolist()) for one in (0, 1)
    }
    assert told.p_value == 1 / (1 + REARRANGEMENTS)
    assert told.stability > 0.9


def test_three_planted_camps_are_three():
    rng = np.random.default_rng(0)
    likes = np.kron(np.eye(3), np.ones(5))[np.arange(60) % 3]
    told = find_camps((rng.random((60, 15)) < np.where(likes, 0.9, 0.1)).astype(float))
    assert sorted(map(len, told.camps)) == [20, 20, 20]


def test_planted_camps_are_found_through_missing_answers():
    def with_holes(rng):
        answers, _ = two_camps(rng, 38, 15, 0.9)
        answers[rng.random(answers.shape) < 0.3] = np.nan
        return answers

    assert share_found(with_holes, 20) >= 0.9


def test_half_who_approve_nearly_all_and_half_nearly_nothing_are_camps_by_level():
    rng = np.random.default_rng(0)
    generous = np.arange(38) % 2 == 0
    told = find_camps(
        (rng.random((38, 15)) < np.where(generous, 0.85, 0.15)[:, None]).astype(float)
    )
    assert (told.verdict, told.basis) == (Verdict.FOUND, Basis.LEVEL)
    strict = {*range(1, 38, 2)}
    assert min(len(strict ^ set(rows)) for rows in told.camps) <= 1


def test_five_voters_are_too_few_and_so_are_ten_of_whom_five_hardly_answered():
    answers = np.ones((10, 4))
    assert find_camps(answers[:5]).verdict is Verdict.TOO_FEW_VOTERS
    answers[5:, 1:] = np.nan
    told = find_camps(answers)
    assert (told.verdict, told.voters) == (Verdict.TOO_FEW_VOTERS, 5)


def test_voters_who_hardly_answered_are_in_no_camp():
    answers, _ = two_camps(np.random.default_rng(1), 38, 15, 0.95)
    answers[0, 2:] = np.nan
    told = find_camps(answers)
    assert told.voters == 37
    assert set().union(*told.camps) == set(range(1, 38))


@pytest.mark.parametrize("answers", [np.ones((9, 5)), np.tile([1.0, 0, 1], (9, 1))])
def test_voters_who_all_say_the_same_are_no_camps(answers):
    told = find_camps(answers)
    assert told.verdict is Verdict.LIKE_CHANCE
    assert told.p_value == 1


def test_a_split_that_chance_does_not_make_but_redraws_do_not_find_is_unstable():
    """Five of 38 are one camp and, among many redraws, not always found."""
    told = []
    for seed in range(40):
        rng = np.random.default_rng(seed)
        likes = (np.arange(38) < 5)[:, None] == rng.integers(0, 2, 15)
        answers = (rng.random((38, 15)) < np.where(likes, 0.88, 0.12)).astype(float)
        told.append(find_camps(answers, seed=seed))
    unstable = [one for one in told if one.verdict is Verdict.UNSTABLE]
    assert unstable
    assert all(one.camps == () and one.stability < 0.75 for one in unstable)


def test_the_same_seed_gives_the_same_camps_and_the_order_of_items_does_not_matter():
    answers, _ = two_camps(np.random.default_rng(7), 20, 9, 0.9)
    told = find_camps(answers, seed=4)
    assert told == find_camps(answers, seed=4)
    assert told.camps == find_camps(answers[:, ::-1], seed=4).camps


def test_the_silhouette_of_four_points_on_a_line():
    """0, 1 | 4, 5: (4.5 - 1) / 4.5 and (3.5 - 1) / 3.5, twice each."""
    line = np.array([0.0, 1, 4, 5])
    apart = np.abs(line[:, None] - line)[None]
    width = silhouettes(apart, np.array([[0, 0, 1, 1]]), 2, smallest=2)
    assert width[0] == pytest.approx((3.5 / 4.5 + 2.5 / 3.5) / 2)
    assert silhouettes(apart, np.array([[0, 0, 0, 1]]), 2, smallest=2)[0] == -1


def test_partitions_of_three_clumps_find_them():
    points = np.array([[[0.0, 0], [0, 1], [9, 0], [9, 1], [0, 20], [0, 21]]])
    *_, labels = partitions(points - points.mean(axis=1), 3)
    assert labels[0, 0] == labels[0, 1]
    assert labels[0, 2] == labels[0, 3]
    assert labels[0, 4] == labels[0, 5]
    assert len(set(labels[0].tolist())) == 3


def test_missing_answers_stay_missing_when_answers_are_rearranged_and_items_keep_theirs():
    answers = np.array([[1.0, np.nan], [0, 1], [1, 0], [np.nan, 0]])
    for drawn in Rearranged(answers, np.random.default_rng(0)).draw(20):
        assert (np.isnan(drawn) == np.isnan(answers)).all()
        assert (np.nansum(drawn, axis=0) == np.nansum(answers, axis=0)).all()


def test_what_is_centred_has_no_mean_by_item_and_nothing_where_no_answer_was():
    answers = np.array([[[1.0, np.nan], [0, 1], [1, 0]]])
    left = centred(answers, by_voter=False)
    np.testing.assert_allclose(left.sum(axis=1), 0, atol=1e-12)
    assert left[0, 0, 1] == 0


def test_the_test_of_chance_stops_early_and_its_p_values_are_honest():
    """Of a statistic that is pure chance p ≤ α happens about as often as α, and never much more."""
    nothing = Rearranged(np.zeros((2, 2)), np.random.default_rng(0))
    p_values = np.array(
        [
            chance_of(nothing.rng.random(), lambda some: nothing.rng.random(len(some)), nothing)
            for _ in range(2000)
        ]
    )
    for level in (0.01, 0.05, 0.2):
        assert (p_values <= level).mean() == pytest.approx(level, abs=3 * np.sqrt(level / 2000))
    assert p_values.min() >= 1 / (1 + REARRANGEMENTS)
    assert p_values.max() == ENOUGH / ENOUGH


def test_many_voters_are_rearranged_a_few_at_a_time():
    batches = list(Rearranged(np.zeros((1500, 1)), np.random.default_rng(0)).batches())
    assert (max(batches), sum(batches)) == (1, REARRANGEMENTS)


def test_levels_in_two_clumps_are_told_from_levels_spread_evenly():
    """0, 0, 1, 1 leave nothing within; 0, 1, 2, 3 leave 1/5: ½ + ½ of 5."""
    assert variance_within(np.array([[0.0, 0, 1, 1], [0, 1, 2, 3]])).tolist() == pytest.approx(
        [0, 0.2]
    )
    clumps = np.repeat([0.1, 0.9], 10) + np.linspace(0, 0.05, 20)
    assert clumps_by_chance(clumps, np.random.default_rng(0)) == 1 / 1000
    assert clumps_by_chance(np.linspace(0, 1, 20), np.random.default_rng(0)) > 0.05
    assert clumps_by_chance(np.zeros(20), np.random.default_rng(0)) == 1
