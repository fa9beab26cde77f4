"""Doing once what is asked twice: a form sent again, a request of the API repeated after a lost answer."""

import hashlib
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import orjson
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts.errors import InvalidError
from sinergi.accounts.models.once import DoneOnce
from sinergi.accounts.principal import Principal

KEPT = timedelta(days=1)
"""How long a key is remembered."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a deed gave.

    Attributes
    ----------
    result
        JSON values: of this time, or of the first time when it was asked again.
    repeated
        Whether it had been done already and nothing was done now.
    """

    result: dict[str, Any]
    repeated: bool


def new_token() -> str:
    """Return a token for the hidden field of a form, another one for each form shown."""
    return secrets.token_urlsafe(18)


def seal(token: str, content: object) -> str:
    """Return the key of a form: one that was changed and sent again from an old page is another deed."""
    return _hash([token, content]) if token else ""


def once(
    by: Principal, deed: str, key: str, content: object, do: Callable[[], dict[str, Any]]
) -> Outcome:
    """Do something unless the same asker has had it done under the same key within a day.

    Two that arrive at once wait for each other: the second sees what the first gave, or does it when the
    first was refused.

    Parameters
    ----------
    deed
        What is asked, such as `create_list`; equal keys of different deeds do not meet.
    key
        Without one it is always done.
    content
        JSON values of what is asked.
    do
        Does it and returns JSON values, such as the number of what was made. Runs in a transaction.

    Raises
    ------
    InvalidError
        When something else was asked under this key before.
    """
    if not key:
        return Outcome(do(), repeated=False)
    asker = f"person:{by.person_id}" if by.signed_in else "operator" if by.operator else "visitor"
    mark = {"asker": asker, "deed": deed, "key": _hash(key)}
    digest = _hash(content)
    with transaction.atomic():
        DoneOnce.objects.filter(created__lt=timezone.now() - KEPT, asker=asker).delete()
        try:
            with transaction.atomic():
                row = DoneOnce.objects.create(**mark, content=digest, created=timezone.now())
        except IntegrityError:
            return _again(DoneOnce.objects.get(**mark), digest)
        row.result = do()
        row.save(update_fields=["result"])
        return Outcome(row.result, repeated=False)


def _again(row: DoneOnce, digest: str) -> Outcome:
    if row.content != digest:
        told = _("This key was used for another request. Use a new key for each request.")
        raise InvalidError({"key": told})
    return Outcome(row.result, repeated=True)


def _hash(values: object) -> str:
    try:
        text = orjson.dumps(values, option=orjson.OPT_SORT_KEYS, default=str)
    except orjson.JSONEncodeError:
        # Whole numbers beyond 64 bits: the deed itself says that they cannot be.
        text = json.dumps(values, sort_keys=True, default=str).encode()
    return hashlib.sha256(text).hexdigest()
