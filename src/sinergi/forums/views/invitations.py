"""Pages by which the secretariat invites: who, with what weight, and what became of the letters."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from sinergi.accounts import rules
from sinergi.accounts.errors import InvalidError
from sinergi.accounts.mail.letters import base_of
from sinergi.accounts.middleware import status_of
from sinergi.accounts.principal import Principal
from sinergi.accounts.requests import principal_of
from sinergi.forums.actions import invitation_letters
from sinergi.forums.actions import invitations as actions
from sinergi.forums.errors import StageError
from sinergi.forums.forms.meeting import WeightForm
from sinergi.forums.models import Delegation, Forum
from sinergi.forums.queries import invitation_letters as letters
from sinergi.forums.queries import meetings
from sinergi.forums.queries.forums import get_forum
from sinergi.forums.queries.invitation_letters import Delivery
from sinergi.forums.views.frame import UNPROCESSABLE, frame

REFUSALS = (InvalidError, StageError)


@dataclass(frozen=True, slots=True)
class Refused:
    """What was refused on the page of invitations.

    Attributes
    ----------
    fault
        Why nobody was invited.
    weights
        Forms with their faults, by delegation.
    letters
        By delegation, the address that was typed and why no letter was written.
    """

    fault: str = ""
    weights: Mapping[int, WeightForm] = field(default_factory=dict)
    letters: Mapping[int, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Invited:
    """An organisation that is invited, as the secretariat sees it.

    Attributes
    ----------
    people
        How many people would be written to.
    letters
        What became of the last letter to each.
    contact, fault
        The address for letters, or what was typed, and why it was refused.
    """

    row: Delegation
    form: WeightForm
    people: int
    letters: list[Delivery]
    contact: str
    fault: str

    @property
    def failed(self) -> bool:
        """Whether a letter did not arrive, or not yet."""
        return any(one.failed or one.late for one in self.letters)


def prepared(principal: Principal, forum_id: int) -> Forum:
    """Return a forum that somebody prepares."""
    forum = get_forum(principal, forum_id)
    rules.require(principal, rules.OBJECT_EDIT, forum)
    return forum


@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request: HttpRequest, forum_id: int) -> HttpResponse:
    """Show the secretariat who is invited and who may be; POST invites those that are chosen."""
    principal = principal_of(request)
    forum = prepared(principal, forum_id)
    if request.method != "POST" or "saring" in request.POST:
        return invitations_page(request, principal, forum)
    fault = _invite(request, principal, forum)
    if not fault:
        return redirect("forums:invitations", forum_id)
    return invitations_page(request, principal, forum, Refused(fault=fault), UNPROCESSABLE)


def _invite(request: HttpRequest, principal: Principal, forum: Forum) -> str:
    """Invite those that a form names; return what is wrong, else nothing."""
    numbers = request.POST.getlist("organisation")
    found = meetings.chosen(numbers)
    for association in meetings.chosen(request.POST.getlist("himpunan")):
        found += meetings.members_of(association)
    if not found:
        return _("Choose whom to invite.")
    writes = "tanpa_surat" not in request.POST
    try:
        made = actions.invite(principal, forum.pk, found, base=base_of(request), letters=writes)
    except StageError as error:
        return error.message
    told = _("Organisations invited now: %(count)s.") % {"count": len(made)}
    if made and writes and letters.is_over(forum):
        told += " " + _("They were not written to: the meeting is over.")
    messages.success(request, told)
    return ""


def invitations_page(
    request: HttpRequest,
    principal: Principal,
    forum: Forum,
    refused: Refused = Refused(),
    status: int = 200,
) -> HttpResponse:
    """Show who is invited, what became of their letters, and who may be invited yet.

    What was ticked stays ticked while somebody looks for others.
    """
    text = request.GET.get("cari", request.POST.get("cari", ""))[:100]
    ticked = meetings.chosen(request.POST.getlist("organisation"))
    found = meetings.to_invite(forum, text)
    context = {
        **frame(principal, forum, "forum"),
        "text": text,
        "found": found,
        "chosen": {one.pk for one in ticked},
        "kept": [one for one in ticked if one not in found.rows],
        "unwritten": "tanpa_surat" in request.POST,
        "associations": meetings.associations(),
        "rows": _rows(forum, refused),
        "over": letters.is_over(forum),
        "gone": meetings.gone(forum),
        "answers": meetings.answers(forum),
        "fault": refused.fault,
    }
    return render(request, "forums/forum_invitations.html", context, status=status)


def _rows(forum: Forum, refused: Refused) -> list[Invited]:
    rows, found = list(meetings.delegations(forum)), letters.deliveries(forum)
    people = letters.answering(row.organisation_id for row in rows)
    made = []
    for row in rows:
        contact, fault = refused.letters.get(row.pk, (row.contact, ""))
        form = refused.weights.get(row.pk) or _weight_form(row)
        known = len(people.get(row.organisation_id, ()))
        made.append(Invited(row, form, known, found.get(row.pk, []), contact, fault))
    return made


def _weight_form(row: Delegation, data: Any = None) -> WeightForm:
    return WeightForm(data, initial={"weight": row.weight}, auto_id=f"bobot-{row.pk}-%s")


@require_POST
def weigh(request: HttpRequest, forum_id: int, delegation_id: int) -> HttpResponse:
    """Say with what weight a delegation votes."""
    principal = principal_of(request)
    forum = prepared(principal, forum_id)
    row = meetings.get_delegation(principal, forum, delegation_id)
    form = _weight_form(row, request.POST)
    if form.is_valid():
        try:
            actions.set_weight(principal, forum_id, delegation_id, form.cleaned_data["weight"])
        except InvalidError as error:
            form.refuse(error)
        else:
            told = _("%(name)s votes with weight %(weight)s.")
            values = {"name": row.organisation.name, "weight": form.cleaned_data["weight"]}
            messages.success(request, told % values)
            return redirect("forums:invitations", forum_id)
    refused = Refused(weights={row.pk: form})
    return invitations_page(request, principal, forum, refused, UNPROCESSABLE)


@require_POST
def write_again(request: HttpRequest, forum_id: int, delegation_id: int) -> HttpResponse:
    """Write the invitation of a delegation again."""
    principal = principal_of(request)
    forum = prepared(principal, forum_id)
    row = meetings.get_delegation(principal, forum, delegation_id)
    try:
        count = invitation_letters.write_again(principal, forum_id, row.pk, base=base_of(request))
    except REFUSALS as error:
        refused = Refused(letters={row.pk: (row.contact, error.message)})
        return invitations_page(request, principal, forum, refused, status_of(error))
    told = ngettext(
        "%(count)s letter to %(name)s is on its way.",
        "%(count)s letters to %(name)s are on their way.",
        count,
    )
    messages.success(request, told % {"count": count, "name": row.organisation.name})
    return redirect("forums:invitations", forum_id)


@require_POST
def name_contact(request: HttpRequest, forum_id: int, delegation_id: int) -> HttpResponse:
    """Name the address to which the invitation of a delegation goes, too."""
    principal = principal_of(request)
    forum = prepared(principal, forum_id)
    row = meetings.get_delegation(principal, forum, delegation_id)
    typed = request.POST.get("alamat", "")
    try:
        row = invitation_letters.name_contact(
            principal, forum_id, row.pk, typed, base=base_of(request)
        )
    except REFUSALS as error:
        refused = Refused(letters={row.pk: (typed[:300], error.message)})
        return invitations_page(request, principal, forum, refused, status_of(error))
    if row.contact:
        told = _("The invitation of %(name)s is on its way to that address.")
    else:
        told = _("No address is named for %(name)s any more.")
    messages.success(request, told % {"name": row.organisation.name})
    return redirect("forums:invitations", forum_id)
