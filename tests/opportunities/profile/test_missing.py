"""Which evidence would matter most."""

import numpy as np
import pytest

from sinergi.evidence import queries as evidence
from sinergi.opportunities import queries
from sinergi.opportunities.missing import missing, oldest_allowed
from sinergi.opportunities.settings import MapSettings
from sinergi.reference import queries as reference
from sinergi.reference.errors import UnknownRegion

pytestmark = pytest.mark.usefixtures("shipped")


def lacking(region: str | None = None) -> dict[str, object]:
    return {one.code: one for one in missing(region) if one.kind == "indicator"}


def test_the_nation_lacks_what_only_two_provinces_have():
    rice = lacking()["rice_per_capita"]
    table = reference.region_table()
    values = evidence.peer_values("rice_per_capita", table)[table.rows(("regency", "city"))]
    assert rice.missing == int(np.isnan(values).sum())
    assert rice.regions == 514
    assert [one.object for one in rice.objects] == ["KAD_BERAS"]


def test_what_too_few_regions_record_counts_nowhere_and_weighs_in_full():
    rice = lacking()["rice_per_capita"]
    uses = reference.catalogue()["KAD_BERAS"].uses("strength")
    share = next(u.weight for u in uses if u.indicator == "rice_per_capita") / sum(
        use.weight for use in uses
    )
    assert rice.missing < 514
    assert rice.importance == pytest.approx(share)


def test_the_most_important_comes_first_and_objects_without_evidence_last():
    found = missing()
    kinds = [one.kind for one in found]
    assert kinds == sorted(kinds), "indicator before object"
    weights = [one.importance for one in found if one.kind == "indicator"]
    assert weights == sorted(weights, reverse=True)


def test_each_object_that_cannot_be_computed_says_what_it_lacks_in_both_languages():
    found = {one.code: one for one in missing() if one.kind == "object"}
    assert set(found) == {o.code for o in reference.catalogue().values() if not o.computable}
    assert all(one.lacks("id") and one.lacks("en") for one in found.values())


def test_a_region_lacks_only_what_is_missing_there():
    found = lacking("92.12")
    table = reference.region_table()
    for code, one in found.items():
        value = evidence.peer_values(code, table)[table.position["92.12"]]
        assert one.regions == 1
        assert (one.missing, one.old) == ((1, 0) if np.isnan(value) else (0, 1))


def test_evidence_unlocks_a_side_only_where_coverage_is_short_now_and_would_suffice():
    base = queries.ground()
    row, least = base.position["92.12"], MapSettings().min_coverage
    for one in lacking("92.12").values():
        for use in one.objects:
            side = base.sides[use.object][use.side]
            weights = np.array([u.weight for u in side.uses])
            now = np.isfinite(side.normalised[row]) @ weights / weights.sum()
            counted = np.isfinite(
                side.normalised[row, [u.indicator for u in side.uses].index(one.code)]
            )
            assert use.unlocks == int(not counted and now < least <= now + use.share)


def test_a_province_counts_its_regencies_and_cities():
    assert lacking("63")["rice_per_capita"].regions == 13
    assert lacking("KALIMANTAN")["rice_per_capita"].regions == 56


def test_an_unknown_region_is_refused_with_what_was_meant():
    with pytest.raises(UnknownRegion) as caught:
        missing("Banjarmasin")
    assert [one.code for one in caught.value.suggestions] == ["63.71"]


def test_the_age_allowed_is_the_most_patient_use_of_an_indicator():
    ages = oldest_allowed(queries.ground())
    uses = [u for o in queries.ground().objects.values() for u in o.indicators]
    assert ages["stunting"] == max(u.max_age for u in uses if u.indicator == "stunting")
