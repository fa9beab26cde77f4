"""What every deed on something owned has in common: hold the row, ask, count the change, record it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar, cast

from sinergi.accounts import rules
from sinergi.accounts.audit.chain import record
from sinergi.accounts.audit.history import Deed, told
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import InvalidError, UnseenError, conflict
from sinergi.accounts.models import AuditRecord, Kept, Owned
from sinergi.accounts.principal import Principal
from sinergi.accounts.texts import WHY, printable, too_long_text

KeptModel = TypeVar("KeptModel", bound=Kept)


def held(
    by: Principal,
    permission: str,
    model: type[KeptModel],
    pk: int,
    missing: UnseenError,
    *,
    deleted: bool = False,
) -> KeptModel:
    """Return a row for a deed and hold it until the transaction ends.

    Parameters
    ----------
    missing
        What to raise when there is no such row, it may not be seen, or it is put away and `deleted` is
        false (or the reverse): all are told alike.

    Raises
    ------
    UnseenError
        `missing`.
    ForbiddenError
        When it may be seen, but this is not allowed.
    """
    found = model.objects.select_for_update().filter(pk=pk).first()
    row = cast("KeptModel | None", found)
    if row is None or not rules.may(by, rules.OBJECT_READ, row):
        raise missing
    rules.require(by, permission, row)
    if (row.deleted_at is not None) != deleted:
        raise missing
    return row


NO_CHANGE = (Verb.SHARED, Verb.UNSHARED, Verb.PUBLISHED, Verb.WITHDRAWN, Verb.EXPORTED)


def expect(row: Kept, seen: int | None) -> None:
    """Refuse a change that was made from another revision than the present one; `None` does not ask.

    Raises
    ------
    ConflictError
        When they differ; names who changed it and when.
    """
    expect_revision(row.KIND, row.pk, row.revision, seen)


def expect_revision(kind: str, number: int, now: int, seen: int | None, *, part: str = "") -> None:
    """Refuse a change of something owned, or of a part of it, made from another revision; see `expect`.

    Raises
    ------
    ConflictError
    """
    if seen is not None and seen != now:
        raise conflict(_last_change(kind, number, part))


def _last_change(kind: str, number: int, part: str) -> Deed | None:
    """Return the last deed that changed something; to share or to export changes nothing."""
    rows = AuditRecord.objects.exclude(verb__in=NO_CHANGE)
    rows = rows.filter(kind=kind, object_id=str(number), **({"part": part} if part else {}))
    return next(iter(told(rows.order_by("-sequence")[:1])), None)


def why(text: str) -> str:
    """Return the reason that somebody gives for a deed, fit to be kept.

    Raises
    ------
    InvalidError
        When it is too long.
    """
    kept = printable(text)
    if faults := too_long_text("why", kept, WHY):
        raise InvalidError(faults)
    return kept


def touch(row: Kept) -> None:
    """Count a change and write the row."""
    row.revision += 1
    row.save()


def change(by: Principal, row: Kept, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Give the row the values that differ and record them; a change of nothing leaves no trace."""
    changed = [name for name in after if after[name] != before[name]]
    if not changed:
        return
    for name in changed:
        setattr(row, name, after[name])
    touch(row)
    old, new = ({name: values[name] for name in changed} for values in (before, after))
    record_on(by, Verb.CHANGED, row, old, new)


def put_away(by: Principal, row: Kept, at: datetime, reason: str) -> None:
    """Put a row away, to be brought back by `bring_back`."""
    row.deleted_at = at
    touch(row)
    record_on(by, Verb.PUT_AWAY, row, before={"name": row.label}, reason=reason)


def bring_back(by: Principal, row: Kept, reason: str) -> None:
    """Bring back a row that was put away."""
    row.deleted_at = None
    touch(row)
    record_on(by, Verb.RESTORED, row, after={"name": row.label}, reason=reason)


def record_on(
    by: Principal,
    verb: Verb,
    row: Owned,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    *,
    part: str = "",
    reason: str = "",
) -> AuditRecord:
    """Write the audit record of a deed on something owned, or on a part of it; last in its transaction."""
    return record(
        by,
        verb,
        kind=row.KIND,
        object_id=row.pk,
        organisation=row.organisation_id,
        name=row.label,
        part=part,
        before=before,
        after=after,
        reason=reason,
    )
