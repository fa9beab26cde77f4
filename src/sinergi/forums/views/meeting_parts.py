"""Parts of a meeting: items of the agenda, documents, the calendar file."""

import hashlib
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sinergi.accounts import rules
from sinergi.accounts.errors import InvalidError
from sinergi.accounts.mail.letters import base_of
from sinergi.accounts.middleware import status_of
from sinergi.accounts.once import once, seal
from sinergi.accounts.principal import Principal
from sinergi.accounts.requests import principal_of, why_of
from sinergi.evidence.views.downloads import attachment
from sinergi.forums import calendars, errors, zones
from sinergi.forums.actions import agenda, documents
from sinergi.forums.errors import StageError
from sinergi.forums.forms.meeting import AgendaForm, DocumentForm
from sinergi.forums.models import Forum
from sinergi.forums.queries import meetings
from sinergi.forums.queries.forums import get_forum
from sinergi.forums.views.frame import UNPROCESSABLE
from sinergi.forums.views.meeting_page import Failed, meeting_page

AGENDA, DOCUMENTS = "acara", "dokumen"
"""Parts of the page, by their anchors: what was done in one is told in it."""


def _again(
    request: HttpRequest, principal: Principal, forum: Forum, failed: Failed, status: int
) -> HttpResponse:
    """Show the page of the meeting with the form that was refused, and what was written in it."""
    context = meeting_page(principal, forum, failed)
    return render(request, "forums/forum.html", context, status=status)


def _back(forum_id: int, part: str) -> HttpResponse:
    """Lead back to a part of the page of the meeting."""
    return redirect(f"{reverse('forums:forum', args=[forum_id])}#{part}")


def _may_change(principal: Principal, forum_id: int) -> Forum:
    """Return a forum that somebody prepares."""
    forum = get_forum(principal, forum_id)
    rules.require(principal, rules.OBJECT_EDIT, forum)
    return forum


@require_POST
def add_agenda_item(request: HttpRequest, forum_id: int) -> HttpResponse:
    """Put an item on the agenda."""
    principal = principal_of(request)
    forum = _may_change(principal, forum_id)
    form, status = AgendaForm(request.POST, forum=forum), UNPROCESSABLE
    if form.is_valid():
        values = {**form.cleaned_data, "forum": forum_id}
        token = values.pop("once")

        def add() -> dict[str, Any]:
            return {"item": agenda.add_agenda_item(principal, forum_id, form.details()).pk}

        try:
            once(principal, "add_agenda_item", seal(token, values), values, add)
        except (InvalidError, StageError) as error:
            form.refuse(error)
            status = status_of(error)
        else:
            messages.success(request, _("It is on the agenda."), extra_tags=AGENDA)
            return _back(forum_id, AGENDA)
    return _again(request, principal, forum, Failed(agenda=form), status)


@require_POST
def remove_agenda_item(request: HttpRequest, forum_id: int, item_id: int) -> HttpResponse:
    """Take an item off the agenda."""
    try:
        agenda.remove_agenda_item(principal_of(request), forum_id, item_id)
    except StageError as error:
        messages.error(request, error.message, extra_tags=AGENDA)
    else:
        messages.success(
            request,
            _("It was taken off the agenda. The history keeps what it said."),
            extra_tags=AGENDA,
        )
    return _back(forum_id, AGENDA)


@require_POST
def add_document(request: HttpRequest, forum_id: int) -> HttpResponse:
    """Put a document with the meeting."""
    principal = principal_of(request)
    forum = _may_change(principal, forum_id)
    form, status = DocumentForm(request.POST, request.FILES), UNPROCESSABLE
    if form.is_valid():
        try:
            _keep(principal, forum_id, form)
        except InvalidError as error:
            form.refuse(error)
            status = status_of(error)
        else:
            messages.success(request, _("The document was added."), extra_tags=DOCUMENTS)
            return _back(forum_id, DOCUMENTS)
    return _again(request, principal, forum, Failed(document=form), status)


def _keep(principal: Principal, forum_id: int, form: DocumentForm) -> None:
    """Keep the document of a valid form, once however often it is sent."""
    values = form.cleaned_data
    file, title, is_open = values["file"], values["title"], values["open_to_all"]
    # One byte more than is taken tells that it is too large, and no more of it is held in memory.
    content = file.read(documents.MOST_BYTES + 1)
    digest = hashlib.sha256(content).hexdigest()
    sent = {"forum": forum_id, "title": title, "name": file.name, "sha256": digest, "open": is_open}

    def add() -> dict[str, Any]:
        made = documents.add_document(
            principal, forum_id, title, file.name, content, open_to_all=is_open
        )
        return {"document": made.pk}

    once(principal, "add_document", seal(values["once"], sent), sent, add)


@require_POST
def remove_document(request: HttpRequest, forum_id: int, document_id: int) -> HttpResponse:
    """Take a document away."""
    try:
        documents.remove_document(
            principal_of(request), forum_id, document_id, reason=why_of(request)
        )
    except InvalidError as error:
        messages.error(request, error.message, extra_tags=DOCUMENTS)
    else:
        messages.success(request, _("The document was removed."), extra_tags=DOCUMENTS)
    return _back(forum_id, DOCUMENTS)


@require_safe
def document(request: HttpRequest, forum_id: int, document_id: int) -> HttpResponse:
    """Send a document to whoever may have it: to be saved, never to be opened here."""
    principal = principal_of(request)
    found = meetings.get_document(principal, get_forum(principal, forum_id), document_id)
    answer = HttpResponse(bytes(found.content), content_type=found.media_type)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cache-Control"] = "no-store, private"
    return attachment(answer, found.filename)


@require_safe
def calendar(request: HttpRequest, forum_id: int) -> HttpResponse:
    """Send the calendar file of a meeting."""
    forum = get_forum(principal_of(request), forum_id)
    address = f"{base_of(request)}{forum.get_absolute_url()}"
    content = calendars.calendar_of(forum, address, zones.zone_of(forum))
    if content is None:
        raise errors.not_found(_("The calendar file"))
    answer = HttpResponse(content, content_type=calendars.CONTENT_TYPE)
    return attachment(answer, f"forum-{forum.pk}.ics")
