"""Who must be a party, who cannot lead, which approvals are needed; what is unknown must be answered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergi.agreements import parties
from sinergi.agreements.queries import parties as queries
from sinergi.agreements.queries.parties import held_levels, propose, side
from sinergi.reference import queries as reference

ANSWERS = ("", "yes", "no")


def regions(*codes: str):
    return [side(code, "PEMDA", code) for code in codes]


def told(found):
    return [(one.rule, one.regions, one.present) for one in found]


def test_an_object_of_provinces_needs_the_province_of_each_member():
    found = propose(regions("63.71", "62.71"), "SPAM_REGIONAL").required
    assert told(found) == [
        ("province_affair", ("62",), False),
        ("province_affair", ("63",), False),
    ]


def test_the_province_that_is_there_is_told_as_present():
    found = propose(regions("63", "63.71", "63.72"), "TPA_REGIONAL")
    assert told(found.required) == [
        ("province_joint", ("63",), True),
        ("local_joint", (), True),
    ]
    assert found.missing == ()


def test_provinces_alone_with_a_joint_object_need_a_regency_or_city():
    assert parties.missing(propose(regions("62", "63"), "TPA_REGIONAL").required) == (
        "local_joint",
    )


def test_without_an_object_nothing_is_required_and_nobody_is_outside():
    found = propose(regions("63.71", "63.72"))
    assert (found.required, found.outside, found.nobody) == ((), (), False)


def test_a_city_does_not_hold_a_school_of_the_province_and_cannot_lead_it():
    found = propose(regions("63", "63.71"), "VOKASI_SMK")
    assert found.outside == ("63.71",)
    assert not found.nobody
    assert propose(regions("63.71", "63.72"), "VOKASI_SMK").nobody


def test_regencies_of_papua_hold_schools_that_elsewhere_provinces_hold():
    code = next(one for one in reference.region_table().codes if one.startswith("91."))
    assert held_levels(code, "1.01") == {"KABKOTA", "PROVINSI"}
    assert propose(regions(code), "VOKASI_SMK").outside == ()


def test_a_region_that_is_not_known_is_not_told_as_outside():
    assert propose(regions("99.99"), "VOKASI_SMK").outside == ()


def test_administrative_cities_are_no_governments_of_their_own():
    assert propose(regions("31.71", "31")).administrative == ("31.71",)


def test_why_somebody_is_a_party_is_named_by_the_rule():
    there = [side("1", "PEMDA", "63"), side("2", "PEMDA", "63.71"), side("3", "PIHAK_KETIGA")]
    found = propose(there, "TPA_REGIONAL").required
    assert [parties.rule_for(found, one) for one in there] == ["province_joint", "local_joint", ""]


def test_a_ministry_is_required_for_what_is_of_the_centre():
    item = next(one for one in reference.catalogue().values() if one.authority == ("PUSAT",))
    assert parties.missing(propose(regions("63.71"), item.code).required) == ("centre_affair",)
    there = [*regions("63.71"), side("kl", "K_L")]
    assert parties.missing(propose(there, item.code).required) == ()


@pytest.mark.parametrize(
    ("burdens", "budget", "needed", "because"),
    [
        ("yes", "yes", "yes", "burdens_people"),
        ("yes", "", "yes", "burdens_people"),
        ("no", "no", "yes", "not_in_budget"),
        ("", "no", "yes", "not_in_budget"),
        ("no", "yes", "no", ""),
        ("no", "", "", ""),
        ("", "yes", "", ""),
        ("", "", "", ""),
    ],
)
def test_a_council_approves_what_burdens_people_or_is_not_in_the_budget(
    burdens, budget, needed, because
):
    one = side("1", "PEMDA", "63.71", burdens_people=burdens, in_budget=budget)
    assert parties.council(one) == parties.Need("dprd", needed, because)


@given(st.sampled_from(ANSWERS), st.sampled_from(ANSWERS))
def test_an_open_answer_never_says_that_no_council_is_needed(burdens, budget):
    one = side("1", "PEMDA", "63.71", burdens_people=burdens, in_budget=budget)
    if "" in (burdens, budget):
        assert parties.council(one).needed != "no"


def test_abroad_asks_for_the_centre_and_third_parties_for_a_study():
    abroad = propose([*regions("63.71"), side("x", "PEMDA_LN")], "", "exchange")
    kinds = [(one.kind, one.needed) for one in abroad.needs["63.71"]]
    assert kinds == [("dprd", ""), ("minister", "yes"), ("foreign_ministry", "yes")]
    assert abroad.needs["x"] == ()
    assert not abroad.study_first
    assert propose([*regions("63.71"), side("x", "PIHAK_KETIGA")]).study_first


def test_a_party_that_stands_there_twice_is_found_by_code_or_by_name():
    there = [
        ("PEMDA", "63.71", "Kota Banjarmasin"),
        ("PEMDA", "63.71", "Banjarmasin"),
        ("PIHAK_KETIGA", "", "PT  Contoh"),
        ("PIHAK_KETIGA", "", "pt contoh"),
        ("K_L", "", "PT Contoh"),
    ]
    assert parties.twice(there) == (1, 3)


def test_a_region_that_was_split_or_recoded_is_known():
    gone = next(one for one in reference.pack().successions if one.kind == "recoded")
    assert queries.is_gone(gone.predecessor)
    assert gone in queries.changes_of_region(gone.predecessor)
    assert not queries.is_gone("63.71")
    assert queries.changes_of_region("63.71") == ()
