"""Pages of the clause library and of Word templates of organisations."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sinergi.accounts import rules
from sinergi.accounts.errors import ForbiddenError
from sinergi.accounts.models import Organisation
from sinergi.accounts.queries.organisations import organisations_of
from sinergi.accounts.requests import principal_of
from sinergi.accounts.views.sharing import panel
from sinergi.agreements.actions import library as actions
from sinergi.agreements.documents.placeholders import PLACEHOLDERS
from sinergi.agreements.documents.word import OWN_NAMES
from sinergi.agreements.files.store import content_of
from sinergi.agreements.forms.documents import (
    ClauseForm,
    NewClauseForm,
    NewTemplateForm,
)
from sinergi.agreements.models import Clause, DocumentKind, Template
from sinergi.agreements.queries import library as queries
from sinergi.agreements.views.frame import UNPROCESSABLE
from sinergi.evidence.views.downloads import attachment
from sinergi.opportunities.lists.merging import remember
from sinergi.opportunities.views.saving import UNTRIED, bring_back, make_once, put_away, try_to_save

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """Show the clauses and templates that the reader may use."""
    by = principal_of(request)
    kind = request.GET.get("jenis", "")
    kind = kind if kind in DocumentKind.values else ""
    context = {
        "offers": queries.offered(by, kind),
        "kinds": DocumentKind.choices,
        "kind": kind,
        "templates": queries.templates(by, kind),
        "may_create": bool(organisations_of(by)),
        "clauses_away": queries.put_away(by, Clause) if by.signed_in or by.operator else (),
        "templates_away": queries.put_away(by, Template) if by.signed_in or by.operator else (),
    }
    return render(request, "agreements/library.html", context)


@require_safe
def clause(request: HttpRequest, clause_id: int) -> HttpResponse:
    """Show a clause of an organisation."""
    by = principal_of(request)
    row = queries.clause(by, clause_id)
    context = {
        "clause": row,
        "kinds": [str(DocumentKind(one).label) for one in row.kinds],
        "may_edit": rules.may(by, rules.OBJECT_EDIT, row),
        "may_remove": rules.may(by, rules.OBJECT_REMOVE, row),
        "panel": panel(by, row),
    }
    return render(request, "agreements/clause.html", context)


def _makers(request: HttpRequest) -> list[Organisation]:
    by = principal_of(request)
    organisations = organisations_of(by)
    if not organisations:
        rule = rules.OBJECT_CREATE
        raise ForbiddenError(rules.refusal(by, rule, None), rule)
    return organisations


@require_http_methods(["GET", "HEAD", "POST"])
def new_clause(request: HttpRequest) -> HttpResponse:
    """Show the form of a new clause, begun from a shipped one if the address names it; POST makes it."""
    by, organisations = principal_of(request), _makers(request)
    first = actions.shipped_details(request.GET.get("dari", ""))
    initial = {**asdict(first), "kinds": first.kinds.split()} if first else {}
    form = NewClauseForm(request.POST or None, organisations=organisations, initial=initial)
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE

        def make(owner: Organisation) -> Clause:
            return actions.create_clause(by, owner, form.details())

        number = form.is_valid() and make_once(
            by, form, organisations, make, deed="create_clause", kind="clause"
        )
        if number:
            messages.success(request, _("The clause is in the library."))
            return redirect("agreements:clause", number)
    context = {"form": form, "clause": None, "placeholders": list(PLACEHOLDERS)}
    return render(request, "agreements/clause_form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_clause(request: HttpRequest, clause_id: int) -> HttpResponse:
    """Show and save a clause."""
    by = principal_of(request)
    row = queries.clause(by, clause_id)
    rules.require(by, rules.OBJECT_EDIT, row)

    def values() -> dict[str, Any]:
        return {**asdict(actions.clause_details_of(row)), "kinds": list(row.kinds)}

    initial = {**values(), "revision": row.revision}
    form, tried = ClauseForm(request.POST or None, initial=initial), UNTRIED
    remember(form)
    form.fields["kinds"].show_hidden_initial = False

    def save(revision: int) -> object:
        return actions.edit_clause(by, clause_id, form.details(), revision=revision)

    def now() -> tuple[dict[str, Any], int]:
        row.refresh_from_db()
        present = values()
        del present["kinds"]
        return present, row.revision

    if request.method == "POST":
        tried = try_to_save(form, save, now)
        if tried.saved:
            messages.success(request, _("The clause was saved."))
            return redirect("agreements:clause", clause_id)
    context = {
        "form": form,
        "clause": row,
        "met": tried.met,
        "placeholders": list(PLACEHOLDERS),
    }
    return render(request, "agreements/clause_form.html", context, status=tried.status)


@require_POST
def put_clause_away(request: HttpRequest, clause_id: int) -> HttpResponse:
    """Put a clause away."""
    told = _("The clause “%(name)s” was put away.")
    pages = ("agreements:clause", "agreements:library")
    return put_away(request, actions.put_clause_away, clause_id, told, *pages)


@require_POST
def restore_clause(request: HttpRequest, clause_id: int) -> HttpResponse:
    """Bring a clause back."""
    told = _("The clause “%(name)s” is back.")
    return bring_back(request, actions.restore_clause, clause_id, told, "agreements:clause")


@require_safe
def template(request: HttpRequest, template_id: int) -> HttpResponse:
    """Show a template."""
    by = principal_of(request)
    row = queries.template(by, template_id)
    context = {
        "template": row,
        "may_remove": rules.may(by, rules.OBJECT_REMOVE, row),
        "panel": panel(by, row),
    }
    return render(request, "agreements/template.html", context)


@require_safe
def template_file(request: HttpRequest, template_id: int) -> HttpResponse:
    """Hand out the Word file of a template."""
    row = queries.template(principal_of(request), template_id)
    response = HttpResponse(content_of(row.file), content_type=WORD)
    return attachment(response, row.filename)


@require_http_methods(["GET", "HEAD", "POST"])
def new_template(request: HttpRequest) -> HttpResponse:
    """Show the form by which a Word template is handed in; POST checks it and keeps it."""
    by, organisations = principal_of(request), _makers(request)
    form = NewTemplateForm(request.POST or None, request.FILES or None, organisations=organisations)
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE

        def make(owner: Organisation) -> Template:
            upload = form.cleaned_data["file"]
            upload.seek(0)
            return actions.create_template(
                by, owner, form.details(), upload.read(), upload.name or ""
            )

        number = form.is_valid() and make_once(
            by, form, organisations, make, deed="create_template", kind="template"
        )
        if number:
            messages.success(request, _("The template was checked and can be used."))
            return redirect("agreements:template", number)
    context = {"form": form, "placeholders": [*sorted(OWN_NAMES), *PLACEHOLDERS]}
    return render(request, "agreements/template_form.html", context, status=status)


@require_POST
def put_template_away(request: HttpRequest, template_id: int) -> HttpResponse:
    """Put a template away."""
    told = _("The template “%(name)s” was put away.")
    pages = ("agreements:template", "agreements:library")
    return put_away(request, actions.put_template_away, template_id, told, *pages)


@require_POST
def restore_template(request: HttpRequest, template_id: int) -> HttpResponse:
    """Bring a template back."""
    told = _("The template “%(name)s” is back.")
    return bring_back(request, actions.restore_template, template_id, told, "agreements:template")
