"""Pages of meetings: all forums, one of them, announce another, change what is written about it."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sinergi.accounts import rules
from sinergi.accounts.errors import ForbiddenError, InvalidError
from sinergi.accounts.once import once, seal
from sinergi.accounts.principal import Principal
from sinergi.accounts.queries.organisations import organisations_of
from sinergi.accounts.requests import principal_of
from sinergi.forums import zones
from sinergi.forums.actions import meetings as actions
from sinergi.forums.forms.meeting import ForumForm, NewForumForm
from sinergi.forums.models import Forum
from sinergi.forums.queries import forums as queries
from sinergi.forums.views.frame import UNPROCESSABLE, frame
from sinergi.forums.views.meeting_page import meeting_page
from sinergi.opportunities.lists.merging import in_words, remember
from sinergi.opportunities.views.saving import UNTRIED, try_to_save
from sinergi.reference import queries as reference
from sinergi.reference.moments import day

A_PAGE = 50


@require_safe
def forums(request: HttpRequest) -> HttpResponse:
    """Show the forums that the reader may see, by stage and kind, and those put away that may be restored."""
    principal = principal_of(request)
    stage, kind = request.GET.get("tahap", ""), request.GET.get("jenis", "")
    rows = queries.with_counts(queries.forums(principal))
    rows = rows.filter(stage=stage) if stage in Forum.Stages.values else rows
    rows = rows.filter(type=kind) if kind in Forum.Type.values else rows
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("halaman"))
    away = queries.forums_put_away(principal) if principal.signed_in or principal.operator else ()
    context = {
        "page": page,
        "stage": stage,
        "kind": kind,
        "stages": Forum.Stages.choices,
        "kinds": Forum.Type.choices,
        "filtered": stage in Forum.Stages.values or kind in Forum.Type.values,
        "may_create": bool(organisations_of(principal)),
        "put_away": away,
    }
    return render(request, "forums/forums.html", context)


@require_safe
def forum(request: HttpRequest, forum_id: int) -> HttpResponse:
    """Show the meeting: what it is, its agenda, documents and delegations, and what is next."""
    principal = principal_of(request)
    context = meeting_page(principal, queries.get_forum(principal, forum_id))
    return render(request, "forums/forum.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_forum(request: HttpRequest) -> HttpResponse:
    """Show the form of a new forum; POST announces it."""
    principal = principal_of(request)
    organisations = organisations_of(principal)
    if not organisations:
        rule = rules.OBJECT_CREATE
        raise ForbiddenError(rules.refusal(principal, rule, None), rule)
    form, status = NewForumForm(request.POST or None, organisations=organisations), 200
    if request.method == "POST":
        number = _announce(principal, form) if form.is_valid() else None
        if number is not None:
            told = _(
                "The forum was announced. Only its secretariat sees it until others are invited."
            )
            messages.success(request, told)
            return redirect("forums:forum", number)
        status = UNPROCESSABLE
    return render(request, "forums/forum_new.html", {"form": form}, status=status)


def _announce(principal: Principal, form: NewForumForm) -> int | None:
    """Announce the forum of a valid form, once however often it is sent; on refusal fill the form."""
    values = form.cleaned_data
    mine = {str(one.pk): one for one in organisations_of(principal)}

    def announce() -> dict[str, Any]:
        organisation = mine[values["organisation"]]
        return {"forum": actions.announce(principal, organisation, form.details()).pk}

    sent = {name: value for name, value in values.items() if name != "once"}
    try:
        done = once(principal, "announce_forum", seal(values["once"], sent), sent, announce)
    except InvalidError as error:
        form.refuse(error)
        return None
    return int(done.result["forum"])


@require_http_methods(["GET", "HEAD", "POST"])
def edit_forum(request: HttpRequest, forum_id: int) -> HttpResponse:
    """Show and save what is written about a meeting; on conflict show what others changed meanwhile."""
    principal = principal_of(request)
    row = queries.get_forum(principal, forum_id)
    rules.require(principal, rules.OBJECT_EDIT, row)
    form, tried = _form(row, request.POST or None), UNTRIED

    def save(revision: int) -> object:
        return actions.edit_forum(principal, forum_id, form.details(), revision=revision)

    def now() -> tuple[dict[str, Any], int]:
        row.refresh_from_db()
        return _values(row), row.revision

    if request.method == "POST":
        tried = try_to_save(form, save, now, _shown)
        if tried.saved:
            messages.success(request, _("The forum was saved."))
            return redirect("forums:forum", forum_id)
    context = {**frame(principal, row, "forum"), "form": form, "met": tried.met}
    context["may_remove"] = rules.may(principal, rules.OBJECT_REMOVE, row)
    return render(request, "forums/forum_edit.html", context, status=tried.status)


def _form(row: Forum, data: Any = None) -> ForumForm:
    """Return the form of a forum, with its values or with what a person sent."""
    form = ForumForm(data, initial={**_values(row), "revision": row.revision})
    remember(form)
    return form


def _values(row: Forum) -> dict[str, Any]:
    """Return what is written about a forum; a zone that is the usual one of its place follows the place."""
    values = asdict(actions.details_of(row))
    if values["time_zone"] == zones.usual(row.region_code):
        values["time_zone"] = ""
    return values


def _shown(name: str, value: Any) -> str:
    """Return a value of a field in words."""
    if name in {"begins", "ends"}:
        return day(value)
    if name == "type" and value in Forum.Type.values:
        return str(Forum.Type(value).label)
    if name == "region_code" and value:
        region = reference.pack().region.get(value)
        return region.name if region else str(value)
    if name == "time_zone" and value:
        return f"{zones.short(value)} ({value})"
    return in_words(name, value)
