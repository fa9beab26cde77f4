"""Pages of registers that were brought in: the list, one with its doubts, its tables, undoing it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sinergi.accounts import rules
from sinergi.accounts.errors import ConflictError, InvalidError
from sinergi.accounts.principal import Principal
from sinergi.accounts.queries.organisations import organisations_of
from sinergi.accounts.requests import principal_of, revision_of
from sinergi.accounts.vocabulary import Right
from sinergi.agreements import errors
from sinergi.agreements.actions.register_imports import changed_since, undo_register_import
from sinergi.agreements.forms.register_imports import UndoForm
from sinergi.agreements.models import RegisterImport, RegisterState
from sinergi.agreements.queries import reading
from sinergi.agreements.queries import register_imports as queries
from sinergi.agreements.register_imports import doubts, tables
from sinergi.agreements.register_imports.doubts import Doubt
from sinergi.agreements.register_imports.fields import label
from sinergi.agreements.register_imports.messages import differing
from sinergi.agreements.views.frame import UNPROCESSABLE
from sinergi.agreements.views.register_doubts import DOUBTS_SHOWN, doubt_page, shown_doubts
from sinergi.evidence.views.downloads import table_response

PAGE = 30
CONFLICT = 409


@require_safe
def registers(request: HttpRequest) -> HttpResponse:
    """List the registers that were brought in, the last first."""
    by = principal_of(request)
    context = {
        "page": Paginator(queries.imports(by), PAGE).get_page(request.GET.get("halaman")),
        "may_load": bool(organisations_of(by, Right.EDIT)),
    }
    return render(request, "agreements/register_imports.html", context)


@require_safe
def register(request: HttpRequest, register_id: str) -> HttpResponse:
    """Show what a register became, and what was doubtful in it."""
    by = principal_of(request)
    return _show(request, by, queries.register_import(by, int(register_id)))


def _doubts(row: RegisterImport) -> list[Doubt]:
    """Return the doubts that are kept with the rows of a register, and its rows without title."""
    kept = queries.entries(row).values_list("doubts", flat=True)
    found = [doubts.from_json(one) for held in kept for one in held]
    found += [one for one in _left_out(row) if one.code == "row_without_title"]
    return sorted(found, key=lambda one: (one.row, one.column is not None, one.column or 0))


def _left_out(row: RegisterImport) -> list[Doubt]:
    held = row.report.get("left_out", ())
    return [
        Doubt(one["why"], one["row"], written=" | ".join(one["written"].values())) for one in held
    ]


def _show(
    request: HttpRequest,
    by: Principal,
    row: RegisterImport,
    form: UndoForm | None = None,
    status: int = 200,
) -> HttpResponse:
    report, loaded = row.report, row.state == RegisterState.LOADED
    may_undo = loaded and rules.may(by, rules.OBJECT_REMOVE, row)
    readable = (
        set(reading.agreements(by).values_list("pk", flat=True)) if report["changed"] else set()
    )
    changed = [
        (one, differing(one.get("values") or dict.fromkeys(one["fields"], ("", ""))))
        for one in report["changed"][:DOUBTS_SHOWN]
        if one["agreement"] in readable
    ]
    context: dict[str, Any] = {
        "register": row,
        "report": report,
        "changed_drafts": changed,
        "left_out": shown_doubts(_left_out(row)[:DOUBTS_SHOWN], []),
        "columns": [(letter, label(name)) for letter, name in row.reading["columns"].items()],
        "may_undo": may_undo,
        "changed_since": changed_since(row) if may_undo else [],
        "form": form or UndoForm(),
        "doubts_number": sum(report["doubts"].values()),
        **doubt_page(request, _doubts(row), row.reading.get("headings", [])),
    }
    return render(request, "agreements/register_import.html", context, status=status)


@require_safe
def table(request: HttpRequest, register_id: str, what: str, extension: str) -> HttpResponseBase:
    """Download the doubtful cells of a register, or the agreements that it made as a register."""
    by = principal_of(request)
    row = queries.register_import(by, int(register_id))
    if what == "ragu":
        headings = row.reading.get("headings", [])
        rows = tables.doubt_rows(row.sheet, headings, _doubts(row))
        name, named = _("doubtful cells"), tables.doubt_headings()
    else:
        made = reading.agreements(by).filter(pk__in=queries.made_by(row).values("pk"))
        made = made.prefetch_related("parties", "documents").order_by("pk")
        rows, name, named = tables.register_rows(made), _("register"), list(tables.REGISTER)
    return table_response(f"{row.title}-{name}", extension, named, rows, name)


@require_POST
def undo(request: HttpRequest, register_id: str) -> HttpResponse:
    """Undo an import: what it made is put away as one batch."""
    by = principal_of(request)
    row = queries.register_import(by, int(register_id))
    rules.require(by, rules.OBJECT_REMOVE, row)
    form = UndoForm(request.POST)
    if not form.is_valid():
        return _show(request, by, row, form, UNPROCESSABLE)
    why = form.cleaned_data["mengapa"]
    try:
        undo_register_import(by, row.pk, why, revision=revision_of(request))
    except InvalidError as error:
        form.add_error("mengapa", str(error))
        return _show(request, by, row, form, UNPROCESSABLE)
    except (ConflictError, errors.StateError) as error:
        messages.error(request, str(error))
        return _show(request, by, row, form, CONFLICT)
    messages.success(request, _("The import was undone; its agreements are put away."))
    return redirect(row)
