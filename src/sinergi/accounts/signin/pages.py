"""One's own account: what is known, in which language, with which roles; ending a session."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.views import LoginView
from allauth.mfa.models import Authenticator
from allauth.usersessions.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sinergi.accounts.requests import PROVIDER, principal_of, signed_in_person
from sinergi.accounts.signin.forms import ProfileForm
from sinergi.accounts.signin.providers import active, connectable
from sinergi.accounts.signin.roles import memberships


@require_safe
@never_cache
@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """Show the account: name and language, organisations and roles, factors, sessions, data."""
    return _overview(request, ProfileForm(instance=signed_in_person(request)))


@require_POST
@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """Save name and language, and lead to the account in that language."""
    person = signed_in_person(request)
    form = ProfileForm(request.POST, instance=person)
    if not form.is_valid():
        return _overview(request, form)
    saved = form.save()
    with override(saved.language):
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(reverse("account:overview"))


@require_POST
@login_required
def end_session(request: HttpRequest, number: int) -> HttpResponse:
    """End one of one's own sessions; ending the present one is signing out."""
    session = get_object_or_404(UserSession, pk=number, user=signed_in_person(request))
    if session.is_current():
        return HttpResponseRedirect(reverse("account_logout"))
    get_adapter().end_sessions([session])
    messages.success(request, _("The session was ended."))
    return HttpResponseRedirect(reverse("usersessions_list"))


class SignIn(LoginView):  # type: ignore[misc]
    """The sign-in page, with the providers of organisations."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the page shows."""
        told: dict[str, Any] = super().get_context_data(**kwargs)
        asked = self.request.GET.get("next", "")
        query = f"?{urlencode({'next': asked})}" if asked else ""
        told["providers"] = [
            {
                "name": row.organisation.name,
                "url": reverse("openid_connect_login", args=[row.organisation.code]) + query,
            }
            for row in active().order_by("organisation__name")
        ]
        return told


def _overview(request: HttpRequest, form: ProfileForm) -> HttpResponse:
    person = signed_in_person(request)
    factors = Authenticator.objects.filter(user=person)
    principal = principal_of(request)
    context: dict[str, Any] = {
        "form": form,
        "person": person,
        "memberships": memberships(person, principal.withheld),
        "withheld": bool(principal.withheld),
        "administration_withheld": principal.administration_withheld,
        "through": request.session.get(PROVIDER),
        "connectable": connectable(person),
        "passkeys": factors.filter(type=Authenticator.Type.WEBAUTHN).count(),
        "app": factors.filter(type=Authenticator.Type.TOTP).exists(),
        "sessions": len(UserSession.objects.purge_and_list(person)),
    }
    return render(request, "account/overview.html", context, status=422 if form.errors else 200)
