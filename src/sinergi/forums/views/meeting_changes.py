"""Pages that change a part of a meeting where it stands: an item of the agenda, a document."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sinergi.accounts import rules
from sinergi.accounts.principal import Principal
from sinergi.accounts.requests import principal_of
from sinergi.forums import errors
from sinergi.forums.actions import agenda, documents
from sinergi.forums.forms.meeting import ChangedDocumentForm, ChangedItemForm, MeetingForm
from sinergi.forums.models import AgendaItem, Forum, ForumDocument
from sinergi.forums.queries import meetings
from sinergi.forums.queries.forums import get_forum
from sinergi.forums.stages import Deed
from sinergi.forums.views.frame import frame
from sinergi.forums.views.timing import not_now
from sinergi.forums.zones import clock
from sinergi.opportunities.lists.merging import in_words, remember
from sinergi.opportunities.views.saving import UNTRIED, try_to_save
from sinergi.reference.moments import day


def _prepared(principal: Principal, forum_id: int) -> Forum:
    forum = get_forum(principal, forum_id)
    rules.require(principal, rules.OBJECT_EDIT, forum)
    return forum


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a meeting that is changed.

    Attributes
    ----------
    save
        Saves what a valid form says, given the revision that was seen.
    now
        Returns the values that stand now, and their revision.
    anchor
        Where the page of the meeting shows it.
    closed
        Why it is not changed now; empty when it is.
    """

    title: str
    save: Callable[[int], object]
    now: Callable[[], tuple[dict[str, Any], int]]
    anchor: str
    closed: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
def change_agenda_item(request: HttpRequest, forum_id: int, item_id: int) -> HttpResponse:
    """Show and save an item of the agenda; on conflict show what others changed meanwhile."""
    principal = principal_of(request)
    forum = _prepared(principal, forum_id)

    def now() -> tuple[dict[str, Any], int]:
        item = _item(forum, item_id)
        return asdict(agenda.item_details(item)), item.revision

    values, revision = now()
    initial = values | {"revision": revision}
    form = ChangedItemForm(request.POST or None, forum=forum, initial=initial)
    form.fields["day"].initial = values["day"]

    def save(revision: int) -> object:
        return agenda.change_agenda_item(
            principal, forum_id, item_id, form.details(), revision=revision
        )

    part = Part(_("Change the item of the agenda"), save, now, "acara", not_now(forum, Deed.PLAN))
    return _page(request, principal, forum, form, part)


@require_http_methods(["GET", "HEAD", "POST"])
def change_document(request: HttpRequest, forum_id: int, document_id: int) -> HttpResponse:
    """Show and save the title of a document and who has it; on conflict show what others changed."""
    principal = principal_of(request)
    forum = _prepared(principal, forum_id)

    def now() -> tuple[dict[str, Any], int]:
        row = _document(principal, forum, document_id)
        return {"title": row.title, "open_to_all": row.open_to_all}, row.revision

    values, revision = now()
    form = ChangedDocumentForm(request.POST or None, initial=values | {"revision": revision})

    def save(revision: int) -> object:
        sent = form.cleaned_data
        return documents.change_document(
            principal,
            forum_id,
            document_id,
            sent["title"],
            open_to_all=sent["open_to_all"],
            revision=revision,
        )

    part = Part(_("Change the document"), save, now, "dokumen")
    return _page(request, principal, forum, form, part)


def _page(
    request: HttpRequest, principal: Principal, forum: Forum, form: MeetingForm, part: Part
) -> HttpResponse:
    """Show the form of a part; POST saves it and leads back to where it stands."""
    remember(form)
    tried = UNTRIED
    if request.method == "POST":
        tried = try_to_save(form, part.save, part.now, _shown)
        if tried.saved:
            messages.success(request, _("It was saved."))
            address = reverse("forums:forum", args=[forum.pk])
            return redirect(f"{address}#{part.anchor}")
    context = {**frame(principal, forum, "forum"), "form": form, "part": part, "met": tried.met}
    return render(request, "forums/forum_part.html", context, status=tried.status)


def _item(forum: Forum, item_id: int) -> AgendaItem:
    item: AgendaItem | None = forum.agenda.filter(pk=item_id).first()
    if item is None:
        raise errors.not_found(_("The item of the agenda"))
    return item


def _document(principal: Principal, forum: Forum, document_id: int) -> ForumDocument:
    row = meetings.documents(principal, forum).filter(pk=document_id).first()
    if row is None:
        raise errors.not_found(_("The document"))
    return row


def _shown(name: str, value: Any) -> str:
    """Return a value of a field in words."""
    if name == "day":
        return day(value)
    if name in {"begins", "ends"} and value is not None:
        return clock(value)
    if name == "kind" and value in AgendaItem.Kind.values:
        return str(AgendaItem.Kind(value).label)
    if name == "open_to_all":
        return _("yes") if value else _("no")
    return in_words(name, value)
