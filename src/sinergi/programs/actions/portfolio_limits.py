"""Deeds on what limits a portfolio: ceilings, shares of regions, rules between projects; and its runs."""

from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts.actions.owned import expect, record_on, touch
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import InvalidError
from sinergi.accounts.principal import Principal
from sinergi.programs import errors
from sinergi.programs.actions.portfolio import held_portfolio
from sinergi.programs.actions.rows import refuse
from sinergi.programs.models import (
    Portfolio,
    PortfolioCeiling,
    PortfolioMember,
    PortfolioRule,
    PortfolioRun,
    PortfolioShare,
    RuleKind,
)
from sinergi.programs.portfolio.rules import (
    RuleDetails,
    RunDetails,
    ShareDetails,
    rule_faults,
    run_faults,
    share_faults,
)
from sinergi.programs.portfolio.tasks import compute, compute_now, end_silent
from sinergi.programs.queries import portfolio as queries
from sinergi.reference import queries as reference
from sinergi.reference.rupiah import minor

__all__ = [
    "add_rule",
    "begin_run",
    "begin_wish",
    "end_silent",
    "prepare_run",
    "prepare_wish",
    "remove_rule",
    "remove_share",
    "set_ceilings",
    "set_share",
    "start",
]
AT_ONCE, AT_ONCE_SECONDS = 40, 20
"""Projects and seconds up to which a run is computed while its page is waited for."""
PERCENT = 10_000
"""Parts per million of one percent."""


@transaction.atomic
def set_ceilings(
    by: Principal,
    pk: int,
    amounts: Mapping[tuple[int, str], Decimal | None],
    *,
    carries: tuple[str, ...] | None = None,
    revision: int | None = None,
) -> Portfolio:
    """Write the ceilings by year and channel, all at once; what is None or missing is nothing.

    Raises
    ------
    NotFoundError, ForbiddenError, ConflictError
    InvalidError
        By year and channel: `ceiling-2026-dak_fisik`; a channel that is none: `carries`. The empty code is
        the money of which no channel is stated.
    """
    row = held_portfolio(by, pk)
    expect(row, revision)
    refuse(_ceiling_faults(row, amounts) | _carries_fault(carries))
    before = {(one.year, one.channel): one.amount for one in row.ceilings.all()}
    after = {key: amount for key, amount in amounts.items() if amount}
    if carries is not None and sorted(set(carries)) != row.carries:
        was, row.carries = row.carries, sorted(set(carries))
        touch(row)
        record_on(by, Verb.CONSTRAINT_SET, row, {"carries": was}, {"carries": row.carries})
    if before != after:
        row.ceilings.all().delete()
        PortfolioCeiling.objects.bulk_create(
            PortfolioCeiling(portfolio=row, year=year, channel=channel, amount=amount)
            for (year, channel), amount in after.items()
        )
        touch(row)
        record_on(by, Verb.CONSTRAINT_SET, row, _said(before), _said(after), part="ceilings")
    return row


def _said(amounts: Mapping[tuple[int, str], Decimal]) -> dict[str, str]:
    return {f"{year} {channel}".strip(): str(amount) for (year, channel), amount in amounts.items()}


def _carries_fault(carries: tuple[str, ...] | None) -> dict[str, str]:
    if set(carries or ()) <= {"", *reference.funding_channels()}:
        return {}
    return {"carries": _("There is no such year or channel.")}


def _ceiling_faults(
    row: Portfolio, amounts: Mapping[tuple[int, str], Decimal | None]
) -> dict[str, str]:
    faults = {}
    channels = {"", *reference.funding_channels()}
    for (year, channel), amount in amounts.items():
        name = f"ceiling-{year}-{channel}"
        if not row.first_year <= year <= row.last_year or channel not in channels:
            faults[name] = _("There is no such year or channel.")
        elif amount is not None and amount < 0:
            faults[name] = _("An amount cannot be negative.")
        elif amount is not None:
            try:
                minor(amount)
            except (ValueError, ArithmeticError):
                faults[name] = _("Too large, or more than two decimals.")
    return faults


