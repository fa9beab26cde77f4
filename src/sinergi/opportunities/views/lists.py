"""Pages of priority lists: all lists, one list, and the deeds on a list."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sinergi.opportunities.lists import actions, errors, exports, queries
from sinergi.opportunities.lists.actions.lists import details_of
from sinergi.opportunities.lists.forms import ListForm
from sinergi.opportunities.models import PriorityList
from sinergi.opportunities.views.list_page import list_page

UNPROCESSABLE, CONFLICT = 422, 409


def found(list_id: int) -> PriorityList:
    """Return a list, or answer 404."""
    try:
        return queries.get_list(list_id)
    except errors.NotFoundError as error:
        raise Http404(error.message) from error


def status_of(error: errors.ListError) -> int:
    """Return the HTTP status of a refusal."""
    return CONFLICT if isinstance(error, errors.ConflictError) else UNPROCESSABLE


@require_http_methods(["GET", "HEAD", "POST"])
def lists(request: HttpRequest) -> HttpResponse:
    """Show all lists with the form for a new one; POST starts it."""
    form, status = ListForm(request.POST or None), 200
    if request.method == "POST":
        if form.is_valid():
            try:
                made = actions.create_list(form.details())
            except errors.ListError as error:
                form.refuse(error)
            else:
                messages.success(request, _("The list “%(name)s” was made.") % {"name": made.name})
                return redirect("opportunities:list", made.pk)
        status = UNPROCESSABLE
    context = {"lists": queries.lists(), "deleted": queries.lists(deleted=True), "form": form}
    return render(request, "opportunities/lists.html", context, status=status)


@require_safe
def one_list(request: HttpRequest, list_id: int) -> HttpResponse:
    """Show a list with its entries, what changed since, what was removed, and the history."""
    return render(request, "opportunities/list.html", list_page(found(list_id)))


@require_http_methods(["GET", "HEAD", "POST"])
def edit_list(request: HttpRequest, list_id: int) -> HttpResponse:
    """Show and save the details of a list; on conflict show the present values beside the person's."""
    plan = found(list_id)
    present = details_of(plan)
    initial = {name: getattr(present, name) for name in ListForm.base_fields if name != "revision"}
    initial["revision"] = plan.revision
    context: dict[str, Any] = {"list": plan, "form": ListForm(initial=initial)}
    status = 200
    if request.method == "POST":
        form = ListForm(request.POST)
        context["form"], status = form, UNPROCESSABLE
        if form.is_valid():
            try:
                actions.rename_list(
                    list_id, form.details(), revision=form.cleaned_data["revision"] or 0
                )
            except errors.ListError as error:
                form.refuse(error)
                status = status_of(error)
                if status == CONFLICT:
                    context["form"] = renewed(form, plan.revision)
                    context["present"] = present
            else:
                messages.success(request, _("The list was saved."))
                return redirect("opportunities:list", list_id)
    return render(request, "opportunities/list_edit.html", context, status=status)


def renewed(form: Any, revision: int) -> Any:
    """Return the form with its input and faults, made to be sent again from the present revision."""
    form.data = form.data.copy()
    form.data[form.add_prefix("revision")] = str(revision)
    return form


@require_POST
def delete_list(request: HttpRequest, list_id: int) -> HttpResponse:
    """Put a list away."""
    try:
        plan = actions.delete_list(list_id, revision=revision_of(request))
    except errors.NotFoundError as error:
        raise Http404(error.message) from error
    except errors.ConflictError as error:
        messages.error(request, error.message)
        return redirect("opportunities:list", list_id)
    messages.success(
        request,
        _("The list “%(name)s” was put away. It can be restored below.") % {"name": plan.name},
    )
    return redirect("opportunities:lists")


@require_POST
def restore_list(request: HttpRequest, list_id: int) -> HttpResponse:
    """Bring a list back."""
    try:
        plan = actions.restore_list(list_id)
    except errors.NotFoundError as error:
        raise Http404(error.message) from error
    messages.success(request, _("The list “%(name)s” is back.") % {"name": plan.name})
    return redirect("opportunities:list", list_id)


@require_safe
def export(request: HttpRequest, list_id: int, fmt: str) -> HttpResponse:
    """Send a list as a file in the language of the page."""
    try:
        name, content = exports.export_list(list_id, fmt, get_language() or "id")
    except (errors.NotFoundError, errors.FormatError) as error:
        raise Http404(error.message) from error
    response = HttpResponse(content, content_type=exports.CONTENT_TYPES[fmt])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


def revision_of(request: HttpRequest) -> int:
    """Return the revision the person saw; 0, which never is, when a form sent none or nonsense."""
    text = request.POST.get("revision", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def entry_address(list_id: int, entry_id: int) -> str:
    """Return the address of an entry on its list."""
    return f"{reverse('opportunities:list', args=[list_id])}#butir-{entry_id}"
