"""The kernel of the map: parts of a group's score and its costs."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergi.analysis.assemble import Task, assemble
from sinergi.analysis.costs import Curve
from sinergi.analysis.geography import Links, links_within
from sinergi.analysis.groups import Limits
from sinergi.analysis.logics import LOGICS, Field

WEIGHTS = {"need": 0.4, "strength": 0.2, "proximity": 0.15, "gain": 0.25}


def task(logic, seed=0, n=20, **more):
    rng = np.random.default_rng(seed)
    lat, lon = rng.uniform(-3, 0, n), rng.uniform(110, 113, n)
    a, b, km = links_within(lat, lon, 200.0)
    links = Links(a, b, km, km < 80)
    field = Field(
        rng.uniform(0, 1, n),
        rng.uniform(0, 1, n),
        links,
        200.0,
        rng.integers(0, 2, n),
        rng.uniform(4, 6, (n, 2)),
        flow=rng.uniform(0, 1, (n, n)),
        basin=rng.integers(0, 3, n),
        height=rng.uniform(0, 1, n),
    )
    return Task(logic, field, WEIGHTS, Limits(6, 0.4, 200.0), lat, lon, **more)


@given(st.sampled_from(list(LOGICS)), st.integers(0, 10_000))
def test_every_part_of_every_group_is_a_share(logic, seed):
    result = assemble(task(logic, seed))
    there = result.parts[~np.isnan(result.parts)]
    assert ((there >= 0) & (there <= 1)).all()
    assert len(result.parts) == len(result.groups)


def test_a_star_counts_the_need_of_those_who_receive_and_the_strength_of_the_host():
    given = task("HUB_SPOKE")
    result = assemble(given)
    group, parts = result.groups[0], result.parts[0]
    assert parts[0] == pytest.approx(given.field.need[list(group.members[1:])].mean())
    assert parts[1] == pytest.approx(given.field.strength[group.host])
    assert parts[2] == pytest.approx(result.arcs.proximity[list(group.arcs)].mean())


def test_a_mesh_counts_everybody():
    given = task("CLUSTER")
    result = assemble(given)
    members = list(result.groups[0].members)
    assert result.parts[0][0] == pytest.approx(given.field.need[members].mean())
    assert result.parts[0][1] == pytest.approx(given.field.strength[members].mean())


def test_the_gain_is_the_share_of_efforts_saved():
    result = assemble(task("CLUSTER"))
    sizes = [len(group.members) for group in result.groups]
    assert result.parts[:, 3].tolist() == pytest.approx([1 - 1 / size for size in sizes])
    assert np.isnan(result.alone).all()


def test_a_cost_curve_tells_the_costs_and_leaves_the_gain_as_it_is():
    quantity = np.random.default_rng(5).uniform(10, 100, 20)
    result = assemble(task("HUB_SPOKE", curve=Curve(1000.0, 0.6, 0.1), quantity=quantity))
    assert (result.together < result.alone).all()
    sizes = [len(group.members) for group in result.groups]
    assert result.parts[:, 3].tolist() == pytest.approx([1 - 1 / size for size in sizes])


def test_no_fitting_pair_gives_no_group():
    given = task("HUB_SPOKE")
    nobody = Field(
        np.zeros(20), np.zeros(20), given.field.links, 200.0, given.field.peers, given.field.size
    )
    result = assemble(Task("HUB_SPOKE", nobody, WEIGHTS, given.limits, given.lat, given.lon))
    assert result.groups == []
    assert result.parts.shape == (0, 4)
