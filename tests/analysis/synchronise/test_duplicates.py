"""Rules on the same work written twice, on lines small enough to be judged by eye."""

import json

import polars as pl
import pytest

from sinergi.analysis.synchronise import Settings, synchronise
from tests.analysis.synchronise.making import (
    BILLION,
    LOCAL,
    PROVINCE,
    A,
    B,
    law,
    lines,
    pairs,
    plans,
)

ROAD = {"code": "1.03.10.2.01.0001", "activity": "Pembangunan Jalan"}
BRIDGE = {**ROAD, "title": "Jembatan Sei Alalak"}


def found(table, of_plans=LOCAL, **more):
    """Return findings as (rule, lines, facts) by rule."""
    told = synchronise(table, plans(*of_plans), law=more.pop("law", law()), **more)
    return {row["rule"]: {**row, "facts": json.loads(row["facts"])} for row in told.to_dicts()}


def test_two_neighbours_budget_the_same_bridge():
    table = lines(BRIDGE, {**BRIDGE, "plan": 2, "region": B, "amount": 2 * BILLION})
    told = found(table, pairs=pairs((1, 2, 0.95, None)))["same_across"]
    assert told["lines"] == [1, 2]
    assert told["stake"] == BILLION
    assert told["actors"] == [A, B]
    assert told["severity"] == 3
    assert told["facts"]["probability"] == 0.95


def test_two_neighbours_use_one_rare_name_and_nothing_else_is_known():
    table = lines(BRIDGE, {**BRIDGE, "plan": 2, "region": B, "amount": 5 * BILLION})
    sides = plans(*LOCAL)
    faint = pairs((1, 2, 0.3, None)).with_columns(text=1.0)
    told = synchronise(table, sides, pairs=faint, law=law())
    assert told["rule"].to_list() == ["same_name"]
    assert (told["severity"][0], told["firmness"][0], told["stake"][0]) == (1, 0.3, BILLION)


def test_a_province_and_its_part_use_one_rare_name():
    table = lines(BRIDGE, {**BRIDGE, "plan": 2, "region": PROVINCE})
    faint = pairs((1, 2, 0.3, None)).with_columns(text=1.0)
    of_plans = (LOCAL[0], (PROVINCE, "PROVINSI", 2))
    assert found(table, of_plans, pairs=faint)["same_name"]["actors"] == [PROVINCE, A]


@pytest.mark.parametrize(
    ("title", "more"),
    [
        ("Pembangunan Gedung Kantor", {}),
        ("Pembangunan Jembatan Beta", {}),
        ("Rapat Sei Alalak", {}),
        ("Jembatan Sei Alalak", {"law": law(borders=pl.DataFrame({"a": [A], "b": ["11.09"]}))}),
    ],
    ids=["ordinary words", "name of a region", "nothing built", "no border"],
)
def test_titles_that_name_no_certain_work_nearby_ask_nothing(title, more):
    one = {**ROAD, "title": title}
    table = lines(one, {**one, "plan": 2, "region": B})
    faint = pairs((1, 2, 0.3, None)).with_columns(text=1.0)
    assert "same_name" not in found(table, pairs=faint, **more)


def test_a_name_that_many_lines_have_is_no_name():
    one = {**ROAD, "title": "Jembatan Sei Alalak"}
    others = [{**ROAD, "title": f"Jembatan Sei Alalak {n}"} for n in range(6)]
    table = lines(one, {**one, "plan": 2, "region": B}, *others)
    faint = pairs((1, 2, 0.3, None)).with_columns(text=1.0)
    assert "same_name" not in found(table, pairs=faint)


def test_a_title_without_a_code_names_a_work_although_the_document_calls_it_its_activity():
    one = {
        "title": "TPS3R Desa Pameuntasan",
        "activity": "TPS3R Desa Pameuntasan",
        "agency": "Dinas",
    }
    table = lines(one, {**one, "amount": BILLION + 1})
    assert "same_in_plan" in found(table, LOCAL[:1], pairs=pairs((1, 2, 0.95, None)))


def test_a_title_given_for_the_activity_names_a_work_by_a_word_that_no_activity_has():
    one = {**BRIDGE, "activity": BRIDGE["title"]}
    table = lines(one, {**one, "plan": 2, "region": B})
    same = pairs((1, 2, 0.95, None))
    assert "same_across" in found(table, pairs=same)
    usual = {**ROAD, "title": "Pemeliharaan Jalan", "activity": "Pemeliharaan Jalan"}
    table = lines(usual, {**usual, "plan": 2, "region": B})
    assert "same_across" not in found(table, pairs=same)


def test_two_neighbours_with_the_same_usual_title_do_not_do_the_same():
    usual = {**ROAD, "title": "Pembangunan Jalan"}
    table = lines(usual, {**usual, "plan": 2, "region": B})
    assert "same_across" not in found(table, pairs=pairs((1, 2, 0.99, None)))


