"""One run: choose, seek other choices, ask for prices, or explain why nothing can be chosen."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts.errors import InvalidError
from sinergi.accounts.principal import Principal
from sinergi.analysis.portfolio import (
    Choice,
    Difference,
    Instance,
    Pin,
    Result,
    Violation,
    conflict_of,
    hints,
    price_of_money,
    price_of_share,
    promised,
    solve,
    variants,
    wish,
)
from sinergi.programs.models import Portfolio, PortfolioRun, RunState
from sinergi.programs.portfolio.parts import CHOOSING, PRICING, SEEKING
from sinergi.programs.portfolio.problem import Problem, problem_of
from sinergi.programs.queries.portfolio import hidden_projects, plans_in

STEP = 100_000_000_000
"""One billion rupiah in minor units: what prices of money are asked for."""
PRICED = 4
LEAST_SECONDS = 8.0
"""For a price: what is small is proven long before."""
Report = Callable[[int], None]


def compute_run(run: PortfolioRun, by: Principal, report: Report) -> None:
    """Compute a run and keep its result, and whose plans went into it.

    Raises
    ------
    PermissionError
        When whoever asked may no longer read all plans of the portfolio.
    InvalidError, InputError
        When the portfolio cannot be solved as it stands.
    """
    if hidden_projects(by, run.portfolio):
        raise PermissionError
    try:
        problem = problem_of(run.portfolio)
    finally:
        _keep_plans(run)
    result = (
        _wished(run, problem, report) if run.base is not None else _chosen(run, problem, report)
    )
    PortfolioRun.objects.filter(pk=run.pk).update(
        state=RunState.DONE,
        progress=100,
        failure="",
        result=result,
        digest=problem.digest,
        computed_at=timezone.now(),
    )


def _keep_plans(run: PortfolioRun) -> None:
    """Keep the plans of all projects, which may be more than when the run was asked for."""
    known = {*run.plans, *plans_in(run.portfolio), *(run.base.plans if run.base else ())}
    PortfolioRun.objects.filter(pk=run.pk).update(plans=sorted(known))


def _chosen(run: PortfolioRun, problem: Problem, report: Report) -> dict[str, Any]:
    seconds, asked = float(run.asked["seconds"]), run.asked
    former = _former(run.portfolio, problem)
    found = solve(
        problem.instance,
        seconds=seconds,
        gap=asked["gap"],
        solver=asked["solver"],
        start=former,
        tick=_between(report, CHOOSING, seconds),
    )
    if found.choice is None:
        told = _told(problem, found)
        if found.status == "infeasible":
            told["conflict"] = _conflict(problem, seconds, report)
        return told
    others = variants(
        problem.instance,
        found,
        count=asked["others"],
        seconds=seconds * 0.95,
        tick=_between(report, SEEKING, seconds),
    )
    found = others.best
    told = _told(problem, found)
    told["others_asked"], told["others_why"] = others.asked, others.why
    told["others_least_lost"] = others.least_lost
    told["others_none"] = others.why == "lossy" and others.least_lost is None
    told["others"] = [
        {
            "score": one.score,
            "lost": one.lost,
            "differs": one.differs,
            "chosen": problem.chosen(one.choice),
            "regions": problem.received(one.choice),
            "cells": problem.cells(one.choice),
        }
        for one in others.found
    ]
    told["prices"] = _prices(problem, found, max(seconds / 4, LEAST_SECONDS), report)
    return told


def _between(report: Report, part: tuple[int, int], seconds: float) -> Callable[[float], None]:
    """Return what turns seconds that have passed into percent of the whole, within its part."""
    first, last = part

    def tick(passed: float) -> None:
        report(int(first + (last - first) * min(1.0, passed / seconds)))

    return tick


def _former(portfolio: Portfolio, problem: Problem) -> Choice | None:
    """Return the choice of the newest run that made one: where solving begins."""
    rows = portfolio.runs.filter(state=RunState.DONE, base=None)
    for row in rows[:5]:
        if row.result.get("chosen"):
            return problem.choice(row.result["chosen"])
    return None


def _told(problem: Problem, found: Result) -> dict[str, Any]:
    told: dict[str, Any] = {
        "status": found.status,
        "score": found.score,
        "bound": found.bound if np.isfinite(found.bound) else None,
        "seconds": round(found.seconds, 1),
        "solver": found.solver,
        "unspent": found.unspent,
        "available": problem.instance.available,
        "without_score": int((problem.instance.score == 0).sum()),
        "log": [[round(one.seconds, 1), one.score, one.origin] for one in found.log],
    }
    if found.gap is not None and told["bound"] is not None:
        gap = found.gap
        told["gap"] = {"score": gap.score, "share": gap.share, "money": gap.money}
    if found.choice is not None:
        told["chosen"] = problem.chosen(found.choice)
        told["regions"] = problem.received(found.choice)
        told["cells"] = problem.cells(found.choice)
    return told


def _prices(
    problem: Problem, found: Result, seconds: float, report: Report
) -> list[dict[str, Any]]:
    """Ask again with a little more money, or without one share, where the relaxation hints at a price."""
    told = hints(problem.instance, found)
    money = [(price, index) for (kind, index), price in told.items() if kind == "ceiling"]
    least = [(price, index[0]) for (kind, index), price in told.items() if kind == "minimum"]
    money, least = sorted(money, reverse=True)[:PRICED], sorted(least, reverse=True)[: PRICED // 2]
    ticks = iter(_parts(report, PRICING, len(money) + len(least), seconds))
    rows = []
    for price, (year, channel) in money:
        change = price_of_money(
            problem.instance, found, year, channel, STEP,
            seconds=seconds, gap=1e-4, tick=next(ticks),
        )  # fmt: skip
        rows.append(
            {
                "kind": "ceiling",
                "year": problem.years[year],
                "channel": problem.channels[channel],
                "step": STEP,
                "hint": price * STEP,
                **_change(change),
                **_moved(problem, found, change.result),
            }
        )
    for _price, number in least:
        change = price_of_share(
            problem.instance, found, number, seconds=seconds, gap=1e-4, tick=next(ticks)
        )
        share = problem.shares[number]
        rows.append(
            {
                "kind": "share",
                "region": share.region_code,
                "measure": share.measure,
                "hint": None,
                **_change(change),
                **_moved(problem, found, change.result),
            }
        )
    return rows


def _parts(
    report: Report, whole: tuple[int, int], count: int, seconds: float
) -> list[Callable[[float], None]]:
    """Return one tick for each of some questions that follow each other."""
    first, last = whole
    ends = [first + (last - first) * number // max(count, 1) for number in range(count + 1)]
    return [_between(report, part, seconds) for part in pairwise(ends)]


def _change(found: Difference) -> dict[str, float | None]:
    return {
        "change": found.change,
        "low": found.low if np.isfinite(found.low) else None,
        "high": found.high if np.isfinite(found.high) else None,
    }


def _moved(problem: Problem, former: Result, result: Result) -> dict[str, list[int]]:
    """Return the numbers of the projects that come in and of those that go out."""
    if former.choice is None or result.choice is None:
        return {"came": [], "went": []}
    before, after = former.choice.chosen, result.choice.chosen
    return {
        name: sorted(problem.projects[row].pk for row in np.flatnonzero(moved).tolist())
        for name, moved in (("came", after & ~before), ("went", before & ~after))
    }


def _conflict(problem: Problem, seconds: float, report: Report) -> dict[str, Any]:
    seconds = max(seconds, 5.0)
    tick = _between(report, SEEKING, seconds)
    found = conflict_of(problem.instance, seconds=seconds, tick=tick)
    told: dict[str, Any] = {
        "proven": found.proven,
        "promised": promised(problem.instance),
        "relaxed": [violation(problem, one) for one in found.relaxed],
    }
    if any(one.kind == "pin" for one in found.relaxed):
        told["against"] = _against(problem, problem.instance, seconds, report, PRICING)
    return told


def _against(
    problem: Problem, instance: Instance, seconds: float, report: Report, part: tuple[int, int]
) -> list[dict[str, Any]]:
    """Return what would have to give way so that all that was decided by hand can be kept."""
    tick = _between(report, part, seconds)
    found = conflict_of(instance, seconds=seconds, tick=tick, keep_pins=True)
    return [violation(problem, one) for one in found.relaxed]


def violation(problem: Problem, one: Violation) -> dict[str, Any]:
    """Return a rule that a choice breaks as `words.relaxed` tells it: by codes, years, numbers."""
    told: dict[str, Any] = {"kind": one.kind, "amount": one.amount, "least": one.least}
    if one.kind == "ceiling":
        year, channel = one.index
        told |= {"year": problem.years[year], "channel": problem.channels[channel]}
    elif one.kind in {"minimum", "maximum"}:
        share = problem.shares[one.index[0]]
        told |= {"region": share.region_code, "measure": share.measure}
        told["limit"] = share.minimum if one.kind == "minimum" else share.maximum
    elif one.kind == "pin":
        told["projects"] = [problem.projects[one.index[0]].pk]
    else:
        rule = problem.rules[one.kind, one.index[0]]
        told |= {"rule": rule.kind, "projects": [m.project_id for m in rule.members.all()]}
    return told


def _wished(run: PortfolioRun, problem: Problem, report: Report) -> dict[str, Any]:
    assert run.base is not None
    if problem.digest != run.base.digest:
        # It may have waited for a worker while the portfolio was changed.
        raise InvalidError({"": _("The portfolio changed since this run. Run it again first.")})
    base, asked = run.base.result, run.asked
    row = next((n for n, one in enumerate(problem.projects) if one.pk == asked["project"]), None)
    if row is None:
        raise PermissionError
    former = Result(
        choice=problem.choice(base["chosen"]),
        score=base["score"],
        bound=base["bound"] if base["bound"] is not None else float("inf"),
        gap=None,
        status="time",
        seconds=0.0,
        solver="highs",
        unspent=0,
    )
    seconds = float(asked["seconds"])
    pin = Pin(row, bool(asked["chosen"]))
    found = wish(
        problem.instance,
        former,
        pin,
        seconds=seconds,
        gap=1e-4,
        tick=_between(report, (CHOOSING[0], SEEKING[1]), seconds),
    )
    told = _told(problem, found.result)
    if found.result.status == "infeasible":
        wished = problem.instance.pinned(pin)
        told["against"] = _against(problem, wished, seconds, report, PRICING)
    if found.result.choice is not None:
        told |= _change(found) | _moved(problem, former, found.result)
    return told
