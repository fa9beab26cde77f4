"""The page on which an administrator lets people of an organisation sign in by its provider."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from sinergi.accounts import rules
from sinergi.accounts.actions.providers import (
    ProviderDetails,
    confirm_provider,
    faults,
    remove_provider,
    set_provider,
)
from sinergi.accounts.errors import InvalidError
from sinergi.accounts.mail.letters import base_of
from sinergi.accounts.models import Organisation, SignInProvider
from sinergi.accounts.queries.organisations import organisation
from sinergi.accounts.requests import principal_of
from sinergi.accounts.signin.discovery import check_issuer


class ProviderForm(forms.Form):
    """The provider of an organisation."""

    issuer = forms.CharField(
        label=gettext_lazy("Address of the provider (issuer)"),
        max_length=300,
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
    )
    client_id = forms.CharField(label=gettext_lazy("Client ID"), max_length=191)
    secret = forms.CharField(
        label=gettext_lazy("Client secret"),
        required=False,
        strip=False,
        max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("Left empty, the present one stays. It is stored encrypted."),
    )
    domains = forms.CharField(
        label=gettext_lazy("Domains of e-mail addresses, one a line"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The provider is believed for addresses of these domains only."),
    )
    is_active = forms.BooleanField(
        label=gettext_lazy("Offered on the sign-in page"), required=False
    )
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def details(self) -> ProviderDetails:
        """Return what was written, in normal form."""
        told = self.cleaned_data
        domains = dict.fromkeys(told["domains"].lower().replace("@", "").split())
        return ProviderDetails(
            issuer=told["issuer"].strip().rstrip("/"),
            client_id=told["client_id"].strip(),
            secret=told["secret"],
            domains=tuple(domains),
            is_active=told["is_active"],
        )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def provider(request: HttpRequest, code: str) -> HttpResponse:
    """Show and change the provider of an organisation."""
    owner = organisation(code)
    principal = principal_of(request)
    rules.require(principal, rules.ORGANISATION_MANAGE, owner)
    row = SignInProvider.objects.filter(organisation=owner).first()
    if request.method == "POST" and "remove" in request.POST:
        remove_provider(principal, owner)
        messages.success(request, _("Nobody signs in by the provider any more."))
        return HttpResponseRedirect(reverse("account:provider", args=[code]))
    if request.method == "POST" and "confirm" in request.POST:
        confirm_provider(principal, owner, revision=_revision(request))
        messages.success(request, _("Confirmed: people can sign in by the provider."))
        return HttpResponseRedirect(reverse("account:provider", args=[code]))
    form = (
        ProviderForm(request.POST) if request.method == "POST" else ProviderForm(initial=_said(row))
    )
    if form.is_bound and form.is_valid() and _saved(request, owner, row, form):
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(reverse("account:provider", args=[code]))
    context = {
        "organisation": owner,
        "provider": row,
        "form": form,
        "may_confirm": rules.may(principal, rules.INSTALLATION),
        "callback": base_of(request) + reverse("openid_connect_callback", args=[code]),
    }
    return render(request, "account/provider.html", context, status=422 if form.errors else 200)


def _revision(request: HttpRequest) -> int | None:
    """Return the revision that was looked at; `None`, which is none, for what is no number."""
    text = request.POST["confirm"]
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def _said(row: SignInProvider | None) -> dict[str, Any]:
    if row is None:
        return {"is_active": True}
    return {
        "issuer": row.issuer,
        "client_id": row.client_id,
        "domains": "\n".join(row.domains),
        "is_active": row.is_active,
        "revision": row.revision,
    }


def _saved(
    request: HttpRequest, owner: Organisation, row: SignInProvider | None, form: ProviderForm
) -> bool:
    """Save what was written; what is wrong with it is told by the form."""
    details = form.details()
    try:
        if wrong := faults(details, row):
            raise InvalidError(wrong)
        check_issuer(details.issuer)
        set_provider(principal_of(request), owner, details, revision=form.cleaned_data["revision"])
    except InvalidError as error:
        for field, text in error.fields.items():
            form.add_error(field, text)
        return False
    return True
