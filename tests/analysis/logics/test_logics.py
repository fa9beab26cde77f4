"""Each of the nine logics: who fits whom."""

import numpy as np
import pytest

from sinergi.analysis.geography import Links
from sinergi.analysis.logics import LOGICS, Field, Margin, link_scores
from sinergi.analysis.logics.peer import likeness

NAN = np.nan


def field(need, strength=None, *, borders=True, km=20.0, **more):
    """Three regions in a row: 0-1 and 1-2 are linked."""
    links = Links(
        np.array([0, 1]), np.array([1, 2]), np.full(2, km), np.full(2, borders, dtype=bool)
    )
    given = {"peers": np.zeros(3, dtype=np.int64), "size": np.zeros((3, 2)), **more}
    strength = [NAN] * 3 if strength is None else strength
    return Field(np.array(need), np.array(strength), links, reach_km=80.0, **given)


def pairs(name, ground):
    arcs = LOGICS[name].fit(ground).known(strength=ground.weighs_strength)
    return list(zip(arcs.giver.tolist(), arcs.receiver.tolist(), strict=True))


def test_there_are_the_nine_logics_of_the_catalogue():
    assert list(LOGICS) == [
        "ADJACENT", "HUB_SPOKE", "COMPLEMENTARY", "PEER", "WATERSHED",
        "CLUSTER", "NETWORK", "CORRIDOR", "MIGRATION_LINK",
    ]  # fmt: skip


def test_neighbours_fit_when_both_have_the_need():
    assert pairs("ADJACENT", field([0.8, 0.6, 0.2])) == [(0, 1)]


def test_without_a_border_neighbours_do_not_fit():
    assert pairs("ADJACENT", field([0.8, 0.6, 0.9], borders=False)) == []


def test_a_hub_serves_those_in_need_who_can_do_less():
    assert pairs("HUB_SPOKE", field([0.2, 0.9, 0.7], [0.9, 0.3, 0.6])) == [(0, 1), (2, 1)]


def test_a_cost_curve_lets_a_region_join_that_needs_little():
    ground = field([0.1, 0.2, 0.1], [0.9, 0.95, 0.1], cost_decides=True)
    assert (0, 1) in pairs("HUB_SPOKE", ground)


def test_surplus_meets_deficit():
    assert pairs("COMPLEMENTARY", field([0.1, 0.9, 0.2], [0.8, 0.1, 0.2])) == [(0, 1)]


@pytest.mark.parametrize(("freight", "pays"), [(10.0, True), (300.0, False)])
def test_a_supply_must_leave_something_after_freight_and_losses(freight, pays):
    margin = Margin(np.array([20_000.0, 26_000.0, NAN]), freight, loss=0.05, detour=1.3)
    ground = field([0.1, 0.9, 0.9], [0.8, 0.1, 0.1], margin=margin)
    assert ((0, 1) in pairs("COMPLEMENTARY", ground)) is pays


def test_a_supply_at_an_unknown_price_is_left_out():
    margin = Margin(np.array([20_000.0, NAN, NAN]), 1.0, loss=0.0, detour=1.3)
    assert pairs("COMPLEMENTARY", field([0.1, 0.9, 0.9], [0.8, 0.1, 0.1], margin=margin)) == []


def test_the_margin_is_the_price_gap_less_losses_and_freight():
    margin = Margin(np.array([20_000.0, 30_000.0]), freight=5.0, loss=0.1, detour=1.3)
    left = margin.per_kg(np.array([0]), np.array([1]), np.array([100.0]))
    assert left[0] == pytest.approx(30_000 * 0.9 - 20_000 - 5 * 100 * 1.3)


def test_only_the_best_teach_and_only_their_like():
    peers = np.array([0, 0, 1])
    ground = field([0.1, 0.8, 0.8], [0.9, 0.2, 0.3], peers=peers)
    assert pairs("PEER", ground) == [(0, 1)]


