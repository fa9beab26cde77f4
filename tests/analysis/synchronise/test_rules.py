"""Each rule of synchronisation on lines small enough to be judged by eye."""

import json

import polars as pl
import pytest

from sinergi.analysis.errors import InputError
from sinergi.analysis.synchronise import LINES, PLANS, Settings, synchronise
from tests.analysis.synchronise.making import (
    BILLION,
    LOCAL,
    NATION,
    PROVINCE,
    A,
    B,
    amounts,
    law,
    lines,
    near,
    pairs,
    plans,
    promises,
)

ROAD = {"code": "1.03.10.2.01.0001", "activity": "Pembangunan Jalan"}
BRIDGE = {**ROAD, "title": "Jembatan Sei Alalak"}


def found(table, of_plans=LOCAL, **more):
    """Return findings as (rule, lines, facts) by rule."""
    told = synchronise(table, plans(*of_plans), law=more.pop("law", law()), **more)
    return {row["rule"]: {**row, "facts": json.loads(row["facts"])} for row in told.to_dicts()}


def test_nothing_in_gives_nothing_out():
    told = synchronise(pl.DataFrame(schema=LINES), pl.DataFrame(schema=PLANS), law=law())
    assert told.is_empty()
    assert {"kind", "severity", "rule", "lines"} <= set(told.columns)


def test_a_table_without_a_column_is_refused():
    with pytest.raises(InputError, match="amount"):
        synchronise(lines({}).drop("amount"), plans(*LOCAL))


def test_packages_of_an_agency_exceed_its_budget():
    line = {**ROAD, "title": "Pembangunan Jalan", "agency": "Dinas A"}
    package = {"title": "Aspal ruas 1", "agency": "DINAS A", "plan": 2, "amount": 3 * BILLION}
    told = found(lines(line, package), ((A, "KABKOTA", 4), (A, "KABKOTA", 5)))
    assert told["agency_over_budget"]["stake"] == 2 * BILLION
    assert told["agency_over_budget"]["severity"] == 3


def test_a_package_exceeds_the_line_with_its_name():
    other = {"title": "Lain", "agency": "Dinas A", "amount": 9 * BILLION}
    line = {**ROAD, "title": "Pembangunan Jalan", "agency": "Dinas A"}
    package = {"title": "Pembangunan Jalan", "agency": "Dinas A", "plan": 2, "amount": 3 * BILLION}
    told = found(lines(line, package, other), ((A, "KABKOTA", 4), (A, "KABKOTA", 5)))
    assert told["package_over_line"]["facts"]["budget"] == BILLION
    assert "agency_over_budget" not in told


