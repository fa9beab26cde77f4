"""Small instances of every kind of rule, and the best choice among all."""

from itertools import product

import numpy as np
from hypothesis import strategies as st

from sinergi.analysis.portfolio import (
    PPM,
    Alternatives,
    Choice,
    Different,
    Instance,
    Joint,
    Pin,
    Precedence,
    RegionShare,
    check,
    score_of,
)


def plain(scores, costs, ceilings, **rules) -> Instance:
    """Return projects of one way and one year's cost each, by channel, that may start in any year."""
    count, years = len(scores), len(ceilings)
    cost = np.array(costs, np.int64).reshape(count, 1, -1)
    rules.setdefault("benefit", np.full((count, 1), PPM, np.int64))
    return Instance(
        score=np.array(scores, float),
        way_project=np.arange(count),
        cost=cost,
        first=np.zeros(count, np.int64),
        last=np.full(count, years - 1, np.int64),
        ceilings=np.array(ceilings, np.int64).reshape(years, -1),
        **rules,
    )


def everything(instance: Instance):
    """Yield every choice of a small instance."""
    first_way = instance.first_way
    ways = np.diff(first_way)
    possible = [
        [(-1, -1), *product(range(int(first), int(last) + 1), range(int(count)))]
        for first, last, count in zip(instance.first, instance.last, ways, strict=True)
    ]
    for picked in product(*possible):
        start, way = zip(*picked, strict=True)
        yield Choice(np.array(start, np.int64), np.array(way, np.int64))


def brute(instance: Instance) -> float | None:
    """Return the best score of all choices that keep the rules; None when none does."""
    kept = (choice for choice in everything(instance) if not check(instance, choice))
    return max((score_of(instance, choice) for choice in kept), default=None)


@st.composite
def instances(draw, most: int = 5) -> Instance:
    """Draw projects of one or two ways over two or three years, under rules of every kind."""
    count = draw(st.integers(2, most))
    years, channels, regions = draw(st.integers(1, 3)), draw(st.integers(1, 2)), 2
    numbers = st.integers(0, 12)
    ways = draw(st.lists(st.integers(1, 2), min_size=count, max_size=count))
    way_project = np.repeat(np.arange(count), ways)
    shape = (len(way_project), min(years, 2), channels)
    size = int(np.prod(shape))
    cost = draw(st.lists(numbers, min_size=size, max_size=size))
    cost = np.array(cost, np.int64).reshape(shape)
    cost[:, 0, 0] += 1
    if years > 1:
        cost[draw(st.lists(st.integers(0, len(cost) - 1), max_size=len(cost))), 1] = 0
    lasts = np.full(count, years - shape[1], np.int64)
    first = np.zeros(count, np.int64)
    limit = st.lists(st.integers(0, 25), min_size=years * channels, max_size=years * channels)
    parts = st.lists(st.sampled_from([0, 300_000, PPM]), min_size=count, max_size=count)
    own = np.array(draw(parts), np.int64)
    project = st.integers(0, count - 1)
    pairs = st.lists(project, min_size=2, max_size=2, unique=True)
    share = st.builds(
        RegionShare,
        st.integers(0, regions - 1),
        minimum=st.sampled_from([None, 100_000, 333_333]),
        maximum=st.sampled_from([None, 500_000, 800_000]),
        measure=st.sampled_from(["money", "score"]),
        base=st.sampled_from(["available", "chosen"]),
    )
    pins = draw(st.lists(st.builds(Pin, project, st.booleans()), max_size=1))
    return Instance(
        score=np.array(draw(st.lists(numbers, min_size=count, max_size=count)), float),
        way_project=way_project,
        cost=cost,
        first=first,
        last=lasts,
        ceilings=np.array(draw(limit), np.int64).reshape(years, channels),
        benefit=np.stack([own, PPM - own], axis=1),
        carries=np.array(draw(st.lists(st.booleans(), min_size=channels, max_size=channels))),
        timeliness=np.array([1.0, 0.9, 0.8])[:years],
        shares=tuple(draw(st.lists(share, max_size=2))),
        precedences=tuple(
            Precedence(*pair, lag)
            for pair, lag in draw(st.lists(st.tuples(pairs, st.integers(0, 1)), max_size=2))
        ),
        alternatives=tuple(
            Alternatives(tuple(pair), exactly)
            for pair, exactly in draw(st.lists(st.tuples(pairs, st.booleans()), max_size=1))
        ),
        joints=tuple(Joint(tuple(pair)) for pair in draw(st.lists(pairs, max_size=1))),
        pins=tuple(pins),
        different=tuple(
            Different(tuple(pair), 400_000, draw(st.sampled_from([0, 300_000])))
            for pair in draw(st.lists(pairs, max_size=1))
        ),
    )