def test_likeness_of_peers_falls_by_half_per_step():
    size = np.array([[5.0, 2], [6.0, 2], [6.0, 4]])
    assert likeness(size, np.array([0, 1]), np.array([1, 2])).tolist() == [0.5, 0.25]


def test_peers_are_close_when_they_are_near_and_alike():
    ground = field([0.1, 0.8, 0.1], [0.9, 0.2, 0.3], km=40.0, size=np.array([[5.0], [6], [9]]))
    assert LOGICS["PEER"].fit(ground).proximity.tolist() == [0.5]


def test_upstream_serves_downstream_in_the_same_basin():
    ground = field([0.2, 0.9, 0.9], basin=np.array([4, 4, 5]), height=np.array([3.0, 1, 9]))
    assert pairs("WATERSHED", ground) == [(0, 1)]


def test_without_basins_there_is_no_watershed():
    assert pairs("WATERSHED", field([0.9, 0.9, 0.9])) == []


def test_a_cluster_shares_a_strength():
    assert pairs("CLUSTER", field([0.5, 0.5, 0.5], [0.9, 0.7, 0.1])) == [(0, 1)]


def test_a_cluster_without_measured_strength_shares_a_need():
    assert pairs("CLUSTER", field([0.9, 0.7, 0.1])) == [(0, 1)]


def test_a_network_takes_all_links_with_a_need_at_one_end():
    assert pairs("NETWORK", field([0.9, 0.1, 0.1])) == [(0, 1)]


def test_a_corridor_joins_those_who_have_something_to_offer():
    assert pairs("CORRIDOR", field([0.2, 0.2, 0.2], [0.9, 0.7, 0.1])) == [(0, 1)]


def test_people_who_moved_link_origin_and_destination():
    flow = np.array([[0, 30, 0], [0, 0, 0], [0, 10, 0]], dtype=float)
    ground = field([0.5, 0.5, 0.5], flow=flow)
    arcs = LOGICS["MIGRATION_LINK"].fit(ground)
    assert arcs.proximity.tolist() == [0.75, 0.25]


def test_without_flows_there_is_no_migration_link():
    assert pairs("MIGRATION_LINK", field([0.9, 0.9, 0.9])) == []


@pytest.mark.parametrize("name", list(LOGICS))
def test_what_is_unknown_links_nobody(name):
    assert pairs(name, field([NAN, NAN, NAN], [0.9, 0.9, 0.9])) == []


def test_link_scores_weigh_need_strength_and_proximity():
    ground = field([0.2, 0.9, 0.2], [0.8, 0.3, 0.1], km=40.0)
    arcs = LOGICS["HUB_SPOKE"].fit(ground)
    score = link_scores(arcs, {"need": 0.5, "strength": 0.25, "proximity": 0.25, "gain": 9})
    assert score.tolist() == pytest.approx([0.5 * 0.9 + 0.25 * 0.8 + 0.25 * 0.5])


def test_without_strength_its_weight_goes_to_the_others():
    arcs = LOGICS["ADJACENT"].fit(field([0.8, 0.6, 0.1], km=40.0))
    score = link_scores(arcs, {"need": 0.6, "strength": 5, "proximity": 0.2, "gain": 1})
    assert score.tolist() == pytest.approx([(0.6 * 0.7 + 0.2 * 0.5) / 0.8])


def test_a_corridor_without_measured_strength_takes_every_known_link():
    assert pairs("CORRIDOR", field([0.2, 0.3, NAN])) == [(0, 1)]


def test_neighbours_seem_nearer_where_a_border_is_preferred():
    usual, preferred = field([0.8, 0.6, 0.1]), field([0.8, 0.6, 0.1], border_factor=0.5)
    near = [LOGICS["ADJACENT"].fit(ground).proximity[0] for ground in (usual, preferred)]
    assert near == pytest.approx([2**-0.5, 2**-0.25])
