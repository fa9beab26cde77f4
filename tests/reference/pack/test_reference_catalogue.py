"""The catalogue is honest: what it computes, what it lacks, what is a default."""

import pytest

from sinergi.reference.catalogue import CooperationObject
from sinergi.reference.pack import Pack


@pytest.fixture
def objects(indonesia: Pack) -> dict[str, CooperationObject]:
    return {one.code: one for one in indonesia.objects}


def test_31_objects_are_computable(indonesia: Pack):
    assert len(indonesia.computable) == 31


def test_objects_that_are_not_computable_say_what_they_lack_in_both_languages(indonesia: Pack):
    for one in indonesia.objects:
        assert one.computable or (one.lacks_id and one.lacks_en), one.code


def test_every_proxy_explains_itself_in_both_languages(indonesia: Pack):
    for one in indonesia.objects:
        for use in one.indicators:
            assert use.note_id, (one.code, use.indicator)
            assert use.note_en, (one.code, use.indicator)


def test_an_object_says_in_its_lacks_where_it_is_computed_by_another_logic(indonesia: Pack):
    for one in indonesia.computable:
        if one.computed_logic != one.logic:
            assert "dihitung" in one.lacks_id, one.code


def test_logics_that_need_a_giver_have_an_indicator_of_strength(indonesia: Pack):
    for one in indonesia.computable:
        if one.computed_logic in {"HUB_SPOKE", "COMPLEMENTARY", "PEER"}:
            assert one.uses("strength"), one.code
            assert one.uses("need"), one.code


def test_logics_without_evidence_are_never_computed(indonesia: Pack):
    logics = {one.computed_logic for one in indonesia.computable}
    assert not logics & {"WATERSHED", "MIGRATION_LINK"}


def test_standards_stand_only_where_law_plan_or_balance_sets_one(indonesia: Pack):
    standards = {
        use.indicator: use.good
        for one in indonesia.computable
        for use in one.uses("need")
        if use.normaliser == "standard"
    }
    assert standards == {"sanitation": 100, "stunting": 14, "food_ncpr": 1}


PHYSICAL = (
    "disaster_frequency.",
    "price_",
    "lq.",
    "share.",
    "grdp",
    "growth.",
    "waste_",
    "density",
)


def test_physical_quantities_are_ranked_nationally_and_welfare_among_peers(indonesia: Pack):
    ranked = {
        use.indicator: use.normaliser
        for one in indonesia.computable
        for use in one.indicators
        if use.normaliser != "standard"
    }
    for code, normaliser in ranked.items():
        if code.startswith(PHYSICAL) or code.endswith("_value_per_capita"):
            assert normaliser == "national_rank", code
    peers = {"poverty", "hdi", "life_expectancy", "unemployment", "people_per_health_worker"}
    assert {ranked[code] for code in peers} == {"peer_rank"}


def test_no_object_uses_the_load_of_health_workers_relative_to_density(indonesia: Pack):
    used = {use.indicator for one in indonesia.objects for use in one.indicators}
    assert "health_worker_load" not in used
    assert "people_per_health_worker" in used


def test_growth_ends_before_the_pandemic(indonesia: Pack):
    growth = [one for one in indonesia.derived if one.method == "growth"]
    assert growth
    assert {one.parameters["until"] for one in growth} == {2019}


def test_a_supplier_of_food_must_farm_at_least_as_much_as_it_is_cheap(indonesia: Pack):
    for one in indonesia.computable:
        if one.code.startswith("KAD_"):
            weights = {use.indicator: use.weight for use in one.uses("strength")}
            prices = sum(w for code, w in weights.items() if code.startswith("price_gap."))
            assert weights["lq.A"] >= prices, one.code


@pytest.mark.parametrize("code", ["SPAM_REGIONAL", "KAD_SAYUR_IKAN"])
def test_what_the_evidence_would_turn_upside_down_is_not_computed(
    code: str, objects: dict[str, CooperationObject]
):
    assert not objects[code].computable
    assert objects[code].lacks_id


def test_expert_defaults_of_every_object_are_marked(indonesia: Pack):
    for one in indonesia.objects:
        assert {"reach_km", "funding", "need_words", "indicators"} <= set(one.defaults), one.code


def test_the_landfill_has_both_levels_as_parties_and_a_cost_curve_of_scale(
    objects: dict[str, CooperationObject],
):
    landfill = objects["TPA_REGIONAL"]
    assert landfill.authority == ("PROVINSI", "KABKOTA")
    assert landfill.authority_joint
    assert landfill.cost_curve is not None
    assert landfill.cost_curve.exponent < 1
    assert "expert default" in landfill.cost_curve.provenance
    assert "cost_curve" in landfill.defaults


def test_a_choice_of_levels_is_not_a_joint_authority(objects: dict[str, CooperationObject]):
    assert objects["KARHUTLA"].authority == ("KABKOTA", "PROVINSI")
    assert not objects["KARHUTLA"].authority_joint


def test_food_supply_has_a_margin_after_freight(objects: dict[str, CooperationObject]):
    food = {code: one for code, one in objects.items() if code.startswith("KAD_")}
    margins = {code: one.margin for code, one in food.items() if one.computable}
    assert len(margins) == 3
    assert all(margin and 0 <= margin.loss < 1 for margin in margins.values())


def test_derived_indicators_rest_on_what_is_recorded_or_a_fact(indonesia: Pack):
    known = {one.code for one in indonesia.indicators}
    for one in indonesia.derived:
        assert all(name in known or name.startswith("fact.") for name in one.inputs), one.code
        known.add(one.code)


def test_waste_is_an_estimate_of_half_a_kilogram_per_person(indonesia: Pack):
    waste = next(one for one in indonesia.derived if one.code == "waste_generation")
    assert waste.parameters == {"factor": 0.0005}
    assert waste.flag == "estimate"
    assert "default" in waste.provenance


def test_village_funds_never_pay_for_cooperation_and_dak_is_physical(indonesia: Pack):
    channels = {channel.code: channel for channel in indonesia.funding_channels}
    assert not channels["DANA_DESA"].cooperation
    assert channels["DAK_FISIK"].physical is True
    assert channels["DEKON"].physical is False
    assert channels["DAU_SG"].affairs == ()
    assert channels["TP"].physical is None
