"""Governments that share the cost of one work do it once: their lines are no duplicates."""

import polars as pl
import pytest

from sinergi.analysis.synchronise import JOINT, synchronise
from tests.analysis.synchronise.making import LOCAL, A, B, amounts, law, lines, pairs, plans

LANDFILL = {
    "code": "2.11.11.2.01.0020",
    "title": "Iuran TPA Regional Banjarbakula",
    "object": "LANDFILL",
}
SHARED = law(shares=frozenset({"SHARE"}))


def rules_of(*channels, joint=None, **other):
    """Rules of what is found of one line in each of two plans, paid from channels."""
    table = lines(LANDFILL, {**LANDFILL, "plan": 2, "region": B, **other})
    paid = amounts(*((number, channel, 500) for number, channel in enumerate(channels, 1)))
    told = synchronise(
        table, plans(*LOCAL), pairs=pairs((1, 2, 0.97, None)), amounts=paid, joint=joint, law=SHARED
    )
    return set(told.filter(pl.col("kind").is_in(["duplicate", "overlap", "funding"]))["rule"])


def of_joint(*rows):
    return pl.DataFrame(list(rows), schema=JOINT, orient="row")


def test_two_who_pay_it_from_their_own_money_do_it_twice():
    assert "same_across" in rules_of("APBD", "APBD")


@pytest.mark.parametrize(
    ("channels", "objects"),
    [(("SHARE", "SHARE"), ""), (("SHARE", "APBD"), "LANDFILL")],
    ids=["both_shares", "one_share_of_one_object"],
)
def test_two_who_pay_shares_of_it_do_it_once(channels, objects):
    assert not rules_of(*channels, object=objects)


def test_a_share_and_a_line_on_something_else_can_be_one_work_twice():
    assert "same_across" in rules_of("SHARE", "APBD", object="ROAD")


def test_lines_of_one_joint_object_are_no_duplicates_however_they_are_paid():
    assert not rules_of("DAK", "DAK", joint=of_joint((1, "7"), (2, "7")))
    assert rules_of("DAK", "DAK", joint=of_joint((1, "7"), (2, "8"))) == {
        "same_across",
        "paid_twice",
    }


def test_a_share_that_one_government_planned_twice_is_a_duplicate():
    table = lines(
        {**LANDFILL, "agency": "Dinas A"}, {**LANDFILL, "agency": "Dinas A", "place": "Cempaka"}
    )
    paid = amounts((1, "SHARE", 500), (2, "SHARE", 500))
    told = synchronise(
        table, plans((A, "KABKOTA", 2)), pairs=pairs((1, 2, 0.97, None)), amounts=paid,
        joint=of_joint((1, "7"), (2, "7")), law=SHARED,
    )  # fmt: skip
    assert "same_in_plan" in told["rule"].to_list()
