"""What law allows and asks, as pure functions over the catalogue."""

from dataclasses import replace

import pytest

from sinergi.opportunities import rules
from sinergi.reference import queries as reference
from sinergi.reference.catalogue import FundingChannel

EVERYTHING = frozenset({"KABKOTA", "PROVINSI", "PUSAT"})


@pytest.fixture(scope="module")
def catalogue():
    return reference.catalogue()


@pytest.fixture
def item(catalogue):
    return catalogue["TPA_REGIONAL"]


def channel(**given):
    usual = {
        "code": "X", "name_id": "X", "name_en": "X", "authorities": (), "recipients": (), "affairs": (),
        "physical": None, "cooperation": True, "needs_id": "", "needs_en": "", "rule": "",
        "access_path_id": "", "access_path": "", "note": "", "provenance": "",
    }  # fmt: skip
    return FundingChannel(**{**usual, **given})


@pytest.mark.parametrize(
    ("code", "lead"),
    [
        ("TPA_REGIONAL", "PROVINSI"),
        ("VOKASI_SMK", "PROVINSI"),
        ("TRANS_KALIMANTAN", "PUSAT"),
        ("AMBULANS_119_PSC", "KABKOTA"),
        ("RS_RUJUKAN", "KABKOTA"),
    ],
)
def test_the_level_that_must_be_party_leads(catalogue, code, lead):
    assert rules.lead_level(catalogue[code]) == lead


def test_a_city_needs_its_province_for_what_is_provincial(catalogue):
    assert rules.provinces_required(catalogue["VOKASI_SMK"], ["63", "62", "63"]) == ("62", "63")
    assert rules.provinces_required(catalogue["AMBULANS_119_PSC"], ["63"]) == ()


def test_where_cities_are_administrative_the_province_signs(catalogue):
    needed = rules.provinces_required(catalogue["AMBULANS_119_PSC"], ["31", "32"], {"31"})
    assert needed == ("31",)


@pytest.mark.parametrize(
    ("contiguous", "cheaper", "candidate"),
    [(True, True, True), (True, None, False), (True, False, False), (False, True, False)],
)
def test_a_mandatory_candidate_borders_and_is_shown_to_be_cheaper(
    item, contiguous, cheaper, candidate
):
    tests = rules.mandatory_tests(item, contiguous=contiguous, cheaper=cheaper)
    assert rules.is_mandatory_candidate(tests) is candidate


def test_without_an_externality_nothing_is_mandatory(item):
    free = replace(item, legal_class="sukarela")
    tests = rules.mandatory_tests(free, contiguous=True, cheaper=True)
    assert tests["externality"] is False
    assert not rules.is_mandatory_candidate(tests)


def test_inside_one_province_the_governor_takes_over_otherwise_the_centre():
    assert (rules.geographic_type(["63", "63"]), rules.takeover_authority(["63"])) == (
        "a",
        "governor",
    )
    assert (rules.geographic_type(["62", "63"]), rules.takeover_authority(["62", "63"])) == (
        "b",
        "centre",
    )


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"cooperation": False}, "not_for_cooperation"),
        ({"authorities": ("PUSAT",)}, "not_this_authority"),
        ({"recipients": ("PUSAT",)}, "not_this_recipient"),
        ({"affairs": ("1.01",)}, "not_this_affair"),
        ({"physical": False}, "only_non_physical"),
    ],
)
def test_a_channel_that_cannot_pay_says_why(item, given, reason):
    option = rules.funding_option(item, channel(**given), frozenset({"KABKOTA", "PROVINSI"}))
    assert not option.fits
    assert option.reasons == (reason,)


def test_a_channel_for_physical_works_does_not_pay_for_a_meeting(catalogue):
    option = rules.funding_option(catalogue["STUDI_TIRU"], channel(physical=True), EVERYTHING)
    assert option.reasons == ("only_physical",)


def test_every_reason_against_a_channel_is_given(item):
    option = rules.funding_option(
        item, channel(cooperation=False, affairs=("1.01",), physical=False), EVERYTHING
    )
    assert option.reasons == ("not_for_cooperation", "not_this_affair", "only_non_physical")


def test_channels_that_fit_and_are_named_for_the_object_come_first(item):
    options = rules.funding_options(
        item, reference.funding_channels().values(), province_is_party=True
    )
    order = [(not option.fits, "named_by_object" not in option.reasons) for option in options]
    assert order == sorted(order)
    assert options[0].code in item.funding


def test_the_state_can_only_receive_what_is_a_synergy(catalogue):
    of_the_state = channel(recipients=("PUSAT",))
    synergy = rules.funding_options(
        catalogue["TRANS_KALIMANTAN"], [of_the_state], province_is_party=False
    )
    usual = rules.funding_options(catalogue["STUNTING"], [of_the_state], province_is_party=False)
    assert (synergy[0].fits, usual[0].fits) == (True, False)


def test_third_parties_need_a_feasibility_study_and_foreign_partners_the_centre(catalogue):
    def notes(code):
        item = catalogue[code]
        tests = rules.mandatory_tests(item, contiguous=False, cheaper=None)
        return rules.legal_notes(item, [], ("63",), (), tests)

    assert notes("BEASISWA_KAMPUS").feasibility_study
    assert notes("SISTER_CITY").central_approval
    assert not notes("STUNTING").feasibility_study
    assert not notes("STUNTING").central_approval


def test_every_object_of_the_catalogue_has_legal_notes(catalogue):
    channels = reference.funding_channels().values()
    for item in catalogue.values():
        tests = rules.mandatory_tests(item, contiguous=True, cheaper=None)
        notes = rules.legal_notes(item, channels, ("63", "62"), (), tests)
        assert notes.lead in {"PUSAT", "PROVINSI", "KABKOTA"}
        assert notes.documents
        assert any(option.fits for option in notes.funding), item.code


def test_a_document_in_brackets_stays_with_the_one_before_it(catalogue):
    assert rules.documents(catalogue["KAD_BERAS"]) == ("KB", "PKS(+B2B)")
    assert rules.documents(catalogue["TPA_REGIONAL"]) == ("KB", "PKS")


@pytest.mark.parametrize(("cheaper", "possible"), [(True, False), (None, True), (False, False)])
def test_only_an_unknown_makes_a_group_possibly_mandatory(item, cheaper, possible):
    tests = rules.mandatory_tests(item, contiguous=True, cheaper=cheaper)
    assert rules.is_possibly_mandatory(tests) is possible


def test_the_regulation_has_no_type_for_a_province_that_signs_for_its_cities():
    assert rules.geographic_type(["31", "32"], {"31"}) == ""
