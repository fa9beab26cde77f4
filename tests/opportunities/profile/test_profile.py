"""Facts, indicators, needs, partners of one region on the shipped evidence."""

import numpy as np
import pytest

from sinergi.evidence import queries as evidence
from sinergi.opportunities import queries
from sinergi.opportunities.profile import profile
from sinergi.opportunities.profile.facts import facts
from sinergi.opportunities.profile.indicators import column_medians, indicators
from sinergi.opportunities.settings import MapSettings, SettingsError
from sinergi.reference import queries as reference
from sinergi.reference.errors import UnknownRegion

pytestmark = pytest.mark.usefixtures("shipped")
BANJARMASIN = "63.71"


def test_facts_name_neighbours_by_the_length_of_the_border():
    found = facts(BANJARMASIN)
    assert [one.name for one in found.neighbours] == ["Kabupaten Banjar", "Kabupaten Barito Kuala"]
    assert found.neighbours[0].km > found.neighbours[1].km > 0
    assert found.density == pytest.approx(found.population / found.area_km2)


def test_facts_name_associations_island_and_province():
    found = facts(BANJARMASIN)
    assert [one.code for one in found.associations] == ["APEKSI", "APEKSI_KOMWIL_V"]
    assert found.island.code == "KALIMANTAN"
    assert found.province.name == "Kalimantan Selatan"


def test_a_province_borders_provinces_and_lists_its_parts():
    found = facts("63")
    assert {one.code for one in found.neighbours} == {"62", "64"}
    assert len(found.parts) == 13
    assert found.province is None


def test_a_region_of_papua_says_from_which_code_it_comes():
    found = facts("94.01")
    assert [(one.predecessor, one.kind, one.date) for one in found.origins] == [
        ("91.04", "recoded", "2022-07-25")
    ]


def test_a_split_province_names_what_left_it():
    left = [one.successor for one in facts("91").origins if one.kind == "split"]
    assert sorted(left) == ["93", "94", "95"]


def test_a_city_of_jakarta_is_no_autonomous_region():
    assert not facts("31.71").autonomous
    assert facts(BANJARMASIN).autonomous


def test_the_nation_and_unknown_codes_have_no_profile():
    for code in ("ID", "99.99", "nonsense"):
        with pytest.raises(UnknownRegion):
            profile(code)


def test_a_bps_code_is_answered_with_the_region_it_means():
    with pytest.raises(UnknownRegion) as caught:
        profile("6371")
    assert BANJARMASIN in [one.code for one in caught.value.suggestions]


def test_every_indicator_of_the_catalogue_is_listed_once():
    codes = [one.code for one in indicators(BANJARMASIN)]
    assert codes == list(evidence.indicator_catalogue())


def test_a_place_among_peers_counts_the_cities_that_do_better():
    stunting = next(one for one in indicators(BANJARMASIN) if one.code == "stunting")
    table = reference.region_table()
    values = evidence.peer_values("stunting", table)[table.rows("city")]
    assert stunting.peers == int(np.isfinite(values).sum())
    assert stunting.rank == 1 + int((values < stunting.value).sum()), "lower is better"
    assert stunting.peer_median == pytest.approx(np.nanmedian(values))


def test_the_median_of_the_province_is_over_its_regencies_and_cities():
    stunting = next(one for one in indicators(BANJARMASIN) if one.code == "stunting")
    table = reference.region_table()
    inside = [table.position[code] for code in reference.region_codes_within("63")]
    values = evidence.peer_values("stunting", table)[inside]
    assert stunting.province_median == pytest.approx(np.median(values))


def test_what_a_region_lacks_has_no_value_no_rank_and_no_trend():
    rice = next(one for one in indicators(BANJARMASIN) if one.code == "production.rice_paddy")
    assert (rice.value, rice.rank, rice.flag, rice.trend) == (None, None, "", ())


def test_a_trend_is_drawn_from_three_values_on_with_peers_and_province():
    found = {one.code: one for one in indicators(BANJARMASIN)}
    own, peers, province = found["hdi"].trend
    assert (own.who, peers.who, province.who) == ("region", "peers", "province")
    assert own.periods[0] == "2010"
    assert own.values[-1] == found["hdi"].value
    assert found["poverty"].trend == (), "one year is no trend"


