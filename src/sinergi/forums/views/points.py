"""Pages of the points of a forum: all, one, record, change."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sinergi.accounts import rules
from sinergi.accounts.errors import ConflictError, InvalidError
from sinergi.accounts.once import once, seal
from sinergi.accounts.principal import Principal
from sinergi.accounts.requests import principal_of
from sinergi.forums import errors
from sinergi.forums.actions import points as actions
from sinergi.forums.forms.points import NewPointForm, PointForm, written
from sinergi.forums.models import Forum, Point, StrategicIssue, Theme
from sinergi.forums.queries import points as queries
from sinergi.forums.queries.forums import get_forum
from sinergi.forums.queries.themes import submitted, themes
from sinergi.forums.stages import Deed, Stage, allows
from sinergi.forums.views.frame import CONFLICT, UNPROCESSABLE, frame
from sinergi.forums.views.point_page import point_page
from sinergi.opportunities.lists.merging import Met, merge, remember


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
    forum = get_forum(principal, forum_id)
    context = point_page(principal, forum, queries.get_point(forum, point_id))
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
    if request.method == "POST" or allows(stage, Deed.AGREE):
        return principal, forum, None
    messages.error(request, errors.too_early_or_late(stage, Deed.AGREE).message)
    return principal, forum, redirect("forums:points", forum_id)


@require_http_methods(["GET", "HEAD", "POST"])
def new_point(request: HttpRequest, forum_id: int) -> HttpResponse:
    """Show the form of a point; POST records it. `?tema=` and `?isu=` say what it is made of."""
    principal, forum, elsewhere = agreeing(request, forum_id)
    if elsewhere is not None:
        return elsewhere
    form = NewPointForm(
        request.POST or None,
        initial=_proposed(request, forum),
        themes=themes(forum),
        issues=submitted(forum),
    )
    status = 200
    if request.method == "POST":
        number = _agree(principal, forum, form) if form.is_valid() else None
        if number is not None:
            messages.success(request, _("The point was recorded."))
            return redirect("forums:point", forum_id, number)
        status = UNPROCESSABLE
    context = {**frame(principal, forum, "points"), "form": form}
    return render(request, "forums/point_new.html", context, status=status)


def _proposed(request: HttpRequest, forum: Forum) -> dict[str, Any]:
    """Return how the form of a new point begins: the next number, and the words of a theme it is made of."""
    chosen = [one for one in request.GET.getlist("tema") if one.isascii() and one.isdigit()]
    raised = [one for one in request.GET.getlist("isu") if one.isascii() and one.isdigit()]
    initial: dict[str, Any] = {"number": queries.next_number(forum)}
    there = [one for one in themes(forum) if str(one.pk) in chosen]
    issues = [one for one in submitted(forum) if str(one.pk) in raised]
    first: Theme | StrategicIssue | None = there[0] if there else issues[0] if issues else None
    if first is not None:
        initial |= {"title": first.title, "text": first.text}
    affairs = {one.affair for one in issues}
    if len(affairs) == 1:
        initial["affair"] = affairs.pop()
    initial["themes"] = [str(one.pk) for one in there]
    initial["issues"] = [str(one.pk) for one in issues]
    return initial


def _agree(principal: Principal, forum: Forum, form: NewPointForm) -> int | None:
    """Record the point of a valid form, once however often it is sent; on refusal fill the form."""
    values = form.cleaned_data

    def agree() -> dict[str, Any]:
        return {"point": actions.agree(principal, forum.pk, form.details(), form.origin()).pk}

    sent = {**{name: value for name, value in values.items() if name != "once"}, "of": forum.pk}
    try:
        done = once(principal, "agree_point", seal(values["once"], sent), sent, agree)
    except (errors.ForumError, InvalidError) as error:
        form.refuse(error)
        return None
    return int(done.result["point"])


@require_http_methods(["GET", "HEAD", "POST"])
def edit_point(request: HttpRequest, forum_id: int, point_id: int) -> HttpResponse:
    """Show and save what is written of a point; on conflict show what somebody else changed meanwhile."""
    principal, forum, elsewhere = agreeing(request, forum_id)
    if elsewhere is not None:
        return elsewhere
    there = queries.get_point(forum, point_id)
    form, met, status = _form(there), list[Met](), 200
    if request.method == "POST":
        form, status = _form(there, request.POST), UNPROCESSABLE
        if form.is_valid():
            try:
                revision = form.cleaned_data["revision"] or 0
                actions.edit_point(principal, forum_id, point_id, form.details(), revision=revision)
            except (errors.ForumError, ConflictError, InvalidError) as error:
                form.refuse(error)
                if isinstance(error, ConflictError):
                    there, status = queries.get_point(forum, point_id), CONFLICT
                    met = merge(form, written(actions.details_of(there)), there.revision, _shown)
            else:
                messages.success(request, _("The point was saved."))
                return redirect("forums:point", forum_id, point_id)
    context = {**frame(principal, forum, "points"), "form": form, "met": met, "point": there}
    return render(request, "forums/point_edit.html", context, status=status)


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
    return "–" if value in (None, "") else str(value)
