"""The list of all regions, filtered and sorted."""

import pytest

from sinergi.opportunities.profile.directory import (
    ORDERS,
    Entry,
    Listing,
    ListingError,
    directory,
    matches,
)
from sinergi.reference import queries as reference

BANJARBARU = Entry("63.72", "Kota Banjarbaru", "city", "Kalimantan Selatan", "63", 1, 2.0, 0, None)


@pytest.mark.usefixtures("shipped")
def test_without_filters_all_regions_are_listed_by_code():
    codes = [one.code for one in directory(Listing())]
    assert len(codes) == 552
    assert codes == sorted(codes)


@pytest.mark.usefixtures("shipped")
def test_filters_narrow_each_other():
    found = directory(Listing(association="APEKSI", island="KALIMANTAN"))
    assert {one.code for one in found} == reference.region_codes_within("APEKSI_KOMWIL_V")
    assert {one.level for one in directory(Listing(island="JAWA", level="province"))} == {
        "province"
    }


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize("order", [name for name in ORDERS if name])
def test_every_order_lists_the_same_regions(order):
    found = directory(Listing(island="KALIMANTAN", order=order))
    assert {o.code for o in found} == {o.code for o in directory(Listing(island="KALIMANTAN"))}
    keys = [ORDERS[order](one) for one in found]
    assert keys == sorted(keys)


@pytest.mark.usefixtures("shipped")
def test_a_province_counts_each_opportunity_of_its_parts_once():
    found = {one.code: one for one in directory(Listing(island="KALIMANTAN"))}
    parts = [one for code, one in found.items() if code.startswith("63.")]
    assert found["63"].opportunities <= sum(one.opportunities for one in parts)
    assert found["63"].best == max(one.best for one in parts if one.best is not None)


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize("field", ["association", "island", "level", "order"])
def test_what_does_not_exist_is_refused_with_what_does(field):
    with pytest.raises(ListingError) as caught:
        directory(Listing(**{field: "nothing"}))
    assert (caught.value.field, caught.value.value) == (field, "nothing")
    assert "" not in caught.value.allowed


@pytest.mark.parametrize("text", ["", "banjarbaru", "BANJAR baru", "63.7", "Banjarbaruu"])
def test_a_name_is_found_by_code_part_or_likeness(text):
    assert matches(text, BANJARBARU)


@pytest.mark.parametrize("text", ["Ambon", "64", "Banyuwangi"])
def test_another_name_is_not(text):
    assert not matches(text, BANJARBARU)
