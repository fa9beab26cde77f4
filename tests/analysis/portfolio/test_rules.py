"""The independent check, validation, ways of paying, and what is refused."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergi.analysis.errors import InputError
from sinergi.analysis.portfolio import (
    PPM,
    Alternatives,
    Choice,
    Different,
    Joint,
    Pin,
    Precedence,
    RegionShare,
    SolverMissingError,
    UnknownSolverError,
    Violation,
    check,
    solve,
    solvers,
    spending,
    validate,
    ways_of,
)
from sinergi.analysis.portfolio.options import options_of
from tests.analysis.portfolio.small import instances, plain

TWO = plain([3, 4], [[5], [7]], [[6], [6]])


def chosen(*start: int) -> Choice:
    return Choice(np.array(start), np.where(np.array(start) >= 0, 0, -1))


def test_money_above_a_ceiling_is_told_to_the_last_unit():
    assert check(TWO, chosen(0, 1)) == [Violation("ceiling", (1, 0), 1)]


def test_money_of_one_year_is_not_usable_in_another_unless_it_carries_over():
    carried = replace(TWO, carries=np.array([True]))
    assert check(carried, chosen(0, 1)) == []
    assert check(carried, chosen(1, 0)) == [Violation("ceiling", (0, 0), 1)]


@pytest.mark.parametrize(
    ("rules", "start", "broken"),
    [
        ({"precedences": (Precedence(0, 1),)}, (-1, 0), "precedence"),
        ({"precedences": (Precedence(0, 1, 1),)}, (0, 0), "precedence"),
        ({"precedences": (Precedence(0, 1, 1),)}, (0, 1), None),
        ({"alternatives": (Alternatives((0, 1)),)}, (0, 1), "alternatives"),
        ({"alternatives": (Alternatives((0, 1), exactly=True),)}, (-1, -1), "alternatives"),
        ({"alternatives": (Alternatives((0, 1)),)}, (-1, -1), None),
        ({"joints": (Joint((0, 1)),)}, (0, -1), "joint"),
        ({"joints": (Joint((0, 1)),)}, (0, 1), None),
        ({"pins": (Pin(0, chosen=True),)}, (-1, 0), "pin"),
        ({"pins": (Pin(0, chosen=True, start=1),)}, (0, -1), "pin"),
        ({"pins": (Pin(0, chosen=False),)}, (0, -1), "pin"),
        ({"different": (Different((0,), 200_000),)}, (0, -1), "different"),
        ({"different": (Different((0,), 200_000),)}, (0, 1), None),
        ({"shares": (RegionShare(0, minimum=600_000),)}, (0, -1), "minimum"),
        ({"shares": (RegionShare(0, maximum=200_000),)}, (0, -1), "maximum"),
        ({"shares": (RegionShare(0, maximum=900_000, base="chosen"),)}, (0, -1), "maximum"),
    ],
)
def test_each_kind_of_rule_is_checked(rules, start, broken):
    found = check(replace(plain([3, 4], [[5], [6]], [[11], [11]]), **rules), chosen(*start))
    assert [one.kind for one in found] == ([broken] if broken else [])


def test_a_missing_share_is_told_in_money():
    made = replace(TWO, shares=(RegionShare(0, minimum=PPM),))
    assert check(made, chosen(0, -1)) == [Violation("minimum", (0,), 7)]


def test_a_choice_that_is_none_is_told_and_nothing_else():
    assert [one.kind for one in check(TWO, chosen(5, -1))] == ["form"]
    assert [one.kind for one in check(TWO, chosen(0))] == ["form"]


@given(instances())
def test_what_an_allowed_choice_spends_is_within_the_ceilings(instance):
    options = options_of(instance)
    for option in range(len(options)):
        taken = np.full(instance.projects, -1)
        taken[options.project[option]] = option
        choice = options.choice(taken)
        assert (options.taken(choice) == taken).all()
        assert (spending(instance, choice) == options.cost[option]).all()
        assert "ceiling" not in {one.kind for one in check(instance, choice)}


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"score": np.array([1.0, -1.0])}, "score, row 2"),
        ({"score": np.array([1.0, np.nan])}, "score, row 2"),
        ({"cost": np.array([[[5]], [[-7]]])}, "cost, row 2"),
        ({"ceilings": np.array([[-1], [3]])}, "ceilings, row 1"),
        ({"cost": np.full((2, 1, 1), 2**61)}, "cost"),
        ({"score": np.full(2, 1e13)}, "score"),
        ({"first": np.array([0])}, "first"),
        ({"first": np.array([2, 0]), "last": np.array([2, 1])}, "first, row 1"),
        ({"first": np.array([1, 0]), "last": np.array([0, 1])}, "first, row 1"),
        ({"way_project": np.array([1, 0])}, "way_project"),
        ({"benefit": np.full((2, 2), 600_000)}, "benefit, row 1"),
        ({"precedences": (Precedence(0, 2),)}, "precedences"),
        ({"precedences": (Precedence(0, 0),)}, "precedences"),
        ({"alternatives": (Alternatives((0, 0)),)}, "alternatives"),
        ({"joints": (Joint((0, 9)),)}, "joints"),
        ({"shares": (RegionShare(4, minimum=1),)}, "shares"),
        ({"shares": (RegionShare(0, minimum=5, maximum=4),)}, "shares, region 0"),
        ({"pins": (Pin(0, chosen=True), Pin(0, chosen=False))}, "pins"),
        ({"pins": (Pin(0, chosen=True, start=7),)}, "pins"),
        ({"pins": (Pin(0, chosen=True, way=3),)}, "pins"),
        ({"pins": (Pin(7, chosen=True),)}, "pins"),
    ],
)
def test_what_cannot_mean_anything_is_refused_where_it_stands(changes, where):
    with pytest.raises(InputError) as refused:
        validate(replace(TWO, **changes))
    assert refused.value.where == where


def test_an_unknown_solver_is_refused_with_those_that_exist():
    with pytest.raises(UnknownSolverError, match="highs, cpsat, scip"):
        solve(TWO, solver="gurobi")


def test_a_solver_that_is_not_installed_is_refused_with_the_extra_that_brings_it(monkeypatch):
    monkeypatch.setitem(solvers.PACKAGES, "scip", "no_such_package_here")
    with pytest.raises(SolverMissingError, match=r"sinergi\[solvers\]"):
        solve(TWO, solver="scip")


@pytest.mark.parametrize(
    "limits", [{"seconds": 0}, {"gap": 1.0}, {"workers": 0}, {"memory": 1}], ids=str
)
def test_limits_out_of_range_are_refused(limits):
    with pytest.raises(InputError):
        solve(TWO, **limits)


def test_nothing_to_choose_is_an_optimal_choice_of_nothing():
    result = solve(plain([1], [[5]], [[4]]))
    assert (result.status, result.score, result.bound, result.unspent) == ("optimal", 0, 0, 4)


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=3), st.integers(1, 4))
def test_ways_of_paying_lose_no_unit(amounts, steps):
    found = ways_of([(amounts, [0, 2])], 3, steps=steps)
    assert (found.sum(axis=2) == np.array(amounts)).all()
    assert (found[:, :, 1] == 0).all()


def test_a_part_that_two_channels_may_pay_has_two_ways_and_halves_make_three():
    assert len(ways_of([([10], [0, 1])], 2)) == 2
    assert len(ways_of([([10], [0, 1])], 2, steps=2)) == 3


@pytest.mark.parametrize("parts", [[([1], [])], [([1], range(9))] * 3], ids=["none", "too many"])
def test_parts_without_a_channel_or_with_too_many_are_refused(parts):
    with pytest.raises(InputError):
        ways_of(parts, 9)
