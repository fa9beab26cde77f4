"""However issues are merged, split and forwarded, no way back to a city is lost, and none is a circle."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergi.forums.lineage import CircleError, Lineage

CITIES = ("Bontang", "Banjarbaru", "Palangka Raya")
NINE_POINTS = [
    ("issue of Bontang", "theme: water"),
    ("issue of Banjarbaru", "theme: water"),
    ("issue of Palangka Raya", "theme: roads"),
    ("theme: water", "point 1 of the commissariat"),
    ("theme: roads", "point 2 of the commissariat"),
    ("theme: roads", "point 3 of the commissariat"),
    ("point 1 of the commissariat", "point 7 of the national forum"),
    ("point 3 of the commissariat", "point 7 of the national forum"),
]
edges = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=40)


def grown(pairs: list[tuple[int, int]]) -> Lineage[int]:
    """A lineage of all pairs that lead from a smaller to a greater number, which cannot be a circle."""
    return Lineage((min(pair), max(pair)) for pair in pairs if pair[0] != pair[1])


def test_a_national_point_leads_back_to_the_cities_that_raised_it() -> None:
    origins = Lineage(NINE_POINTS).origins("point 7 of the national forum")
    assert set(origins) == {f"issue of {city}" for city in CITIES}


def test_a_city_finds_what_became_of_its_issue() -> None:
    found = Lineage(NINE_POINTS)
    assert found.outcomes("issue of Bontang") == ("point 7 of the national forum",)
    assert set(found.outcomes("issue of Palangka Raya")) == {
        "point 2 of the commissariat",
        "point 7 of the national forum",
    }


def test_what_came_from_nothing_is_its_own_origin_and_outcome() -> None:
    assert Lineage().origins("alone") == Lineage().outcomes("alone") == ("alone",)


def test_a_point_forwarded_in_a_circle_is_refused_with_the_way_it_went() -> None:
    found = Lineage(NINE_POINTS)
    with pytest.raises(CircleError) as raised:
        found.add("point 7 of the national forum", "theme: water")
    assert raised.value.path == (
        "theme: water",
        "point 1 of the commissariat",
        "point 7 of the national forum",
    )
    assert found.descendants("point 7 of the national forum") == ()


def test_nothing_is_its_own_ancestor() -> None:
    with pytest.raises(CircleError):
        Lineage([(1, 1)])


@given(edges)
def test_both_directions_tell_the_same(pairs: list[tuple[int, int]]) -> None:
    found = grown(pairs)
    for one in range(13):
        assert all(one in found.descendants(other) for other in found.ancestors(one))
        assert all(one in found.ancestors(other) for other in found.descendants(one))


@given(edges, st.integers(0, 12), st.integers(0, 12))
def test_what_is_added_later_loses_no_origin(
    pairs: list[tuple[int, int]], one: int, other: int
) -> None:
    found = grown(pairs)
    before = {thing: set(found.ancestors(thing)) for thing in range(13)}
    if way := found.path(other, one):
        with pytest.raises(CircleError) as raised:
            found.add(one, other)
        assert raised.value.path == way
        assert {thing: set(found.ancestors(thing)) for thing in range(13)} == before
        return
    found.add(one, other)
    assert all(before[thing] <= set(found.ancestors(thing)) for thing in range(13))
    assert all(thing not in found.ancestors(thing) for thing in range(13))


@given(edges)
def test_the_same_edges_twice_or_in_another_order_are_the_same(
    pairs: list[tuple[int, int]],
) -> None:
    once, twice = grown(pairs), grown([*reversed(pairs), *pairs])
    for one in range(13):
        assert set(once.ancestors(one)) == set(twice.ancestors(one))
        assert set(once.outcomes(one)) == set(twice.outcomes(one))
