"""How answers are summed up: what is not answered counts for nothing and against nothing."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from sinergi.agreements.evaluating import answered, grade_of, moved, summary

FOUR = ("a", "b", "c", "d")


def test_no_mean_is_told_of_fewer_than_half_of_the_questions() -> None:
    assert summary({"a": {"grade": 4}}, FOUR).mean is None
    found = summary({"a": {"grade": 4}, "b": {"grade": 1}}, FOUR)
    assert (found.graded, found.asked, found.mean) == (2, 4, Fraction(5, 2))
    assert summary({}, ()).mean is None


def test_only_grades_that_can_be_are_grades() -> None:
    for wrong in (None, {}, {"grade": 5}, {"grade": -1}, {"grade": True}, {"grade": "3"}, "3"):
        assert grade_of(wrong) is None
    assert grade_of({"grade": 0}) == 0


def test_a_difference_needs_both_grades() -> None:
    assert moved({"grade": 3}, {"grade": 1}) == 2
    assert moved({"grade": 3}, None) is None
    assert moved(None, {"grade": 1}) is None


@given(st.dictionaries(st.sampled_from(FOUR), st.tuples(st.none() | st.integers(0, 4), st.text())))
def test_unanswered_stays_unanswered_and_means_stay_between_the_grades(given_answers) -> None:
    kept = answered(given_answers)
    assert all(one["grade"] is not None or one["text"] for one in kept.values())
    mean = summary(kept, FOUR).mean
    grades = [one["grade"] for one in kept.values() if one["grade"] is not None]
    assert mean is None or min(grades) <= mean <= max(grades)
