"""Sign-in by the OpenID Connect provider of an organisation: who may come in by it, and as whom.

An identity opens the account of a person to whom it was connected. It is connected by its verified address
alone only to a person who has no way in yet; everybody else connects it from a session of their own.
"""

from typing import Any, NoReturn

import requests
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.models import Person, SignInProvider
from sinergi.accounts.requests import PROVIDER
from sinergi.accounts.sealing import unseal
from sinergi.accounts.signin import records
from sinergi.accounts.signin.fetch import PublicSession

OPENID = "openid_connect"


def active() -> Any:
    """Return the providers by which somebody can sign in now: confirmed ones that are switched on."""
    rows = SignInProvider.objects.filter(
        is_active=True, confirmed_at__isnull=False, organisation__deleted_at=None
    )
    return rows.select_related("organisation")


def as_app(row: SignInProvider) -> SocialApp:
    """Return a provider as django-allauth wants it; never stored, so that its secret stays sealed."""
    return SocialApp(
        provider=OPENID,
        provider_id=row.organisation.code,
        name=row.organisation.name[:40],
        client_id=row.client_id,
        secret=unseal(row.sealed_secret) if row.sealed_secret else "",
        settings={"server_url": row.issuer.rstrip("/"), "oauth_pkce_enabled": True},
    )


class ProviderAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Lets in people who hold a role in the organisation of the provider, and nobody else."""

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """Return the providers by which somebody can sign in now."""
        rows = active()
        if provider and provider != OPENID:
            rows = rows.filter(organisation__code=provider)
        if client_id:
            rows = rows.filter(client_id=client_id)
        return [as_app(row) for row in rows]

    def get_requests_session(self) -> requests.Session:
        """Return what asks the provider: never a private address."""
        return PublicSession()

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Nobody is made a person by a provider."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the person whom an identity stands for, or refuse.

        Raises
        ------
        ImmediateHttpResponse
            With the way back to the sign-in page, when nobody may come in; with the way to the account,
            when somebody who is signed in has connected the identity.
        """
        row = active().filter(organisation__code=sociallogin.account.provider).first()
        process = sociallogin.state.get("process")
        if row is None or process not in {None, AuthProcess.LOGIN, AuthProcess.CONNECT}:
            self._refuse(request, row)
        known = sociallogin.user if sociallogin.is_existing else None
        person = known or by_address(row, claims(sociallogin))
        if person is None or not belongs(person, row):
            self._refuse(request, row)
        if process == AuthProcess.CONNECT:
            self._connect(request, sociallogin, row, person)
        if known is None:
            if has_way_in(person):
                self._refuse(request, row, person)
            sociallogin.connect(request, person)

    def _connect(
        self, request: HttpRequest, sociallogin: SocialLogin, row: SignInProvider, person: Person
    ) -> NoReturn:
        """Connect an identity to the person of the session, who has just proved who they are."""
        through = request.session.get(PROVIDER)
        if request.user != person or through or not did_recently_reauthenticate(request):
            self._refuse(request, row)
        if not sociallogin.is_existing:
            sociallogin.connect(request, person)
        messages.success(
            request,
            _("From now on you can sign in with %(name)s.") % {"name": row.organisation.name},
        )
        raise ImmediateHttpResponse(HttpResponseRedirect(reverse("account:overview")))

    def _refuse(
        self, request: HttpRequest, row: SignInProvider | None, person: Person | None = None
    ) -> NoReturn:
        """Lead back with what would help; `person` is one who has another way in."""
        number = None if row is None else row.organisation_id
        records.noted(request, Verb.SIGN_IN_REFUSED, person, of=number, part=OPENID)
        messages.error(request, _unknown() if person is None else _not_connected())
        raise ImmediateHttpResponse(HttpResponseRedirect(reverse("account_login")))

    def on_authentication_error(self, request: HttpRequest, provider: Any, **more: Any) -> None:
        """Lead back to the sign-in page with what went wrong, in words that tell nothing of our insides."""
        messages.error(
            request, _("The provider of the organisation did not let you in. Try again later.")
        )
        raise ImmediateHttpResponse(HttpResponseRedirect(reverse("account_login")))


def _unknown() -> str:
    return _(
        "The provider knows you, but Sinergi knows nobody with a role in this organisation under your "
        "verified e-mail address. Ask an administrator of the organisation to invite you."
    )


def _not_connected() -> str:
    return _(
        "Your account is not connected with this provider yet. Sign in with your password, and connect it "
        "under “My account”."
    )


def claims(sociallogin: SocialLogin) -> dict[str, Any]:
    """Return what the provider says of the identity: from its user information, else from its token."""
    told = sociallogin.account.extra_data
    return dict(told.get("userinfo") or told.get("id_token") or {})


def speaks_for(row: SignInProvider, email: str) -> bool:
    """Whether a provider may vouch for an e-mail address."""
    name, _at, domain = email.rpartition("@")
    return bool(name) and domain in row.domains


def by_address(row: SignInProvider, told: dict[str, Any]) -> Person | None:
    """Return the person with the verified address that the provider tells, of one of its domains."""
    email = str(told.get("email") or "").strip().lower()
    if told.get("email_verified") is not True or not speaks_for(row, email):
        return None
    return Person.objects.filter(email=email).first()


def belongs(person: Person, row: SignInProvider) -> bool:
    """Whether a provider may let an active person in: one of its domains, with a role in its organisation."""
    held = person.assignments.filter(organisation=row.organisation_id, ended_at=None)
    return person.is_active and speaks_for(row, person.email) and held.exists()


def has_way_in(person: Person) -> bool:
    """Whether a person can sign in by anything already: an address alone must not open such an account."""
    others = (
        Authenticator.objects.filter(user=person),
        SocialAccount.objects.filter(user=person),
    )
    return person.has_usable_password() or any(rows.exists() for rows in others)


def connectable(person: Person) -> list[SignInProvider]:
    """Return the providers that a person could connect with: of their organisations, not connected yet."""
    connected = SocialAccount.objects.filter(user=person).values("provider")
    rows = active().exclude(organisation__code__in=connected).order_by("organisation__name")
    return [row for row in rows if belongs(person, row)]
