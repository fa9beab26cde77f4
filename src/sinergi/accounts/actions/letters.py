"""Invitations with their letter: both in one transaction, so that neither is without the other."""

from django.db import transaction
from django.urls import reverse
from django.utils import translation

from sinergi.accounts.actions import invitations
from sinergi.accounts.actions.invitations import Offer
from sinergi.accounts.mail.letters import send
from sinergi.accounts.models import Invitation, Organisation, Person, Role
from sinergi.accounts.principal import Principal
from sinergi.reference.moments import day

TEMPLATE = "accounts/mail/invitation"


def link_of(offer: Offer, base: str, language: str) -> str:
    """Return the link that accepts an invitation; `base` is how links begin, without a slash at the end."""
    with translation.override(language):
        return base + reverse("organisations:invitation", args=[offer.secret])


def _language_of(email: str) -> str:
    """Return the language of the person who holds an address, otherwise that of who invites."""
    known = Person.objects.filter(email=email).values_list("language", flat=True).first()
    return known or translation.get_language() or "id"


def _write(by: Principal, offer: Offer, base: str) -> None:
    row = offer.invitation
    language = _language_of(row.email)
    with translation.override(language):
        context = {
            "link": link_of(offer, base, language),
            "organisation": row.organisation.name,
            "role": str(Role(row.role).label),
            "inviter": by.name if by.signed_in else "",
            "expires": day(row.expires_at),
        }
    send(row.email, language, TEMPLATE, context)


@transaction.atomic
def invite_by_letter(
    by: Principal, organisation: Organisation, email: str, role: str, base: str, *, reason: str = ""
) -> Invitation:
    """Offer a role to whoever holds an e-mail address, and write to them.

    Raises
    ------
    ForbiddenError, InvalidError
        As `invitations.invite`.
    """
    offer = invitations.invite(by, organisation, email, role, reason=reason)
    _write(by, offer, base)
    return offer.invitation


@transaction.atomic
def resend_by_letter(by: Principal, invitation: Invitation, base: str) -> Invitation:
    """Give an open invitation a new link and write again.

    Raises
    ------
    ForbiddenError, InvalidError
        As `invitations.resend`.
    """
    offer = invitations.resend(by, invitation)
    _write(by, offer, base)
    return offer.invitation
