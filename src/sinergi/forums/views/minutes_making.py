"""Pages on which the secretariat draws minutes up, anew, or by a later version, and seals them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sinergi.accounts import rules
from sinergi.accounts.errors import AccountsError, ConflictError, InvalidError
from sinergi.accounts.principal import Principal
from sinergi.accounts.requests import principal_of
from sinergi.forums import minutes as contents
from sinergi.forums.actions import minutes as actions
from sinergi.forums.errors import ForumError, NotFoundError
from sinergi.forums.forms.minutes import WORDED, DrawUpForm, signatories_text
from sinergi.forums.models import Forum, Minutes, Point
from sinergi.forums.queries import minutes as queries
from sinergi.forums.queries.forums import get_forum
from sinergi.forums.stages import Deed, Stage, allows, when
from sinergi.forums.views.frame import CONFLICT, UNPROCESSABLE, frame
from sinergi.forums.views.minutes import context_of
from sinergi.forums.words import stage_name
from sinergi.opportunities.lists.merging import Met, merge, remember

SEEN = "seen"


@require_http_methods(["GET", "HEAD", "POST"])
def draw_up(request: HttpRequest, forum_id: int) -> HttpResponse:
    """Ask for opening text, signatories and, after a sealed version, the reason; POST draws up."""
    principal = principal_of(request)
    forum = get_forum(principal, forum_id)
    rules.require(principal, rules.OBJECT_EDIT, forum)
    form, met, status = _form(forum), list[Met](), 200
    if request.method == "POST":
        form, status = _form(forum, request.POST), UNPROCESSABLE
        if form.is_valid():
            try:
                row = _draw_up(principal, forum_id, form)
            except (ConflictError, InvalidError, ForumError) as error:
                form.refuse(error)
                status = UNPROCESSABLE if isinstance(error, InvalidError) else CONFLICT
                if isinstance(error, ConflictError):
                    met = _meet(forum, form)
            else:
                told = _(
                    "Version %(version)s was drawn up. Read it; it is a draft until it is sealed."
                )
                messages.success(request, told % {"version": row.version})
                return redirect("forums:minutes-version", forum_id, row.version)
    corrects = _last_sealed(forum) is not None
    deed = Deed.CORRECT if corrects else Deed.SIGN
    context = frame(principal, forum, "minutes") | {
        "form": form,
        "met": met,
        "corrects": corrects,
        "in_time": allows(Stage(forum.stage), deed, sealed=corrects),
        "stages": ", ".join(stage_name(one) for one in when(deed)),
    }
    return render(request, "forums/minutes_draw_up.html", context, status=status)


def _draw_up(principal: Principal, forum_id: int, form: DrawUpForm) -> Minutes:
    values = form.cleaned_data
    return actions.draw_up(
        principal,
        forum_id,
        opening=values["opening"],
        signatories=form.signed(),
        reason=values.get("reason", ""),
        seen=values[SEEN],
        wording=form.wording(),
    )


def _last_sealed(forum: Forum) -> Minutes | None:
    return forum.minutes.exclude(sealed_at=None).order_by("-version").first()


def _draft(forum: Forum) -> Minutes | None:
    return forum.minutes.filter(sealed_at=None).first()


def _present(forum: Forum) -> dict[str, str]:
    """Return what the form begins with: the draft, else the last version, else who comes."""
    draft = _draft(forum)
    row = draft or _last_sealed(forum)
    if row is None:
        signed = queries.suggested_signatories(forum)
        return {"opening": "", "signatories": signatories_text(signed)}
    signed = [(one["office"], one["name"]) for one in row.content["signatories"]]
    return {
        "opening": row.content["opening"],
        "signatories": signatories_text(signed),
        "reason": "" if draft is None else draft.reason,
        **_wording(forum, draft),
    }


def _wording(forum: Forum, draft: Minutes | None) -> dict[str, str]:
    """Return what the points say: as the draft has them, where there is one."""
    rows = forum.points.filter(struck_at=None).prefetch_related("addressees")
    said: dict[int, dict[str, Any]] = {row.number: _said(row) for row in rows}
    for point in draft.content["points"] if draft is not None else ():
        if point["number"] in said:
            said[point["number"]] = {**point, "addressees": "\n".join(point["addressees"])}
    return {f"{name}_{n}": row[name] for n, row in said.items() for name in WORDED}


def _said(point: Point) -> dict[str, str]:
    names = "\n".join(one.name for one in point.addressees.all())
    told = {"title": point.title, "text": point.text}
    return {**told, "addressees": names, "owner": point.owner_name}


def _seen(forum: Forum) -> str:
    draft = _draft(forum)
    return "" if draft is None else contents.hash_of(draft.content)


def _form(forum: Forum, data: Any = None) -> DrawUpForm:
    initial = {**_present(forum), SEEN: _seen(forum)}
    corrects = _last_sealed(forum) is not None
    numbers = forum.points.filter(struck_at=None).values_list("number", flat=True)
    form = DrawUpForm(data, initial=initial, corrects=corrects, points=numbers)
    remember(form)
    form.fields[SEEN].show_hidden_initial = False
    return form


def _meet(forum: Forum, form: DrawUpForm) -> list[Met]:
    present = {name: value for name, value in _present(forum).items() if name in form.fields}
    met = merge(form, present, 0)
    sent: Any = form.data  # a copy that may be written, since the merge
    sent[form.add_prefix(SEEN)] = _seen(forum)
    return met


@require_POST
def seal(request: HttpRequest, forum_id: int, version: int) -> HttpResponse:
    """Seal the draft that was read: its hash comes with the form."""
    principal = principal_of(request)
    try:
        actions.seal_minutes(principal, forum_id, version, request.POST.get("sha256", "")[:64])
    except NotFoundError:
        raise
    except (ConflictError, InvalidError, ForumError) as error:
        return _not_sealed(request, forum_id, version, error)
    told = _(
        "Version %(version)s is sealed. It cannot be changed any more, only followed by another."
    )
    messages.success(request, told % {"version": version})
    return redirect("forums:minutes-version", forum_id, version)


def _not_sealed(
    request: HttpRequest, forum_id: int, version: int, error: AccountsError
) -> HttpResponse:
    """Show the version as it stands now, and why it was not sealed."""
    principal = principal_of(request)
    forum = get_forum(principal, forum_id)
    row = queries.get_version(principal, forum, version)
    context = context_of(principal, forum, row) | {"refused": error.message}
    status = UNPROCESSABLE if isinstance(error, InvalidError) else CONFLICT
    return render(request, "forums/minutes.html", context, status=status)
