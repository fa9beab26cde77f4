"""The page on which the secretariat says which organisations the names in a point mean."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sinergi.accounts import rules
from sinergi.accounts.models import Organisation
from sinergi.accounts.requests import principal_of
from sinergi.forums.actions.point_meaning import meant_of, say_who_is_meant
from sinergi.forums.forms.points_onward import MeantForm
from sinergi.forums.models import Point
from sinergi.forums.queries import points as queries
from sinergi.forums.queries.forums import get_forum
from sinergi.forums.views.frame import UNPROCESSABLE, frame
from sinergi.forums.views.point_deeds import Refused, again, status_of

MOST_OFFERED = 1_000


def _form(point: Point, data: Any = None) -> MeantForm:
    names = dict.fromkeys([*(one.name for one in point.addressees.all()), point.owner_name])
    return MeantForm(
        data,
        names=[name for name in names if name],
        meant=dict(meant_of(point)),
        initial={"revision": point.revision},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def meant(request: HttpRequest, forum_id: int, point_id: int) -> HttpResponse:
    """Show each name in a point with the organisation that it means; POST says which."""
    principal = principal_of(request)
    forum = get_forum(principal, forum_id)
    point = queries.get_point(forum, point_id)
    rules.require(principal, rules.OBJECT_EDIT, forum)
    form, status = _form(point, request.POST or None), 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            revision = form.cleaned_data["revision"] or 0
            try:
                say_who_is_meant(principal, forum_id, point_id, form.meant(), revision=revision)
            except Refused as error:
                point, status = queries.get_point(forum, point_id), status_of(error)
                form = again(form, _form(point, request.POST), point, error)
            else:
                messages.success(request, _("Who is meant was saved."))
                return redirect("forums:point", forum_id, point_id)
    here = Organisation.objects.filter(deleted_at=None).order_by("name")[:MOST_OFFERED]
    context = {
        **frame(principal, forum, "points"),
        "point": point,
        "form": form,
        "fields": list(form.named()),
        "organisations": here,
    }
    return render(request, "forums/point_meant.html", context, status=status)
