"""Deeds on a whole plan: make, change, put away, restore."""

from dataclasses import asdict, fields

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts import rules as permissions
from sinergi.accounts.actions.owned import bring_back, change, expect, put_away, record_on, why
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.models import Organisation
from sinergi.accounts.principal import Principal
from sinergi.accounts.texts import cleaned
from sinergi.programs.actions.rows import held_plan, refuse
from sinergi.programs.models import LineAmount, Plan, PlanLine
from sinergi.programs.queries.words import region_codes
from sinergi.programs.rules import PlanDetails, plan_faults


def details_of(plan: Plan) -> PlanDetails:
    """Return what is written about a plan."""
    return PlanDetails(**{f.name: getattr(plan, f.name) for f in fields(PlanDetails)})


def _clean(details: PlanDetails) -> PlanDetails:
    details = cleaned(details)
    refuse(plan_faults(details, region_codes()))
    return details


@transaction.atomic
def create_plan(by: Principal, organisation: Organisation, details: PlanDetails) -> Plan:
    """Begin a plan of an organisation, without versions; only that organisation sees it.

    Raises
    ------
    ForbiddenError, InvalidError
    """
    permissions.require(by, permissions.OBJECT_CREATE, organisation)
    values = asdict(_clean(details))
    plan = Plan(organisation=organisation, **values)
    plan.save()
    record_on(by, Verb.CREATED, plan, after=values)
    return plan


@transaction.atomic
def edit_plan(
    by: Principal, plan_id: int, details: PlanDetails, *, revision: int | None = None
) -> Plan:
    """Change what is written about a plan; a change of nothing leaves no trace.

    Raises
    ------
    NotFoundError, ForbiddenError, ConflictError
    InvalidError
        Also when lines of it lie outside the years that it would then have.
    """
    plan = held_plan(by, plan_id)
    expect(plan, revision)
    cleaned_details = _clean(details)
    refuse(_years_left_out(plan, cleaned_details))
    change(by, plan, asdict(details_of(plan)), asdict(cleaned_details))
    return plan


def _years_left_out(plan: Plan, details: PlanDetails) -> dict[str, str]:
    """Return that lines lie before or after the years that a plan shall have."""
    lines = PlanLine.objects.filter(version__plan=plan)
    amounts = LineAmount.objects.filter(line__version__plan=plan)
    told = _("Lines of this plan lie outside these years: change them first.")
    faults = {}
    first, last = details.first_year or 0, details.last_year or 0
    if first > plan.first_year and (
        lines.filter(first_year__lt=first).exists() or amounts.filter(year__lt=first).exists()
    ):
        faults["first_year"] = told
    if last < plan.last_year and (
        lines.filter(last_year__gt=last).exists() or amounts.filter(year__gt=last).exists()
    ):
        faults["last_year"] = told
    return faults


@transaction.atomic
def put_plan_away(
    by: Principal, plan_id: int, *, revision: int | None = None, reason: str = ""
) -> Plan:
    """Put a plan away with its versions; `restore_plan` brings it back.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError, ConflictError
    """
    plan = held_plan(by, plan_id, permissions.OBJECT_REMOVE)
    expect(plan, revision)
    put_away(by, plan, timezone.now(), why(reason))
    return plan


@transaction.atomic
def restore_plan(by: Principal, plan_id: int, *, reason: str = "") -> Plan:
    """Bring a plan that was put away back as it was.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError
    """
    plan = held_plan(by, plan_id, permissions.OBJECT_REMOVE, deleted=True)
    bring_back(by, plan, why(reason))
    return plan
