"""Pages of assets: record one, change it; they are listed on the page of changes."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sinergi.accounts import rules
from sinergi.accounts.errors import InvalidError
from sinergi.accounts.once import once, seal
from sinergi.accounts.principal import Principal
from sinergi.agreements import errors
from sinergi.agreements.actions import assets as actions
from sinergi.agreements.forms.assets import AssetForm
from sinergi.agreements.models import Asset
from sinergi.agreements.queries import reading
from sinergi.agreements.views.frame import UNPROCESSABLE, Frame, frame_of
from sinergi.opportunities.lists.merging import remember
from sinergi.opportunities.views.saving import UNTRIED, try_to_save
from sinergi.programs.amounts import written


def _frame(request: HttpRequest, agreement_id: int) -> Frame:
    frame = frame_of(request, agreement_id)
    rules.require(frame.by, rules.OBJECT_EDIT, frame.agreement)
    return frame


@require_http_methods(["GET", "HEAD", "POST"])
def new_asset(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """Show the form of an asset; POST records it."""
    frame = _frame(request, agreement_id)
    form, status = AssetForm(request.POST or None, parties=frame.parties), 200
    if request.method == "POST":
        if form.is_valid() and _add(frame.by, agreement_id, form):
            messages.success(request, _("The asset was recorded."))
            return redirect("agreements:changes", agreement_id)
        status = UNPROCESSABLE
    context = frame.context(request, form=form)
    return render(request, "agreements/asset_form.html", context, status=status)


def _add(by: Principal, agreement_id: int, form: AssetForm) -> bool:
    details = form.details()
    sent = {"agreement": agreement_id, **asdict(details)}

    def do() -> dict[str, Any]:
        return {"asset": actions.add_asset(by, agreement_id, details).pk}

    try:
        once(by, "add_asset", seal(form.cleaned_data["once"], sent), sent, do)
    except InvalidError as error:
        form.refuse(error)
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def edit_asset(request: HttpRequest, agreement_id: int, asset_id: int) -> HttpResponse:
    """Show and save what is told of an asset; on conflict show what somebody else changed."""
    frame = _frame(request, agreement_id)
    row = Asset.objects.filter(pk=asset_id, agreement=frame.agreement).first()
    if row is None:
        raise errors.not_found(_("The asset"))
    parties = reading.parties(frame.agreement, all_of_them=True)
    form = AssetForm(request.POST or None, parties=parties, initial=_written(row))
    remember(form)
    tried = UNTRIED

    def save(revision: int) -> object:
        return actions.edit_asset(
            frame.by, agreement_id, asset_id, form.details(), revision=revision
        )

    def now() -> tuple[dict[str, Any], int]:
        row.refresh_from_db()
        return _written(row), row.revision

    if request.method == "POST":
        tried = try_to_save(form, save, now)
        if tried.saved:
            messages.success(request, _("The asset was saved."))
            return redirect("agreements:changes", agreement_id)
    context = frame.context(request, form=form, asset=row, met=tried.met)
    return render(request, "agreements/asset_form.html", context, status=tried.status)


def _written(row: Asset) -> dict[str, Any]:
    value = "" if row.value is None else written(row.value)
    return {**asdict(actions.details_of(row)), "value": value, "revision": row.revision}
