"""Deeds on points that have pages of their own: strike, watch, forward, take in."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sinergi.accounts import rules
from sinergi.accounts.errors import AccountsError, ConflictError, InvalidError
from sinergi.accounts.once import once, seal
from sinergi.accounts.principal import Principal
from sinergi.accounts.requests import principal_of, revision_of, why_of
from sinergi.accounts.texts import small_number
from sinergi.forums import errors
from sinergi.forums.actions import points as actions
from sinergi.forums.actions.point_rows import first_review
from sinergi.forums.forms.fields import joined
from sinergi.forums.forms.points import WatchForm, written
from sinergi.forums.forms.points_onward import ForwardForm
from sinergi.forums.models import Forum, Point
from sinergi.forums.queries import points as queries
from sinergi.forums.queries.carrying import known_names, owner_names
from sinergi.forums.queries.forums import get_forum
from sinergi.forums.queries.forwarding import why_not
from sinergi.forums.queries.standing import is_sealed
from sinergi.forums.stages import Deed, Stage, allows
from sinergi.forums.views.frame import CONFLICT, UNPROCESSABLE, frame
from sinergi.forums.views.point_page import point_page

Refused = (errors.ForumError, ConflictError, InvalidError)


def status_of(error: AccountsError) -> int:
    """Return the HTTP status of a refusal that is shown in place."""
    return CONFLICT if isinstance(error, ConflictError) else UNPROCESSABLE


def again(form: Any, fresh: Any, point: Point, error: AccountsError) -> Any:
    """Return a form with what was sent and why it was refused, for another try from the present revision."""
    fresh.is_valid()
    fresh.data = form.data.copy()
    if isinstance(error, ConflictError):
        fresh.data["revision"] = str(point.revision)
    fresh.refuse(error)
    return fresh


@require_http_methods(["GET", "HEAD", "POST"])
def watch(request: HttpRequest, forum_id: int, point_id: int) -> HttpResponse:
    """Say by when a point is to be done and looked at again; a refusal keeps what was written."""
    principal = principal_of(request)
    forum = get_forum(principal, forum_id)
    point = queries.get_point(forum, point_id)
    if request.method != "POST":
        return redirect("forums:point", forum_id, point_id)
    rules.require(principal, rules.OBJECT_EDIT, forum)
    form, status = WatchForm(request.POST), UNPROCESSABLE
    if form.is_valid():
        days = {name: form.cleaned_data[name] for name in ("due", "review")}
        try:
            revision = form.cleaned_data["revision"] or 0
            actions.watch_point(principal, forum_id, point_id, **days, revision=revision)
        except Refused as error:
            point, status = queries.get_point(forum, point_id), status_of(error)
            form = again(form, WatchForm(request.POST), point, error)
        else:
            messages.success(request, _("The point was saved."))
            return redirect("forums:point", forum_id, point_id)
    context = point_page(principal, point, watch=form)
    return render(request, "forums/point.html", context, status=status)


@require_POST
def strike(request: HttpRequest, forum_id: int, point_id: int) -> HttpResponse:
    """Strike a point before the minutes are sealed; a reason that is too long is shown again."""
    principal, why = principal_of(request), why_of(request)
    try:
        point = actions.strike_point(
            principal, forum_id, point_id, revision=revision_of(request), reason=why
        )
    except errors.NotFoundError:
        raise
    except InvalidError as error:
        there = queries.get_point(get_forum(principal, forum_id), point_id)
        told = {"why": why, "strike_refusal": " ".join(error.fields.values())}
        context = {**point_page(principal, there), **told}
        return render(request, "forums/point.html", context, status=UNPROCESSABLE)
    except Refused as error:
        messages.error(request, error.message)
        return redirect("forums:point", forum_id, point_id)
    text = _("Point %(number)s was struck. The history keeps it.")
    messages.success(request, text % {"number": point.number})
    return redirect("forums:points", forum_id)


@require_http_methods(["GET", "HEAD", "POST"])
def forward(request: HttpRequest, forum_id: int) -> HttpResponse:
    """Choose points of this forum and a higher one, word them as one point of it; POST puts it there."""
    principal = principal_of(request)
    forum = get_forum(principal, forum_id)
    offered = [(forum, list(queries.points_of(forum)))] if queries.forwardable(forum) else []
    targets = list(queries.targets(principal, but=forum.pk))
    refusal = ""
    if not offered:
        refusal = errors.too_early_or_late(Stage(forum.stage), Deed.FORWARD).message
    return _forwarding(request, principal, forum, offered, targets, refusal)


@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: HttpRequest, forum_id: int) -> HttpResponse:
    """Choose points of lower forums and word them as one point of this forum; POST records it."""
    principal = principal_of(request)
    forum = get_forum(principal, forum_id)
    rules.require(principal, rules.OBJECT_EDIT, forum)
    targets = list(queries.targets(principal).filter(pk=forum.pk))
    offered = queries.sources(principal, but=forum.pk)
    refusal = ""
    if not targets:
        stage, sealed = (
            Stage(forum.stage),
            is_sealed(forum) and allows(Stage(forum.stage), Deed.TAKE_IN),
        )
        error = errors.sealed_already() if sealed else errors.too_early_or_late(stage, Deed.TAKE_IN)
        refusal = error.message
    return _forwarding(request, principal, forum, offered, targets, refusal, taking=True)


def _forwarding(
    request: HttpRequest,
    principal: Principal,
    forum: Forum,
    offered: list[tuple[Forum, list[Point]]],
    targets: list[Forum],
    refusal: str,
    *,
    taking: bool = False,
) -> HttpResponse:
    """Show what may be forwarded, then the wording of what was chosen; POST forwards it."""
    sent = request.POST if request.method == "POST" else request.GET
    read = (small_number(one) for one in sent.getlist("butir"))
    numbers = [one for one in read if one is not None]
    points = queries.chosen(principal, numbers)
    form, status = None, 200
    if request.method == "POST":
        form, status = ForwardForm(request.POST, targets=targets), UNPROCESSABLE
        made = _forward(principal, form, numbers) if form.is_valid() else None
        if made is not None:
            messages.success(request, _("The points were forwarded."))
            return redirect("forums:point", *made)
    elif points and targets and not refusal:
        targets, refusal = _left(points, targets, request.GET.get("ke", ""))
        if targets:
            form = ForwardForm(initial=_worded(request, points, targets), targets=targets)
    context = {
        **frame(principal, forum, "points"),
        "offered": [(one, queries.shown(there)) for one, there in offered],
        "targets": targets,
        "points": points,
        "numbers": [one.pk for one in points],
        "form": form,
        "refusal": refusal,
        "none_chosen": request.method != "POST" and "pilih" in request.GET and not points,
        "taking": taking,
        "names": known_names(principal, forum) if form else (),
        "owners": owner_names(forum, [one.forum.organisation.name for one in points]),
    }
    return render(request, "forums/points_forward.html", context, status=status)


def _left(points: list[Point], targets: list[Forum], wanted: str) -> tuple[list[Forum], str]:
    """Return the forums in which none of some points stands yet, and why the chosen one is none of them."""
    told = why_not(points)
    left = [one for one in targets if one.pk not in told]
    dropped = [one for one in targets if one.pk in told]
    asked = [one for one in dropped if str(one.pk) == wanted or not left]
    return left, " ".join(told[one.pk] for one in asked[:1])


def _forward(principal: Principal, form: ForwardForm, numbers: list[int]) -> tuple[int, int] | None:
    """Forward what a valid form says, once however often it is sent; on refusal fill the form."""
    values = form.cleaned_data

    def forward_them() -> dict[str, Any]:
        target, day = int(values["forum"]), values["sent"] or timezone.localdate()
        made = actions.forward(principal, numbers, target, form.details(), sent=day)
        return {"forum": made.forum_id, "point": made.pk}

    sent = {**{k: v for k, v in values.items() if k != "once"}, "points": sorted(numbers)}
    try:
        done = once(principal, "forward_points", seal(values["once"], sent), sent, forward_them)
    except Refused as error:
        form.refuse(error)
        return None
    return int(done.result["forum"]), int(done.result["point"])


def _worded(request: HttpRequest, points: list[Point], targets: list[Forum]) -> dict[str, Any]:
    """Return a first wording of points as one, for the forum that was chosen."""
    wanted = request.GET.get("ke", "")
    target = next((one for one in targets if str(one.pk) == wanted), targets[0])
    first = points[0]
    text = first.text
    if len(points) > 1:
        text = "\n\n".join(
            f"{one.forum.title}, {one.number}. {one.title}\n{one.text}".strip() for one in points
        )
    texts = [written(actions.details_of(one)) for one in points]
    names = dict.fromkeys(name for one in texts for name in one["addressees"].splitlines())
    return {
        "forum": str(target.pk),
        "number": queries.next_number(target),
        "review": first_review(target),
        "title": first.title,
        "text": text,
        "type": _same(one.type for one in points),
        "affair": _same(one.affair for one in points),
        "objects_named": joined(code for one in points for code in one.objects_named),
        "addressees": "\n".join(names),
        "owner_name": _same(one["owner_name"] for one in texts),
        "sent": timezone.localdate(),
    }


def _same(values: Iterable[str]) -> str:
    """Return the value that all share; nothing when they differ."""
    found = set(values)
    return found.pop() if len(found) == 1 else ""
