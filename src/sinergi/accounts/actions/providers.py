"""The OpenID Connect provider of an organisation: switch on, change, confirm, remove."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts import rules
from sinergi.accounts.actions.deeds import held, tell
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import ConflictError, InvalidError, unseen
from sinergi.accounts.models import Organisation, SignInProvider
from sinergi.accounts.principal import Principal
from sinergi.accounts.sealing import seal

PART = "sign_in_provider"
DOMAIN = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")


@dataclass(frozen=True, slots=True)
class ProviderDetails:
    """What an administrator says about a provider.

    Attributes
    ----------
    secret
        Client secret; empty keeps the present one, as long as it is the same provider.
    """

    issuer: str
    client_id: str
    secret: str
    domains: tuple[str, ...]
    is_active: bool = True


def faults(details: ProviderDetails, present: SignInProvider | None) -> dict[str, str]:
    """Return field name to what is wrong with it."""
    found = {
        "issuer": _issuer_fault(details.issuer),
        "client_id": "" if details.client_id.strip() else _("Write the client ID."),
        "domains": _domains_fault(details.domains),
        "secret": ""
        if details.secret or _same(details, present)
        else _("Write the client secret."),
    }
    return {field: text for field, text in found.items() if text}


def _same(details: ProviderDetails, present: SignInProvider | None) -> bool:
    """Whether a secret that is stored may be kept: it must never be sent to another place."""
    return present is not None and present.issuer == details.issuer and bool(present.sealed_secret)


def _issuer_fault(issuer: str) -> str:
    parts = urlsplit(issuer)
    allowed = {"https", "http"} if settings.SINERGI_OIDC_LOCAL else {"https"}
    plain = not (parts.query or parts.fragment or parts.username or parts.password)
    if parts.scheme in allowed and parts.hostname and plain and len(issuer) <= 300:
        return ""
    return _("Write the address of the provider: https://… without a question mark.")


def _domains_fault(domains: tuple[str, ...]) -> str:
    if domains and all(DOMAIN.fullmatch(domain) for domain in domains):
        return ""
    return _("Write the domains of your e-mail addresses, one a line: palangkaraya.go.id")


@transaction.atomic
def set_provider(
    by: Principal,
    organisation: Organisation,
    details: ProviderDetails,
    *,
    revision: int | None = None,
) -> SignInProvider:
    """Say by which provider people of an organisation sign in, or change it.

    Nobody signs in by it before an administrator of the installation has confirmed it, anew after a change of
    issuer, client or domains: whoever runs a provider can come in as everybody of its domains.
    Identities that were connected are forgotten when it is another provider: the same name there may be
    somebody else.

    Parameters
    ----------
    revision
        Of the row that was changed; `None` for the first.

    Raises
    ------
    ForbiddenError
        Unless by an administrator of the organisation or of the installation.
    InvalidError
    ConflictError
        When somebody else changed it meanwhile.
    """
    rules.require(by, rules.ORGANISATION_MANAGE, organisation)
    held(organisation)
    row = SignInProvider.objects.filter(organisation=organisation).first()
    _expect(row, revision)
    if wrong := faults(details, row):
        raise InvalidError(wrong)
    before = {} if row is None else said(row)
    other = row is None or (row.issuer, row.client_id) != (details.issuer, details.client_id)
    if row is not None and (other or set(row.domains) != set(details.domains)):
        row.confirmed_at = row.confirmed_by = None
    row = row or SignInProvider(organisation=organisation, revision=0)
    row.issuer, row.client_id = details.issuer, details.client_id
    row.domains, row.is_active = list(details.domains), details.is_active
    row.sealed_secret = seal(details.secret) if details.secret else row.sealed_secret
    row.revision += 1
    row.save()
    if other:
        _disconnect(organisation)
    after = {**said(row), "secret_changed": bool(details.secret)}
    tell(by, Verb.CHANGED, organisation, before, after, part=PART)
    return row


def _expect(row: SignInProvider | None, revision: int | None) -> None:
    if (None if row is None else row.revision) != revision:
        raise ConflictError(
            _("Somebody else has changed the provider meanwhile. Look at it and try again.")
        )


@transaction.atomic
def confirm_provider(
    by: Principal, organisation: Organisation, *, revision: int | None, reason: str = ""
) -> SignInProvider:
    """Confirm that the organisation holds the domains of its provider, and that the provider is its own.

    Parameters
    ----------
    revision
        Of the row that was looked at: another may name other domains.

    Raises
    ------
    ForbiddenError
        Unless by an administrator of the installation or the operator.
    UnseenError
        When there is none.
    ConflictError
        When somebody changed it meanwhile.
    """
    rules.require(by, rules.INSTALLATION)
    held(organisation)
    row = SignInProvider.objects.filter(organisation=organisation).first()
    if row is None:
        raise unseen()
    _expect(row, revision)
    if row.confirmed_at is None:
        before = said(row)
        row.confirmed_at, row.confirmed_by_id = timezone.now(), by.person_id
        row.save()
        tell(by, Verb.CHANGED, organisation, before, said(row), part=PART, reason=reason)
    return row


@transaction.atomic
def remove_provider(by: Principal, organisation: Organisation) -> None:
    """Let nobody sign in by the provider of an organisation any more, and forget who did.

    Raises
    ------
    ForbiddenError
    UnseenError
        When there is none.
    """
    rules.require(by, rules.ORGANISATION_MANAGE, organisation)
    held(organisation)
    row = SignInProvider.objects.filter(organisation=organisation).first()
    if row is None:
        raise unseen()
    before = said(row)
    row.delete()
    _disconnect(organisation)
    tell(by, Verb.CHANGED, organisation, before, {}, part=PART)


def _disconnect(organisation: Organisation) -> None:
    SocialAccount.objects.filter(provider=organisation.code).delete()


def said(row: SignInProvider) -> dict[str, Any]:
    """Return a provider for the audit trail, without its secret."""
    return {
        "issuer": row.issuer,
        "client_id": row.client_id,
        "domains": row.domains,
        "is_active": row.is_active,
        "confirmed": row.confirmed_at is not None,
    }
