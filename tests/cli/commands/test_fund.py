"""Funding and the flow of money from the command line."""

import json

import pytest

from sinergi.programs.models import PlanKind
from tests.programs.making import a_line, a_plan, a_version

pytestmark = pytest.mark.usefixtures("shipped")


def rows(told):
    assert told.code == 0, told.err
    return json.loads(told.out)


@pytest.fixture
def line(shipped):
    plan = a_plan(kind=PlanKind.APBD, first_year=2027)
    return a_line(a_version(plan), amounts={(2027, "DAU_BG"): 1500, (2027, ""): 250})


def test_a_situation_is_answered(run):
    arguments = ("--region", "32.04", "--code", "1.03.10.2.01.0004", "--year", "2027", "--physical")
    found = {one["channel"]: one for one in rows(run("fund", *arguments, "--format", "json"))}
    assert found["APBD_KABKOTA"]["answer"] == "could pay"
    assert found["APBD_PROV"]["answer"] == "could not pay"
    assert "about February 2026 to May 2026" in found["DAK_FISIK"]["proposals"]
    against = found["APBD_PROV"]["why"]
    assert any("speaks against it: " in one for one in against), against


def test_a_line_and_a_plan_are_answered(run, line):
    assert len(rows(run("fund", "--line", line.identity, "--format", "json"))) == 22
    found = rows(run("fund", "--plan", line.version.plan_id, "--format", "json"))
    assert [(one["title"], one["total"]) for one in found] == [(line.title, "1750.00")]


@pytest.mark.parametrize("identity", ["x", "0d7f6a4e-4b1c-4f0e-9a53-5f6f0a2f7c11"])
def test_a_line_that_is_not_there_is_told(run, identity):
    told = run("fund", "--line", identity)
    assert told.code != 0
    assert "There is no line" in told.err


def test_a_region_that_is_not_there_is_told(run):
    assert "Nirwana" in run("fund", "--region", "Kota Nirwana Xyz").err


def test_a_menu_is_loaded(run, tmp_path):
    path = tmp_path / "menu.csv"
    path.write_text("channel,year,code,title,source\nDAK_FISIK,2027,1.03,Jalan,Perpres contoh\n")
    assert "DAK_FISIK 2027: 1" in run("fund", "--load-menu", path).out
    assert run("fund", "--load-menu", tmp_path / "other.csv").code != 0


def test_the_ledger_adds_up(run, line):
    found = rows(run("ledger", "--format", "json"))
    told = [(one["code"], one["amount"]) for one in found]
    assert told == [("DAU_BG", "1500.00"), ("", "250.00"), ("", "1750.00")]
    years = sorted(set(line.amounts.values_list("year", flat=True)))
    assert found[-1]["name"] == f"Together {', '.join(map(str, years))}"


def test_what_several_plans_name_outside_budgets_is_told_beside_the_ledger(run, line):
    assert "Left out" not in run("ledger", "--format", "json").err
    for region, kind in (("32.04", PlanKind.RKPD), ("ID", PlanKind.RKP)):
        plan = a_plan(region_code=region, kind=kind, first_year=2030, last_year=2030)
        a_line(a_version(plan), amounts={(2030, "TP"): 100})
    told = run("ledger", "--by", "holder", "--year", "2030", "--format", "json")
    assert [(one["code"], one["amount"]) for one in rows(told)] == [
        ("ID", "100.00"),
        ("", "100.00"),
    ]
    assert (
        "Left out, because another plan names the same money outside budgets: Rp 100." in told.err
    )


def test_a_year_in_which_others_hold_the_money_is_no_year_without_money(run, line):
    found = rows(run("ledger", "--year", 2027, "--region", "63.71", "--format", "json"))
    assert [one["amount"] for one in found] == ["0.00"]


def test_a_stage_that_does_not_exist_is_told(run):
    unplanned = run("ledger", "--year", 2031)
    assert unplanned.code != 0
    assert "No plan that you may read has money in 2031." in unplanned.err
    told = run("ledger", "--stage", "rup")
    assert told.code != 0
    assert "rkpd" in told.err
