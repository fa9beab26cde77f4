"""Which channels could pay, with the shipped pack."""

import inspect
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinergi.programs.funding import (
    LineFacts,
    May,
    authority_of,
    channels_for,
    conditions,
    physical_of,
)
from sinergi.programs.funding import answers as module
from sinergi.programs.funding.conditions import Menus, Verdict
from sinergi.programs.funding.facts import affair_of, further_of, level_of
from sinergi.programs.funding.words import (
    TEXTS,
    best,
    ceiling_told,
    channels_named,
    provenance,
    told,
    window_told,
)
from sinergi.reference import queries as reference

ROAD = LineFacts(
    level="KABKOTA",
    authority="KABKOTA",
    affair="1.03",
    code="1.03.10.2.01.0004",
    physical=True,
    year=2027,
    land="ready",
    design="ready",
)


NO_MENUS = Menus()


def answers(menus=NO_MENUS, **changes):
    return {one.code: one for one in channels_for(replace(ROAD, **changes), menus)}


def codes(answer, verdict):
    return {reason.code for reason in answer.of(verdict)}


def test_every_channel_answers_once():
    assert set(answers()) == set(reference.funding_channels())


def test_a_regency_pays_its_own_road():
    assert answers()["APBD_KABKOTA"].may is May.YES


def test_the_budget_of_the_province_cannot_pay_what_the_regency_does():
    answer = answers()["APBD_PROV"]
    assert answer.may is May.NO
    assert codes(answer, Verdict.AGAINST) == {"recipient", "authority"}


def test_a_regency_cannot_receive_deconcentration():
    answer = answers(physical=False)["DEKON"]
    assert answer.may is May.NO
    assert "recipient" in codes(answer, Verdict.AGAINST)


def test_deconcentration_does_not_build():
    assert "only_non_physical" in codes(answers(level="PROVINSI")["DEKON"], Verdict.AGAINST)


@pytest.mark.parametrize(
    "code",
    ["1.03.10.2.01.0004", "7.01.03.2.02.0001", "2.09.01.2.02.0001"],
    ids=["public_works", "kelurahan", "salaries"],
)
def test_what_the_earmarked_allocation_is_for_is_for_people_to_judge(code):
    """Of kelurahan and salaries of PPPK a code does not tell enough: that is no refusal."""
    answer = answers(code=code, affair=affair_of(code), physical=False)["DAU_SG"]
    assert answer.may is May.DEPENDS
    assert not answer.of(Verdict.AGAINST)
    (open_,) = answer.of(Verdict.OPEN)
    assert "kelurahan" in open_.text_id
    assert "PPPK" in open_.text_id
    assert open_.provenance == "knowledge; verify"


@pytest.mark.parametrize("physical", [True, False, None])
def test_co_administration_is_mostly_physical_not_only(physical):
    answer = answers(authority="PUSAT", physical=physical)["TP"]
    assert answer.may is May.DEPENDS
    assert codes(answer, Verdict.OPEN) == {"circumstance"}


def test_a_special_allocation_depends_on_a_menu_that_nobody_loaded():
    answer = answers()["DAK_FISIK"]
    assert answer.may is May.DEPENDS
    assert codes(answer, Verdict.OPEN) == {"menu_not_loaded"}
    assert "2027" in told(answer.of(Verdict.OPEN)[0])


def test_with_the_menu_and_everything_ready_it_could_pay():
    menus = Menus((("DAK_FISIK", 2027, ("1.03.10",)),))
    assert answers(menus)["DAK_FISIK"].may is May.YES


@pytest.mark.parametrize("code", ["1.03.1", "1.04", "1.03.10.2.01.0005"])
def test_a_code_is_in_a_menu_only_below_what_it_names(code):
    answer = answers(Menus((("DAK_FISIK", 2027, (code,)),)))["DAK_FISIK"]
    assert answer.may is May.NO
    assert codes(answer, Verdict.AGAINST) == {"not_in_menu"}


def test_a_menu_of_another_year_does_not_count():
    answer = answers(Menus((("DAK_FISIK", 2026, ("1.03",)),)))["DAK_FISIK"]
    assert codes(answer, Verdict.OPEN) == {"menu_not_loaded"}


def test_without_a_code_a_menu_cannot_be_asked():
    answer = answers(Menus((("DAK_FISIK", 2027, ("1.03",)),)), code="")["DAK_FISIK"]
    assert answer.may is May.NOT_KNOWN


def test_a_special_allocation_never_pays_for_the_authority_of_another():
    answer = answers(authority="PROVINSI")["DAK_FISIK"]
    assert answer.may is May.NO
    assert codes(answer, Verdict.AGAINST) == {"own_authority"}


