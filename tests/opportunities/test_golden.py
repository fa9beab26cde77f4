"""What must hold on the shipped evidence."""

import pytest

from sinergi.opportunities import queries
from sinergi.opportunities.settings import MapSettings

BANJARBAKULA = {"63.01", "63.03", "63.04", "63.71", "63.72"}

pytestmark = pytest.mark.usefixtures("shipped")


def landfills(**settings):
    return queries.opportunity_map(
        MapSettings(objects=("TPA_REGIONAL",), top=1000, **settings)
    ).opportunities


def test_the_best_landfill_group_of_kalimantan_selatan_is_banjarbakula():
    best = landfills(within=("63",))[0]
    assert {member.code for member in best.members} == BANJARBAKULA
    assert best.members[0].code == "63.72"
    assert best.members[0].role == "host"


def test_banjarbakula_stands_on_the_national_map_too():
    groups = [{m.code for m in item.members} for item in landfills()]
    assert BANJARBAKULA in groups


def test_the_province_is_a_party_to_a_regional_landfill():
    best = landfills(within=("63",))[0]
    assert best.province_required == ("63",)
    assert best.mandatory_candidate
    assert best.geographic_type == "a"


def test_each_member_of_banjarbakula_saves_the_others_money():
    best = landfills(within=("63",))[0]
    assert best.money is not None
    assert best.money.saving > 0
    assert all(member.saves > 0 for member in best.members)


def hosts(code, **settings):
    found = queries.opportunity_map(MapSettings(objects=(code,), top=1000, **settings))
    return [item.members[0].code for item in found.opportunities]


def test_the_transit_hub_of_kalimantan_selatan_is_banjarmasin():
    settings = MapSettings(objects=("BRT_AGLOMERASI",), within=("63",))
    best = queries.opportunity_map(settings).opportunities[0]
    assert best.members[0].code == "63.71"
    assert {"63.72", "63.03"} <= {member.code for member in best.members} <= BANJARBAKULA


@pytest.mark.parametrize(
    ("province", "centre"), [("32", "32.73"), ("35", "35.78"), ("51", "51.71"), ("73", "73.71")]
)
def test_the_largest_city_of_a_province_is_a_transit_hub(province, centre):
    assert centre in hosts("BRT_AGLOMERASI", within=(province,))


@pytest.mark.parametrize("city", ["63.71", "35.78", "73.71", "32.73"])
@pytest.mark.parametrize("code", ["RS_RUJUKAN", "LABKES_DARAH", "NAKES_BERSAMA"])
def test_large_referral_cities_share_their_hospitals_and_laboratories(code, city):
    assert city in hosts(code, within=(city[:2],))


def test_no_landlocked_region_without_an_airport_gives_access_to_ports():
    from sinergi.reference import queries as reference

    table = reference.region_table()
    for code in hosts("PELABUHAN_AKSES"):
        row = table.position[code]
        assert table.ports[row] + table.airports[row] > 0, code


def test_thirty_to_forty_objects_are_computable_of_seventy_three():
    from sinergi.reference import queries as reference

    catalogue = reference.catalogue()
    assert len(catalogue) == 73
    assert 30 <= len(queries.ground().objects) <= 40
    lacking = [item for item in catalogue.values() if not item.computable]
    assert all(item.lacks_id and item.lacks_en for item in lacking)