def test_a_trend_shows_only_the_years_on_record():
    found = next(one for one in indicators("33.75") if one.code == "grdp.A")
    assert "2014" not in found.trend[0].periods


def test_imputed_prices_are_flagged():
    found = next(one for one in indicators(BANJARMASIN) if one.code == "price.beef")
    assert found.flag == "imputed"


def test_medians_leave_out_what_is_missing_and_stay_missing_where_nothing_is_known():
    values = np.array([[1.0, np.nan], [np.nan, np.nan], [3.0, np.nan]])
    found = column_medians(values)
    assert found[0] == 2.0
    assert np.isnan(found[1])


def test_needs_are_the_scores_of_the_map_with_reasons_that_explain_them():
    found = profile(BANJARMASIN)
    objects = {one.code: one for affair in found.affairs for one in affair.objects}
    scored = queries.opportunity_map(MapSettings(objects=("STUNTING",))).need["STUNTING"]
    need = objects["STUNTING"].need
    assert need.score == pytest.approx(scored[BANJARMASIN])
    assert sum(one.contribution for one in need.reasons) <= need.score + 1e-9
    assert need.rank == 1 + sum(
        value > need.score for code, value in scored.items() if code[3] == "7"
    )


def test_every_computable_object_stands_under_its_affair_once():
    found = profile(BANJARMASIN)
    codes = [one.code for affair in found.affairs for one in affair.objects]
    assert sorted(codes) == sorted(queries.ground().objects)
    for affair in found.affairs:
        catalogue = reference.catalogue()
        assert {catalogue[one.code].affair for one in affair.objects} == {affair.affair.code}


def test_too_little_evidence_is_no_score_and_never_zero():
    found = profile("92.12")
    objects = {one.code: one for affair in found.affairs for one in affair.objects}
    lacking = [o for o in objects.values() if o.need and o.need.coverage < 0.5]
    assert lacking
    assert all(one.need.score is None and one.need.rank is None for one in lacking)


def test_opportunities_of_a_region_are_those_of_the_map_that_it_is_in():
    found = profile(BANJARMASIN)
    whole = queries.opportunity_map(MapSettings(regions=(BANJARMASIN,), each=0, top=500))
    assert found.opportunities_total == whole.total
    assert [(one.object.code, one.key) for one in found.opportunities] == [
        (one.object.code, one.key) for one in whole.opportunities[: len(found.opportunities)]
    ]


def test_partners_share_each_opportunity_of_the_region_and_no_other():
    found = profile(BANJARMASIN)
    whole = queries.opportunity_map(MapSettings(regions=(BANJARMASIN,), each=0, top=500))
    wanted: dict[str, float] = {}
    for one in whole.opportunities:
        for member in one.members:
            wanted[member.code] = wanted.get(member.code, 0) + one.score
    del wanted[BANJARMASIN]
    assert {one.code: pytest.approx(one.weight) for one in found.partners} == wanted
    weights = [one.weight for one in found.partners]
    assert weights == sorted(weights, reverse=True)


def test_the_giver_is_asked_and_the_receiver_is_offered():
    mine = {
        (one.object, partner.code): one.direction
        for partner in profile(BANJARMASIN).partners
        for one in partner.shared
    }
    theirs = {partner.code: partner for partner in profile("63.04").partners}[BANJARMASIN]
    turned = {"ask": "offer", "offer": "ask", "together": "together"}
    for one in theirs.shared:
        assert mine[one.object, "63.04"] == turned[one.direction]


def test_a_province_shows_the_best_opportunities_among_its_own_regions():
    found = profile("63")
    members = {m.code for one in found.opportunities for m in one.members}
    assert found.opportunities
    assert members <= reference.region_codes_within("63")
    assert found.affairs == found.partners == ()


def test_asking_twice_gives_the_same_profile_and_other_weights_another():
    first = profile(BANJARMASIN)
    assert profile(BANJARMASIN) is first
    needy = {"need": 1.0, "strength": 0.0, "proximity": 0.0, "gain": 0.0}
    other = profile(BANJARMASIN, MapSettings(weights=needy))
    assert [o.key for o in other.opportunities] != [o.key for o in first.opportunities]


def test_settings_that_name_nothing_are_refused():
    with pytest.raises(SettingsError):
        profile(BANJARMASIN, MapSettings(objects=("NOTHING",)))