def test_packages_over_a_budget_of_nothing_are_to_settle_before_smaller_ones():
    of = ((A, "KABKOTA", 4), (A, "KABKOTA", 5))
    names = ("Gaji", "Jalan")
    held = [{"title": one, "activity": one, "agency": "Dinas A"} for one in names]
    held[0]["amount"] = 0
    bought = [
        {"title": "Gaji", "agency": "Dinas A", "plan": 2, "amount": 38 * BILLION},
        {"title": "Jalan", "agency": "Dinas A", "plan": 2, "amount": BILLION + BILLION // 2},
    ]
    whole = {"title": "Lain", "agency": "Dinas A", "amount": 99 * BILLION}
    told = synchronise(lines(*held, *bought, whole), plans(*of), law=law())
    shown = told.filter(pl.col("rule").str.starts_with("package"))
    assert shown.select("rule", "kind", "severity", "stake").rows() == [
        ("package_without_budget", "conflict", 2, 38 * BILLION),
        ("package_over_line", "conflict", 2, BILLION // 2),
    ]


def of_one_agency(number, over):
    """Budget lines of an agency, each with a package that exceeds it."""
    names = [f"Kegiatan {letter}" for letter in "abcdef"[:number]]
    held = [{**ROAD, "title": one, "activity": one, "agency": "Dinas A"} for one in names]
    bought = [
        {"title": one, "agency": "Dinas A", "plan": 2, "amount": BILLION + over} for one in names
    ]
    return lines(*held, *bought)


def test_budget_lines_that_are_exceeded_by_much_are_told_one_by_one():
    table = of_one_agency(3, BILLION)
    told = synchronise(table, plans((A, "KABKOTA", 4), (A, "KABKOTA", 5)), law=law())
    told = told.filter(rule="package_over_line")
    assert told["lines"].to_list() == [[1, 4], [2, 5], [3, 6]]
    assert told["subject"].n_unique() == 3


def test_several_lines_of_an_agency_that_are_exceeded_by_little_are_told_together():
    of = ((A, "KABKOTA", 4), (A, "KABKOTA", 5))
    told = found(of_one_agency(3, 100), of)["package_over_line"]
    assert (told["lines"], told["stake"]) == ([1, 2, 3, 4, 5, 6], 300)
    assert (told["facts"]["exceeded"], told["facts"]["packages"]) == (3, 3 * BILLION + 300)
    two = synchronise(of_one_agency(2, 100), plans(*of), law=law())
    assert two.filter(rule="package_over_line").height == 2


def test_an_agency_that_procures_and_has_no_budget_is_told():
    line = {"title": "Lain", "agency": "Dinas B"}
    package = {"title": "Aspal", "agency": "Dinas A", "plan": 2}
    told = found(lines(line, package), ((A, "KABKOTA", 4), (A, "KABKOTA", 5)))
    assert told["agency_without_budget"]["facts"]["office_name"] == "Dinas A"


BORDER_ROAD = {**ROAD, "title": "Pembangunan ruas Simpang – Beta"}


OF_THE_AFFAIR = {"code": "1.03.02.2.01.0001", "title": "Saluran", "plan": 2, "region": B}


def test_the_other_side_of_a_border_road_has_no_line():
    told = found(lines(BORDER_ROAD, OF_THE_AFFAIR))["other_side_missing"]
    assert (told["actors"], told["stake"], told["severity"]) == ([B], BILLION, 3)
    assert told["plans"] == [1, 2]


def test_a_neighbour_whose_plan_is_not_there_is_not_seen():
    told = found(lines(BORDER_ROAD), LOCAL[:1])
    assert told["other_side_unseen"]["kind"] == "unseen"
    assert "other_side_missing" not in told


@pytest.mark.parametrize(
    ("line", "of_plan"),
    [
        ({**OF_THE_AFFAIR, "code": "1.02.02.2.01.0001"}, {}),
        (OF_THE_AFFAIR, {"whole": False}),
        (OF_THE_AFFAIR, {"stage": 5}),
    ],
    ids=["of another affair", "of an agency", "of procurement"],
)
def test_a_plan_that_cannot_say_so_claims_no_gap(line, of_plan):
    told = [{**row, "whole": True} for row in plans(*LOCAL).to_dicts()]
    told[1] |= of_plan
    table = pl.DataFrame(told, schema={**PLANS, "whole": pl.Boolean})
    rules = synchronise(lines(BORDER_ROAD, line), table, law=law())["rule"].to_list()
    assert "other_side_unseen" in rules
    assert "other_side_missing" not in rules
    chosen = promises(("7", "ROAD", B, "", 2026))
    rules = synchronise(lines(line), table, promises=chosen, law=law())["rule"].to_list()
    assert "promise_without_money" not in rules


def test_general_lines_of_plans_that_were_not_searched_are_not_counted():
    general = {**ROAD, "title": "Pembangunan Jalan", "plan": 3, "region": B}
    table = lines(BORDER_ROAD, OF_THE_AFFAIR, general)
    told = [{**row, "whole": True} for row in plans(*LOCAL, LOCAL[1]).to_dicts()]
    told[2]["whole"] = False
    of_plans = pl.DataFrame(told, schema={**PLANS, "whole": pl.Boolean})
    gap = (
        synchronise(table, of_plans, law=law()).filter(rule="other_side_missing").row(0, named=True)
    )
    assert gap["plans"] == [1, 2]
    assert json.loads(gap["facts"])["general"] == 0


def test_amounts_that_cannot_be_summed_up_are_refused():
    table = lines(*({"amount": 2**62} for _ in range(2)))
    with pytest.raises(InputError, match="summed up"):
        synchronise(table, plans(*LOCAL), law=law())


def test_general_lines_of_the_neighbour_make_a_gap_less_firm():
    general = {**ROAD, "title": "Pembangunan Jalan", "plan": 2, "region": B}
    told = found(lines(BORDER_ROAD, general))["other_side_missing"]
    assert (told["facts"]["general"], told["severity"]) == (1, 1)


def test_both_sides_of_a_border_road_leave_no_gap():
    back = {**ROAD, "title": "Pembangunan ruas Pasar – Alfa", "plan": 2, "region": B}
    told = found(lines(BORDER_ROAD, back))
    assert not {"other_side_missing", "border_years_apart"} & set(told)


def test_both_sides_in_years_apart_are_a_conflict():
    back = {**ROAD, "title": "ruas Pasar – Alfa", "plan": 2, "region": B, "first_year": 2029,
            "last_year": 2029}  # fmt: skip
    long = plans(*LOCAL).with_columns(last_year=pl.lit(2030, pl.Int16))
    told = synchronise(lines(BORDER_ROAD, back), long, law=law())
    assert told["rule"].to_list() == ["border_years_apart"]
    assert told["lines"].to_list() == [[1, 2]]


def test_a_point_close_to_the_border_reaches_the_neighbour():
    table = lines({**ROAD, "title": "Ruas 12"}, OF_THE_AFFAIR)
    assert found(table, near=near((1, B, 0.8)))["other_side_missing"]["facts"]["km"] == 0.8
    assert "other_side_missing" not in found(table)


def test_a_name_that_the_own_region_has_too_names_no_neighbour():
    shared = law(names=pl.DataFrame({"region": [A, B], "name": ["bandung", "bandung"]}))
    told = found(lines({**ROAD, "title": "Ruas Bandung"}), law=shared)
    assert "other_side_missing" not in told


def test_an_entry_of_a_list_without_a_line_of_a_member():
    table = lines({**ROAD, "title": "Ruas 1", "object": "ROAD"}, OF_THE_AFFAIR)
    chosen = promises(("7", "ROAD", A, "", 2026), ("7", "ROAD", B, "", 2026))
    told = found(table, promises=chosen)["promise_without_money"]
    assert (told["facts"]["missing"], told["actors"], told["lines"]) == ([B], [B], [1])


def test_a_member_whose_plan_is_not_there_is_named_as_not_seen():
    chosen = promises(("7", "ROAD", A, "", 2026), ("7", "ROAD", B, "", 2026))
    there = lines({**OF_THE_AFFAIR, "plan": 1})
    told = found(there, LOCAL[:1], promises=chosen)["promise_without_money"]
    assert (told["facts"]["missing"], told["facts"]["unseen"]) == ([A], [B])


def test_a_promise_with_lines_of_all_members_is_no_gap():
    table = lines({**ROAD, "object": "ROAD"}, {**ROAD, "object": "ROAD", "plan": 2, "region": B})
    chosen = promises(("7", "ROAD", A, "", 2026), ("7", "ROAD", B, "", 2026))
    assert "promise_without_money" not in found(table, promises=chosen)


def test_a_member_begins_before_what_it_depends_on():
    hub = {**ROAD, "object": "ROAD", "first_year": 2027, "last_year": 2027}
    table = lines(hub, {**ROAD, "object": "ROAD", "plan": 2, "region": B})
    long = plans(*LOCAL).with_columns(last_year=pl.lit(2030, pl.Int16))
    chosen = promises(("7", "ROAD", A, "hub", 2027), ("7", "ROAD", B, "spoke", 2027))
    told = synchronise(table, long, promises=chosen, law=law())
    assert "before_what_it_needs" in told["rule"].to_list()


def test_a_design_after_the_building():
    design = {"title": "DED Pembangunan Gedung Pasar Baru", "first_year": 2027, "last_year": 2027}
    told = found(lines(design, {"title": "Pembangunan Gedung Pasar Baru"}))["design_after_build"]
    assert (told["lines"], told["facts"]["earlier"], told["facts"]["build"]) == ([1, 2], 2027, 2026)
    assert told["facts"]["called"] == "Pembangunan Gedung Pasar Baru"
    assert told["facts"]["before"] == "DED Pembangunan Gedung Pasar Baru"


@pytest.mark.parametrize("design", ["DED Pembangunan Gedung Pasar Baru", "DED Gedung Pasar Lama"])
def test_a_design_in_time_or_of_something_else_is_in_order(design):
    table = lines({"title": design}, {"title": "Pembangunan Gedung Pasar Baru"})
    assert "design_after_build" not in found(table)


def test_land_after_the_building():
    land = {"title": "Pengadaan tanah Gedung Pasar Baru", "first_year": 2028, "last_year": 2028}
    table = lines(land, {"title": "Pembangunan Gedung Pasar Baru"})
    assert found(table)["land_after_build"]["lines"] == [1, 2]


def test_units_of_the_same_work_differ():
    table = lines({**BRIDGE, "unit": "m"}, {**BRIDGE, "plan": 2, "region": B, "unit": "unit"})
    told = found(table, pairs=pairs((1, 2, 0.95, None)))["units_differ"]
    assert (told["facts"]["unit"], told["facts"]["unit_b"]) == ("m", "unit")


def test_targets_of_the_same_work_differ():
    two = {**BRIDGE, "plan": 2, "region": B, "unit": "m", "target": 60.0}
    table = lines({**BRIDGE, "unit": "m", "target": 10.0}, two)
    assert "targets_differ" in found(table, pairs=pairs((1, 2, 0.95, None)))


def test_a_code_of_another_level_with_a_twin_is_a_wrong_code():
    told = found(lines({"code": "1.03.10.1.01.0001", "activity": "Pembangunan Jalan"}))
    assert told["code_of_other_level"]["facts"]["right"] == "1.03.10.2.01.0001"
    assert "level_not_holder" not in told


def test_a_code_of_another_level_without_a_twin_is_not_held():
    told = found(lines({"code": "1.01.02.1.01.0001"}))["level_not_holder"]
    assert (told["kind"], told["facts"]["held_by"]) == ("authority", "PROVINSI")


def test_money_that_is_passed_on_is_held_by_who_receives_it():
    assert "level_not_holder" not in found(
        lines({"code": "1.01.02.1.01.0001", "is_transfer": True})
    )


def test_a_title_names_a_road_of_the_province():
    told = found(lines({**ROAD, "title": "Peningkatan jalan provinsi ruas 3"}))
    assert told["names_other_level"]["facts"]["holder"] == "PROVINSI"


def test_an_object_needs_the_province():
    of_province = {"plan": 2, "code": "1.03.10.1.01.0001"}
    table = lines({"object": "IRRIGATION"}, of_province)
    told = found(table, (LOCAL[0], (PROVINCE, "PROVINSI", 2)))["level_required"]
    assert told["plans"] == [1, 2]
    assert told["facts"]["required"] == "PROVINSI"
    for elsewhere in ((PROVINCE, "PROVINSI", 5), ("12", "PROVINSI", 2), LOCAL[1]):
        assert "level_required" not in found(table, (LOCAL[0], elsewhere))
    with_province = lines({"object": "IRRIGATION"}, {**of_province, "object": "IRRIGATION"})
    assert "level_required" not in found(with_province, (LOCAL[0], (PROVINCE, "PROVINSI", 2)))


@pytest.mark.parametrize(
    ("line", "channel", "why"),
    [
        (ROAD, "DEKON", "recipient"),
        (ROAD, "TP", "authority"),
        ({"code": "2.09.03.2.01"}, "DAU_SG", "affair"),
        ({"object": "PATROL"}, "DAK", "physical"),
    ],
    ids=["recipient", "authority", "affair", "physical"],
)
def test_a_channel_cannot_pay(line, channel, why):
    told = found(lines(line), amounts=amounts((1, channel, 500)))["channel_cannot_pay"]
    assert (told["facts"]["why"], told["stake"]) == (why, 500)


@pytest.mark.parametrize("channel", ["APBD", "DAK", "DAU_SG", ""])
def test_a_channel_that_can_pay_is_not_told(channel):
    assert "channel_cannot_pay" not in found(lines(ROAD), amounts=amounts((1, channel, 500)))


def test_one_channel_pays_the_same_work_twice():
    table = lines(BRIDGE, {**BRIDGE, "plan": 2, "region": B})
    paid = amounts((1, "DAK", 500), (2, "DAK", 300))
    told = found(table, pairs=pairs((1, 2, 0.95, None)), amounts=paid)["paid_twice"]
    assert (told["stake"], told["kind"]) == (300, "funding")


def test_the_centre_pays_by_two_ways():
    table = lines(BRIDGE, {**BRIDGE, "plan": 2, "region": A})
    paid = amounts((1, "DAK", 500), (2, "TP", 300))
    of_plans = (LOCAL[0], (NATION, "PUSAT", 2))
    told = found(table, of_plans, pairs=pairs((1, 2, 0.95, None)), amounts=paid)
    assert told["paid_twice"]["facts"]["channel_b"] == "TP"


def test_two_governments_that_pay_from_their_own_do_not_pay_twice():
    table = lines(BRIDGE, {**BRIDGE, "plan": 2, "region": B})
    paid = amounts((1, "APBD", 500), (2, "APBD", 300))
    assert "paid_twice" not in found(table, pairs=pairs((1, 2, 0.95, None)), amounts=paid)


GOOD = [{**ROAD, "title": f"Ruas {n}"} for n in range(4)]


def test_an_unknown_code():
    told = found(lines(*GOOD, {"code": "1.03.10.2.01.0099", "activity": "Sesuatu"}))["code_unknown"]
    assert told["lines"] == [5]
    assert told["stake"] is None
    assert told["facts"]["codes"] == [{"code": "1.03.10.2.01.0099", "n": 1}]


def test_codes_of_one_plan_that_moved_are_one_finding_and_each_is_listed():
    gone = [{"code": f"1.03.10.2.01.00{n}", "activity": "Pemeliharaan Jalan"} for n in (97, 98, 98)]
    told = found(lines(*gone, *GOOD, {**ROAD, "title": "Ruas 9"}))["code_moved"]
    assert told["lines"] == [1, 2, 3]
    assert (told["facts"]["n"], told["facts"]["different"]) == (3, 2)
    assert [(one["code"], one["n"]) for one in told["facts"]["codes"]] == [
        ("1.03.10.2.01.0097", 1),
        ("1.03.10.2.01.0098", 2),
    ]


def test_a_code_whose_name_stands_under_another_has_moved():
    told = found(lines(*GOOD, {"code": "1.03.10.2.01.0099", "activity": "Pemeliharaan Jalan"}))
    assert told["code_moved"]["facts"]["codes"][0]["moved_to"] == "1.03.10.2.01.0002"


def test_a_code_whose_place_another_took_has_moved():
    heirs = pl.DataFrame({"former": ["1.03.10.2.01.0099"], "code": ["1.03.10.2.01.0001"]})
    gone = {"code": "1.03.10.2.01.0099", "activity": "Sesuatu"}
    told = found(lines(*GOOD, gone), law=law(successors=heirs))["code_moved"]
    assert told["facts"]["codes"][0]["moved_to"] == "1.03.10.2.01.0001"


def test_a_code_that_every_affair_uses_is_known():
    told = found(lines({"code": "1.03.01.2.01.0001", "activity": "Penyusunan Dokumen"}))
    assert not told


def test_a_name_that_does_not_belong_to_its_code():
    told = found(lines({**ROAD, "activity": "Pemeliharaan Taman Kota", "title": "x y"}))
    facts = told["name_of_other_code"]["facts"]
    assert (facts["official"], facts["called"]) == ("Pembangunan Jalan", "Pemeliharaan Taman Kota")


def test_a_plan_of_another_nomenclature_is_told_once():
    odd = [{"code": f"1.03.10.2.77.{n:04}", "activity": f"Nama {n}"} for n in range(9)]
    told = found(lines(*odd))
    assert set(told) == {"other_nomenclature"}
    assert told["other_nomenclature"]["facts"]["n"] == 9


def test_little_money_weighs_little_and_much_weighs_heavily():
    table = lines(BRIDGE, {**BRIDGE, "plan": 2, "region": B})
    for stake, weight in ((10 * BILLION, 1), (BILLION, 2), (1, 3)):
        settings = Settings(small=stake, large=max(stake, 2) if weight == 3 else 100 * BILLION)
        told = found(table, pairs=pairs((1, 2, 0.95, None)), settings=settings)["same_across"]
        assert told["severity"] == weight
