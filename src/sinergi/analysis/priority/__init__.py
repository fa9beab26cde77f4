"""Putting alternatives in an order by several criteria: scales, weights, methods, and how firm it all is.

Missing is NaN and stays missing: it lowers the coverage of an alternative and opens the interval of its
score; it never becomes a zero or a mean.
"""

from sinergi.analysis.priority.additive import (
    Scores,
    coverage,
    topsis,
    weighted_product,
    weighted_sum,
)
from sinergi.analysis.priority.ahp import Judgement, Weighing, circles, connected, matrix_of, weigh
from sinergi.analysis.priority.compare import (
    Outcome,
    distances,
    prioritise,
    reversals,
    turning_points,
    without_each,
)
from sinergi.analysis.priority.draws import Acceptability, acceptability, draw_scores
from sinergi.analysis.priority.electre import electre
from sinergi.analysis.priority.methods import METHODS, run_all
from sinergi.analysis.priority.promethee import promethee
from sinergi.analysis.priority.ranks import bands, kendall_tau, kendall_w, ranks
from sinergi.analysis.priority.reversals import Reversal, Trial, rank_reversals
from sinergi.analysis.priority.scales import SCALES, SHAPES, Criterion, Table, table
from sinergi.analysis.priority.sensitivity import Turn, Without, distance, turns, without
from sinergi.analysis.priority.weights import GroupWeights, critic, entropy, equal, group, shares

__all__ = [
    "METHODS",
    "SCALES",
    "SHAPES",
    "Acceptability",
    "Criterion",
    "GroupWeights",
    "Judgement",
    "Outcome",
    "Reversal",
    "Scores",
    "Table",
    "Trial",
    "Turn",
    "Weighing",
    "Without",
    "acceptability",
    "bands",
    "circles",
    "connected",
    "coverage",
    "critic",
    "distance",
    "distances",
    "draw_scores",
    "electre",
    "entropy",
    "equal",
    "group",
    "kendall_tau",
    "kendall_w",
    "matrix_of",
    "prioritise",
    "promethee",
    "rank_reversals",
    "ranks",
    "reversals",
    "run_all",
    "shares",
    "table",
    "topsis",
    "turning_points",
    "turns",
    "weigh",
    "weighted_product",
    "weighted_sum",
    "without",
    "without_each",
]
