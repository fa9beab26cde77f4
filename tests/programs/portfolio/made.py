"""Portfolios for tests."""

from decimal import Decimal

from django.utils import timezone

from sinergi.accounts.principal import Principal
from sinergi.programs.actions.portfolio import create_portfolio
from sinergi.programs.actions.portfolio_limits import add_rule, set_ceilings
from sinergi.programs.actions.portfolio_projects import change_project, take_lines
from sinergi.programs.models import (
    Plan,
    Portfolio,
    PortfolioProject,
    PortfolioRun,
    RuleKind,
    RunState,
)
from sinergi.programs.portfolio.rules import PortfolioDetails, ProjectDetails, RuleDetails
from tests.people import asks
from tests.programs.making import a_line, a_plan, a_version, office

MILLION = 1_000_000
LINES = (("Jembatan Citarum", 6, 6.0), ("Jalan Soreang", 5, 5.0), ("Puskesmas Ciwidey", 5, 5.0))
"""Title, cost in million rupiah, score: the knapsack of the analysis tests, with 10 million to spend."""


def a_plan_of_three(channel: str = "") -> Plan:
    """A plan with three lines of 2025."""
    version = a_version(a_plan())
    for title, cost, _score in LINES:
        a_line(version, title, amounts={(2025, channel): cost * MILLION})
    return version.plan


def empty(by: Principal, **fields: object) -> Portfolio:
    """A portfolio of the office for 2025 to 2026."""
    told = {"title": "Portofolio 2025", "first_year": 2025, "last_year": 2026, **fields}
    return create_portfolio(by, office(), PortfolioDetails(**told))


def scored(by: Principal, one: Portfolio, project: PortfolioProject, score: float, **more) -> None:
    """Give a project a score, and start in 2025."""
    channels = tuple(tuple(part["channels"]) for part in project.parts)
    values = {"earliest": 2025, "latest": 2025, "channels": channels, **more}
    change_project(by, one.pk, project.pk, ProjectDetails(score=score, **values))


def knapsack(by: Principal, plan: Plan | None = None) -> Portfolio:
    """The three lines as projects with scores, and 10 million rupiah in 2025."""
    one = empty(by)
    plan = plan or a_plan_of_three()
    version = plan.versions.get()
    take_lines(by, one.pk, plan.pk, set(version.lines.values_list("identity", flat=True)))
    for project, (_title, _cost, score) in zip(one.projects.all(), LINES, strict=True):
        scored(by, one, project, score)
    set_ceilings(by, one.pk, {(2025, ""): Decimal(10 * MILLION)})
    return one


def with_hidden(by: Principal) -> Portfolio:
    """The knapsack and a project in Kota Cimahi, paid by DAK, in a rule, of a plan put away by now."""
    one = knapsack(by)
    version = a_version(a_plan())
    line = a_line(version, "Rahasia", region_code="32.77", amounts={(2025, "DAK_FISIK"): 5})
    take_lines(by, one.pk, version.plan.pk, {line.identity})
    members = (one.projects.first().pk, one.projects.get(title="Rahasia").pk)
    add_rule(by, one.pk, RuleDetails(RuleKind.TOGETHER, members))
    Plan.objects.filter(pk=version.plan_id).update(deleted_at=timezone.now())
    return one


def stored_run(someone, **result) -> PortfolioRun:
    """A run with a result that was computed before."""
    by = asks(someone)
    one = knapsack(by)
    rows = list(one.projects.all())
    told = {
        "status": "time",
        "score": 10.0,
        "bound": 10.5,
        "gap": {"score": 0.5, "share": 0.05, "money": 31_250_000},
        "seconds": 3.2,
        "solver": "highs",
        "unspent": 0,
        "available": 1_000_000_000,
        "chosen": [
            {"project": row.pk, "start": 2025, "amounts": [[2025, "", 500_000_000]]}
            for row in rows[1:]
        ],
        "regions": [["32.04", 1_000_000_000, 10.0, 2]],
        "cells": [[2025, "", 1_000_000_000, 1_000_000_000], [2026, "", 0, 0]],
        "prices": [
            {"kind": "ceiling", "year": 2025, "channel": "", "step": 100_000_000_000, "hint": 3.0,
             "change": 6.0, "low": 5.5, "high": 6.5},
        ],
        **result,
    }  # fmt: skip
    return PortfolioRun.objects.create(
        portfolio=one, state=RunState.DONE, result=told, asked={"seconds": 3}
    )


def other_choices(run: PortfolioRun) -> list[dict]:
    """The choice of a run and another one, with another project in the place of the first."""
    told, rows = run.result, list(run.portfolio.projects.all())
    place = {"start": 2025, "amounts": [[2025, "", 500_000_000]]}
    chosen = [{"project": row.pk, **place} for row in (rows[0], rows[2])]
    first = {key: told[key] for key in ("score", "chosen", "regions", "cells")}
    regions = [["32.04", 500_000_000, 6.0, 1], ["32.73", 500_000_000, 4.0, 1]]
    first["regions"] = [*told["regions"], ["32.73", 0, 0.0, 0]]
    second = {**first, "score": 9.9, "chosen": chosen, "regions": regions}
    return [{**first, "lost": 0.0, "differs": 0.6}, {**second, "lost": 0.01, "differs": 0.6}]
