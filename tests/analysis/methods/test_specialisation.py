import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sinergi.analysis.errors import InputError
from sinergi.analysis.methods import (
    dynamic_location_quotient,
    location_quotient,
    revealed_comparative_advantage,
)

A_AND_B = np.array([[30.0, 50.0, 20.0], [60.0, 20.0, 40.0]])
TABLES = arrays(np.float64, (6, 4), elements=st.floats(0.5, 1e6))


def test_the_worked_example_gives_the_published_quotients():
    lq = location_quotient(A_AND_B)

    assert lq[0, 1] == pytest.approx(1.5714, abs=5e-5)
    assert lq[1, 0] == pytest.approx(1.2222, abs=5e-5)


def test_a_given_reference_replaces_the_sum_of_the_regions():
    lq = location_quotient(A_AND_B, reference=[100.0, 100.0, 200.0])

    assert lq[0] == pytest.approx([0.3 / 0.25, 0.5 / 0.25, 0.2 / 0.5])


@given(TABLES)
def test_the_mean_quotient_weighted_by_region_size_is_one(table):
    weights = table.sum(axis=1) / table.sum()

    assert weights @ location_quotient(table) == pytest.approx(np.ones(4))


@given(TABLES, st.permutations(range(6)))
def test_permuting_regions_permutes_the_quotients(table, order):
    assert location_quotient(table[order]) == pytest.approx(location_quotient(table)[order])


@given(TABLES, st.floats(0.01, 1000))
def test_the_unit_of_measurement_does_not_matter(table, factor):
    assert location_quotient(table * factor) == pytest.approx(location_quotient(table))


def test_a_region_with_a_missing_sector_is_missing_and_leaves_the_reference():
    table = np.vstack([A_AND_B, [10.0, np.nan, 10.0]])

    lq = location_quotient(table)

    assert np.isnan(lq[2]).all()
    assert lq[:2] == pytest.approx(location_quotient(A_AND_B))


def test_a_region_without_output_and_a_sector_nobody_has_are_missing():
    lq = location_quotient([[1.0, 2.0, 0.0], [0.0, 0.0, 0.0]])

    assert np.isnan(lq[1]).all()
    assert np.isnan(lq[0, 2])
    assert lq[0, :2] == pytest.approx([1.0, 1.0])


def test_when_every_region_is_incomplete_nothing_is_known():
    assert np.isnan(location_quotient([[1.0, np.nan], [np.nan, 2.0]])).all()


@pytest.mark.parametrize(
    ("table", "reference", "where"),
    [
        ([[1.0, -2.0]], None, "x"),
        ([1.0, 2.0], None, "x"),
        ([[1.0, np.inf]], None, "x"),
        ([["rice", "maize"]], None, "x"),
        ([[1.0, 2.0]], [1.0, 2.0, 3.0], "reference"),
    ],
)
def test_unusable_tables_say_where_they_are_wrong(table, reference, where):
    with pytest.raises(InputError) as caught:
        location_quotient(table, reference)

    assert caught.value.where == where
    assert caught.value.remedy


def test_a_negative_value_is_named_with_its_place():
    with pytest.raises(InputError, match=r"-2\.0, at position 0, 1"):
        location_quotient([[1.0, -2.0]])


def test_dynamic_quotients_compare_growth_with_the_reference_by_hand():
    start, end = np.array([[10.0, 10.0], [20.0, 20.0]]), np.array([[20.0, 10.0], [20.0, 20.0]])
    by_hand = ((20 / 10) / (30 / 20)) / ((40 / 30) / (70 / 60))

    assert dynamic_location_quotient(start, end)[0, 0] == pytest.approx(by_hand)


@given(TABLES, TABLES, st.floats(1, 20))
def test_over_the_observed_years_it_is_the_ratio_of_the_two_quotients(start, end, years):
    expected = location_quotient(end) / location_quotient(start)

    assert dynamic_location_quotient(start, end, years) == pytest.approx(expected)


def test_a_horizon_raises_yearly_advantage_to_its_power():
    start, end = A_AND_B, A_AND_B * [[1.2, 1.0, 1.1], [1.0, 1.3, 1.0]]
    seven = dynamic_location_quotient(start, end, years=7)

    assert dynamic_location_quotient(start, end, 7, horizon=14) == pytest.approx(seven**2)


def test_a_sector_that_began_at_zero_has_no_dynamic_quotient():
    dlq = dynamic_location_quotient([[0.0, 5.0], [5.0, 5.0]], [[5.0, 5.0], [5.0, 5.0]])

    assert np.isnan(dlq[0, 0])
    assert np.isfinite(dlq[1]).all()


def test_both_references_are_taken_when_both_are_given():
    dlq = dynamic_location_quotient(
        A_AND_B, A_AND_B, reference_start=[1.0, 1.0, 1.0], reference_end=[2.0, 1.0, 1.0]
    )

    assert dlq[0] == pytest.approx([(1 / 3) / (2 / 4), (1 / 3) / (1 / 4), (1 / 3) / (1 / 4)])


@pytest.mark.parametrize(
    ("options", "where"),
    [
        ({"years": 0}, "years"),
        ({"horizon": -1}, "horizon"),
        ({"reference_start": [1, 1, 1]}, "reference_start, reference_end"),
        ({"reference_start": [1, 1], "reference_end": [1, 1]}, "reference_start, reference_end"),
    ],
)
def test_impossible_options_of_the_dynamic_quotient_are_refused(options, where):
    with pytest.raises(InputError) as caught:
        dynamic_location_quotient(A_AND_B, A_AND_B, **options)

    assert caught.value.where == where


def test_tables_of_two_years_must_have_the_same_regions():
    with pytest.raises(InputError, match=r"\(2, 3\), \(1, 3\)"):
        dynamic_location_quotient(A_AND_B, A_AND_B[:1])


def test_comparative_advantage_is_balassas_ratio_of_shares():
    rca = revealed_comparative_advantage(A_AND_B)

    assert rca[0, 0] == pytest.approx((30 / 100) / (90 / 220))


@given(TABLES)
def test_symmetric_advantage_lies_between_minus_one_and_one(table):
    index = revealed_comparative_advantage(table, symmetric=True)

    assert ((index > -1) & (index < 1)).all()
    assert (np.sign(index) == np.sign(revealed_comparative_advantage(table) - 1)).all()
