"""What is kept of plans is what would be computed anew: changed after a change, and to each his own."""

from dataclasses import replace
from decimal import Decimal

import pytest

from sinergi.accounts.principal import operator
from sinergi.programs.actions.lines import edit_line
from sinergi.programs.actions.menus import load_menus
from sinergi.programs.actions.money import change_transfer, record_transfer
from sinergi.programs.funding import May
from sinergi.programs.joint import TransferDetails
from sinergi.programs.models import PlanLine
from sinergi.programs.queries import funding_lines, money
from sinergi.programs.queries.funding_plan import Narrowed, plan_funded
from sinergi.programs.queries.keeping import Shelf
from sinergi.programs.queries.money import Scope, draw_up
from sinergi.programs.rules import Amount, line_details
from tests.programs.making import a_line, a_plan, a_version, many_lines, planner, public, stranger

MENU = b"channel,year,code,title,source\nDAK_FISIK,2025,1.04,Perumahan,Perpres contoh\n"


def test_what_was_used_longest_ago_falls_off():
    made: list[str] = []

    def ask(shelf: Shelf[str], key: str) -> None:
        shelf.get(key, lambda: made.append(key) or key)

    shelf: Shelf[str] = Shelf(2, lambda _one: 1)
    for key in ("a", "b", "a", "c", "a", "b"):
        ask(shelf, key)
    assert made == ["a", "b", "c", "b"]


def test_one_answer_is_kept_whatever_it_weighs():
    shelf: Shelf[str] = Shelf(2, len)
    assert shelf.get("long", lambda: "much too long") == "much too long"
    assert shelf.get("long", lambda: "made again") == "much too long"
    shelf.clear()
    assert len(shelf) == 0


@pytest.fixture
def line(db) -> PlanLine:
    return a_line(a_version(a_plan()), amounts={2025: 5_000_000})


@pytest.fixture
def computed(monkeypatch) -> list[str]:
    """Name each time that something is computed."""
    told: list[str] = []
    for module, name in ((funding_lines, "_answer"), (money, "_draw_up")):
        real = getattr(module, name)

        def counting(*args, _real=real, _name=name):
            told.append(_name)
            return _real(*args)

        monkeypatch.setattr(module, name, counting)
    return told


def with_amount(line: PlanLine, rupiah: int) -> None:
    paid = (Amount(2025, "", Decimal(rupiah)),)
    edit_line(operator(), line.pk, replace(line_details(line), amounts=paid), keep=True)


def test_funding_of_a_plan_is_found_once_and_anew_after_a_change(line, computed):
    number = line.version.plan_id
    assert plan_funded(operator(), number, Narrowed()).money == 5_000_000
    assert plan_funded(operator(), number, Narrowed(words="citarum")).lines == 1
    assert computed == ["_answer"]
    with_amount(line, 7_000_000)
    assert plan_funded(operator(), number, Narrowed()).money == 7_000_000
    assert computed == ["_answer", "_answer"]


def test_a_menu_that_is_loaded_changes_kept_answers(line):
    def may() -> list[May]:
        rows = plan_funded(operator(), line.version.plan_id, Narrowed()).rows
        return [one.may for one in rows[0].answers if one.code == "DAK_FISIK"]

    assert may() == [May.DEPENDS]
    load_menus(operator(), MENU)
    assert may() == [May.NO]


def test_the_ledger_is_drawn_up_once_and_anew_after_a_change(line, computed):
    assert draw_up(operator(), Scope()).ledger.total == 500_000_000
    assert draw_up(operator(), Scope()).ledger.total == 500_000_000
    assert computed == ["_draw_up"]
    with_amount(line, 7_000_000)
    assert draw_up(operator(), Scope()).ledger.total == 700_000_000


def test_a_recorded_transfer_changes_a_kept_ledger(line):
    by = planner(line.version.plan.organisation)
    details = TransferDetails("32", "32.04", 2025, Decimal(3_000_000))
    assert len(draw_up(by, Scope()).ledger.edges) == 0
    row = record_transfer(by, line.version.plan.organisation, details)
    assert draw_up(by, Scope()).ledger.edges[0].amount == 300_000_000
    change_transfer(by, row.pk, replace(details, amount=Decimal(4_000_000)))
    assert draw_up(by, Scope()).ledger.edges[0].amount == 400_000_000


def test_what_is_kept_for_one_is_not_shown_to_another(line):
    assert draw_up(planner(line.version.plan.organisation), Scope()).ledger.total
    assert draw_up(stranger(), Scope()).ledger.total == 0
    public(line.version.plan)
    assert draw_up(stranger(), Scope()).ledger.total


def test_sums_beyond_whole_numbers_of_the_database_are_exact(db):
    version = a_version(a_plan())
    many_lines(version, 93, total=Decimal(10**15))
    found = plan_funded(operator(), version.plan_id, Narrowed())
    assert found.money == found.unstated == 93 * Decimal(10**15)
    assert max(max(one.money.values(), default=0) for one in found.channels.values()) == found.money
