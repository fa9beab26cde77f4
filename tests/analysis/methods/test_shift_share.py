import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sinergi.analysis.errors import InputError
from sinergi.analysis.methods import esteban_marquillas, shift_share

START = np.array([[30.0, 50.0, 20.0], [60.0, 20.0, 40.0]])
END = np.array([[33.0, 60.0, 24.0], [63.0, 21.0, 46.0]])
TABLES = arrays(np.float64, (5, 3), elements=st.floats(1.0, 1e5))


def test_the_worked_example_gives_the_published_components():
    parts = shift_share(START, END)

    industry = [parts.national[0, 1], parts.mix[0, 1], parts.competitive[0, 1]]
    farming = [parts.national[1, 0], parts.mix[1, 0], parts.competitive[1, 0]]
    assert industry == pytest.approx([6.1364, 1.7208, 2.1429], abs=5e-5)
    assert farming == pytest.approx([7.3636, -3.3636, -1.0], abs=5e-5)


@given(TABLES, TABLES)
def test_the_components_add_up_to_the_change(start, end):
    parts = shift_share(start, end)

    total = parts.national + parts.mix + parts.competitive
    assert total == pytest.approx(end - start, rel=1e-6, abs=1e-4)


@given(TABLES, TABLES)
def test_against_their_own_sum_regions_compete_to_nothing(start, end):
    competitive = shift_share(start, end).competitive.sum(axis=0)

    assert competitive == pytest.approx(np.zeros(3), abs=1e-4)


@given(TABLES, TABLES, st.permutations(range(5)))
def test_permuting_regions_permutes_the_components(start, end, order):
    straight, mixed = shift_share(start, end), shift_share(start[order], end[order])

    assert mixed.competitive == pytest.approx(straight.competitive[order], rel=1e-6, abs=1e-4)


def test_a_given_reference_sets_the_growth_to_compare_with():
    parts = shift_share([[10.0, 10.0]], [[12.0, 11.0]], [100.0, 100.0], [110.0, 130.0])

    assert parts.national[0] == pytest.approx([2.0, 2.0])
    assert parts.mix[0] == pytest.approx([-1.0, 1.0])
    assert parts.competitive[0] == pytest.approx([1.0, -2.0])


def test_a_missing_cell_is_missing_and_leaves_the_reference_to_the_others():
    end = np.vstack([END, [1.0, np.nan, 1.0]])
    parts = shift_share(np.vstack([START, [1.0, 1.0, 1.0]]), end)

    assert np.isnan([parts.national[2, 1], parts.mix[2, 1], parts.competitive[2, 1]]).all()
    assert parts.mix[:2] == pytest.approx(shift_share(START, END).mix)


def test_a_sector_new_to_the_nation_has_no_mix_or_competitive_part():
    parts = shift_share([[0.0, 5.0]], [[2.0, 5.0]])

    assert np.isnan([parts.mix[0, 0], parts.competitive[0, 0]]).all()
    assert parts.change[0, 0] == 2.0


def test_the_homothetic_split_by_hand():
    parts = esteban_marquillas(START, END)

    homothetic = 100 * 70 / 220
    lead = 60 / 50 - 81 / 70
    assert parts.competitive[0, 1] == pytest.approx(homothetic * lead)
    assert parts.allocation[0, 1] == pytest.approx((50 - homothetic) * lead)


@given(TABLES, TABLES)
def test_competitive_and_allocation_make_up_the_classic_competitive_part(start, end):
    four, classic = esteban_marquillas(start, end), shift_share(start, end)

    together = four.competitive + four.allocation
    assert together == pytest.approx(classic.competitive, rel=1e-6, abs=1e-4)
    total = four.national + four.mix + together
    assert total == pytest.approx(four.change, rel=1e-6, abs=1e-4)


def test_a_region_with_an_unknown_total_has_no_homothetic_split():
    parts = esteban_marquillas([[1.0, np.nan], [2.0, 3.0]], [[1.0, 1.0], [2.0, 4.0]])

    assert np.isnan([parts.national[0], parts.competitive[0], parts.allocation[0]]).all()
    assert np.isfinite(parts.allocation[1]).all()


def test_a_region_that_lacked_the_sector_has_no_rate_of_its_own():
    parts = esteban_marquillas([[0.0, 4.0], [2.0, 3.0]], [[1.0, 4.0], [2.0, 4.0]])

    assert np.isnan([parts.competitive[0, 0], parts.allocation[0, 0]]).all()
    assert parts.national[0, 0] == 0.0


def test_negative_values_are_refused():
    with pytest.raises(InputError, match="end"):
        shift_share(START, -END)
