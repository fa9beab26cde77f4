"""Transfers and joint objects put away, and brought back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from sinergi.accounts.models import Kept
from sinergi.accounts.principal import Principal
from sinergi.accounts.requests import principal_of
from sinergi.accounts.texts import small_number
from sinergi.programs import money_words as words
from sinergi.programs.actions import money as actions
from sinergi.programs.models import JointObject, Transfer
from sinergi.programs.queries.joint import money_put_away

LISTS: dict[type[Kept], str] = {
    Transfer: "programs:transfers",
    JointObject: "programs:joint-objects",
}
AWAY = {
    Transfer: gettext_lazy("The transfer was put away."),
    JointObject: gettext_lazy("The joint object was put away."),
}
BACK = {
    Transfer: gettext_lazy("The transfer was restored."),
    JointObject: gettext_lazy("The joint object was restored."),
}


@require_POST
def put_away(request: HttpRequest, number: int, model: type[Kept]) -> HttpResponse:
    """Put a transfer or a joint object away."""
    revision = small_number(request.POST.get("revision", ""))
    why = request.POST.get("mengapa", "")
    actions.put_money_away(principal_of(request), model, number, revision=revision, reason=why)
    messages.success(request, str(AWAY[model]))
    return redirect(LISTS[model])


@require_POST
def restore(request: HttpRequest, number: int, model: type[Kept]) -> HttpResponse:
    """Bring a transfer or a joint object back."""
    row: Any = actions.restore_money(principal_of(request), model, number)
    messages.success(request, str(BACK[model]))
    return redirect(row)


def away_rows(by: Principal, model: type[Kept]) -> list[dict[str, Any]]:
    """Return what was put away and may be restored, for the list of its kind."""
    name = "programs:transfer-restore" if model is Transfer else "programs:joint-restore"
    return [
        {"name": _name(one), "thing": one, "restore": reverse(name, args=[one.pk])}
        for one in money_put_away(by, model)
    ]


def _name(one: Kept) -> str:
    if isinstance(one, Transfer):
        sides = {"giver": words.region(one.giver), "receiver": words.region(one.receiver)}
        return _("%(giver)s to %(receiver)s, %(year)s") % {**sides, "year": one.year}
    return str(one)
