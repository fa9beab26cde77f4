"""Every score comes apart into observations, and says what would change it."""

import pytest

from sinergi.opportunities import queries
from sinergi.opportunities.settings import MapSettings, SettingsError
from sinergi.reference import queries as reference

pytestmark = pytest.mark.usefixtures("shipped")

OBJECTS = (
    "TPA_REGIONAL",
    "DRAINASE_BANJIR_DAS",
    "KAD_BERAS",
    "STUNTING",
    "PAKET_WISATA",
    "RS_RUJUKAN",
)


def best(code, **settings):
    return queries.opportunity_map(MapSettings(objects=(code,), top=1, **settings)).opportunities[0]


def explained(item):
    return queries.explain(item.object.code, [member.code for member in item.members])


@pytest.mark.parametrize("code", OBJECTS)
def test_reasons_add_up_to_their_part_and_parts_to_the_score(code):
    item = best(code)
    found = explained(item)
    for part in ("need", "strength"):
        points = sum(reason.contribution for reason in found.reasons if reason.part == part)
        assert points == pytest.approx(found.contributions.get(part, 0.0))
    assert sum(found.contributions.values()) == pytest.approx(item.score)


@pytest.mark.parametrize("code", OBJECTS)
def test_a_group_of_the_map_is_explained_as_the_map_has_it(code):
    item = best(code)
    found = explained(item)
    assert found.opportunity == item
    assert found.vetoes == ()


def test_a_reason_names_value_period_source_and_place_among_peers():
    found = queries.explain("STUNTING", ["63.71", "63.72"])
    reason = next(r for r in found.reasons if r.indicator == "stunting" and r.part == "need")
    assert reason.period == "2022"
    assert "Ketahanan Pangan" in reason.source
    assert reason.flag == "official"
    assert reason.peer_count == 98
    assert 1 <= reason.peer_rank <= 98


def test_regions_far_apart_are_explained_with_what_speaks_against_them():
    found = queries.explain("TPA_REGIONAL", ["11.71", "63.72"])
    assert found.vetoes == ("out_of_reach",)


def test_without_a_common_border_a_border_object_is_vetoed():
    assert "no_border" in queries.explain("AMBULANS_119_PSC", ["63.72", "63.09"]).vetoes


def test_the_order_in_which_regions_are_named_changes_nothing():
    codes = ["63.01", "63.03", "63.04", "63.71", "63.72"]
    once, again = (queries.explain("TPA_REGIONAL", c) for c in (codes, codes[::-1]))
    assert once == again


def test_all_funding_channels_are_listed_with_a_reason_for_each_exclusion():
    legal = queries.explain("TPA_REGIONAL", ["63.71", "63.72"]).legal
    assert {option.code for option in legal.funding} == set(reference.funding_channels())
    against = [option for option in legal.funding if not option.fits]
    assert against
    assert all(set(option.reasons) - {"named_by_object"} for option in against)


def test_the_three_tests_of_mandatory_cooperation_are_shown():
    legal = queries.explain("TPA_REGIONAL", ["63.71", "63.72", "63.03"]).legal
    assert legal.tests == {"bordering": True, "externality": True, "cheaper": True}
    assert legal.mandatory_candidate
    assert not legal.mandatory_possible
    assert legal.takeover == "governor"


def test_without_a_cost_curve_a_group_is_possibly_mandatory_and_no_candidate():
    legal = queries.explain("AMBULANS_119_PSC", ["63.71", "63.03"]).legal
    assert legal.tests["cheaper"] is None
    assert (legal.mandatory_candidate, legal.mandatory_possible) == (False, True)


def test_the_cities_of_jakarta_do_not_cooperate_with_themselves():
    assert "one_government" in queries.explain("BRT_AGLOMERASI", ["31.71", "31.72", "31.73"]).vetoes


def test_regions_outside_the_filter_are_told_so():
    found = queries.explain("TPA_REGIONAL", ["63.71", "63.72"], MapSettings(within=("51",)))
    assert "outside_filter" in found.vetoes


def test_changes_name_what_moves_the_rank():
    item = queries.opportunity_map(MapSettings(objects=("RS_RUJUKAN",), top=8)).opportunities[5]
    changes = explained(item).changes
    assert changes
    assert all(change.rank_before == item.rank != change.rank_after for change in changes)


@pytest.mark.parametrize("code", OBJECTS)
def test_every_change_of_a_weight_is_confirmed_by_the_map_itself(code):
    settings = MapSettings(objects=(code,), top=1000)
    item = queries.opportunity_map(settings).opportunities[2]
    parts = [change for change in explained(item).changes if change.what in settings.weights]
    for change in parts:
        others = {p: w for p, w in settings.shares.items() if p != change.what}
        room = (1 - change.after) / sum(others.values())
        weights = {**{p: w * room for p, w in others.items()}, change.what: change.after}
        ranked = [
            o.key for o in queries.opportunity_map(settings.but(weights=weights)).opportunities
        ]
        assert (ranked.index(item.key) + 1 if item.key in ranked else 0) == change.rank_after


@pytest.mark.parametrize(
    ("code", "regions", "reason"),
    [
        ("NOTHING", ["63.71", "63.72"], "unknown_code"),
        ("TPA_REGIONAL", ["63.71", "99.99"], "unknown_code"),
        ("TPA_REGIONAL", ["63.71", "63"], "not_a_member"),
        ("TPA_REGIONAL", ["63.71"], "too_few_or_twice"),
        ("TPA_REGIONAL", ["63.71", "63.71"], "too_few_or_twice"),
        ("TRANSMIGRASI", ["63.71", "63.72"], "not_computable"),
    ],
)
def test_what_cannot_be_explained_is_refused_with_a_reason(code, regions, reason):
    with pytest.raises(SettingsError) as raised:
        queries.explain(code, regions)
    assert raised.value.code == reason
