"""The page on which the secretariat names the cooperation objects that a point is about."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sinergi.accounts import rules
from sinergi.accounts.requests import principal_of
from sinergi.forums.actions.point_objects import fixed_objects, name_objects
from sinergi.forums.forms.fields import joined, object_names
from sinergi.forums.forms.points_onward import ObjectsForm
from sinergi.forums.models import Point
from sinergi.forums.queries import points as queries
from sinergi.forums.queries.forums import get_forum
from sinergi.forums.stages import Deed
from sinergi.forums.views.frame import UNPROCESSABLE, frame
from sinergi.forums.views.point_deeds import Refused, again, status_of


def objects_form(point: Point, data: Any = None) -> ObjectsForm:
    """Return the form, with the objects that may still be changed."""
    free = [code for code in point.objects_named if code not in fixed_objects(point)]
    return ObjectsForm(data, initial={"objects_named": joined(free), "revision": point.revision})


@require_http_methods(["GET", "HEAD", "POST"])
def name(request: HttpRequest, forum_id: int, point_id: int) -> HttpResponse:
    """Show the objects of a point to choose from; POST names them and leads on to what the map says."""
    principal = principal_of(request)
    forum = get_forum(principal, forum_id)
    point = queries.get_point(forum, point_id)
    rules.require(principal, rules.OBJECT_EDIT, forum)
    form, status = objects_form(point, request.POST or None), 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            codes, revision = (
                form.cleaned_data["objects_named"].split(),
                form.cleaned_data["revision"],
            )
            try:
                name_objects(principal, forum_id, point_id, codes, revision=revision or 0)
            except Refused as error:
                point, status = queries.get_point(forum, point_id), status_of(error)
                form = again(form, objects_form(point, request.POST), point, error)
            else:
                messages.success(request, _("The cooperation objects were named."))
                return redirect("forums:point-act", forum_id, point_id)
    frm = frame(principal, forum, "points")
    context = {
        **frm,
        "point": point,
        "form": form,
        "fixed": object_names(fixed_objects(point)),
        "later": not frm["frame"].may[Deed.TAKE_IN.value],
    }
    return render(request, "forums/point_objects.html", context, status=status)
