"""Pages of lines: one with its history and panels, add, change, remove."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sinergi.accounts import rules
from sinergi.accounts.errors import AccountsError, ForbiddenError, UnseenError
from sinergi.accounts.once import once, seal
from sinergi.accounts.principal import Principal
from sinergi.accounts.requests import principal_of, revision_of, why_of
from sinergi.accounts.texts import small_number
from sinergi.accounts.views.history_lines import lines as history_lines
from sinergi.opportunities.lists.merging import remember
from sinergi.opportunities.views.saving import UNTRIED, try_to_save
from sinergi.programs.actions import lines as actions
from sinergi.programs.codes import check_code
from sinergi.programs.forms.lines import LineForm, initial_of, values_of
from sinergi.programs.models import Plan, PlanLine, PlanVersion
from sinergi.programs.panels import panels_of
from sinergi.programs.places import find_place
from sinergi.programs.queries import plans as queries
from sinergi.programs.queries.channels import deeds_on
from sinergi.programs.queries.lines import line_of, through_versions
from sinergi.programs.rules import takes_changes
from sinergi.programs.views.frame import UNPROCESSABLE, not_now, rights_of, version_of
from sinergi.programs.views.history import told_name, told_part, told_value


def _number(request: HttpRequest) -> int | None:
    return small_number(request.GET.get("versi", ""))


@require_safe
def line(request: HttpRequest, plan_id: int, identity: UUID) -> HttpResponse:
    """Show a line: all that is known of it, where, with what money, how it came to be."""
    by = principal_of(request)
    plan = queries.plan(by, plan_id)
    row = line_of(by, plan, identity, _number(request))
    stands = through_versions(by, row)
    rights = rights_of(by, plan)
    told = find_place(f"{row.place} ; {row.title}", plan.region_code)
    context = {
        "plan": plan,
        "line": row,
        "edition": row.version,
        "amounts": list(row.amounts.all()),
        "check": check_code(row.code, plan.region_code),
        "place": told,
        "stands": stands,
        "rights": rights,
        "takes_changes": rights.edit and takes_changes(row.version),
        "panels": panels_of(by, row),
        "lines": _history(by, plan, stands),
    }
    return render(request, "programs/line.html", context)


def _history(by: Principal, plan: Plan, stands: list[PlanLine]) -> list[Any]:
    """Return the deeds on a line through its versions; none to who reads it only because it is public."""
    if not rules.may(by, rules.OBJECT_HISTORY, plan):
        return []
    return history_lines(
        by, deeds_on(stands), field_name=told_name, shown=told_value, subject=told_part
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new_line(request: HttpRequest, plan_id: int, number: int) -> HttpResponse:
    """Show the form of a new line; POST adds it to the version."""
    by = principal_of(request)
    plan = queries.plan(by, plan_id)
    version = version_of(by, plan, number)
    rules.require(by, rules.OBJECT_EDIT, plan)
    if not takes_changes(version):
        return not_now(request, plan, version)
    form = LineForm(request.POST or None, plan=plan, initial=initial_of(plan))
    status = 200
    if request.method == "POST":
        made = _add(by, form, version) if form.is_valid() else None
        if made is not None:
            messages.success(request, _("The line was added."))
            return _to_line(plan, made["identity"], number)
        status = UNPROCESSABLE
    context = {"form": form, "plan": plan, "edition": version}
    return render(request, "programs/line_form.html", context, status=status)


def _add(by: Principal, form: LineForm, version: PlanVersion) -> dict[str, Any] | None:
    values = form.cleaned_data

    def add() -> dict[str, Any]:
        made = actions.add_line(by, version.pk, form.details(), keep=values["keep"])
        return {"identity": str(made.identity)}

    sent = {name: str(value) for name, value in values.items() if name != "once"}
    try:
        return once(by, "add_line", seal(values["once"], sent), sent, add).result
    except (UnseenError, ForbiddenError):
        raise
    except AccountsError as error:
        form.refuse(error)
        return None


def _to_line(plan: Plan, identity: object, number: int) -> HttpResponse:
    answer = redirect("programs:line", plan.pk, identity)
    answer["Location"] += f"?versi={number}"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def edit_line(request: HttpRequest, plan_id: int, identity: UUID) -> HttpResponse:
    """Show and save a line; on conflict show what somebody else changed."""
    by = principal_of(request)
    plan = queries.plan(by, plan_id)
    row = line_of(by, plan, identity, _number(request))
    rules.require(by, rules.OBJECT_EDIT, plan)
    if not takes_changes(row.version):
        return not_now(request, plan, row.version)
    form, tried = LineForm(request.POST or None, plan=plan, initial=values_of(row)), UNTRIED
    remember(form)

    def save(revision: int) -> object:
        keep = form.cleaned_data["keep"]
        return actions.edit_line(by, row.pk, form.details(), keep=keep, revision=revision)

    def now() -> tuple[dict[str, Any], int]:
        present = PlanLine.objects.get(pk=row.pk)
        values = values_of(present)
        return values, int(values.pop("revision"))

    if request.method == "POST":
        tried = try_to_save(form, save, now)
        if tried.saved:
            messages.success(request, _("The line was saved."))
            return _to_line(plan, identity, row.version.number)
    context = {"form": form, "plan": plan, "edition": row.version, "line": row, "met": tried.met}
    return render(request, "programs/line_form.html", context, status=tried.status)


@require_POST
def remove_line(request: HttpRequest, plan_id: int, identity: UUID) -> HttpResponse:
    """Take a line out of its version."""
    by = principal_of(request)
    plan = queries.plan(by, plan_id)
    row = line_of(by, plan, identity, _number(request))
    try:
        actions.remove_line(by, row.pk, revision=revision_of(request), reason=why_of(request))
    except (UnseenError, ForbiddenError):
        raise
    except AccountsError as error:
        messages.error(request, error.message)
        return _to_line(plan, identity, row.version.number)
    messages.success(request, _("The line was removed; it stays in the versions before."))
    return redirect("programs:version", plan_id, row.version.number)
