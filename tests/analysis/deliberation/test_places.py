"""Orders of equals and choices show what a vote leaves open."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sinergi.analysis.deliberation.places import (
    best_and_worst,
    choice_of,
    credit,
    groups_of_equals,
)


def by_score(scores):
    scores = np.asarray(scores)
    return scores[:, None] > scores[None, :]


def test_a_tie_within_the_chosen_is_no_tie_for_the_choice():
    chosen = choice_of(("a", "b", "c"), by_score([2, 2, 1]), 2)
    assert (chosen.certain, chosen.tied, chosen.not_chosen) == (("a", "b"), (), ("c",))


def test_a_tie_at_the_border_tells_how_many_places_remain():
    chosen = choice_of(("a", "b", "c", "d", "e"), by_score([9, 5, 5, 5, 1]), 3)
    assert (chosen.certain, chosen.tied, chosen.remaining) == (("a",), ("b", "c", "d"), 2)
    assert chosen.not_chosen == ("e",)


def test_ties_that_do_not_carry_over_stand_in_one_group_and_the_places_tell_them_apart():
    """a above c; b equal to both."""
    above = np.zeros((3, 3), dtype=bool)
    above[0, 2] = True
    assert groups_of_equals(("a", "b", "c"), above) == (("a", "b", "c"),)
    best, worst = best_and_worst(above)
    assert (best.tolist(), worst.tolist()) == ([1, 1, 2], [2, 3, 3])
    assert choice_of(("a", "b", "c"), above, 1).tied == ("a", "b")


def test_what_nobody_supports_takes_no_place_and_leaves_it_empty():
    there = np.array([True, False, False])
    chosen = choice_of(("a", "b", "c"), by_score([2, 0, 0]), 2, there)
    assert (chosen.certain, chosen.tied, chosen.remaining, chosen.unfilled) == (("a",), (), 0, 1)


scores = st.integers(1, 7).flatmap(lambda m: arrays(np.int64, m, elements=st.integers(0, 3)))


@given(scores, st.data())
def test_every_item_is_in_one_part_and_the_credit_fills_the_places(given_scores, data):
    places = data.draw(st.integers(1, len(given_scores)))
    items = tuple("abcdefg"[: len(given_scores)])
    above = by_score(given_scores)
    chosen = choice_of(items, above, places)
    assert sorted(chosen.certain + chosen.tied + chosen.not_chosen) == list(items)
    assert len(chosen.certain) + chosen.remaining == places
    assert chosen.remaining < len(chosen.tied) or not chosen.tied

    best, worst = best_and_worst(above)
    certain, tied = worst <= places, (best <= places) & (worst > places)
    assert np.isclose(credit(certain, tied, places).sum(), places)


@given(scores)
def test_groups_of_scores_are_the_scores_from_high_to_low(given_scores):
    groups = groups_of_equals(tuple(range(len(given_scores))), by_score(given_scores))
    told = [{int(given_scores[item]) for item in group} for group in groups]
    assert told == [{score} for score in sorted(set(given_scores.tolist()), reverse=True)]