@pytest.mark.parametrize(("state", "code"), [("", "readiness_unknown"), ("absent", "not_ready")])
def test_what_is_not_ready_can_become_so(state, code):
    answer = answers(land=state)["DAK_FISIK"]
    assert answer.may is May.DEPENDS
    assert code in codes(answer, Verdict.OPEN)


def test_proposals_are_taken_about_february_to_may_of_the_year_before():
    window = answers()["DAK_FISIK"].window
    assert (window.first, window.last) == (date(2026, 2, 1), date(2026, 5, 31))
    assert "verifikasi" in window_told(window) or "verify" in window_told(window)


def test_without_a_year_there_is_no_window():
    answer = answers(year=None)["DAK_FISIK"]
    assert answer.window is None
    assert "menu_without_year" in codes(answer, Verdict.OPEN)


def test_a_february_of_a_leap_year_ends_on_its_29th():
    rule = next(one for one in reference.funding_rules() if one.kind == "window")
    short = replace(rule, month_to=2)
    assert next(module._windows(2029, (short,))).last == date(2028, 2, 29)


def test_service_shares_are_for_cooperation_only():
    assert answers(cooperation=False)["KSD_SHARE"].may is May.NO
    assert answers(cooperation=True)["KSD_SHARE"].may is May.YES
    assert answers()["KSD_SHARE"].may is May.NOT_KNOWN


def test_a_joint_road_is_not_offered_the_fee_of_a_service():
    objects = reference.catalogue()
    landfill, road = (objects[code].funding for code in ("TPA_REGIONAL", "JALAN_PERBATASAN"))
    assert answers(cooperation=True, usual=landfill)["KSD_SHARE"].may is May.YES
    refused = answers(cooperation=True, usual=road)["KSD_SHARE"]
    assert refused.may is May.NO
    assert "other_object" in codes(refused, Verdict.AGAINST)
    assert not {"other_object"} & {
        reason.code
        for one in answers(cooperation=True, usual=road).values()
        if one.code != "KSD_SHARE"
        for reason in one.reasons
    }


def test_village_funds_do_not_pay_for_cooperation():
    assert "not_for_cooperation" in codes(answers(cooperation=True)["DANA_DESA"], Verdict.AGAINST)


@pytest.mark.parametrize("affair", ["1.03", "1.05", "5.02"])
def test_unexpected_spending_is_for_any_affair_in_its_circumstances(affair):
    answer = answers(affair=affair)["BTT"]
    assert answer.may is May.DEPENDS
    assert [one.code for one in answer.of(Verdict.OPEN)] == ["circumstance"]


def test_jakarta_pays_for_its_own_schools():
    school = {"level": "PROVINSI", "authority": "KABKOTA", "affair": "1.01"}
    assert "authority" in codes(answers(**school)["APBD_PROV"], Verdict.AGAINST)
    jakarta = answers(**school, further=further_of("31", "1.01"))
    assert jakarta["APBD_PROV"].may is May.YES
    assert "own_authority" in codes(jakarta["DAK_FISIK"], Verdict.FOR)


@pytest.mark.parametrize(
    ("region", "affair", "levels"),
    [
        ("31", "1.03", ("KABKOTA",)),
        ("31.74", "", ("KABKOTA",)),
        ("32", "1.03", ()),
        ("91.03", "1.01", ("PROVINSI",)),
        ("91.03", "1.03", ()),
        ("91", "1.01", ()),
        ("", "", ()),
    ],
)
def test_a_government_may_hold_what_elsewhere_another_level_holds(region, affair, levels):
    assert further_of(region, affair) == levels


def test_a_city_of_jakarta_is_run_by_its_province():
    assert level_of("31.74") == "PROVINSI"
    assert level_of("32.73") == "KABKOTA"


def test_companies_are_no_secured_source():
    assert "unsecured" in codes(answers()["TJSL"], Verdict.OPEN)


def test_that_two_channels_pay_for_the_same_is_open_where_it_is_an_expert_default():
    answer = answers(channels=("TP",))["DAK_FISIK"]
    assert answer.may is May.DEPENDS
    assert "pays_twice" in codes(answer, Verdict.OPEN)


def test_that_two_channels_pay_for_the_same_is_refused_where_the_rule_is_sourced():
    usual = next(one for one in reference.funding_rules() if one.kind == "excludes")
    rules = {"excludes": (replace(usual, provenance="sourced: example"),)}
    told = list(conditions.of_money(replace(ROAD, channels=("TP",)), rules))
    assert [(one.code, one.verdict, one.values) for one in told] == [
        ("pays_twice", Verdict.AGAINST, ("TP",))
    ]


