"""Pages about one's own data: what is stored, a download of it, its erasure on request."""

from allauth.account.internal.flows.logout import logout
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sinergi.accounts.actions.personal import erase_person, export_person
from sinergi.accounts.errors import AccountsError
from sinergi.accounts.requests import principal_of, signed_in_person
from sinergi.accounts.signin.forms import ErasureForm
from sinergi.accounts.signin.guards import with_password
from sinergi.accounts.signin.passwords import is_password_of


@require_safe
@never_cache
@login_required
def data(request: HttpRequest) -> HttpResponse:
    """Say what is stored about a person, and offer download and erasure."""
    return render(request, "account/data.html", {"form": ErasureForm()})


@require_POST
@login_required
def download(request: HttpRequest) -> HttpResponse:
    """Send everything that is stored about the person, as JSON."""
    found = export_person(principal_of(request), signed_in_person(request))
    answer = JsonResponse(found, json_dumps_params={"indent": 2, "ensure_ascii": False})
    name = f"sinergi-data-{timezone.localdate():%Y-%m-%d}.json"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@require_POST
@with_password
def erase(request: HttpRequest) -> HttpResponse:
    """Erase everything about the person, once the password was given."""
    person = signed_in_person(request)
    form = ErasureForm(request.POST)
    if form.is_valid() and not is_password_of(request, person, form.cleaned_data["password"]):
        form.add_error("password", _("This is not your password."))
    if form.is_valid():
        try:
            erase_person(principal_of(request), person)
        except AccountsError as error:
            form.add_error(None, error.message)
        else:
            logout(request, show_message=False)
            messages.success(request, _("Your personal data was erased, and you were signed out."))
            return HttpResponseRedirect(resolve_url("opportunities:map"))
    return render(request, "account/data.html", {"form": form}, status=422)
