"""Deeds on a whole forum that its page offers: move it on or back, put it away, restore it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sinergi.accounts import rules
from sinergi.accounts.errors import ConflictError, InvalidError
from sinergi.accounts.middleware import status_of
from sinergi.accounts.requests import principal_of, revision_of, why_of
from sinergi.forums import words
from sinergi.forums.actions import meetings as actions
from sinergi.forums.errors import LackError
from sinergi.forums.queries.forums import get_forum
from sinergi.forums.stages import Stage
from sinergi.forums.views.meeting_page import Failed, meeting_page


@require_POST
def move_forum(request: HttpRequest, forum_id: int) -> HttpResponse:
    """Take a forum to the stage that the button names."""
    principal = principal_of(request)
    to, reason = request.POST.get("tahap", ""), why_of(request)
    try:
        if to not in set(Stage):
            raise InvalidError({"stage": _("A forum goes one stage at a time.")})
        actions.move_on(
            principal, forum_id, Stage(to), revision=revision_of(request), reason=reason
        )
    except (LackError, ConflictError, InvalidError) as error:
        failed = Failed(stage=error.message, reason=reason)
        context = meeting_page(principal, get_forum(principal, forum_id), failed)
        return render(request, "forums/forum.html", context, status=status_of(error))
    told = _("The forum is at the stage “%(stage)s” now.")
    messages.success(request, told % {"stage": words.stage_name(Stage(to))})
    return redirect("forums:forum", forum_id)


@require_POST
def put_forum_away(request: HttpRequest, forum_id: int) -> HttpResponse:
    """Put a forum away; a page asks why, so that one click does not take it from all who meet in it."""
    principal, reason = principal_of(request), why_of(request)
    rules.require(principal, rules.OBJECT_REMOVE, get_forum(principal, forum_id))
    try:
        if not reason.strip():
            raise InvalidError({"why": _("Say why the forum is put away.")})
        row = actions.put_forum_away(
            principal, forum_id, revision=revision_of(request), reason=reason
        )
    except (ConflictError, InvalidError) as error:
        messages.error(request, error.message)
        return redirect(f"{reverse('forums:forum-edit', args=[forum_id])}?arsip=1")
    told = _("The forum “%(title)s” was put away. It can be restored below.")
    messages.success(request, told % {"title": row.title})
    return redirect(f"{reverse('forums:forums')}?arsip=1")


@require_POST
def restore_forum(request: HttpRequest, forum_id: int) -> HttpResponse:
    """Bring a forum back."""
    row = actions.restore_forum(principal_of(request), forum_id, reason=why_of(request))
    messages.success(request, _("The forum “%(title)s” is back.") % {"title": row.title})
    return redirect("forums:forum", forum_id)
