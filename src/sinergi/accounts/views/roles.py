"""Deeds on the page of an organisation: roles, invitations, members."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sinergi.accounts import rules
from sinergi.accounts.actions import invitations, letters, organisations, people
from sinergi.accounts.errors import InvalidError, UnseenError, unseen
from sinergi.accounts.forms import InviteForm, MemberForm, RoleForm
from sinergi.accounts.mail.letters import base_of
from sinergi.accounts.models import Invitation, Organisation, Person
from sinergi.accounts.queries import directory as queries
from sinergi.accounts.queries.organisations import organisation
from sinergi.accounts.requests import principal_of
from sinergi.accounts.views.organisations import UNPROCESSABLE, organisation_page, reason_of


def managed(request: HttpRequest, code: str) -> Organisation:
    """Return an organisation whose people somebody may manage; nothing of a form is read before.

    Raises
    ------
    UnseenError, ForbiddenError
    """
    row = organisation(code)
    rules.require(principal_of(request), rules.ORGANISATION_MANAGE, row)
    return row


@require_POST
def give(request: HttpRequest, code: str) -> HttpResponse:
    """Give a role to somebody who has one in this organisation."""
    row = managed(request, code)
    choice = [(one.person.pk, one.person.name) for one in queries.holders(row)]
    form = RoleForm(request.POST, people=choice)
    if form.is_valid():
        person = get_object_or_404(Person, pk=int(form.cleaned_data["person"]))
        try:
            people.give_role(
                principal_of(request),
                row,
                person,
                form.cleaned_data["role"],
                reason=form.cleaned_data["reason"],
            )
        except InvalidError as error:
            form.refuse(error)
        else:
            messages.success(request, _("%(name)s has the role.") % {"name": person.name})
            return redirect("organisations:page", code)
    return organisation_page(request, row, UNPROCESSABLE, role_form=form)


@require_POST
def end(request: HttpRequest, code: str) -> HttpResponse:
    """End a role of a person in this organisation: by its administrators, or one's own."""
    row, principal = organisation(code), principal_of(request)
    if not principal.signed_in:
        rules.require(principal, rules.ORGANISATION_MANAGE, row)
    person = Person.objects.filter(pk=_number(request, "person")).first()
    if person is None:
        rules.require(principal, rules.ORGANISATION_MANAGE, row)
        raise unseen()
    try:
        people.end_role(
            principal, row, person, request.POST.get("role", ""), reason=reason_of(request)
        )
    except (InvalidError, UnseenError) as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The role has ended."))
    return redirect("organisations:page", code)


def _number(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0


@require_POST
def invite(request: HttpRequest, code: str) -> HttpResponse:
    """Invite somebody by e-mail."""
    row = managed(request, code)
    form = InviteForm(request.POST)
    if form.is_valid():
        email, role = form.cleaned_data["email"], form.cleaned_data["role"]
        try:
            letters.invite_by_letter(principal_of(request), row, email, role, base_of(request))
        except InvalidError as error:
            form.refuse(error)
        else:
            messages.success(
                request, _("The invitation is on its way to %(email)s.") % {"email": email}
            )
            return redirect("organisations:page", code)
    return organisation_page(request, row, UNPROCESSABLE, invite_form=form)


@require_POST
def invitation_deed(request: HttpRequest, code: str, number: int, deed: str) -> HttpResponse:
    """Send an invitation again, or revoke it."""
    row = managed(request, code)
    found = Invitation.objects.filter(organisation=row, pk=number).first()
    if found is None:
        raise unseen()
    try:
        if deed == "kirim":
            letters.resend_by_letter(principal_of(request), found, base_of(request))
            text = _("The invitation was sent again; the old link no longer works.")
        else:
            invitations.revoke(principal_of(request), found, reason=reason_of(request))
            text = _("The invitation was revoked.")
    except InvalidError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, text)
    return redirect("organisations:page", code)


@require_POST
def add_member(request: HttpRequest, code: str) -> HttpResponse:
    """Take an organisation into an association."""
    row = managed(request, code)
    form = MemberForm(request.POST)
    if form.is_valid():
        try:
            member = organisation(form.cleaned_data["member"].strip().lower())
            organisations.add_member(principal_of(request), row, member)
        except UnseenError:
            form.add_error("member", _("There is no organisation with this short name."))
        except InvalidError as error:
            form.refuse(error)
        else:
            messages.success(request, _("%(name)s is a member.") % {"name": member.name})
            return redirect("organisations:page", code)
    return organisation_page(request, row, UNPROCESSABLE, member_form=form)


@require_POST
def remove_member(request: HttpRequest, code: str) -> HttpResponse:
    """Take an organisation out of an association."""
    row = managed(request, code)
    member = Organisation.objects.filter(code=request.POST.get("member", "")).first()
    if member is None:
        raise unseen()
    organisations.remove_member(principal_of(request), row, member, reason=reason_of(request))
    messages.success(request, _("%(name)s is no longer a member.") % {"name": member.name})
    return redirect("organisations:page", code)
