"""Every solver, bound and heuristic against the best of all choices."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import example, given, settings

from sinergi.analysis.portfolio import check, process, score_of, solve
from sinergi.analysis.portfolio.instance import SCORE_UNITS
from sinergi.analysis.portfolio.program import Limits
from sinergi.analysis.portfolio.relaxation import bound_of, priced, program_of, relax
from sinergi.analysis.portfolio.search import Problem, Search
from sinergi.analysis.portfolio.solvers import highs, scip
from sinergi.analysis.portfolio.solving import GIB
from sinergi.analysis.portfolio.task import PROVE, Task
from tests.analysis.portfolio.small import brute, instances, plain

KNAPSACK = plain([6, 5, 5], [[6], [5], [5]], [[10]])


@pytest.mark.parametrize("solver", [highs.solve, scip.solve], ids=["highs", "scip"])
def test_a_solver_finds_the_best_of_all_choices(solver):
    @example(KNAPSACK)
    @given(instances())
    @settings(max_examples=60)
    def finds(instance):
        best, problem = brute(instance), Problem.of(instance)
        if (
            not len(problem.options)
            or (np.diff(problem.options.begin)[problem.options.must] == 0).any()
        ):
            return
        found = solver(program_of(problem.model, problem.options), Limits(120.0))
        assert found.proven
        assert (found.values is None) == (best is None)
        if best is not None:
            taken = problem.taken(found.values)
            assert problem.kept(taken)
            assert problem.score(taken) / SCORE_UNITS == pytest.approx(best, abs=1e-9)
            assert found.bound * problem.model.unit / SCORE_UNITS >= best - 1e-6

    finds()


@given(instances())
@settings(max_examples=60)
def test_no_choice_scores_above_the_bound_of_the_relaxation(instance):
    best, problem = brute(instance), Problem.of(instance)
    relaxed = relax(problem.model, problem.options, 120.0)
    if best is None:
        return
    assert relaxed is not None
    assert relaxed.bound * problem.model.unit / SCORE_UNITS >= best - 1e-9


@given(instances())
@settings(max_examples=40)
def test_the_bound_holds_whatever_the_prices_are(instance):
    best, problem = brute(instance), Problem.of(instance)
    if best is None:
        return
    prices = np.random.default_rng(3).normal(0, 2, len(problem.model.labels))
    bound, _reduced = bound_of(problem.model, problem.options, prices)
    assert bound * problem.model.unit / SCORE_UNITS >= best - 1e-9


def test_a_price_of_the_wrong_sign_costs_nothing_wherever_it_is_told():
    model = Problem.of(KNAPSACK).model
    price, worth = priced(model, np.array([-1e-12]))
    assert (price.tolist(), worth.tolist()) == ([0.0], [0.0])
    price, worth = priced(model, np.array([2.0]))
    assert worth.tolist() == [2.0 * float(model.upper[0])]


def test_what_is_scarce_stays_finite_where_a_solver_tells_a_price_of_the_wrong_sign(monkeypatch):
    made = plain([6, 5, 5], [[6, 0], [5, 0], [5, 1]], [[10, 9]])
    task = Task(
        instance=made, role=PROVE, solver="highs", seconds=60.0, gap=0.0, seed=0, threads=1,
        alone=True, plain=False, start=None, memory=GIB,
    )  # fmt: skip
    told = []
    wire = SimpleNamespace(tell=lambda **message: told.append(message))
    right = process.relax

    def wrong(*given):
        relaxed = right(*given)
        return replace(relaxed, dual=np.where(relaxed.dual == 0, -1e-13, relaxed.dual))

    monkeypatch.setattr(process, "relax", wrong)
    process.Work(task, wire).relaxed()
    [scarce] = [message["scarce"] for message in told if message["kind"] == "relaxed"]
    assert 0 < scarce < np.inf


@given(instances())
@settings(max_examples=40)
def test_search_offers_only_choices_that_keep_every_rule_and_never_beats_the_best(instance):
    best, problem = brute(instance), Problem.of(instance)
    relaxed = relax(problem.model, problem.options, 120.0)
    if relaxed is None:
        assert best is None
        return
    if not len(problem.options):
        return
    offered = []
    search = Search(problem, relaxed, highs.solve, 1, offered.append)
    search.begin(120.0)
    for _round in range(3):
        search.step(60.0)
    for taken in offered:
        choice = problem.options.choice(taken)
        assert check(instance, choice) == []
        assert score_of(instance, choice) <= best + 1e-9
    if best is not None:
        assert search.best_score / SCORE_UNITS == pytest.approx(best, abs=1e-9)


@given(instances(most=4))
@settings(max_examples=8)
def test_solving_in_processes_finds_the_best_or_proves_that_there_is_nothing(instance):
    best = brute(instance)
    result = solve(instance, seconds=120)
    if best is None:
        assert result.status == "infeasible"
        assert result.choice is None
        return
    assert result.status == "optimal"
    assert result.score == pytest.approx(best, abs=1e-9)
    assert check(instance, result.choice) == []


@pytest.mark.parametrize("solver", ["highs", "scip", "cpsat"])
def test_solvers_agree_on_a_worked_knapsack(solver):
    result = solve(KNAPSACK, seconds=120, solver=solver)
    assert result.status == "optimal"
    assert result.score == 10.0
    assert result.choice.chosen.tolist() == [False, True, True]
    assert result.unspent == 0
    assert result.gap.score == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("solver", ["highs", "scip", "cpsat"])
def test_a_solver_left_alone_agrees_too(solver):
    assert solve(KNAPSACK, seconds=120, solver=solver, plain=True).score == 10.0