def test_two_regions_without_a_border_do_not_do_the_same():
    table = lines(BRIDGE, {**BRIDGE, "plan": 2, "region": B})
    no_border = law(borders=pl.DataFrame({"a": [A], "b": ["11.09"]}))
    assert "same_across" not in found(table, pairs=pairs((1, 2, 0.99, None)), law=no_border)


def test_a_province_does_what_a_regency_does_in_its_region():
    table = lines(BRIDGE, {**BRIDGE, "plan": 2, "region": A})
    told = found(table, (LOCAL[0], (PROVINCE, "PROVINSI", 2)), pairs=pairs((1, 2, 0.8, None)))
    assert told["same_across"]["severity"] == 2


def test_a_work_that_passes_from_one_document_to_the_next_is_no_duplicate():
    table = lines(BRIDGE, {**BRIDGE, "plan": 2})
    stages = ((A, "KABKOTA", 2), (A, "KABKOTA", 4))
    assert "same_across" not in found(table, stages, pairs=pairs((1, 2, 0.99, None)))


def test_a_smaller_line_of_the_same_is_a_part_of_it():
    table = lines(BRIDGE, {**BRIDGE, "plan": 2, "region": B, "amount": BILLION // 10})
    told = found(table, pairs=pairs((1, 2, 0.95, None)))
    assert told["part_of_same"]["stake"] == BILLION // 10
    assert "same_across" not in told


def test_a_vetoed_pair_is_told_apart_with_its_reason():
    table = lines(BRIDGE, {**BRIDGE, "plan": 2, "region": B})
    told = found(table, pairs=pairs((1, 2, 0.95, "number")))
    assert told["told_apart"]["facts"]["veto"] == "number"
    assert told["told_apart"]["kind"] == "look_alike"
    assert "same_across" not in told


def test_three_lines_that_hang_together_are_one_finding():
    table = lines(BRIDGE, {**BRIDGE, "plan": 2, "region": B}, {**BRIDGE, "plan": 2, "region": B})
    same = pairs((1, 2, 0.95, None), (1, 3, 0.92, None))
    assert found(table, pairs=same)["same_across"]["lines"] == [1, 2, 3]


def test_lines_of_two_agencies_of_one_plan_are_two_works():
    one = {**ROAD, "title": "Rehabilitasi gedung kantor", "agency": "Dinas A"}
    table = lines(one, {**one, "agency": "Dinas B", "amount": BILLION + 1})
    assert "same_in_plan" not in found(table, pairs=pairs((1, 2, 0.99, None)))


def test_lines_of_one_agency_under_two_codes_are_the_same_work():
    one = {**ROAD, "title": "Rehabilitasi gedung kantor Soreang", "agency": "Dinas A"}
    table = lines(one, {**one, "code": "1.03.10.2.01.0002", "activity": "Pemeliharaan Jalan"})
    assert found(table, pairs=pairs((1, 2, 0.99, None)))["same_in_plan"]["lines"] == [1, 2]


@pytest.mark.parametrize(("probability", "told"), [(0.85, True), (0.75, False)])
def test_lines_of_one_plan_need_more_than_lines_of_two(probability, told):
    one = {**ROAD, "title": "TPST Desa Sumbersari", "agency": "Dinas A", "place": "Sumbersari"}
    table = lines(one, {**one, "place": "Desa Sumbersari"})
    alike = pairs((1, 2, probability, None))
    assert ("same_in_plan" in found(table, pairs=alike)) is told
    stricter = found(table, pairs=alike, settings=Settings(likely=0.9))
    assert "same_in_plan" not in stricter


def test_the_same_line_twice_in_one_plan_asks_a_question():
    one = {**ROAD, "title": "Tenaga fasilitator"}
    told = found(lines(one, one, one))["repeated"]
    assert (told["stake"], told["facts"]["size"], told["severity"]) == (2 * BILLION, 3, 3)
    uncoded = {**one, "code": ""}
    assert found(lines(uncoded, uncoded))["repeated"]["severity"] == 1


def test_an_agency_that_was_entered_twice_is_one_finding():
    block = [{**ROAD, "title": f"Kegiatan {n}", "agency": "Bapenda"} for n in ("a", "b", "c")]
    other = {**ROAD, "title": "Kegiatan a", "agency": "Dinas B"}
    table = lines(*block, *block, other, other)
    told = synchronise(table, plans(*LOCAL), law=law()).filter(rule="repeated")
    facts = [json.loads(one) for one in told["facts"]]
    assert told["lines"].to_list() == [[1, 2, 3, 4, 5, 6], [7, 8]]
    assert told["stake"].to_list() == [3 * BILLION, BILLION]
    assert (facts[0]["agency"], facts[0]["groups"], facts[0]["size"]) == ("Bapenda", 3, 6)
    assert (facts[1]["groups"], facts[1]["each"]) == (1, BILLION)


def test_small_repeats_are_told_together():
    one = {**ROAD, "title": "Rapat", "amount": 100}
    two = {**ROAD, "title": "Cetak", "amount": 100}
    told = found(lines(one, one, two, two))
    assert told["repeated_small"]["facts"]["groups"] == 2
    assert "repeated" not in told
