"""Tokens of the API: issue, revoke, list, and find out who a token speaks for."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts.audit.chain import record
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import ForbiddenError, InvalidError, unseen
from sinergi.accounts.models import ApiToken, Organisation
from sinergi.accounts.principal import Principal, principal_for
from sinergi.accounts.rules import ORGANISATION_READ, require
from sinergi.accounts.vocabulary import Channel, Scope

PREFIX = "snrg_"
"""Begins every token, so that a scanner of code and logs recognises one that leaked."""
HINT = 10
"""Characters by which a person tells tokens apart; too few to help in guessing the rest."""
SECRET_BYTES = 32
MOST_DAYS = 365
MOST_TOKENS = 50
"""Live tokens a person may have."""
NOTED_SECONDS = 60
"""The time of the last use is written down no more often than this."""
LONGEST_NAME = 80
LONGEST_TOKEN = 200
ISSUE = "token.issue"


class TokenError(Exception):
    """A token that opens nothing: unknown, expired, revoked, or its person or organisation is gone.

    Which of these it is stays here: whoever holds a wrong token learns nothing from the answer.
    """


def digest_of(secret: str) -> str:
    """Return the digest under which a token is kept."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


@transaction.atomic
def issue(
    by: Principal,
    organisation: Organisation,
    *,
    name: str,
    scopes: Iterable[str],
    days: int,
    second_factor: bool = False,
) -> tuple[ApiToken, str]:
    """Issue a token to the person who asks, for one organisation, and return it with its secret.

    The secret is returned this once and kept nowhere.

    Parameters
    ----------
    days
        Until it expires, 1-365.
    second_factor
        Whether the session that asks was opened with one.

    Raises
    ------
    ForbiddenError
        When a token asks, nobody asks, or the person has no role there.
    InvalidError
        When name, scopes or days are not allowed, or there are too many tokens.
    """
    if by.person_id is None or by.scopes is not None:
        raise ForbiddenError(_("Tokens are issued to people who have signed in on a page."), ISSUE)
    require(by, ORGANISATION_READ, organisation)
    if organisation.pk not in by.rights:
        text = _("A token acts with your role in an organisation, and you have none there.")
        raise ForbiddenError(text, ISSUE)
    chosen = sorted(set(scopes))
    _check(by.person_id, name, chosen, days)
    secret = PREFIX + secrets.token_urlsafe(SECRET_BYTES)
    made = ApiToken.objects.create(
        person_id=by.person_id,
        organisation=organisation,
        name=name.strip(),
        scopes=chosen,
        second_factor=second_factor,
        digest=digest_of(secret),
        hint=secret[:HINT],
        expires_at=timezone.now() + timedelta(days=days),
    )
    said: dict[str, Any] = {"scopes": chosen, "expires": made.expires_at.date().isoformat()}
    _record(by, Verb.TOKEN_ISSUED, made, after=said)
    return made, secret


def _check(person: int, name: str, scopes: list[str], days: int) -> None:
    faults = {}
    shown = name.strip()
    if not shown or len(shown) > LONGEST_NAME or not shown.isprintable():
        faults["name"] = _("Give it a name of at most %(most)s characters.") % {
            "most": LONGEST_NAME
        }
    if not scopes or not set(scopes) <= set(Scope):
        faults["scopes"] = _("Choose at least one of: %(list)s.") % {"list": ", ".join(Scope)}
    if not 1 <= days <= MOST_DAYS:
        faults["days"] = _("Choose 1 to %(most)s days.") % {"most": MOST_DAYS}
    if live().filter(person=person).count() >= MOST_TOKENS:
        faults["name"] = _("You have %(most)s tokens; revoke one first.") % {"most": MOST_TOKENS}
    if faults:
        raise InvalidError(faults)


@transaction.atomic
def revoke(by: Principal, token_id: int) -> ApiToken:
    """End a token of the person who asks; a revoked one stays revoked.

    Raises
    ------
    UnseenError
        When the person has no such token.
    """
    held = ApiToken.objects.select_for_update().filter(person=by.person_id, pk=token_id).first()
    if held is None or by.person_id is None:
        raise unseen()
    if held.revoked_at is None:
        held.revoked_at = timezone.now()
        held.save(update_fields=["revoked_at"])
        _record(by, Verb.TOKEN_REVOKED, held)
    return held


@transaction.atomic
def revoke_all(by: Principal, person: int | None = None) -> int:
    """End all live tokens, of one person or of everybody, and return how many there were.

    Each is recorded; no rule is asked, because it follows from another deed: a password that was reset, a
    restore. Whoever calls it has made sure that this one is allowed.
    """
    rows = live() if person is None else live().filter(person=person)
    found = list(rows.select_for_update().order_by("pk"))
    for token in found:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
        _record(by, Verb.TOKEN_REVOKED, token)
    return len(found)


def _record(
    by: Principal, verb: Verb, token: ApiToken, after: dict[str, Any] | None = None
) -> None:
    record(
        by,
        verb,
        kind="token",
        object_id=token.pk,
        organisation=token.organisation_id,
        name=token.hint,
        after=after,
    )


def live(now: datetime | None = None) -> QuerySet[ApiToken]:
    """Return the tokens that open something."""
    return ApiToken.objects.filter(revoked_at=None, expires_at__gt=now or timezone.now())


def tokens_of(by: Principal) -> QuerySet[ApiToken]:
    """Return the tokens of the person who asks, with their organisations, the newest first."""
    rows = ApiToken.objects.filter(person=by.person_id).select_related("organisation")
    return rows if by.person_id is not None else rows.none()


def authenticate(secret: str, request_id: str = "") -> tuple[Principal, ApiToken]:
    """Return who a token speaks for; three queries, and one write a minute.

    Raises
    ------
    TokenError
    """
    if not secret.startswith(PREFIX) or len(secret) > LONGEST_TOKEN:
        raise TokenError
    wanted, now = digest_of(secret), timezone.now()
    rows = ApiToken.objects.select_related("person", "organisation")
    found = rows.filter(digest=wanted).first()
    if found is None or not hmac.compare_digest(found.digest, wanted):
        raise TokenError
    gone = found.organisation.deleted_at is not None or not found.person.is_active
    if gone or found.revoked_at is not None or found.expires_at <= now:
        raise TokenError
    _note_use(found, now)
    principal = principal_for(
        found.person,
        Channel.API,
        second_factor=found.second_factor,
        organisation=found.organisation_id,
        scopes=frozenset(Scope(one) for one in found.scopes),
        request_id=request_id,
    )
    return principal, found


def _note_use(token: ApiToken, now: datetime) -> None:
    noted = Q(last_used_at=None) | Q(last_used_at__lt=now - timedelta(seconds=NOTED_SECONDS))
    if token.last_used_at is None or (now - token.last_used_at).total_seconds() > NOTED_SECONDS:
        ApiToken.objects.filter(noted, pk=token.pk).update(last_used_at=now)
