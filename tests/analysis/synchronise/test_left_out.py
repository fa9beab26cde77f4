"""What rules pass over: money passed on, plans that a finding does not tell of, units written otherwise."""

import json

import polars as pl
import pytest

from sinergi.analysis.synchronise import synchronise
from tests.analysis.synchronise.making import (
    LOCAL,
    PROVINCE,
    A,
    B,
    amounts,
    law,
    lines,
    pairs,
    plans,
    promises,
)

ROAD = {"code": "1.03.10.2.01.0001", "activity": "Pembangunan Jalan"}
OF_THE_AFFAIR = {**ROAD, "code": "1.03.02.2.01.0001", "plan": 2, "region": B}
BRIDGE = {**ROAD, "title": "Jembatan Sei Alalak"}
UNITS = (("bln", "bulan"), ("kilometer", "km"), ("meter persegi", "m2"), ("ob", "orang bulan"),
         ("org", "orang"))  # fmt: skip


def found(table, of_plans, **more):
    """Return findings by rule, with their facts."""
    told = synchronise(table, of_plans, law=law(units=UNITS), **more)
    return {row["rule"]: {**row, "facts": json.loads(row["facts"])} for row in told.to_dicts()}


@pytest.mark.parametrize("passed_on", [True, False], ids=["passed_on", "own"])
def test_what_a_channel_can_pay_is_asked_of_the_receiver_of_money_that_is_passed_on(passed_on):
    above = plans((PROVINCE, "PROVINSI", 4))
    line = {"title": "Bantuan keuangan kepada Kabupaten Alfa", "is_transfer": passed_on}
    told = found(lines(line), above, amounts=amounts((1, "APBD", 500)))
    assert ("channel_cannot_pay" in told) is not passed_on


@pytest.mark.parametrize(
    ("whole", "general"), [(False, []), (True, [B])], ids=["of_an_agency", "of_the_government"]
)
def test_lines_that_name_no_object_are_told_only_of_plans_that_were_searched(whole, general):
    three = plans(*LOCAL, LOCAL[1]).with_columns(whole=pl.Series([True, True, whole]))
    table = lines(
        {**ROAD, "title": "Ruas 1", "object": "ROAD"},
        OF_THE_AFFAIR,
        {**ROAD, "title": "Ruas 2", "plan": 3, "region": B},
    )
    chosen = promises(("7", "ROAD", A, "", 2026), ("7", "ROAD", B, "", 2026))
    told = found(table, three, promises=chosen)["promise_without_money"]
    assert told["facts"]["general"] == general
    assert told["facts"]["missing"] == ([] if whole else [B])
    assert (3 in told["plans"]) is whole


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("km", "Kilometer", False),
        ("Meter  Persegi", "m2", False),
        ("Org/Bln", "OB", False),
        ("km", "m2", True),
    ],
    ids=["short", "two_words", "composed", "others"],
)
def test_one_unit_in_two_spellings_is_no_conflict(one, other, differ):
    two = {**BRIDGE, "plan": 2, "region": B, "unit": other, "target": 2.0}
    table = lines({**BRIDGE, "unit": one, "target": 2.0}, two)
    told = found(table, plans(*LOCAL), pairs=pairs((1, 2, 0.95, None)))
    assert "same_across" in told
    assert ("units_differ" in told) is differ


def test_targets_in_two_spellings_of_one_unit_are_compared():
    two = {**BRIDGE, "plan": 2, "region": B, "unit": "Kilometer", "target": 20.0}
    table = lines({**BRIDGE, "unit": "km", "target": 2.0}, two)
    told = found(table, plans(*LOCAL), pairs=pairs((1, 2, 0.95, None)))["targets_differ"]
    assert (told["facts"]["unit"], told["facts"]["unit_b"]) == ("km", "Kilometer")