def test_an_amount_above_a_ceiling_is_refused():
    usual = next(one for one in reference.funding_rules() if one.kind == "ceiling")
    rules = {"ceiling": (replace(usual, amount=5, share=""),)}
    assert not list(conditions.of_money(replace(ROAD, amount=500), rules))
    told = list(conditions.of_money(replace(ROAD, amount=501), rules))
    assert [one.code for one in told] == ["over_ceiling"]
    assert ceiling_told(rules["ceiling"][0]).startswith("Rp 5")


def test_an_amount_changes_nothing_where_no_ceiling_is_known():
    assert answers(amount=10**15)["DAK_FISIK"].may is May.DEPENDS


def test_the_ceiling_of_loans_is_told_as_a_share():
    loan = ceiling_told(answers()["PINJAMAN"].ceilings[0])
    assert loan.startswith("75%")
    assert "PP 1/2024" in loan
    assert "verifikasi" in loan or "verify" in loan


def test_what_nobody_knows_is_not_answered():
    found = {one.code: one.may for one in channels_for(LineFacts())}
    assert May.YES not in found.values()
    assert found["APBD_KABKOTA"] is May.NOT_KNOWN


def test_the_best_come_first_and_keep_the_order_of_the_pack():
    found = channels_for(ROAD)
    order = list(May)
    assert [order.index(one.may) for one in found] == sorted(order.index(one.may) for one in found)
    assert best(found) == [one for one in found if one.may in (May.YES, May.DEPENDS)]


def test_every_reason_has_words_and_a_source():
    for answer in channels_for(LineFacts(year=2027)):
        for reason in answer.reasons:
            assert told(reason).strip(".")
            assert reason.source
            assert provenance(reason.provenance)


def test_combinations_name_channels():
    assert "APBD" in channels_named(answers()["DAK_FISIK"].combines)


FACTS = st.builds(
    LineFacts,
    level=st.sampled_from(["", "PUSAT", "PROVINSI", "KABKOTA"]),
    authority=st.sampled_from(["", "PUSAT", "PROVINSI", "KABKOTA"]),
    affair=st.sampled_from(["", "1.02", "1.03", "1.05", "2.11"]),
    physical=st.sampled_from([None, True, False]),
    year=st.sampled_from([None, 2027, 2030]),
    land=st.sampled_from(["", "ready", "absent"]),
    cooperation=st.sampled_from([None, True, False]),
    village=st.sampled_from([None, True, False]),
)


@settings(max_examples=60, deadline=None)
@given(FACTS)
def test_the_answer_follows_from_the_worst_of_its_reasons(facts):
    for answer in channels_for(facts):
        verdicts = {reason.verdict for reason in answer.reasons}
        assert (answer.may is May.NO) == (Verdict.AGAINST in verdicts)
        assert (answer.may is May.YES) == (not verdicts - {Verdict.FOR})


@settings(max_examples=60, deadline=None)
@given(FACTS)
def test_to_learn_a_fact_never_makes_a_no_of_a_yes(facts):
    """Whoever leaves a fact unknown is never told `yes` where some value of it would mean `no`."""
    unknown = {one.code: one.may for one in channels_for(replace(facts, physical=None))}
    for value in (True, False):
        for one in channels_for(replace(facts, physical=value)):
            if one.may is May.NO:
                assert unknown[one.code] is not May.YES


@pytest.mark.parametrize(
    ("code", "level", "affair"),
    [
        ("1.03.10.2.01.0004", "KABKOTA", "1.03"),
        ("1.03.10.1.01", "PROVINSI", "1.03"),
        ("1.03.10.5.01.0004", "", "1.03"),
        ("1.03", "", "1.03"),
        ("", "", ""),
        ("X.XX.01", "", ""),
    ],
)
def test_a_code_tells_level_and_affair(code, level, affair):
    assert (authority_of(code), affair_of(code)) == (level, affair)


@pytest.mark.parametrize(
    ("name", "physical"),
    [
        ("Pembangunan Jembatan Citarum", True),
        ("Perencanaan Pembangunan Jembatan", False),
        ("Peningkatan Jalan Kabupaten", True),
        ("Peningkatan mutu", None),
        ("Pembangunanku", None),
        ("", None),
    ],
)
def test_only_the_beginning_of_a_name_tells_physical_work(name, physical):
    assert physical_of([name], reference.work_words()) is physical


@pytest.mark.parametrize(
    ("region", "level"),
    [("ID", "PUSAT"), ("32", "PROVINSI"), ("32.04", "KABKOTA"), ("99.99", "")],
)
def test_a_region_tells_the_level_of_its_government(region, level):
    assert level_of(region) == level


def test_no_sentence_is_for_a_reason_that_does_not_exist():
    source = inspect.getsource(conditions)
    assert all(f'"{code}"' in source for code in TEXTS)
