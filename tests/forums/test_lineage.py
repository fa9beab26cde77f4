"""However issues are merged, split and forwarded, no way back to a city is lost, and none is a circle."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
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
    assert found.descendants("issue of Bontang")[-1] == "point 7 of the national forum"
    assert set(found.descendants("issue of Palangka Raya")) == {
        "theme: roads",
        "point 2 of the commissariat",
        "point 3 of the commissariat",
        "point 7 of the national forum",
    }


def test_what_came_from_nothing_is_its_own_origin() -> None:
    assert Lineage().origins("alone") == ("alone",)


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


@settings(deadline=None)
@given(edges)
def test_both_directions_tell_the_same(pairs: list[tuple[int, int]]) -> None:
    found = grown(pairs)
    for one in range(13):
        assert all(one in found.descendants(other) for other in found.ancestors(one))
        assert all(one in found.ancestors(other) for other in found.descendants(one))


@settings(deadline=None)
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


@settings(deadline=None)
@given(edges)
def test_the_same_edges_twice_or_in_another_order_are_the_same(
    pairs: list[tuple[int, int]],
) -> None:
    once, twice = grown(pairs), grown([*reversed(pairs), *pairs])
    for one in range(13):
        assert set(once.ancestors(one)) == set(twice.ancestors(one))
        assert set(once.descendants(one)) == set(twice.descendants(one))


@dataclass
class Drawing:
    """Themes that were drawn, merged and split; beside the edges, each issue's own way through them."""

    edges: list[tuple[str, str]] = field(default_factory=list)
    holding: dict[str, frozenset[str]] = field(default_factory=dict)
    live: list[str] = field(default_factory=list)
    before: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    """Theme and issue to the themes from which the issue came into it."""

    def make(self, issues: Iterable[str], former: Sequence[str] = ()) -> None:
        held, theme = frozenset(issues), f"theme {len(self.holding)}"
        self.edges += [(one, theme) for one in (*former, *sorted(held))]
        for issue in held:
            self.before[theme, issue] = {one for one in former if issue in self.holding[one]}
        self.holding[theme] = held
        self.live = [one for one in self.live if one not in former] + [theme]

    def split(self, theme: str, first: set[str]) -> None:
        held = self.holding[theme]
        if len(held) < 2:
            return
        mine = (held & first) or {min(held)}
        rest = (held - mine) or {max(held)}
        self.make(mine, [theme])
        self.make(rest, [theme])
        self.live.remove(theme) if theme in self.live else None

    def way(self, theme: str, issue: str) -> set[str]:
        steps = self.before[theme, issue]
        return steps.union(*(self.way(one, issue) for one in steps))

    def lineage(self, *points: tuple[str, str]) -> Lineage[str]:
        return Lineage([*self.edges, *points], self.holding)


MOVES = st.lists(
    st.tuples(st.booleans(), st.integers(0, 9), st.integers(0, 9), st.sets(st.integers(0, 7))),
    max_size=10,
)
FIRST = st.lists(st.sets(st.integers(0, 7), min_size=1), min_size=1, max_size=4)


def played(first: list[set[int]], moves: list[tuple[bool, int, int, set[int]]]) -> Drawing:
    drawing = Drawing()
    for numbers in first:
        drawing.make(f"issue {n}" for n in numbers)
    for merges, a, b, numbers in moves:
        one, other = (drawing.live[n % len(drawing.live)] for n in (a, b))
        if not merges:
            drawing.split(one, {f"issue {n}" for n in numbers})
        elif one != other:
            drawing.make(drawing.holding[one] | drawing.holding[other], sorted({one, other}))
    return drawing


@settings(deadline=None)
@given(FIRST, MOVES)
def test_a_theme_comes_from_exactly_what_led_its_issues_there(first, moves) -> None:
    drawing = played(first, moves)
    points = [(theme, f"point of {theme}") for theme in drawing.holding]
    found = drawing.lineage(*points)
    for theme, held in drawing.holding.items():
        ways = set[str]().union(*(drawing.way(theme, issue) for issue in held))
        assert set(found.ancestors(theme)) == held | ways
        assert set(found.ancestors(f"point of {theme}")) == {theme} | held | ways
        assert set(found.origins(theme)) == held


@settings(deadline=None)
@given(FIRST, MOVES)
def test_an_issue_became_exactly_what_it_went_into(first, moves) -> None:
    drawing = played(first, moves)
    found = drawing.lineage(*((theme, f"point of {theme}") for theme in drawing.holding))
    for issue in {one for held in drawing.holding.values() for one in held}:
        inside = {theme for theme, held in drawing.holding.items() if issue in held}
        made = inside | {f"point of {theme}" for theme in inside}
        assert set(found.descendants(issue)) == made
        assert all(issue in found.ancestors(one) for one in made)
    for theme in drawing.holding:
        for other in found.descendants(theme):
            assert theme in found.ancestors(other)


def test_a_part_of_a_theme_that_was_merged_does_not_get_the_origin_of_the_other() -> None:
    drawing = Drawing()
    drawing.make(["road"])
    drawing.make(["waste"])
    drawing.make(["road", "waste"], ["theme 0", "theme 1"])
    drawing.split("theme 2", {"road"})
    found = drawing.lineage()
    assert set(found.ancestors("theme 3")) == {"road", "theme 2", "theme 0"}
    assert set(found.descendants("waste")) == {"theme 1", "theme 2", "theme 4"}
