"""The ranked map: limits, filters and what they leave."""

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import numpy as np
import pytest

from sinergi.opportunities import queries
from sinergi.opportunities.settings import MapSettings, SettingsError
from sinergi.reference import queries as reference

pytestmark = pytest.mark.usefixtures("shipped")


@pytest.fixture
def national():
    return queries.computed_map(MapSettings(each=0))


def groups_of(computed):
    return [(computed.group(int(row))) for row in computed.order]


def test_no_region_is_twice_in_one_grouping_of_an_object(national):
    for result in national.results.values():
        members = [member for group in result.groups for member in group.members]
        assert len(members) == len(set(members))


def test_every_score_is_the_weighted_mean_of_its_parts():
    for item in queries.opportunity_map(MapSettings(each=0, top=300)).opportunities:
        summed = sum(item.weights[part] * value for part, value in item.parts.items())
        assert item.score == pytest.approx(summed)
        assert sum(item.weights.values()) == pytest.approx(1)
        assert 0 <= item.score <= 1
        assert 0 <= item.coverage <= 1
        assert 0 <= item.acceptability <= 1


def test_ranks_fall_with_scores_and_leave_no_place_empty():
    listed = queries.opportunity_map(MapSettings(top=500)).opportunities
    scores = [item.score for item in listed]
    assert scores == sorted(scores, reverse=True)
    assert [item.rank for item in listed] == list(range(1, len(listed) + 1))


def test_where_a_border_is_required_groups_are_contiguous(national):
    from sinergi.opportunities.describe import is_contiguous

    for code, _, group, _ in groups_of(national):
        if national.ground.objects[code].adjacency == "required":
            assert is_contiguous(national.ground, group.members)


def test_hosts_reach_every_spoke(national):
    for code, result, group, _ in groups_of(national):
        item = national.ground.objects[code]
        if group.host >= 0:
            assert (result.arcs.km[list(group.arcs)] <= item.reach_km).all()


def test_groups_keep_the_size_the_object_allows(national):
    for code, _, group, _ in groups_of(national):
        item = national.ground.objects[code]
        assert max(2, item.members_min) <= len(group.members) <= min(12, item.members_max)


def test_a_list_over_all_objects_shows_few_of_each():
    listed = queries.opportunity_map(MapSettings(top=500, each=2)).opportunities
    codes = [item.object.code for item in listed]
    assert max(codes.count(code) for code in codes) == 2


def test_partners_are_sought_inside_the_association_only():
    listed = queries.opportunity_map(
        MapSettings(within=("APEKSI_KOMWIL_V",), top=500)
    ).opportunities
    nine = reference.region_codes_within("APEKSI_KOMWIL_V")
    assert listed
    assert len(nine) == 9
    assert all(member.code in nine for item in listed for member in item.members)


def test_two_areas_narrow_each_other():
    listed = queries.opportunity_map(MapSettings(within=("APEKSI", "64"), top=500)).opportunities
    assert listed
    codes = {member.code for item in listed for member in item.members}
    assert codes <= {"64.71", "64.72", "64.74"}


def test_a_region_that_is_asked_for_takes_part_in_every_opportunity():
    listed = queries.opportunity_map(MapSettings(regions=("63.71",), top=500)).opportunities
    assert listed
    assert all("63.71" in {member.code for member in item.members} for item in listed)


def test_numbers_of_members_and_residents_and_distance_are_kept():
    settings = MapSettings(
        members_min=3,
        members_max=4,
        population_min=100_000,
        population_max=900_000,
        max_km=80,
        top=500,
    )
    found = queries.computed_map(settings)
    people = found.ground.population
    assert len(found.order)
    for _, result, group, _ in groups_of(found):
        assert 3 <= len(group.members) <= 4
        assert ((people[list(group.members)] >= 1e5) & (people[list(group.members)] <= 9e5)).all()
        assert (result.arcs.km[list(group.arcs)] <= 80).all()


def test_an_affair_brings_its_objects_also_as_a_second_affair():
    found = queries.computed_map(MapSettings(affairs=("2.11",)))
    for code in found.codes:
        item = found.ground.objects[code]
        assert "2.11" in {item.affair, *item.secondary_affairs}


def test_no_group_is_inside_one_administrative_province():
    found = queries.computed_map(MapSettings(within=("31",)))
    assert len(found.order) == 0


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"objects": ("JALAN_PERBATASAN",)}, "not_computable"),
        ({"regions": ("63",)}, "not_a_member"),
        ({"indicator_weights": {"STUNTING": {"need:stuntng": 1.0}}}, "unknown_indicator"),
    ],
)
def test_what_cannot_be_on_a_map_is_refused(settings, code):
    with pytest.raises(SettingsError) as raised:
        queries.opportunity_map(MapSettings(**settings))
    assert raised.value.code == code


def test_equal_settings_give_the_same_map_without_computing_again():
    once = queries.computed_map(MapSettings(min_coverage=0.6))
    assert queries.computed_map(MapSettings(min_coverage=0.6, top=7)) is once


def test_other_weights_move_the_ranking():
    near = MapSettings(weights={"need": 0, "strength": 0, "proximity": 1, "gain": 0})
    usual, other = queries.opportunity_map(MapSettings()), queries.opportunity_map(near)
    keys = [[(i.object.code, i.key) for i in found.opportunities] for found in (usual, other)]
    assert keys[0] != keys[1]


@pytest.mark.parametrize("pool", [ThreadPoolExecutor, ProcessPoolExecutor])
def test_workers_compute_the_same_map(pool):
    from sinergi.opportunities.compute import compute

    settings = MapSettings(objects=("TPA_REGIONAL", "KAD_BERAS", "PAKET_WISATA"))
    base = queries.ground()
    inside = queries.universe(base, settings)
    with pool(max_workers=2) as executor:
        found = compute(base, settings, inside, executor)
    here = compute(base, settings, inside)
    np.testing.assert_array_equal(found.score, here.score)
    assert [g.members for _, _, g, _ in groups_of(found)] == [
        g.members for _, _, g, _ in groups_of(here)
    ]


def test_need_and_strength_are_given_for_the_objects_that_are_named():
    found = queries.opportunity_map(MapSettings(objects=("STUNTING",)))
    assert set(found.need) == {"STUNTING"}
    assert len(found.need["STUNTING"]) > 500
    assert all(0 <= value <= 1 for value in found.need["STUNTING"].values())


def test_counts_by_region_add_up_to_all_memberships(national):
    found = queries.opportunity_map(MapSettings(each=0))
    memberships = sum(len(group.members) for _, _, group, _ in groups_of(national))
    assert sum(found.count.values()) == memberships
    assert set(found.best) == set(found.count)


@pytest.mark.parametrize(
    ("settings", "field"),
    [
        ({"objects": ("NOTHING",)}, "objects"),
        ({"affairs": ("9.99",)}, "affairs"),
        ({"regions": ("99.99",)}, "regions"),
        ({"within": ("ATLANTIS",)}, "within"),
        ({"indicator_weights": {"NOTHING": {}}}, "indicator_weights"),
    ],
)
def test_names_that_do_not_exist_are_refused(settings, field):
    with pytest.raises(SettingsError) as raised:
        queries.opportunity_map(MapSettings(**settings))
    assert (raised.value.field, raised.value.code) == (field, "unknown_code")


def test_a_map_of_ten_or_fewer_makes_no_claim_about_the_first_ten():
    few = queries.opportunity_map(MapSettings(objects=("TPA_REGIONAL",), within=("63",)))
    assert few.total <= 10
    assert all(item.acceptability is None for item in few.opportunities)
