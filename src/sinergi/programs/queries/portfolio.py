"""Reads of portfolios: those that somebody may read, the projects of plans he may read, and runs."""

from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from sinergi.accounts.errors import InvalidError
from sinergi.accounts.principal import Principal
from sinergi.accounts.vocabulary import Right
from sinergi.analysis.errors import InputError
from sinergi.programs import errors
from sinergi.programs.models import (
    Alternative,
    Measure,
    PlanLine,
    Portfolio,
    PortfolioProject,
    PortfolioRun,
    Ranking,
)
from sinergi.programs.queries import words
from sinergi.programs.queries.plans import plans
from sinergi.programs.queries.priority import rankings


def portfolios(by: Principal) -> QuerySet[Portfolio]:
    """Return the portfolios that somebody may read, with the number of their projects."""
    rows: Any = Portfolio.objects.filter(deleted_at=None)
    found = rows.readable_by(by).select_related("organisation")
    counted: QuerySet[Portfolio] = found.annotate(size=Count("projects", distinct=True))
    return counted.order_by("-updated", "-pk")


def portfolios_put_away(by: Principal) -> QuerySet[Portfolio]:
    """Return the portfolios that were put away and that somebody may restore."""
    rows = Portfolio.objects.exclude(deleted_at=None).select_related("organisation")
    return rows if by.operator else rows.filter(organisation__in=by.organisations(Right.REMOVE))


def portfolio(by: Principal, pk: int) -> Portfolio:
    """Return one portfolio.

    Raises
    ------
    UnseenError
    """
    found = portfolios(by).filter(pk=pk).first()
    if found is None:
        raise errors.not_found(_("The portfolio"))
    return found


def _readable(by: Principal) -> Any:
    return plans(by).select_related(None).order_by().values("pk")


def projects(by: Principal, one: Portfolio) -> QuerySet[PortfolioProject]:
    """Return the projects of a portfolio whose plans somebody may read."""
    return PortfolioProject.objects.filter(portfolio=one, plan__in=_readable(by))


def hidden_projects(by: Principal, one: Portfolio) -> int:
    """Return how many projects are of plans that somebody may not read."""
    return PortfolioProject.objects.filter(portfolio=one).exclude(plan__in=_readable(by)).count()


def project(by: Principal, one: Portfolio, pk: int) -> PortfolioProject:
    """Return a project of a portfolio.

    Raises
    ------
    UnseenError
    """
    found = projects(by, one).filter(pk=pk).first()
    if found is None:
        raise errors.not_found(_("The project"))
    return found


def region_names(by: Principal, one: Portfolio) -> dict[str, str]:
    """Return the regions of the projects that somebody may see, with their names."""
    codes = {code for row in projects(by, one).only("regions") for code in row.regions}
    return {code: words.region_name(code) for code in sorted(codes)}


def promised(one: Portfolio) -> int:
    """Return what the least shares of all money there is come to together, parts per million of it."""
    least = one.shares.filter(measure=Measure.AVAILABLE).values_list("minimum", flat=True)
    return sum(number or 0 for number in least)


def runs(by: Principal, one: Portfolio) -> QuerySet[PortfolioRun]:
    """Return the runs of a portfolio of whose plans somebody may read all; none where one in it is hidden.

    Asked are the plans that went into each run: their projects may have been taken out since.
    """
    rows = PortfolioRun.objects.filter(portfolio=one)
    if by.operator:
        return rows
    if hidden_projects(by, one):
        return rows.none()
    went_in = dict(rows.order_by().values_list("pk", "plans"))
    wanted = {plan for told in went_in.values() for plan in told}
    seen = set(plans(by).filter(pk__in=wanted).values_list("pk", flat=True))
    return rows.filter(pk__in=[number for number, told in went_in.items() if seen.issuperset(told)])


def plans_in(one: Portfolio) -> list[int]:
    """Return the numbers of the plans of all projects."""
    rows = PortfolioProject.objects.filter(portfolio=one).order_by()
    return sorted(set(rows.values_list("plan", flat=True)))


def newest_ranking(by: Principal, plan: int, lines: QuerySet[PlanLine]) -> Ranking | None:
    """Return the newest ranking that somebody may read and that holds some of these lines of a plan."""
    named = lines.order_by().values("identity")
    holds = Alternative.objects.filter(plan=plan, identity__in=named).values("ranking")
    return rankings(by).filter(pk__in=holds).first()


def run(by: Principal, one: Portfolio, pk: int) -> PortfolioRun:
    """Return a run of a portfolio.

    Raises
    ------
    UnseenError
        When it is not there, or somebody may not read all plans of the portfolio.
    """
    found = runs(by, one).select_related("portfolio", "base").filter(pk=pk).first()
    if found is None:
        raise errors.not_found(_("The run"))
    return found


def digest_now(one: Portfolio) -> str:
    """Return the digest of the problem as the portfolio stands now; empty where it cannot be solved."""
    from sinergi.programs.portfolio.problem import problem_of  # noqa: PLC0415 - loads solvers' arrays

    try:
        return problem_of(one).digest
    except (InvalidError, InputError):
        return ""