@transaction.atomic
def set_share(
    by: Principal, pk: int, details: ShareDetails, *, revision: int | None = None
) -> PortfolioShare:
    """Write the least and the most that a region receives, in the place of what was written before.

    `revision` is that of the portfolio; it is asked for only where something would be replaced.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError, ConflictError
    """
    row = held_portfolio(by, pk)
    refuse(share_faults(details, queries.region_names(by, row)))
    place = {"region_code": details.region_code, "measure": details.measure}
    found = row.shares.filter(**place).first() or PortfolioShare(portfolio=row, **place)
    before = _share_said(found) if found.pk else None
    found.minimum = None if details.minimum is None else int(details.minimum * PERCENT)
    found.maximum = None if details.maximum is None else int(details.maximum * PERCENT)
    after = _share_said(found)
    if after == before:
        return found
    if before is not None:
        expect(row, revision)
    found.save()
    touch(row)
    record_on(by, Verb.CONSTRAINT_SET, row, before, after, part=f"share:{found.pk}")
    return found


def _share_said(one: PortfolioShare) -> dict[str, Any]:
    limits = {"minimum": one.minimum, "maximum": one.maximum}
    told = {name: None if v is None else str(Decimal(v) / PERCENT) for name, v in limits.items()}
    return {"region_code": one.region_code, "measure": str(one.measure), **told}


def remove_share(by: Principal, pk: int, number: int) -> None:
    """Do without a share.

    Raises
    ------
    NotFoundError, ForbiddenError
    """
    _remove(by, pk, PortfolioShare, number)


@transaction.atomic
def add_rule(by: Principal, pk: int, details: RuleDetails) -> PortfolioRule:
    """Tie projects together.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError
    """
    row = held_portfolio(by, pk)
    known = list(queries.projects(by, row).values_list("pk", flat=True))
    refuse(rule_faults(details, known, row.last_year - row.first_year + 1))
    if _stands(row, details):
        raise InvalidError({"projects": _("The portfolio has this very rule already.")})
    rule = PortfolioRule.objects.create(portfolio=row, kind=details.kind, lag=details.lag)
    PortfolioMember.objects.bulk_create(
        PortfolioMember(rule=rule, project_id=number, position=position)
        for position, number in enumerate(details.projects)
    )
    touch(row)
    after = {"kind": details.kind, "projects": list(details.projects), "lag": details.lag}
    record_on(by, Verb.CONSTRAINT_SET, row, after=after, part=f"rule:{rule.pk}")
    return rule


def _stands(row: Portfolio, details: RuleDetails) -> bool:
    """Return whether a rule says the same; only of one before another does the order count."""
    before = details.kind == RuleKind.BEFORE
    wanted = list(details.projects) if before else sorted(details.projects)
    for rule in row.rules.filter(kind=details.kind, lag=details.lag).prefetch_related("members"):
        members = [one.project_id for one in rule.members.all()]
        if (members if before else sorted(members)) == wanted:
            return True
    return False


def remove_rule(by: Principal, pk: int, number: int) -> None:
    """Do without a rule.

    Raises
    ------
    NotFoundError, ForbiddenError
    """
    _remove(by, pk, PortfolioRule, number)


@transaction.atomic
def _remove(
    by: Principal, pk: int, model: type[PortfolioShare] | type[PortfolioRule], number: int
) -> None:
    row = held_portfolio(by, pk)
    one = model.objects.filter(portfolio=row, pk=number).first()
    if one is None:
        raise errors.not_found(_("The share") if model is PortfolioShare else _("The rule"))
    before: dict[str, Any]
    if isinstance(one, PortfolioShare):
        part, before = "share", {"region_code": one.region_code, "measure": one.measure}
    else:
        members = [member.project_id for member in one.members.all()]
        part, before = "rule", {"kind": one.kind, "projects": members}
    one.delete()
    touch(row)
    record_on(by, Verb.CONSTRAINT_SET, row, before=before, part=f"{part}:{number}")


