"""Deeds on a portfolio: begin, change, put away, bring back."""

from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts import rules as permissions
from sinergi.accounts.actions.owned import (
    bring_back,
    change,
    expect,
    held,
    put_away,
    record_on,
    why,
)
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.models import Organisation
from sinergi.accounts.principal import Principal
from sinergi.accounts.texts import cleaned
from sinergi.programs import errors
from sinergi.programs.actions.rows import refuse
from sinergi.programs.models import Portfolio
from sinergi.programs.portfolio.rules import PortfolioDetails, details_faults


def held_portfolio(
    by: Principal, pk: int, permission: str = permissions.OBJECT_EDIT, *, deleted: bool = False
) -> Portfolio:
    """Return a portfolio for a deed and hold it until the transaction ends.

    Raises
    ------
    NotFoundError, ForbiddenError
    """
    missing = errors.not_found(_("The portfolio"))
    return held(by, permission, Portfolio, pk, missing, deleted=deleted)


def details_of(row: Portfolio) -> PortfolioDetails:
    """Return what is written about a portfolio."""
    return PortfolioDetails(row.title, row.first_year, row.last_year, row.note, tuple(row.carries))


def _clean(details: PortfolioDetails) -> dict[str, Any]:
    details = cleaned(details)
    refuse(details_faults(details))
    return {**asdict(details), "carries": sorted(set(details.carries))}


@transaction.atomic
def create_portfolio(
    by: Principal, organisation: Organisation, details: PortfolioDetails
) -> Portfolio:
    """Begin a portfolio of an organisation, without projects; only it sees it.

    Raises
    ------
    ForbiddenError, InvalidError
    """
    permissions.require(by, permissions.OBJECT_CREATE, organisation)
    values = _clean(details)
    row = Portfolio.objects.create(organisation=organisation, **values)
    record_on(by, Verb.CREATED, row, after=values)
    return row


@transaction.atomic
def edit_portfolio(
    by: Principal, pk: int, details: PortfolioDetails, *, revision: int | None = None
) -> Portfolio:
    """Change what is written about a portfolio.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError, ConflictError
    """
    row = held_portfolio(by, pk)
    expect(row, revision)
    before = {**asdict(details_of(row)), "carries": list(row.carries)}
    change(by, row, before, _clean(details))
    return row


@transaction.atomic
def put_portfolio_away(
    by: Principal, pk: int, *, revision: int | None = None, reason: str = ""
) -> Portfolio:
    """Put a portfolio away with its runs; `restore_portfolio` brings it back.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError, ConflictError
    """
    row = held_portfolio(by, pk, permissions.OBJECT_REMOVE)
    expect(row, revision)
    put_away(by, row, timezone.now(), why(reason))
    return row


@transaction.atomic
def restore_portfolio(by: Principal, pk: int, *, reason: str = "") -> Portfolio:
    """Bring a portfolio that was put away back as it was.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError
    """
    row = held_portfolio(by, pk, permissions.OBJECT_REMOVE, deleted=True)
    bring_back(by, row, why(reason))
    return row
