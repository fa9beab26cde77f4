"""What concerns sign-in goes into the audit trail: listens to django-allauth, writes no e-mail address."""

import time
from typing import Any

from allauth.account import signals as account
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from allauth.socialaccount import signals as social
from django.contrib.auth.signals import user_logged_out
from django.db import transaction
from django.http import HttpRequest

from sinergi.accounts.audit.chain import record
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.models import Person
from sinergi.accounts.principal import Principal
from sinergi.accounts.queries.organisations import organisation
from sinergi.accounts.requests import PROVIDER, SECOND_FACTOR
from sinergi.accounts.signin.store import BEGUN, SEEN
from sinergi.accounts.tokens import revoke_all
from sinergi.accounts.vocabulary import Channel

KIND = "person"
FACTORS = {Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN}
"""Kinds of second factors; recovery codes stand in for them."""


def noted(
    request: HttpRequest,
    verb: Verb,
    person: Person | None,
    *,
    of: int | None = None,
    part: str = "",
    after: dict[str, Any] | None = None,
) -> None:
    """Record a deed of a person on the own account; without a person, one of a visitor.

    Parameters
    ----------
    of
        Number of the organisation that it concerns.
    """
    number = None if person is None else person.pk
    by = doer(request, person)
    with transaction.atomic():
        record(
            by,
            verb,
            kind=KIND,
            object_id="" if number is None else number,
            organisation=of,
            part=part,
            after=after,
        )


def doer(request: HttpRequest, person: Person | None) -> Principal:
    """Return a person as one who does something with the own account, with no rights but these."""
    number = None if person is None else person.pk
    name = "" if person is None else person.name
    return Principal(number, name, Channel.WEB, request_id=getattr(request, "request_id", ""))


def password_refused(request: HttpRequest, email: str) -> None:
    """Record that a password was refused; who it was tried for, when there is such a person."""
    known = Person.objects.filter(email=email.strip().lower()).first()
    by = Principal(None, "", Channel.WEB, request_id=getattr(request, "request_id", ""))
    with transaction.atomic():
        record(
            by,
            Verb.SIGN_IN_REFUSED,
            kind=KIND,
            object_id="" if known is None else known.pk,
            organisation=None,
            part="password",
        )


def ways(request: HttpRequest, person: Person) -> list[str]:
    """Return how a person proved who they are in this session: `password`, `totp`."""
    told = get_authentication_records(request, person)
    return list(dict.fromkeys(str(one.get("type") or one["method"]) for one in told))


def has_factor(request: HttpRequest, person: Person) -> bool:
    """Whether a second factor, passkey or recovery code was used in this session."""
    return any(one["method"] == "mfa" for one in get_authentication_records(request, person))


def on_signed_in(sender: object, request: HttpRequest, user: Person, **more: Any) -> None:
    """Remember how the session was opened and when, and record it."""
    request.session[BEGUN] = request.session[SEEN] = int(time.time())
    request.session[SECOND_FACTOR] = has_factor(request, user)
    through = more.get("sociallogin")
    if through is not None:
        request.session[PROVIDER] = organisation(through.account.provider).pk
    else:
        request.session.pop(PROVIDER, None)
    noted(request, Verb.SIGNED_IN, user, after={"by": ways(request, user)})


def on_signed_out(sender: object, request: HttpRequest, user: Person | None, **more: Any) -> None:
    """Record that a person signed out."""
    if user is not None:
        noted(request, Verb.SIGNED_OUT, user)


def on_password_changed(sender: object, request: HttpRequest, user: Person, **more: Any) -> None:
    """Record a changed password."""
    noted(request, Verb.PASSWORD_CHANGED, user)


def on_password_reset(sender: object, request: HttpRequest, user: Person, **more: Any) -> None:
    """Record a password that was set anew by a link, and revoke the tokens of the person.

    Whoever resets a password may have lost it to somebody else, who may have issued tokens.
    """
    with transaction.atomic():
        noted(request, Verb.PASSWORD_RESET, user)
        revoke_all(doer(request, user), user.pk)


def on_email_changed(sender: object, request: HttpRequest, user: Person, **more: Any) -> None:
    """Record a changed e-mail address, without the addresses."""
    noted(request, Verb.EMAIL_CHANGED, user)


def on_factor_used(sender: object, request: HttpRequest, user: Person, **more: Any) -> None:
    """Count a second factor that was given again within the session."""
    if more.get("reauthenticated"):
        request.session[SECOND_FACTOR] = True


def on_factor_refused(
    sender: object, request: HttpRequest, user: Person, authenticator: Authenticator, **more: Any
) -> None:
    """Record a code that was not right."""
    noted(request, Verb.SIGN_IN_REFUSED, user, part=str(authenticator.type))


def on_factor_added(
    sender: object, request: HttpRequest, user: Person, authenticator: Authenticator, **more: Any
) -> None:
    """Record a new second factor; the session has it from now on.

    Whoever adds one has just given the password again and shown that the factor is in hand.
    """
    if authenticator.type in FACTORS:
        request.session[SECOND_FACTOR] = True
    noted(request, Verb.FACTOR_ADDED, user, part=str(authenticator.type))


def on_factor_removed(
    sender: object, request: HttpRequest, user: Person, authenticator: Authenticator, **more: Any
) -> None:
    """Record a removed factor; without any left, the session has none."""
    if not Authenticator.objects.filter(user=user, type__in=FACTORS).exists():
        request.session[SECOND_FACTOR] = False
    noted(request, Verb.FACTOR_REMOVED, user, part=str(authenticator.type))


def on_connected(sender: object, request: HttpRequest, sociallogin: Any, **more: Any) -> None:
    """Record that the identity at a provider was connected to a person."""
    noted(request, Verb.ACCOUNT_CONNECTED, sociallogin.user, part=sociallogin.account.provider)


def listen() -> None:
    """Connect the listeners; once, when Django starts."""
    account.user_logged_in.connect(on_signed_in, dispatch_uid="signed-in")
    user_logged_out.connect(on_signed_out, dispatch_uid="signed-out")
    account.password_changed.connect(on_password_changed, dispatch_uid="password-changed")
    account.password_set.connect(on_password_changed, dispatch_uid="password-set")
    account.password_reset.connect(on_password_reset, dispatch_uid="password-reset")
    account.email_changed.connect(on_email_changed, dispatch_uid="email-changed")
    mfa.authenticator_used.connect(on_factor_used, dispatch_uid="factor-used")
    mfa.authentication_failed.connect(on_factor_refused, dispatch_uid="factor-refused")
    mfa.authenticator_added.connect(on_factor_added, dispatch_uid="factor-added")
    mfa.authenticator_reset.connect(on_factor_added, dispatch_uid="factor-reset")
    mfa.authenticator_removed.connect(on_factor_removed, dispatch_uid="factor-removed")
    social.social_account_added.connect(on_connected, dispatch_uid="connected")
