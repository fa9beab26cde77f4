"""What the pages of a plan share: the plan, a version, what the reader may do with it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from sinergi.accounts import rules
from sinergi.accounts.principal import Principal
from sinergi.programs import errors
from sinergi.programs.models import Plan, PlanVersion
from sinergi.programs.queries import lines as line_queries
from sinergi.programs.queries.lines import filter_of
from sinergi.programs.queries.plans import versions
from sinergi.programs.queries.totals import sum_of, totals
from sinergi.programs.remarks import REMARKS
from sinergi.programs.rules import may_be_current, takes_changes

A_PAGE = 50
UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True)
class Rights:
    """What the reader may do with a plan."""

    edit: bool
    remove: bool


def rights_of(by: Principal, plan: Plan) -> Rights:
    """Return what somebody may do with a plan."""
    may = [rules.may(by, one, plan) for one in (rules.OBJECT_EDIT, rules.OBJECT_REMOVE)]
    return Rights(*may)


def version_of(by: Principal, plan: Plan, number: int) -> PlanVersion:
    """Return a version of a plan by its number within the plan.

    Raises
    ------
    UnseenError
    """
    found = versions(by).filter(plan=plan, number=number).first()
    if found is None:
        raise errors.not_found(_("The version"))
    return found


def not_now(request: HttpRequest, plan: Plan, version: PlanVersion) -> HttpResponse:
    """Lead back to a version whose lines are not changed, and say so."""
    told = _("Lines of version %(number)s are not changed. Begin a new version from it.")
    messages.error(request, told % {"number": version.number})
    return redirect("programs:version", plan.pk, version.number)


def version_context(request: HttpRequest, version: PlanVersion, rights: Rights) -> dict[str, Any]:
    """Return what a page shows of a version: its sums, and its lines as far as the address asks for them."""
    wanted = filter_of(request.GET)
    rows = line_queries.lines(version, wanted)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("halaman"))
    changes = rights.edit and takes_changes(version)
    return {
        "edition": version,
        "totals": totals(version),
        "wanted": wanted,
        "page": page,
        "found_total": sum_of(rows) if wanted.active else None,
        "choices": _choices(version),
        "asked": wanted.pairs,
        "takes_changes": changes,
        "may_be_current": rights.edit and may_be_current(version),
        "query": wanted.query,
    }


def _choices(version: PlanVersion) -> dict[str, Any]:
    told = totals(version)
    plan = version.plan
    return {
        "years": range(plan.first_year, plan.last_year + 1),
        "channels": [one for one in told.channels if one],
        "agencies": [one.key for one in told.agencies if one.key],
        "remarks": list(REMARKS),
    }
