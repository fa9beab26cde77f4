"""Asks a provider to describe itself, before an administrator's word for it is stored."""

import requests
from django.conf import settings
from django.utils.translation import gettext as _

from sinergi.accounts.errors import InvalidError
from sinergi.accounts.signin.fetch import PublicSession

WELL_KNOWN = "/.well-known/openid-configuration"
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint")


def check_issuer(issuer: str) -> None:
    """Make sure that a provider answers at an address, says that it is it, and names safe endpoints.

    Raises
    ------
    InvalidError
        Says what is wrong; what the other side answered is not shown.
    """
    try:
        with PublicSession() as session:
            answer = session.get(issuer.rstrip("/") + WELL_KNOWN)
        answer.raise_for_status()
        told = answer.json()
    except requests.RequestException as error:
        raise InvalidError({"issuer": _("No provider answers at this address.")}) from error
    if not isinstance(told, dict) or str(told.get("issuer", "")).rstrip("/") != issuer.rstrip("/"):
        raise InvalidError({"issuer": _("What answers at this address is another provider.")})
    schemes = ("https://", "http://") if settings.SINERGI_OIDC_LOCAL else ("https://",)
    if not all(str(told.get(name, "")).startswith(schemes) for name in ENDPOINTS):
        raise InvalidError({"issuer": _("The provider does not name all that is needed.")})
