import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergi.evidence.rules import fractional_year, is_period, span, within_bounds

periods = st.builds(
    lambda year, month: f"{year}-{month:02d}" if month else str(year),
    st.integers(1900, 2100),
    st.integers(0, 12),
)


@pytest.mark.parametrize(
    "text", ["1899", "2101", "2021-13", "2021-00", "21", "", "2021-1", "２０２１-08"]
)
def test_what_is_neither_year_nor_month_is_no_period(text: str) -> None:
    assert not is_period(text)


@given(periods)
def test_every_year_and_month_is_a_period_and_has_a_place_in_time(period: str) -> None:
    assert is_period(period)
    assert int(period[:4]) <= fractional_year(period) < int(period[:4]) + 1


def test_august_is_seven_twelfths_into_the_year() -> None:
    assert fractional_year("2021-08") == pytest.approx(2021 + 7 / 12)


def test_a_text_that_is_no_period_has_no_place_in_time() -> None:
    with pytest.raises(ValueError, match="2021-8"):
        fractional_year("2021-8")


def test_a_span_of_one_period_is_that_period() -> None:
    assert span("2021", "2021") == "2021"
    assert span("2018", "2023") == "2018–2023"


@pytest.mark.parametrize(
    ("value", "inside"),
    [(0.0, True), (100.0, True), (100.1, False), (-0.1, False), (math.inf, False)],
)
def test_bounds_hold_their_ends_and_refuse_what_is_not_finite(value: float, inside: bool) -> None:
    assert within_bounds(value, 0.0, 100.0) is inside


def test_without_bounds_every_finite_value_may_be() -> None:
    assert within_bounds(-1e300, None, None)
    assert not within_bounds(math.nan, None, None)
