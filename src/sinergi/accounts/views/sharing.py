"""Sharing, the same for everything that belongs to an organisation: whose it is, who sees it, open, close."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from sinergi.accounts import rules
from sinergi.accounts.actions import sharing
from sinergi.accounts.errors import ForbiddenError, InvalidError
from sinergi.accounts.models import Level, Organisation, Owned, Share, Visibility
from sinergi.accounts.principal import Principal
from sinergi.accounts.queries.audience import Audience, audience
from sinergi.accounts.queries.kinds import owned_row
from sinergi.accounts.requests import principal_of

SHARE, END, PUBLISH, WITHDRAW = "buka", "tutup", "publik", "pribadi"
"""Deeds, as the buttons of the panel send them."""
MOST = 1000
"""Longest reason."""


def _reason() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Why (kept in the history)"),
        required=False,
        max_length=MOST,
        widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": MOST}),
    )


class ShareForm(forms.Form):
    """With which organisation, how far, why."""

    organisation = forms.ModelChoiceField(
        label=gettext_lazy("With which organisation"),
        queryset=Organisation.objects.none(),
        empty_label=gettext_lazy("Choose an organisation"),
    )
    level = forms.ChoiceField(label=gettext_lazy("What it allows"), choices=Level.choices)
    with_members = forms.BooleanField(
        label=gettext_lazy("Its members, too (associations and commissariats)"), required=False
    )
    reason = _reason()

    def __init__(self, *args: Any, owner: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        if isinstance(field, forms.ModelChoiceField):
            rows = Organisation.objects.filter(deleted_at=None).order_by("name")
            field.queryset = rows if owner is None else rows.exclude(pk=owner)

    def refuse(self, error: InvalidError) -> None:
        """Show what the action refused, beside its field."""
        for name, text in error.fields.items():
            self.add_error(name if name in self.fields else None, text)


class ReasonForm(forms.Form):
    """Why something is made public or private."""

    reason = _reason()


@dataclass(frozen=True, slots=True)
class Panel:
    """What `accounts/parts/audience.html` shows.

    Attributes
    ----------
    address
        Where its forms are sent.
    share_form
        `None` where sharing is not allowed.
    told
        Whether names of those that it is shared with are told: to people who signed in.
    is_open
        Whether the forms are unfolded.
    """

    audience: Audience
    address: str
    told: bool
    share_form: ShareForm | None
    reason_form: ReasonForm | None
    is_open: bool = False

    @property
    def editors(self) -> list[Share]:
        """Shares that allow to edit."""
        return [share for share in self.audience.shares if share.level == Level.EDIT]


def panel(principal: Principal, row: Owned, refused: ShareForm | None = None) -> Panel:
    """Return the sharing panel of a row; any page of something owned includes it.

    Parameters
    ----------
    refused
        The form that was refused, with its faults.
    """
    seen = audience(principal, row)
    may_publish = seen.may_publish and seen.owner is not None
    return Panel(
        audience=seen,
        address=reverse("sharing:panel", args=[row.KIND, row.pk]),
        told=principal.signed_in,
        share_form=(refused or ShareForm(owner=row.organisation_id)) if seen.may_share else None,
        reason_form=ReasonForm(prefix="terlihat") if may_publish else None,
        is_open=refused is not None,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def sharing_page(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """Show whose something is and who sees it; POST opens or closes it."""
    principal = principal_of(request)
    row = owned_row(principal, kind, number)
    refused, status = None, 200
    if request.method == "POST":
        refused = _do(request, principal, row)
        if refused is None:
            return HttpResponseRedirect(_page_of(row))
        status = 422
    elif not may_open(principal, row):
        rule = rules.OBJECT_SHARE
        raise ForbiddenError(rules.refusal(principal, rule, row), rule)
    context = {"row": row, "panel": panel(principal, row, refused), "page": _page_of(row)}
    return render(request, "accounts/sharing.html", context, status=status)


def may_open(principal: Principal, row: Owned) -> bool:
    """Whether somebody may change who sees a row in any way."""
    return any(
        rules.may(principal, rule, row) for rule in (rules.OBJECT_SHARE, rules.OBJECT_PUBLISH)
    )


def _page_of(row: Owned) -> str:
    """Return the address of the row's own page, or of its sharing page where it has none."""
    own = getattr(row, "get_absolute_url", None)
    return str(own()) if own else reverse("sharing:panel", args=[row.KIND, row.pk])


def _do(request: HttpRequest, principal: Principal, row: Owned) -> ShareForm | None:
    """Do what the button says; return the form when it was refused."""
    deed = request.POST.get("lakukan", SHARE)
    if deed in {PUBLISH, WITHDRAW}:
        _show(request, principal, row, public=deed == PUBLISH)
        return None
    if deed == END:
        _end(request, principal, row)
        return None
    rules.require(principal, rules.OBJECT_SHARE, row)
    form = ShareForm(request.POST, owner=row.organisation_id)
    if not form.is_valid():
        return form
    values = form.cleaned_data
    organisation, level = values["organisation"], Level(values["level"])
    try:
        sharing.share(
            principal,
            row,
            organisation,
            level,
            with_members=values["with_members"],
            reason=values["reason"],
        )
    except InvalidError as error:
        form.refuse(error)
        return form
    messages.success(request, _("It is open to %(name)s now.") % {"name": organisation.name})
    return None


def _show(request: HttpRequest, principal: Principal, row: Owned, *, public: bool) -> None:
    visibility = Visibility.PUBLIC if public else Visibility.PRIVATE
    reason = request.POST.get("terlihat-reason", "")[:MOST]
    sharing.set_visibility(principal, row, visibility, reason=reason)
    text = _("Everybody can read it now.") if public else _("It is no longer public.")
    messages.success(request, text)


def _end(request: HttpRequest, principal: Principal, row: Owned) -> None:
    rules.require(principal, rules.OBJECT_SHARE, row)
    number = request.POST.get("organisation", "")
    known = Share.objects.filter(kind=row.KIND, object_id=row.pk).select_related("organisation")
    share = next((one for one in known if str(one.organisation_id) == number), None)
    if share is not None:
        reason = request.POST.get("reason", "")[:MOST]
        sharing.unshare(principal, row, share.organisation, reason=reason)
        text = _("It is closed to %(name)s again.") % {"name": share.organisation.name}
        messages.success(request, text)
