"""Reads of plans: those that somebody may read, one of them, and their versions."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from sinergi.accounts.models import Share
from sinergi.accounts.models.owned import reaching
from sinergi.accounts.principal import Principal
from sinergi.accounts.vocabulary import Right
from sinergi.programs import errors
from sinergi.programs.models import Plan, PlanVersion, VersionState

TOLD = (VersionState.CURRENT, VersionState.SUPERSEDED)
"""What readers of a public plan see; what is in preparation is for those it belongs to or is shared with."""


def plans(by: Principal) -> QuerySet[Plan]:
    """Return the plans that somebody may read and that are not put away, with their organisation."""
    rows: Any = Plan.objects.filter(deleted_at=None)
    found: QuerySet[Plan] = rows.readable_by(by).select_related("organisation")
    return found


def plans_put_away(by: Principal) -> QuerySet[Plan]:
    """Return the plans that were put away and that somebody may restore."""
    rows: Any = Plan.objects.exclude(deleted_at=None)
    found: QuerySet[Plan] = rows.select_related("organisation")
    return found if by.operator else found.filter(organisation__in=by.organisations(Right.REMOVE))


def plan(by: Principal, pk: int) -> Plan:
    """Return one plan.

    Raises
    ------
    UnseenError
        When it is not there, was put away, or may not be seen.
    """
    found = plans(by).filter(pk=pk).first()
    if found is None:
        raise errors.not_found(_("The plan"))
    return found


def versions(by: Principal) -> QuerySet[PlanVersion]:
    """Return the versions that somebody may read, of plans that are not put away, with plan and organisation.

    What is in preparation or was undone is left out where the plan is read only because it is public.
    """
    rows = PlanVersion.objects.select_related("plan__organisation")
    rows = rows.filter(plan__in=_numbers(plans(by)))
    if by.operator:
        return rows
    shares = Share.objects.filter(
        reaching(by, Right.READ), kind=Plan.KIND, object_id=OuterRef("plan_id")
    )
    own = Q(plan__organisation__in=by.organisations(Right.READ))
    return rows.filter(Q(state__in=TOLD) | own | Q(Exists(shares)))


def version(by: Principal, pk: int) -> PlanVersion:
    """Return one version with its plan.

    Raises
    ------
    UnseenError
        When it is not there or may not be seen.
    """
    found = versions(by).filter(pk=pk).first()
    if found is None:
        raise errors.not_found(_("The version"))
    return found


def current_versions(
    by: Principal,
    *,
    plans: Iterable[int] | None = None,
    kinds: Iterable[str] | None = None,
    years: tuple[int, int] | None = None,
    regions: Iterable[str] | None = None,
    organisation: int | None = None,
) -> list[PlanVersion]:
    """Return the current versions of plans that somebody may read; one query.

    Parameters
    ----------
    plans
        Numbers of plans; `None`: all.
    kinds
        Values of `PlanKind`.
    years
        First and last year; plans that share no year with them are left out.
    regions
        Kemendagri codes; each stands for itself and for what lies in it (`32` for `32.04`, too).
    organisation
        Number of the organisation whose plans they are.
    """
    rows = versions(by).filter(state=VersionState.CURRENT)
    if plans is not None:
        rows = rows.filter(plan__in=list(plans))
    if kinds is not None:
        rows = rows.filter(plan__kind__in=list(kinds))
    if years is not None:
        rows = rows.filter(plan__first_year__lte=years[1], plan__last_year__gte=years[0])
    if regions is not None:
        rows = rows.filter(within(regions, "plan__region_code"))
    if organisation is not None:
        rows = rows.filter(plan__organisation=organisation)
    return list(rows.order_by("plan__region_code", "plan_id"))


def within(regions: Iterable[str], field: str) -> Q:
    """Return the condition that a code is one of these, or lies in one; `ID` stands for everything."""
    wanted = Q(pk__in=())
    for code in regions:
        if code == "ID":
            return Q()
        wanted |= Q(**{field: code}) | Q(**{f"{field}__startswith": f"{code}."})
    return wanted


def _numbers(rows: QuerySet[Plan]) -> "QuerySet[Plan, Any]":
    return rows.select_related(None).order_by().values("pk")
