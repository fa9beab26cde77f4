import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergi.analysis.errors import InputError
from sinergi.analysis.methods import gravity, great_circle_km

SIZES = st.lists(st.floats(1, 1e6), min_size=2, max_size=6).map(np.array)


def test_interaction_falls_with_the_square_of_distance_by_hand():
    assert gravity(200.0, 300.0, 10.0) == pytest.approx(600.0)
    assert gravity(200.0, 300.0, 20.0) == pytest.approx(150.0)


def test_constant_and_exponent_enter_as_written():
    assert gravity(200.0, 300.0, 10.0, k=0.5, exponent=1.0) == pytest.approx(3000.0)


@given(SIZES)
def test_interaction_is_mutual(sizes):
    distance = np.abs(np.subtract.outer(np.arange(len(sizes)), np.arange(len(sizes)))).astype(float)

    pairs = gravity(sizes[:, None], sizes[None, :], distance)
    assert pairs == pytest.approx(pairs.T, nan_ok=True)


@given(SIZES, st.randoms())
def test_permuting_places_permutes_interaction(sizes, random):
    places = np.cumsum(sizes)
    distance = np.abs(places[:, None] - places)
    order = random.sample(range(len(sizes)), len(sizes))

    mixed = gravity(sizes[order][:, None], sizes[order], distance[np.ix_(order, order)])
    straight = gravity(sizes[:, None], sizes, distance)
    assert mixed == pytest.approx(straight[np.ix_(order, order)], nan_ok=True)


def test_a_place_has_no_interaction_with_itself_nor_over_an_unknown_distance():
    found = gravity([1.0, 1.0, np.nan], [1.0, 1.0, 1.0], [0.0, np.nan, 5.0])

    assert np.isnan(found).all()


@pytest.mark.parametrize(
    ("given_values", "where"),
    [
        ((-1.0, 1.0, 1.0), "population_i"),
        ((1.0, 1.0, -3.0), "distance"),
        ((1.0, np.inf, 1.0), "population_j"),
        (([1.0, 2.0], [1.0, 2.0, 3.0], 1.0), "population_i, population_j, distance"),
    ],
)
def test_impossible_values_say_where_they_are(given_values, where):
    with pytest.raises(InputError) as caught:
        gravity(*given_values)

    assert caught.value.where == where


def test_attraction_that_grows_with_distance_is_refused():
    with pytest.raises(InputError, match="exponent"):
        gravity(1.0, 1.0, 1.0, exponent=-1.0)


def test_a_quarter_of_the_equator_is_a_quarter_of_the_equator():
    assert great_circle_km([0.0, 0.0], [0.0, 90.0])[0, 1] == pytest.approx(10007.557, abs=0.01)


def test_banjarmasin_lies_about_30_km_from_banjarbaru():
    distance = great_circle_km([-3.3186, -3.4572], [114.5944, 114.8310])

    assert distance[0, 1] == pytest.approx(30.45, abs=0.05)
    assert np.diag(distance) == pytest.approx([0.0, 0.0])


def test_an_unknown_point_has_no_distances():
    assert np.isnan(great_circle_km([0.0, np.nan], [0.0, 1.0])[:, 1]).all()


@pytest.mark.parametrize(
    ("latitude", "longitude", "where"),
    [([91.0], [0.0], "latitude"), ([0.0], [181.0], "longitude"), ([0.0], [0.0, 1.0], "latitude")],
)
def test_degrees_out_of_range_are_refused(latitude, longitude, where):
    with pytest.raises(InputError, match=where):
        great_circle_km(latitude, longitude)
