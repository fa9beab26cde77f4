"""Who is there: passes to print, the page that a pass opens, and the desk that checks people in."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sinergi.accounts import rules
from sinergi.accounts.errors import UnseenError
from sinergi.accounts.mail.letters import base_of
from sinergi.accounts.middleware import status_of
from sinergi.accounts.principal import Principal
from sinergi.accounts.requests import principal_of
from sinergi.forums import passes as codes
from sinergi.forums.actions import invitations as actions
from sinergi.forums.errors import StageError
from sinergi.forums.models import Delegate, Forum
from sinergi.forums.queries import meetings
from sinergi.forums.queries.forums import get_forum
from sinergi.forums.views.frame import UNPROCESSABLE, frame
from sinergi.reference.moments import days

NOT_FOUND = 404
REFERRER = "strict-origin"
"""The address holds the code of a pass: pages that are opened from there learn the host only."""


@dataclass(frozen=True, slots=True)
class Pass:
    """A card to print."""

    delegate: Delegate
    organisation: str
    code: str
    picture: codes.Picture


def _cards(request: HttpRequest, forum: Forum, rows: Iterable[Delegate]) -> list[Pass]:
    """Return the cards of delegates, their addresses in the language of the installation."""
    base = base_of(request)
    made = []
    for row in rows:
        with translation.override(settings.LANGUAGE_CODE):
            address = base + reverse("forums:check-in", args=[forum.pk, row.pass_code])
        name = row.delegation.organisation.name
        made.append(Pass(row, name, codes.in_groups(row.pass_code), codes.picture(address)))
    return made


@require_safe
def passes_of_delegation(request: HttpRequest, forum_id: int, delegation_id: int) -> HttpResponse:
    """Show the passes of a delegation, to be printed or shown on a phone."""
    principal = principal_of(request)
    forum = get_forum(principal, forum_id)
    row = meetings.get_delegation(principal, forum, delegation_id)
    rows = meetings.delegates(row).select_related("delegation__organisation")
    return _passes_page(request, forum, rows, row=row)


@require_safe
def passes(request: HttpRequest, forum_id: int) -> HttpResponse:
    """Show the passes of all delegations to the secretariat."""
    principal = principal_of(request)
    forum = get_forum(principal, forum_id)
    rules.require(principal, rules.OBJECT_EDIT, forum)
    return _passes_page(request, forum, meetings.expected(forum))


def _passes_page(
    request: HttpRequest, forum: Forum, rows: Iterable[Delegate], **more: Any
) -> HttpResponse:
    """Show cards to print; whoever prints them, they are in the language of the installation."""
    with translation.override(settings.LANGUAGE_CODE):
        when = days(forum.begins, forum.ends) if forum.begins else ""
    context = {
        "forum": forum,
        "passes": _cards(request, forum, rows),
        "when": when,
        "language": settings.LANGUAGE_CODE,
        **more,
    }
    return render(request, "forums/forum_passes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: HttpRequest, forum_id: int) -> HttpResponse:
    """Show the desk who is expected; POST finds the pass whose code was typed."""
    principal = principal_of(request)
    forum = get_forum(principal, forum_id)
    rules.require(principal, rules.OBJECT_EDIT, forum)
    typed, fault, status = request.POST.get("kode", "")[:80], "", 200
    if request.method == "POST":
        found = meetings.by_pass(forum, codes.as_typed(typed))
        if found is not None:
            return redirect("forums:check-in", forum_id, found.pass_code)
        fault, status = (
            _("No pass of this forum has this code. Look at each letter again."),
            UNPROCESSABLE,
        )
    context = {
        **frame(principal, forum, "forum"),
        "typed": typed,
        "fault": fault,
        "expected": meetings.expected(forum),
        "answers": meetings.answers(forum),
    }
    return render(request, "forums/forum_desk.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: HttpRequest, forum_id: int, pass_code: str) -> HttpResponse:
    """Show the secretariat whose pass was read; POST checks that person in.

    To all others it says what a pass is for, whatever the code and the forum: nothing can be learned from it.
    """
    principal = principal_of(request)
    forum = _at_the_desk(principal, forum_id)
    if forum is None:
        answer = render(request, "forums/forum_pass_only.html")
    else:
        answer = _check(request, principal, forum, codes.as_typed(pass_code))
    answer.headers["Referrer-Policy"] = REFERRER
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _at_the_desk(principal: Principal, forum_id: int) -> Forum | None:
    """Return the forum if the reader is of its secretariat."""
    try:
        forum = get_forum(principal, forum_id)
    except UnseenError:
        return None
    return forum if rules.may(principal, rules.OBJECT_EDIT, forum) else None


def _check(request: HttpRequest, principal: Principal, forum: Forum, code: str) -> HttpResponse:
    found = meetings.by_pass(forum, code)
    context: dict[str, Any] = {**frame(principal, forum, "forum"), "found": found, "code": code}
    if found is None:
        return render(request, "forums/forum_check_in.html", context, status=NOT_FOUND)
    if request.method != "POST":
        return render(request, "forums/forum_check_in.html", context)
    try:
        actions.check_in(principal, forum.pk, code)
    except StageError as error:
        context["fault"] = error.message
        return render(request, "forums/forum_check_in.html", context, status=status_of(error))
    told = _("%(office)s of %(name)s is checked in.")
    values = {"office": found.office, "name": found.delegation.organisation.name}
    messages.success(request, told % values)
    if "meja" in request.POST:
        return redirect("forums:desk", forum.pk)
    return redirect("forums:check-in", forum.pk, code)
