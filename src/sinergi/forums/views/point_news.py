"""Say what became of a point."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sinergi.accounts.errors import InvalidError
from sinergi.accounts.once import once, seal
from sinergi.accounts.principal import Principal
from sinergi.accounts.requests import principal_of
from sinergi.accounts.texts import small_number
from sinergi.forums.actions import news as actions
from sinergi.forums.fates import Fate
from sinergi.forums.forms.points import NewsForm
from sinergi.forums.models import Point
from sinergi.forums.permissions import is_asked
from sinergi.forums.queries import points as queries
from sinergi.forums.views.frame import UNPROCESSABLE
from sinergi.forums.views.point_deeds import Refused, again, status_of
from sinergi.forums.views.point_page import point_page


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, forum_id: int, point_id: int) -> HttpResponse:
    """Say what became of a point; a refusal shows the point with the form as it was written."""
    principal = principal_of(request)
    point = queries.get_readable(principal, forum_id, point_id)
    if request.method != "POST":
        return redirect("forums:point", forum_id, point_id)
    asked = is_asked(principal, point)
    form, status = NewsForm(request.POST, now=Fate(point.fate), asked=asked), UNPROCESSABLE
    if form.is_valid():
        try:
            _report(principal, point, form)
        except Refused as error:
            point = queries.get_readable(principal, forum_id, point_id)
            status = status_of(error)
            fresh = NewsForm(request.POST, now=Fate(point.fate), asked=asked)
            form = again(form, fresh, point, error)
        else:
            messages.success(request, _("The news was added."))
            return redirect("forums:point", forum_id, point_id)
    context = point_page(principal, point, news=form)
    return render(request, "forums/point.html", context, status=status)


@require_POST
def how_many(request: HttpRequest, forum_id: int) -> HttpResponse:
    """Say how many points a meeting agreed on, as its sources tell."""
    written = request.POST.get("jumlah", "").strip()
    number = small_number(written, 5)
    try:
        actions.say_how_many(
            principal_of(request), forum_id, -1 if written and number is None else number
        )
    except InvalidError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The number was saved."))
    return redirect("forums:points", forum_id)


def _report(principal: Principal, point: Point, form: NewsForm) -> None:
    """Add the news of a valid form, once however often it is sent."""
    values = form.cleaned_data

    def tell() -> dict[str, Any]:
        revision = values["revision"] or 0
        news = actions.report(
            principal, point.forum_id, point.pk, form.details(), revision=revision
        )
        return {"news": news.pk}

    sent = {**{name: value for name, value in values.items() if name != "once"}, "of": point.pk}
    once(principal, "report_point", seal(values["once"], sent), sent, tell)
