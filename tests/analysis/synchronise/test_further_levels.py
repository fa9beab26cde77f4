"""Governments that hold what elsewhere another level holds: nothing is said against their own lines."""

import polars as pl
import pytest

from sinergi.analysis.synchronise import synchronise
from sinergi.analysis.synchronise.tables import CLAIMS
from tests.analysis.synchronise.making import NOMENCLATURE, PROVINCE, A, law, lines, plans

SCHOOL = {"plan": 1, "code": "1.01.02.2.02.0001", "region": PROVINCE}
CLAIM = pl.DataFrame([(r"\bsmpn?\b", "1.01", "KABKOTA", "smp")], schema=CLAIMS, orient="row")
HELD = {
    "nowhere": (),
    "all_affairs": ((PROVINCE, "PROVINSI", "KABKOTA", ""),),
    "of_schools": ((PROVINCE, "PROVINSI", "KABKOTA", "1.01"),),
    "of_roads": ((PROVINCE, "PROVINSI", "KABKOTA", "1.03"),),
    "elsewhere": (("1", "PROVINSI", "KABKOTA", ""),),
}


def rules(table, further, *of_plans):
    told = law(further=further, claims=CLAIM, nomenclature=NOMENCLATURE)
    return set(synchronise(table, plans(*of_plans), law=told)["rule"])


@pytest.mark.parametrize(
    ("held", "refused"),
    [("nowhere", True), ("all_affairs", False), ("of_schools", False), ("of_roads", True),
     ("elsewhere", True)],
)  # fmt: skip
@pytest.mark.parametrize(
    ("line", "rule"),
    [
        (SCHOOL, "level_not_holder"),
        ({**SCHOOL, "code": "", "title": "Rehab total SMPN 5"}, "names_other_level"),
    ],
    ids=["by_code", "by_title"],
)
def test_a_line_of_a_level_that_is_held_too_is_not_told(line, rule, held, refused):
    found = rules(lines(line), HELD[held], (PROVINCE, "PROVINSI", 2))
    assert (rule in found) == refused


def test_an_object_of_a_level_that_is_held_too_lacks_nobody():
    table = lines({"plan": 1, "object": "IRRIGATION"}, {"plan": 2, "code": "1.03.10.1.01.0001"})
    both = ((A, "KABKOTA", 2), (PROVINCE, "PROVINSI", 2))
    assert "level_required" in rules(table, (), *both)
    assert "level_required" not in rules(table, ((PROVINCE, "KABKOTA", "PROVINSI", "1.03"),), *both)


def test_governments_of_another_level_hold_no_more_than_before():
    of_province = {**SCHOOL, "code": "1.01.02.1.01.0001", "region": A}
    further = ((PROVINCE, "PROVINSI", "KABKOTA", ""),)
    assert "level_not_holder" in rules(lines(of_province), further, (A, "KABKOTA", 2))
