"""Agreements are found by words, on the page of a region, and where they came from."""

import pytest

from sinergi.agreements.queries import finding
from sinergi.agreements.search.index import catch_up
from sinergi.site.search import find
from tests.agreements.making import a_party, an_agreement, officer, stranger

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("text", ["regional banjarbaru", "12/PKS", "REGIONAL"])
def test_an_agreement_is_found_by_title_number_and_party(text):
    row = an_agreement(title="TPA regional", number="12/PKS/2026")
    a_party(row, "Kota Banjarbaru")
    catch_up()
    assert finding.agreements_with(officer(), text, 5) == [row]
    assert finding.agreements_with(stranger(), text, 5) == []


def test_the_search_of_the_site_shows_agreements_to_who_may_read_them():
    an_agreement(title="Pengelolaan sampah terpadu")
    catch_up()
    kinds = [hit.kind for group in find("sampah terpadu", by=officer()) for hit in group.hits]
    assert "agreement" in kinds
    assert "agreement" not in [
        hit.kind for group in find("sampah terpadu", by=stranger()) for hit in group.hits
    ]


@pytest.mark.parametrize(("code", "there"), [("63.72", True), ("63", True), ("62", False)])
def test_the_page_of_a_region_shows_its_agreements(code, there):
    row = an_agreement()
    a_party(row, "Kota Banjarbaru", region_code="63.72")
    assert (finding.agreements_of_region(officer(), code) == [row]) is there


def test_what_came_of_entries_and_points_is_told_to_readers_only():
    row = an_agreement(origin="entry", origin_key="7")
    other = an_agreement(origin="point", origin_key="7")
    by = officer()
    assert finding.of_entries(by, [7, 8]) == {7: [row]}
    assert finding.of_points(by, [7]) == {7: [other]}
    assert finding.of_entries(stranger(), [7]) == {}


def test_a_chain_is_followed_both_ways_and_a_ring_ends():
    first = an_agreement()
    second = an_agreement(follows=first)
    third = an_agreement(follows=second)
    by = officer()
    assert finding.chain(by, second) == ([first], [third])
    first.follows = third
    first.save()
    before, after = finding.chain(by, second)
    assert {one.pk for one in (*before, *after)} <= {first.pk, third.pk}
