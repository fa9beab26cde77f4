"""Pages of one's own tokens: list, issue, revoke."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sinergi.accounts import tokens
from sinergi.accounts.errors import AccountsError
from sinergi.accounts.forms import RefusingForm
from sinergi.accounts.models import Organisation
from sinergi.accounts.once import new_token, once, seal
from sinergi.accounts.principal import Principal
from sinergi.accounts.requests import SECOND_FACTOR, principal_of
from sinergi.accounts.signin.guards import with_password
from sinergi.accounts.vocabulary import Scope

SCOPES = (
    (Scope.READ, gettext_lazy("read what I may read")),
    (Scope.WRITE, gettext_lazy("make, change, import, put away and restore")),
    (Scope.SHARE, gettext_lazy("share and publish")),
    (Scope.MANAGE, gettext_lazy("manage the organisation: people, roles, invitations")),
    (Scope.AUDIT, gettext_lazy("search the audit trail")),
)
DAYS = (
    (30, gettext_lazy("30 days")),
    (90, gettext_lazy("90 days")),
    (180, gettext_lazy("half a year")),
    (tokens.MOST_DAYS, gettext_lazy("a year")),
)


class TokenForm(RefusingForm):
    """What a new token is called, where it acts, how far and how long."""

    name = forms.CharField(
        label=gettext_lazy("Name, by which you know it again"),
        max_length=tokens.LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Acts in"), queryset=Organisation.objects.none(), empty_label=None
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What it may do, as far as you may"),
        choices=SCOPES,
        initial=[Scope.READ],
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.TypedChoiceField(
        label=gettext_lazy("Expires after"), choices=DAYS, coerce=int, initial=90
    )
    once = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, *args: Any, by: Principal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        if isinstance(field, forms.ModelChoiceField):
            rows = Organisation.objects.filter(pk__in=list(by.rights), deleted_at=None)
            field.queryset = rows.order_by("name")


@require_safe
@never_cache
@login_required
def listing(request: HttpRequest) -> HttpResponse:
    """Show one's own tokens."""
    by = principal_of(request)
    rows = tokens.tokens_of(by)
    context = {"tokens": rows, "now": timezone.now(), "may_issue": bool(by.rights)}
    return render(request, "tokens/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@with_password
@reauthentication_required  # type: ignore[untyped-decorator]
def issue(request: HttpRequest) -> HttpResponse:
    """Show the form for a new token; POST issues it and shows its secret, this once."""
    by = principal_of(request)
    form = TokenForm(request.POST or None, by=by, initial={"once": new_token()})
    if request.method == "POST" and form.is_valid():
        secret = _issue(request, by, form)
        if secret == "":
            text = _("This token was issued already; its secret is shown only once.")
            messages.warning(request, text)
            return HttpResponseRedirect(reverse("tokens:list"))
        if secret is not None:
            return render(request, "tokens/issued.html", {"secret": secret})
    status = 422 if form.is_bound else 200
    return render(request, "tokens/new.html", {"form": form}, status=status)


def _issue(request: HttpRequest, by: Principal, form: TokenForm) -> str | None:
    """Return the secret; empty when the same form was sent before, `None` when it was refused."""
    values, made = form.cleaned_data, []
    content = {**values, "organisation": values["organisation"].pk}

    def do() -> dict[str, Any]:
        row, secret = tokens.issue(
            by,
            values["organisation"],
            name=values["name"],
            scopes=values["scopes"],
            days=values["days"],
            second_factor=bool(request.session.get(SECOND_FACTOR)),
        )
        made.append(secret)
        return {"token": row.pk}

    try:
        once(by, "issue_token", seal(values["once"], content), content, do)
    except AccountsError as error:
        form.refuse(error)
        return None
    return made[0] if made else ""


@require_POST
@login_required
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    """Revoke one of one's own tokens."""
    row = tokens.revoke(principal_of(request), number)
    messages.success(request, _("The token “%(name)s” is revoked.") % {"name": row.name})
    return HttpResponseRedirect(reverse("tokens:list"))
