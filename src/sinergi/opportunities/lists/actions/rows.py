"""Rows of a list held for a deed: lock, ask whether it is allowed, compare revisions, number, record."""

from typing import Any

from django.utils.translation import gettext as _

from sinergi.accounts.actions.owned import expect_revision, held, record_on
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.principal import Principal
from sinergi.opportunities.lists import errors
from sinergi.opportunities.models import PriorityEntry, PriorityList


def locked(by: Principal, permission: str, list_id: int, *, deleted: bool = False) -> PriorityList:
    """Return a list for a deed and hold it until the transaction ends.

    Raises
    ------
    NotFoundError
        When there is no such list, it may not be seen, or it is put away and `deleted` is false (or the
        reverse).
    ForbiddenError
    """
    missing = errors.list_not_found(list_id)
    return held(by, permission, PriorityList, list_id, missing, deleted=deleted)


def expect_entry(entry: PriorityEntry, seen: int | None) -> None:
    """Refuse a change of an entry that was made from another revision than the present one.

    Raises
    ------
    ConflictError
    """
    number, part = entry.priority_list_id, f"entry:{entry.pk}"
    expect_revision(PriorityList.KIND, number, entry.revision, seen, part=part)


def tell_entry(
    by: Principal,
    verb: Verb,
    entry: PriorityEntry,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    *,
    reason: str = "",
) -> None:
    """Write the audit record of a deed on an entry of a list; last in its transaction."""
    part = f"entry:{entry.pk}"
    record_on(by, verb, entry.priority_list, before, after, part=part, reason=reason)


def live_entry(row: PriorityList, entry_id: int, *, removed: bool = False) -> PriorityEntry:
    """Return an entry of the list that is on it, or with `removed` one that was taken off.

    Raises
    ------
    NotFoundError
    """
    entry = row.entries.filter(pk=entry_id, deleted_at__isnull=not removed).first()
    if entry is None:
        raise errors.entry_not_found(entry_id)
    return entry


def order(row: PriorityList) -> list[int]:
    """Return the ids of the entries on the list, first priority first."""
    live = row.entries.filter(deleted_at__isnull=True)
    return list(live.order_by("position", "pk").values_list("pk", flat=True))


def renumber(ids: list[int]) -> None:
    """Give the entries positions 1..n in this order; writes only what changes."""
    entries = PriorityEntry.objects.in_bulk(ids)
    changed = []
    for position, pk in enumerate(ids, start=1):
        if entries[pk].position != position:
            entries[pk].position = position
            changed.append(entries[pk])
    PriorityEntry.objects.bulk_update(changed, ["position"])


def refuse_twice(row: PriorityList, object_code: str, members_key: str) -> None:
    """Refuse an opportunity that is on the list already.

    Raises
    ------
    DuplicateError
        Names the list and the position.
    """
    same = row.entries.filter(
        object_code=object_code, members_key=members_key, deleted_at__isnull=True
    ).first()
    if same is not None:
        raise errors.DuplicateError(
            _(
                "This opportunity (same object, same members) is already on “%(list)s” as number "
                "%(position)s. Edit that entry instead, or choose another list."
            )
            % {"list": row.name, "position": same.position},
            same.pk,
        )
