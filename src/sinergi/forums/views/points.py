"""Pages of the points of a forum: all, one, change."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sinergi.accounts import rules
from sinergi.accounts.principal import Principal
from sinergi.accounts.requests import principal_of
from sinergi.forums import errors
from sinergi.forums.actions import points as actions
from sinergi.forums.forms.fields import object_names
from sinergi.forums.forms.points import PointForm, written
from sinergi.forums.models import Forum, Point
from sinergi.forums.queries import points as queries
from sinergi.forums.queries.ancestry import ancestry, raising_regions
from sinergi.forums.queries.carrying import known_names, owner_names
from sinergi.forums.queries.forums import get_forum
from sinergi.forums.queries.standing import is_sealed
from sinergi.forums.stages import Deed, Stage, allows
from sinergi.forums.views.frame import frame
from sinergi.forums.views.point_page import point_page
from sinergi.opportunities.lists.merging import remember
from sinergi.opportunities.views.saving import UNTRIED, try_to_save


@require_safe
def points(request: HttpRequest, forum_id: int) -> HttpResponse:
    """Show the points of a forum in order, and how many are settled, open and untouched."""
    principal, today = principal_of(request), timezone.localdate()
    forum = get_forum(principal, forum_id)
    context = {
        **frame(principal, forum, "points"),
        "rows": queries.shown(queries.points_of(forum), today),
        "tally": queries.tally(forum.points.filter(struck_at=None), today),
    }
    return render(request, "forums/points.html", context)


@require_safe
def point(request: HttpRequest, forum_id: int, point_id: int) -> HttpResponse:
    """Show a point: where it comes from, what became of it, what was made of it."""
    principal = principal_of(request)
    context = point_page(principal, queries.get_readable(principal, forum_id, point_id))
    return render(request, "forums/point.html", context)


def agreeing(request: HttpRequest, forum_id: int) -> tuple[Principal, Forum, HttpResponse | None]:
    """Return who asks and the forum whose points are worded, and where to go when it is not the time for it.

    Raises
    ------
    NotFoundError, ForbiddenError
    """
    principal = principal_of(request)
    forum = get_forum(principal, forum_id)
    rules.require(principal, rules.OBJECT_EDIT, forum)
    stage = Stage(forum.stage)
    sealed = is_sealed(forum)
    if request.method == "POST" or allows(stage, Deed.AGREE, sealed=sealed):
        return principal, forum, None
    if sealed and allows(stage, Deed.AGREE):
        messages.error(request, errors.sealed_already().message)
        return principal, forum, redirect("forums:minutes", forum_id)
    messages.error(request, errors.too_early_or_late(stage, Deed.AGREE).message)
    return principal, forum, redirect("forums:points", forum_id)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_point(request: HttpRequest, forum_id: int, point_id: int) -> HttpResponse:
    """Show and save what is written of a point; on conflict show what somebody else changed meanwhile."""
    principal, forum, elsewhere = agreeing(request, forum_id)
    if elsewhere is not None:
        return elsewhere
    there = queries.get_point(forum, point_id)
    form, tried = _form(there, request.POST or None), UNTRIED

    def save(revision: int) -> object:
        return actions.edit_point(principal, forum_id, point_id, form.details(), revision=revision)

    def now() -> tuple[dict[str, Any], int]:
        there.refresh_from_db()
        return written(actions.details_of(there)), there.revision

    if request.method == "POST":
        tried = try_to_save(form, save, now, _shown)
        if tried.saved:
            messages.success(request, _("The point was saved."))
            return redirect("forums:point", forum_id, point_id)
    context = {
        **frame(principal, forum, "points"),
        "form": form,
        "met": tried.met,
        "point": there,
        "names": known_names(principal, forum),
        "owners": owner_names(forum, raising_regions(ancestry(principal, there).earlier)),
    }
    return render(request, "forums/point_edit.html", context, status=tried.status)


def _form(point: Point, data: Any = None) -> PointForm:
    """Return the form of a point, with its values or with what a person sent."""
    initial = {**written(actions.details_of(point)), "revision": point.revision}
    form = PointForm(data, initial=initial)
    remember(form)
    return form


def _shown(name: str, value: Any) -> str:
    """Return a value of the form in words."""
    if name == "type" and value in Point.Type.values:
        return str(Point.Type(value).label)
    if name == "objects_named":
        return ", ".join(object_names(str(value).split())) or "–"
    return "–" if value in (None, "") else str(value)
