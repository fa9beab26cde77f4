"""Packages of an agency against its whole budget, beside what is told of single lines."""

import pytest

from sinergi.analysis.synchronise import synchronise
from tests.analysis.synchronise.making import BILLION, A, law, lines, plans

OF = ((A, "KABKOTA", 4), (A, "KABKOTA", 5))
DUE = {"agency": "Dinas A", "activity": "Pelebaran jalan"}
BOUGHT = {**DUE, "plan": 2, "title": "Pelebaran jalan"}


@pytest.mark.parametrize(
    ("other", "rules"),
    [
        (0, {"package_over_line"}),
        (BILLION // 2, {"package_over_line"}),
        (3 * BILLION, {"package_over_line", "agency_over_budget"}),
    ],
    ids=["line tells all", "agency has money left", "agency exceeds more"],
)
def test_an_agency_is_told_only_where_its_lines_do_not_tell_as_much(other, rules):
    table = lines(
        {**DUE, "title": "Pelebaran jalan"},
        {**DUE, "title": "Taman", "activity": "Taman"},
        {**BOUGHT, "amount": 3 * BILLION},
        {**BOUGHT, "title": "Bangku", "activity": "", "amount": other},
    )
    told = synchronise(table, plans(*OF), law=law())
    assert set(told["rule"]) == rules
