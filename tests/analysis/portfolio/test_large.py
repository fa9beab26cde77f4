"""Large projects first: a level at a time, with a bound that holds for all choices."""

import numpy as np
import pytest
from scipy import sparse

from bench.portfolio_instances import Shape, instance
from sinergi.analysis.portfolio.large import descend, parts_of, pays
from sinergi.analysis.portfolio.options import options_of
from sinergi.analysis.portfolio.program import Limits, Program
from sinergi.analysis.portfolio.relaxation import relax
from sinergi.analysis.portfolio.search import CLOSE, Problem, Search
from sinergi.analysis.portfolio.solvers import highs, solver_of
from tests.analysis.portfolio.small import plain

LIMITS = Limits(60.0)
MANY = Shape(2_000, seed=5)


def one_ceiling(profit: list[float], costs: list[float], most: float) -> Program:
    matrix = sparse.csr_array(np.array([costs]))
    return Program(np.array(profit), matrix, np.array([-np.inf]), np.array([most]))


def test_the_part_of_a_ceiling_is_that_of_the_tightest():
    made = plain([1, 1], [[6, 1], [2, 2]], [[10, 4]])
    assert parts_of(made, options_of(made)).tolist() == [0.6, 0.5]


def test_what_is_carried_over_counts_against_the_sum():
    made = plain([1.0], [[6]], [[10], [10]], carries=np.array([True]))
    assert parts_of(made, options_of(made)).tolist() == [0.6]


@pytest.mark.parametrize(("small", "worth"), [(2, True), (1, False)])
def test_levels_need_enough_small_projects(small, worth):
    parts = np.array([0.5, 0.5, 0.5])
    parts[:small] = 0.01
    assert pays(parts) == worth


def test_large_ones_are_taken_whole_and_small_ones_fill_what_is_left():
    program = one_ceiling([60.0, 50.0, 3.0, 1.0], [6.0, 5.0, 3.0, 2.0], 10.0)
    parts = np.array([0.6, 0.5, 0.005, 0.005])
    found = descend((program, program), parts, LIMITS, highs.solve)
    assert found.values.tolist() == pytest.approx([1, 0, 1, 0.5])
    assert found.bound == pytest.approx(63.5)


def test_without_a_choice_of_the_large_ones_there_is_none():
    program = one_ceiling([1.0, 1.0], [6.0, 5.0], -1.0)
    found = descend((program, program), np.array([0.6, 0.5]), LIMITS, highs.solve)
    assert found.values is None


def test_many_small_projects_lead_close_to_the_bound_at_once():
    problem = Problem.of(instance(MANY))
    relaxed = relax(problem.model, problem.options, 60.0)
    search = Search(problem, relaxed, solver_of("highs"), 0, lambda _taken: None, 600.0)
    search.begin(600.0)
    assert problem.kept(search.best)
    unit = problem.model.unit
    assert search.best_score <= search.bound * unit <= relaxed.bound * unit
    assert search.bound * unit - search.best_score <= 4 * CLOSE * search.best_score


def test_a_tilt_leads_elsewhere_and_changes_no_score():
    problem = Problem.of(instance(MANY))
    relaxed = relax(problem.model, problem.options, 60.0)
    begun = []
    for tilt in (None, np.where(np.arange(len(problem.options)) % 2, 0.9, 1.0)):
        tell = lambda _taken: None  # noqa: E731
        search = Search(problem, relaxed, solver_of("highs"), 0, tell, 600.0, tilt)
        search.begin(600.0)
        begun.append(search)
    plainly, tilted = begun
    assert not np.array_equal(plainly.best >= 0, tilted.best >= 0)
    assert tilted.best_score == problem.score(tilted.best)
    assert tilted.bound == relaxed.bound
