"""What tests of sign-in share: an empty shared cache, people who sign in by the page, codes of an app."""

import time
from collections.abc import Callable

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from sinergi.accounts.models import ApiToken, Person
from sinergi.accounts.tokens import issue
from tests.people import PASSWORD, asks, organisation

SignIn = Callable[..., HttpResponse]


@pytest.fixture(autouse=True)
def _nobody_has_tried(db: None) -> None:
    cache.clear()


@pytest.fixture(autouse=True)
def _what_follows_a_commit_follows_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library tells of a new second factor when the transaction is through; that of a test never is."""
    monkeypatch.setattr(transaction, "on_commit", lambda deed, **_options: deed())


@pytest.fixture
def sign_in() -> SignIn:
    def by_page(client: Client, email: str = "ani@contoh.test", password: str = PASSWORD, **more):
        return client.post("/masuk/", {"login": email, "password": password, **more})

    return by_page


def code_of(secret: str, steps: int = 0) -> str:
    """The code that an app with this secret shows, `steps` half minutes from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def with_app(someone: Person) -> str:
    """Give a person an authenticator app and recovery codes; return the secret of the app."""
    secret = generate_totp_secret()
    TOTP.activate(someone, secret)
    RecoveryCodes.activate(someone)
    return secret


def with_token(someone: Person) -> ApiToken:
    """Give a person a live token, and a role in which it acts."""
    city = organisation()
    someone.assignments.get_or_create(organisation=city, role="analyst")
    return issue(asks(someone), city, name="uji", scopes=["read"], days=30)[0]


def signed_in_as(client: Client) -> int | None:
    """Number of the person of a session."""
    number = client.session.get("_auth_user_id")
    return None if number is None else int(number)
