"""What a channel cannot pay for: by which limit, of which year, and how sure that is."""

import json

import polars as pl
import pytest

from sinergi.analysis.synchronise import synchronise
from sinergi.analysis.synchronise.tables import LIMITS
from tests.analysis.synchronise.making import BILLION, LOCAL, amounts, law, lines, plans

ROAD = {"code": "1.03.10.2.01.0001"}


def limit(allowed, *, year=None, sourced=False, why="recipient", channel="DAK"):
    """A limit of a channel."""
    provenance = "sourced" if sourced else "knowledge; verify"
    return (channel, why, year, allowed, "Permen 1", provenance, sourced)


def found(line, *limits, paid=((1, "DAK", 2 * BILLION),)):
    """What is told of channels, with its figures."""
    of = law(limits=pl.DataFrame(list(limits), schema=LIMITS, orient="row"))
    told = synchronise(lines(line), plans(*LOCAL), amounts=amounts(*paid), law=of)
    told = told.filter(rule="channel_cannot_pay")
    return [{**row, "facts": json.loads(row["facts"])} for row in told.to_dicts()]


@pytest.mark.parametrize(
    ("sourced", "weight"), [(True, 3), (False, 2)], ids=["sourced", "knowledge"]
)
def test_a_limit_from_knowledge_is_at_most_to_settle_and_says_so(sourced, weight):
    (told,) = found(ROAD, limit(["PROVINSI"], sourced=sourced))
    assert told["severity"] == weight
    facts = told["facts"]
    assert (facts["source"], facts["of_year"]) == ("Permen 1", None)
    assert facts["provenance"] == ("sourced" if sourced else "knowledge; verify")


def test_a_limit_of_which_no_source_is_known_is_at_most_to_settle():
    (told,) = found({"code": "2.09.03.2.01"}, paid=((1, "DAU_SG", 2 * BILLION),))
    assert (told["severity"], told["facts"]["provenance"]) == (2, "")


def test_the_rule_of_the_year_of_the_money_goes_before_the_usual_one():
    usual = limit(["PROVINSI"])
    assert found(ROAD, usual, limit(["KABKOTA"], year=2026)) == []
    (told,) = found(ROAD, usual, limit(["PUSAT"], year=2026, sourced=True))
    assert (told["facts"]["of_year"], told["severity"]) == (2026, 3)
    (told,) = found(ROAD, usual, limit(["KABKOTA"], year=2027))
    assert told["facts"]["of_year"] is None


@pytest.mark.parametrize("code", ["X.XX.01.2.01.0001", "X", ""])
def test_a_code_that_any_affair_uses_is_of_no_other_affair(code):
    assert found({"code": code}, paid=((1, "DAU_SG", 500),)) == []


def test_one_line_with_money_of_several_years_counts_once():
    paid = pl.concat(
        [
            amounts((1, "DAK", 300)),
            amounts((1, "DAK", 200)).with_columns(year=pl.lit(2027, pl.Int16)),
        ]
    )
    of = law(limits=pl.DataFrame([limit(["PROVINSI"])], schema=LIMITS, orient="row"))
    told = synchronise(lines(ROAD), plans(*LOCAL), amounts=paid, law=of)
    told = told.filter(rule="channel_cannot_pay")
    assert told["stake"].to_list() == [500]
    assert json.loads(told["facts"][0])["n"] == 1
