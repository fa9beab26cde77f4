"""Pages of organisations: the directory, one organisation, make, change, put away, restore."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sinergi.accounts import rules
from sinergi.accounts.actions import organisations as actions
from sinergi.accounts.actions.governments import reference_association
from sinergi.accounts.errors import ConflictError, InvalidError, unseen
from sinergi.accounts.forms import InviteForm, MemberForm, OrganisationForm, RoleForm
from sinergi.accounts.models import Organisation
from sinergi.accounts.organisation_rules import ASSOCIATIONS
from sinergi.accounts.queries import directory as queries
from sinergi.accounts.queries.organisations import organisation
from sinergi.accounts.requests import principal_of
from sinergi.accounts.views.organisation_history import organisation_history
from sinergi.reference import queries as reference

PAGE = 50
UNPROCESSABLE, CONFLICT = 422, 409


@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """List the organisations: names to visitors, more to people who signed in."""
    text, kind = request.GET.get("q", "").strip()[:80], request.GET.get("jenis", "")
    rows = queries.directory(text.replace("\x00", ""), kind)
    principal = principal_of(request)
    context = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("halaman")),
        "text": text,
        "kind": kind,
        "kinds": Organisation.Kind.choices,
        "signed_in": principal.signed_in,
        "may_create": rules.may(principal, rules.INSTALLATION),
    }
    return render(request, "organisations/directory.html", context)


@require_safe
def page(request: HttpRequest, code: str) -> HttpResponse:
    """Show an organisation; to its administrators its people, roles, invitations and settings, too."""
    return organisation_page(request, organisation(code))


def organisation_page(
    request: HttpRequest, row: Organisation, status: int = 200, **forms: Any
) -> HttpResponse:
    """Return the page of an organisation, with forms that were refused in place of empty ones."""
    principal = principal_of(request)
    may_manage = rules.may(principal, rules.ORGANISATION_MANAGE, row)
    context: dict[str, Any] = {
        "organisation": row,
        "region": reference.pack().region.get(row.region_code),
        "of_reference": reference_association(row) if row.kind in ASSOCIATIONS else None,
        "parts": queries.parts_of(row),
        "members": queries.members_of(row) if row.kind in ASSOCIATIONS else [],
        "has_members": row.kind in ASSOCIATIONS,
        "belongs_to": queries.associations_of(row),
        "signed_in": principal.signed_in,
        "withheld": row.pk in principal.withheld,
        "may_manage": may_manage,
        "may_administer": rules.may(principal, rules.INSTALLATION),
        "lines": None,
    }
    if rules.may(principal, rules.ORGANISATION_AUDIT, row):
        context["lines"] = organisation_history(principal, row)
    if may_manage:
        people = queries.holders(row)
        others = [one.person for one in people if one.person.pk != principal.person_id]
        choice = [(one.pk, one.name) for one in others]
        context |= {
            "people": people,
            "me": principal.person_id,
            "invitations": [(one, queries.expired(one)) for one in queries.open_invitations(row)],
            "invite_form": InviteForm(),
            "role_form": RoleForm(people=choice),
            "member_form": MemberForm(),
        }
    return render(request, "organisations/page.html", context | forms, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Show the form of a new organisation; POST makes it."""
    principal = principal_of(request)
    rules.require(principal, rules.INSTALLATION)
    form, status = OrganisationForm(request.POST or None, new=True), 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                made = actions.create_organisation(
                    principal,
                    form.details(),
                    code=form.cleaned_data["code"].strip(),
                    reason=form.cleaned_data["reason"],
                )
            except InvalidError as error:
                form.refuse(error)
            else:
                messages.success(request, _("%(name)s was made.") % {"name": made.name})
                return redirect("organisations:page", made.code)
    return render(request, "organisations/form.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, code: str) -> HttpResponse:
    """Show the form of an organisation; POST changes it, unless somebody else did meanwhile."""
    principal, row = principal_of(request), organisation(code)
    rules.require(principal, rules.ORGANISATION_MANAGE, row)
    present = actions.details_of(row)
    only_name = not rules.may(principal, rules.INSTALLATION) or row.kind == "workspace"
    names = ("name", "kind", "region_code", "parent")
    initial = {name: getattr(present, name) for name in names} | {"revision": row.revision}
    form, status = OrganisationForm(initial=initial, only_name=only_name), 200
    if request.method == "POST":
        form, status = OrganisationForm(request.POST, only_name=only_name), UNPROCESSABLE
        if form.is_valid():
            try:
                actions.change_organisation(
                    principal,
                    row,
                    form.details(present),
                    revision=form.cleaned_data["revision"] or 0,
                    reason=form.cleaned_data["reason"],
                )
            except InvalidError as error:
                form.refuse(error)
            except ConflictError as error:
                form.refuse(error)
                again = request.POST.copy()
                again["revision"] = str(row.revision)
                form.data = again
                status = CONFLICT
            else:
                messages.success(request, _("The organisation was saved."))
                return redirect("organisations:page", row.code)
    context = {
        "form": form,
        "organisation": row,
        "present": present if status == CONFLICT else None,
    }
    return render(request, "organisations/form.html", context, status=status)


@require_POST
def put_away(request: HttpRequest, code: str) -> HttpResponse:
    """Put an organisation away."""
    row = organisation(code)
    try:
        actions.put_organisation_away(principal_of(request), row, reason=reason_of(request))
    except InvalidError as error:
        messages.error(request, error.message)
        return redirect("organisations:page", code)
    messages.success(request, _("%(name)s was put away.") % {"name": row.name})
    return redirect("organisations:installation")


@require_POST
def restore(request: HttpRequest, code: str) -> HttpResponse:
    """Bring an organisation back."""
    principal = principal_of(request)
    rules.require(principal, rules.INSTALLATION)
    row = Organisation.objects.filter(code=code).exclude(deleted_at=None).first()
    if row is None:
        raise unseen()
    try:
        actions.restore_organisation(principal, row, reason=reason_of(request))
    except InvalidError as error:
        messages.error(request, error.message)
        return redirect("organisations:installation")
    messages.success(request, _("%(name)s is back.") % {"name": row.name})
    return redirect("organisations:page", code)


@require_POST
def second_factor(request: HttpRequest, code: str) -> HttpResponse:
    """Require a second factor for the roles of an organisation, or no longer."""
    row = organisation(code)
    required = request.POST.get("wajib") == "1"
    principal = principal_of(request)
    actions.require_second_factor(principal, row, required=required, reason=reason_of(request))
    text = (
        _("The roles of this organisation now count only after sign-in with a second factor.")
        if required
        else _("The roles of this organisation count without a second factor.")
    )
    messages.success(request, text)
    return redirect("organisations:page", code)


def reason_of(request: HttpRequest) -> str:
    """Return why a deed is done, as a form sent it."""
    return request.POST.get("reason", "").strip()[:1000]
