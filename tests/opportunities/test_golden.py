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


def test_thirty_to_forty_objects_are_computable_of_seventy_three():
    from sinergi.reference import queries as reference

    catalogue = reference.catalogue()
    assert len(catalogue) == 73
    assert 30 <= len(queries.ground().objects) <= 40
    lacking = [item for item in catalogue.values() if not item.computable]
    assert all(item.lacks_id and item.lacks_en for item in lacking)
