"""The chain: how a record is hashed and added at the end; `audit.proof` verifies the whole."""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import orjson
from django.db import connection, transaction
from django.utils import timezone

from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.models.audit import AuditHead, AuditRecord
from sinergi.accounts.principal import Principal

START = "0" * 64
"""What the first record takes for the hash of the one before it."""
FIELDS = (
    "sequence",
    "at",
    "channel",
    "request_id",
    "actor",
    "organisation",
    "verb",
    "kind",
    "object_id",
    "part",
    "name",
    "before",
    "after",
    "reason",
    "previous",
)
"""What is hashed, in this order."""


def json_text(values: dict[str, Any] | None) -> str:
    """Return values as JSON text with sorted keys: equal values give equal text.

    What is no valid text – half of a surrogate pair, a number beyond 64 bits – is escaped the long way: a
    deed is never refused because its record cannot be written.
    """
    options = orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS
    try:
        return orjson.dumps(values or {}, option=options, default=str).decode()
    except TypeError:
        return json.dumps({str(name): value for name, value in (values or {}).items()}, default=str)


def plain_text(text: str) -> str:
    """Return text as every database can hold it: without NUL and halves of surrogate pairs."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def stamp(at: datetime) -> str:
    """Return a time as it is hashed: UTC, microseconds."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def digest(values: Iterable[Any]) -> str:
    """Return the hash of a record from its values in the order of `FIELDS`, `at` as `stamp` gives it."""
    return hashlib.sha256(orjson.dumps(list(values))).hexdigest()


def _values(row: AuditRecord) -> list[Any]:
    values = [getattr(row, name) for name in FIELDS]
    values[1] = stamp(row.at)
    return values


def record(
    by: Principal,
    verb: Verb,
    *,
    kind: str,
    object_id: object,
    organisation: int | None,
    name: str = "",
    part: str = "",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
) -> AuditRecord:
    """Add the record of a deed, in the transaction of the deed; call it last, after all rows are locked.

    The end of the chain is held until the transaction ends. Whoever holds it must not wait for another row,
    or two deeds could wait for each other.

    Parameters
    ----------
    by
        Who did it; gives actor, channel and request.
    kind, object_id, name, part
        What was acted on: see `AuditRecord`.
    organisation
        Number of the organisation that owns the object; `None` for the installation.
    before, after
        What differed. No personal data: name people by their number.

    Raises
    ------
    django.db.transaction.TransactionManagementError
        Outside a transaction, where record and deed could part.
    """
    if not connection.in_atomic_block:
        msg = "an audit record is written in the transaction of its deed"
        raise transaction.TransactionManagementError(msg)
    head = AuditHead.objects.select_for_update().get(pk=1)
    row = AuditRecord(
        sequence=head.sequence + 1,
        at=timezone.now(),
        channel=by.channel.value,
        request_id=plain_text(by.request_id)[:64],
        actor=by.person_id,
        organisation=organisation,
        verb=verb.value,
        kind=kind,
        object_id=plain_text(str(object_id)),
        part=plain_text(part),
        name=plain_text(name)[:255],
        before=json_text(before),
        after=json_text(after),
        reason=plain_text(reason),
        previous=head.hash,
    )
    row.hash = digest(_values(row))
    row.save(force_insert=True)
    head.sequence, head.hash = row.sequence, row.hash
    head.save()
    return row
