"""The page of what an import found and did not change; its totals as files; undoing it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sinergi.accounts import rules
from sinergi.accounts.errors import ConflictError, InvalidError
from sinergi.accounts.requests import principal_of, revision_of
from sinergi.evidence.views.downloads import table_response
from sinergi.programs import errors
from sinergi.programs.actions.imports import undo_plan_import
from sinergi.programs.forms.imports import UndoForm
from sinergi.programs.imports.fields import label
from sinergi.programs.models import PlanVersion, VersionState
from sinergi.programs.queries import plans as queries
from sinergi.programs.remarks import remark_text
from sinergi.programs.views.frame import UNPROCESSABLE, rights_of, version_of
from sinergi.programs.views.imports_shown import TOTALS_SHOWN, groups_of_report, shown_totals
from sinergi.reference.rupiah import rupiah


def _shown(
    request: HttpRequest, version: PlanVersion, form: UndoForm | None = None, status: int = 200
) -> HttpResponse:
    by, report = principal_of(request), version.report
    totals = shown_totals(report.get("totals", []))
    agencies = shown_totals(report.get("agencies", {}).get("totals", []))
    differing = [one for one in totals if one.difference]
    may_undo = bool(version.filename) and version.state != VersionState.UNDONE
    context: dict[str, Any] = {
        "plan": version.plan,
        "version": version,
        "report": report,
        "total": rupiah(report.get("total", 0)),
        "groups": groups_of_report(report, version.sheet),
        "remarks": [(remark_text(code), n) for code, n in report.get("remarks", {}).items()],
        "totals": differing[:TOTALS_SHOWN],
        "differing": len(differing),
        "declared": len(totals),
        "agencies": agencies,
        "agencies_file": report.get("agencies", {}).get("filename", ""),
        "columns": [
            (letter, label(name)) for letter, name in version.reading.get("columns", {}).items()
        ],
        "may_undo": may_undo and rights_of(by, version.plan).edit,
        "form": form or UndoForm(),
    }
    return render(request, "programs/import_report.html", context, status=status)


@require_safe
def report(request: HttpRequest, plan_id: int, number: int) -> HttpResponse:
    """Show what the import of a version found."""
    by = principal_of(request)
    return _shown(request, version_of(by, queries.plan(by, plan_id), number))


@require_safe
def totals_file(
    request: HttpRequest, plan_id: int, number: int, extension: str
) -> HttpResponseBase:
    """Download the declared totals beside the computed ones."""
    by = principal_of(request)
    version = version_of(by, queries.plan(by, plan_id), number)
    kept = [
        *version.report.get("totals", []),
        *version.report.get("agencies", {}).get("totals", []),
    ]
    headings = [
        _("Level"),
        _("Code"),
        _("Name"),
        _("Agency"),
        _("Declared"),
        _("Computed"),
        _("Difference"),
    ]
    rows = [
        [one.level, one.code, one.name, one.agency, one.declared, one.computed, one.difference]
        for one in shown_totals(kept)
    ]
    return table_response(
        _("totals-%(n)s") % {"n": version.pk}, extension, headings, rows, _("totals")
    )


@require_POST
def undo(request: HttpRequest, plan_id: int, number: int) -> HttpResponse:
    """Undo the import of a version; its lines stay readable."""
    by = principal_of(request)
    version = version_of(by, queries.plan(by, plan_id), number)
    rules.require(by, rules.OBJECT_EDIT, version.plan)
    form = UndoForm(request.POST)
    if not form.is_valid():
        return _shown(request, version, form, UNPROCESSABLE)
    try:
        why = form.cleaned_data["mengapa"]
        undo_plan_import(by, version.pk, why, revision=revision_of(request))
    except InvalidError as error:
        form.add_error("mengapa", str(error))
        return _shown(request, version, form, UNPROCESSABLE)
    except (ConflictError, errors.StateError) as error:
        messages.error(request, str(error))
        return _shown(request, version, form, 409)
    messages.success(request, _("The import was undone. Its lines stay readable here."))
    return redirect("programs:import-report", plan_id, number)