def begin_run(
    by: Principal, pk: int, details: RunDetails, *, second_factor: bool = False
) -> PortfolioRun:
    """Choose the projects of a portfolio: `prepare_run`, then `start`.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError
    """
    return start(by, prepare_run(by, pk, details, second_factor=second_factor))


@transaction.atomic
def prepare_run(
    by: Principal, pk: int, details: RunDetails, *, second_factor: bool = False
) -> PortfolioRun:
    """Make a run of a portfolio and hand it to a worker, unless it is short: that one `start` computes.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError
    """
    row = held_portfolio(by, pk)
    faults = run_faults(details)
    if queries.hidden_projects(by, row):
        faults[""] = _("You may not read all plans of this portfolio, so you cannot run it.")
    elif not row.projects.exists():
        faults[""] = _("The portfolio has no projects yet.")
    elif not row.projects.filter(score__gt=0).exists():
        faults[""] = _(
            "No project has a score, so any choice would be as good as any other. Give scores first: on the "
            "page “Projects”, from a ranking or by hand."
        )
    refuse(faults)
    return _made(by, row, asdict(details), queries.plans_in(row), second_factor)


@transaction.atomic
def prepare_wish(
    by: Principal,
    pk: int,
    base: int,
    project: int,
    chosen: bool,
    *,
    seconds: int = 10,
    second_factor: bool = False,
) -> PortfolioRun:
    """Make a run that tells what moving one project in or out would cost, from the choice of a run.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError
    """
    row = held_portfolio(by, pk)
    former = queries.run(by, row, base)
    one = queries.project(by, row, project)
    if former.base_id is not None or not former.result.get("chosen"):
        raise InvalidError({"": _("This run chose nothing that could be changed.")})
    if former.digest != queries.digest_now(row):
        told = _("The portfolio changed since this run. Run it again first.")
        raise InvalidError({"": told})
    asked = {"project": one.pk, "chosen": chosen, "seconds": max(1, min(seconds, 60))}
    plans = sorted({*former.plans, *queries.plans_in(row)})
    return _made(by, row, asked, plans, second_factor, former)


def begin_wish(
    by: Principal,
    pk: int,
    base: int,
    project: int,
    chosen: bool,
    *,
    seconds: int = 10,
    second_factor: bool = False,
) -> PortfolioRun:
    """Ask what moving one project in or out would cost: `prepare_wish`, then `start`.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError
    """
    made = prepare_wish(by, pk, base, project, chosen, seconds=seconds, second_factor=second_factor)
    return start(by, made)


def _made(
    by: Principal,
    row: Portfolio,
    asked: Mapping[str, Any],
    plans: list[int],
    second_factor: bool,
    base: PortfolioRun | None = None,
) -> PortfolioRun:
    """Make a run together with its task, so that none waits without one; a short one is heard of at once."""
    short = row.projects.count() <= AT_ONCE and int(asked["seconds"]) <= AT_ONCE_SECONDS
    run = PortfolioRun.objects.create(
        portfolio=row,
        base=base,
        asked=dict(asked),
        by_id=by.person_id,
        plans=plans,
        told_at=timezone.now() if short else None,
    )
    record_on(by, Verb.COMPUTED, row, after=dict(asked), part=f"run:{run.pk}")
    if not short:
        compute.enqueue(run.pk, second_factor, by.request_id)
    return run


def start(by: Principal, run: PortfolioRun) -> PortfolioRun:
    """Compute a prepared run that no worker was given, and return it as it stands then.

    Called outside a transaction: within one, nobody else could write until it is computed.
    """
    if run.told_at is not None:
        compute_now(run, by)
    run.refresh_from_db()
    return run
