"""Groups are disjoint, within size and reach, and as good as a plain search says."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergi.analysis.costs import Curve
from sinergi.analysis.geography import great_circle_km, links_within, proximity
from sinergi.analysis.groups import Limits, chains, meshes, stars
from sinergi.analysis.logics import Arcs

N = 14
SEEDS = st.integers(0, 100_000)


def places(seed):
    rng = np.random.default_rng(seed)
    return rng.uniform(-3, 0, N), rng.uniform(110, 113, N)


def arcs_of(lat, lon, reach, rng, *, directed):
    a, b, km = links_within(lat, lon, reach)
    if directed:
        a, b, km = np.concatenate([a, b]), np.concatenate([b, a]), np.concatenate([km, km])
    need = rng.uniform(0, 1, len(a))
    return Arcs(a, b, km, np.zeros(len(a), bool), need, need * np.nan, proximity(km, reach))


def case(seed, *, directed, reach=150.0):
    lat, lon = places(seed)
    arcs = arcs_of(lat, lon, reach, np.random.default_rng(seed + 1), directed=directed)
    return arcs, arcs.need, lat, lon


def plain_stars(arcs, score, limits):
    """The same greedy packing without any shortcut: look at every host again for every star."""
    free, found = set(range(N)), []
    while True:
        best = None
        for host in sorted(free):
            rows = [
                row
                for row in np.flatnonzero((arcs.giver == host) & (score >= limits.threshold))
                if int(arcs.receiver[row]) in free
            ]
            rows = sorted(rows, key=lambda row: (-score[row], arcs.receiver[row]))[
                : limits.size - 1
            ]
            value = sum(float(score[row]) for row in rows)
            if rows and (best is None or value > best[0] + 1e-12):
                best = (value, host, rows)
        if best is None:
            return found
        members = {best[1], *(int(arcs.receiver[row]) for row in best[2])}
        found.append(frozenset(members))
        free -= members


@given(SEEDS, st.integers(2, 6))
def test_lazy_stars_equal_the_plain_greedy_search(seed, size):
    arcs, score, *_ = case(seed, directed=True)
    limits = Limits(size, 0.5, 150.0)
    quick = [frozenset(group.members) for group in stars(arcs, score, limits)]
    assert quick == plain_stars(arcs, score, limits)


@given(SEEDS, st.integers(2, 5))
def test_no_region_is_in_two_groups_and_none_is_too_large(seed, size):
    limits = Limits(size, 0.4, 150.0)
    directed, mutual = case(seed, directed=True), case(seed, directed=False)
    for groups in (
        stars(directed[0], directed[1], limits),
        meshes(*mutual[:2], limits, *mutual[2:]),
        chains(*mutual[:2], limits, *mutual[2:]),
    ):
        members = [member for group in groups for member in group.members]
        assert len(members) == len(set(members))
        assert all(2 <= len(group.members) <= size for group in groups)
        assert all(len(group.arcs) == len(group.members) - 1 for group in groups)


@given(SEEDS)
def test_every_link_of_a_group_reaches_the_threshold(seed):
    arcs, score, lat, lon = case(seed, directed=False)
    for group in meshes(arcs, score, Limits(5, 0.6, 150.0), lat, lon):
        assert (score[list(group.arcs)] >= 0.6).all()


@given(SEEDS)
def test_members_of_a_mesh_are_within_reach_of_each_other(seed):
    arcs, score, lat, lon = case(seed, directed=False)
    for group in meshes(arcs, score, Limits(8, 0.2, 150.0), lat, lon):
        rows = np.array(group.members)
        apart = great_circle_km(lat[rows][:, None], lon[rows][:, None], lat[rows], lon[rows])
        assert apart.max() <= 150.0 + 1e-9


@given(SEEDS)
def test_a_chain_is_a_path_in_the_order_of_its_members(seed):
    arcs, score, lat, lon = case(seed, directed=False)
    for group in chains(arcs, score, Limits(6, 0.2, 400.0), lat, lon):
        links = {frozenset((int(arcs.giver[r]), int(arcs.receiver[r]))) for r in group.arcs}
        assert links == {frozenset(pair) for pair in pairwise(group.members)}


@given(SEEDS)
def test_numbering_the_regions_otherwise_changes_no_group(seed):
    arcs, score, lat, lon = case(seed, directed=False)
    order = np.random.default_rng(seed).permutation(N)
    a, b = order[arcs.giver], order[arcs.receiver]
    turned = arcs._replace(giver=np.minimum(a, b), receiver=np.maximum(a, b))
    limits, back = Limits(5, 0.4, 150.0), np.argsort(order)
    once = meshes(arcs, score, limits, lat, lon)
    again = meshes(turned, score, limits, lat[back], lon[back])
    assert {frozenset(order[list(g.members)]) for g in once} == {
        frozenset(g.members) for g in again
    }


def test_with_a_cost_curve_a_region_joins_when_that_saves_money():
    arcs = Arcs(
        np.array([0, 0]),
        np.array([1, 2]),
        np.array([10.0, 900.0]),
        np.zeros(2, bool),
        np.array([0.1, 0.1]),
        np.full(2, np.nan),
        np.array([0.5, 0.5]),
    )
    curve, quantity = Curve(1000.0, 0.6, 1.0), np.array([100.0, 100.0, 100.0])
    groups = stars(arcs, np.array([0.1, 0.1]), Limits(5, 0.9, 1000.0), curve, quantity)
    assert [group.members for group in groups] == [(0, 1)]
    alone = curve.alone(quantity[:2]).sum()
    assert groups[0].value == pytest.approx(
        alone - curve.together(quantity[:2], np.array([0.0, 13.0]))
    )


def test_a_region_whose_quantity_is_unknown_never_joins_a_costed_group():
    arcs, score, *_ = case(3, directed=True)
    quantity = np.full(N, np.nan)
    assert stars(arcs, score, Limits(5, 0.5, 150.0), Curve(1.0, 0.6, 0.0), quantity) == []


def plain_money_stars(arcs, curve, quantity, size):
    """The same packing by money without any shortcut: every host chooses again for every star."""
    free, found = set(range(N)), []
    while True:
        bids = [plain_bid(host, arcs, curve, quantity, size, free) for host in sorted(free)]
        bids = [bid for bid in bids if bid[1]]
        if not bids:
            return found
        _, members = max(bids, key=lambda bid: bid[0])
        found.append(frozenset(members))
        free -= members


def plain_bid(host, arcs, curve, quantity, size, free):
    """What a host's star saves, adding whoever saves the most."""
    members, served, saved = {host}, quantity[host], 0.0
    rows = [r for r in np.flatnonzero(arcs.giver == host) if int(arcs.receiver[r]) in free]
    while len(members) < size:
        gains = {
            r: curve.joining_saves(served, quantity[arcs.receiver[r]], arcs.km[r] * 1.3)
            for r in rows
            if int(arcs.receiver[r]) not in members
        }
        best = max(gains, key=gains.get, default=None)
        if best is None or gains[best] <= 0:
            break
        members.add(int(arcs.receiver[best]))
        served += quantity[arcs.receiver[best]]
        saved += gains[best]
    return saved, (members if len(members) > 1 else set())


@given(SEEDS, st.integers(2, 6))
def test_stars_by_money_equal_the_plain_greedy_search(seed, size):
    arcs, score, *_ = case(seed, directed=True)
    quantity = np.random.default_rng(seed).uniform(10, 500, N)
    curve = Curve(1000.0, 0.6, 1.5)
    quick = stars(arcs, score, Limits(size, 0.5, 150.0), curve, quantity)
    assert [frozenset(g.members) for g in quick] == plain_money_stars(arcs, curve, quantity, size)
