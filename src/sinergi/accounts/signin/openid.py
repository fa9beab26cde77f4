"""What is asked of an OpenID Connect provider beyond the library: the same as ever, and signed tokens."""

from typing import Any

import requests
from allauth.account.decorators import reauthentication_required
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponseBase
from jwt import PyJWTError, get_unverified_header

from sinergi.accounts.signin.guards import with_password

ALGORITHMS = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384"})
"""By which a token may be signed: by a key that only the provider has, never by none or by a shared one."""


class Adapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """Speaks with a provider."""

    @property
    def openid_config(self) -> dict[str, Any]:
        """Return what the provider says of itself.

        Raises
        ------
        requests.RequestException
            When it says that it is another than the one that was set up.
        """
        told: dict[str, Any] = super().openid_config
        wanted = str(self.get_provider().app.settings["server_url"]).rstrip("/")
        if str(told.get("issuer", "")).rstrip("/") != wanted:
            raise requests.exceptions.InvalidURL("the provider says that it is another")
        return told

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        """Return what a token says; its signature is looked at although it came from the provider itself.

        Raises
        ------
        OAuth2Error
            When it is not signed as it must be, is for somebody else, or has run out.
        """
        try:
            algorithm = get_unverified_header(id_token).get("alg")
        except PyJWTError as error:
            raise OAuth2Error("Invalid id_token") from error
        if algorithm not in ALGORITHMS:
            raise OAuth2Error("Invalid id_token")
        found: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        return found

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **told: Any) -> Any:
        """Return the identity.

        Raises
        ------
        OAuth2Error
            When the provider sends no signed token, or speaks of two people.
        """
        if not told["response"].get("id_token"):
            raise OAuth2Error("No id_token")
        login = super().complete_login(request, app, token, **told)
        data = login.account.extra_data
        signed = data["id_token"]["sub"]
        if str(data.get("userinfo", {}).get("sub", signed)) != str(signed):
            raise OAuth2Error("Two subjects")
        return login


@login_not_required
def login(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Lead to the provider; with `process=connect`, to connect the account of the person who is signed in."""
    if request.GET.get("process") == AuthProcess.CONNECT:
        return _connecting(request, provider_id)
    return _answer(OAuth2LoginView, request, provider_id)


@with_password
@reauthentication_required  # type: ignore[untyped-decorator]
def _connecting(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Lead to the provider somebody who has just given the password or a factor again."""
    return _answer(OAuth2LoginView, request, provider_id)


@login_not_required
def callback(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Take in who comes back from the provider."""
    return _answer(OAuth2CallbackView, request, provider_id)


def _answer(view: Any, request: HttpRequest, provider_id: str) -> HttpResponseBase:
    try:
        found: HttpResponseBase = view.adapter_view(Adapter(request, provider_id))(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    return found
