"""Deeds on the order of a list: move, remove, restore."""

from django.db import transaction
from django.utils import timezone

from sinergi.opportunities.lists.actions.rows import (
    expect,
    live_entry,
    locked,
    order,
    record,
    refuse_twice,
    renumber,
    touch,
)
from sinergi.opportunities.lists.rules import moved
from sinergi.opportunities.models import ListEvent, PriorityEntry

What = ListEvent.What


@transaction.atomic
def move_entry(
    list_id: int, entry_id: int, to: int, *, revision: int | None = None, who: str = ""
) -> PriorityEntry:
    """Put an entry at position `to`, counted from 1; beyond an end means at that end.

    Raises
    ------
    NotFoundError
    ConflictError
        When the list is no longer at `revision`: the order may be another than the person saw.
    """
    row = locked(list_id)
    expect(row.revision, revision)
    entry = live_entry(row, entry_id)
    before = entry.position
    renumber(moved(order(row), entry_id, to))
    entry.refresh_from_db()
    if entry.position != before:
        touch(row)
        record(entry, What.ENTRY_MOVED, who, {"position": before}, {"position": entry.position})
    return entry


@transaction.atomic
def remove_entry(
    list_id: int, entry_id: int, *, revision: int | None = None, who: str = ""
) -> PriorityEntry:
    """Take an entry off the list; `restore_entry` puts it back in its place.

    Raises
    ------
    NotFoundError
    ConflictError
        When the entry was edited since `revision`.
    """
    row = locked(list_id)
    entry = live_entry(row, entry_id)
    expect(entry.revision, revision)
    entry.deleted_at = timezone.now()
    entry.save()
    renumber(order(row))
    touch(row)
    record(entry, What.ENTRY_REMOVED, who, before={"position": entry.position})
    return entry


@transaction.atomic
def restore_entry(list_id: int, entry_id: int, *, who: str = "") -> PriorityEntry:
    """Put a removed entry back where it was.

    Raises
    ------
    NotFoundError
        When there is no such removed entry.
    DuplicateError
        When the same opportunity was added again meanwhile.
    """
    row = locked(list_id)
    entry = live_entry(row, entry_id, removed=True)
    refuse_twice(row, entry.object_code, entry.members_key)
    restored = moved([*order(row), entry.pk], entry.pk, entry.position)
    entry.deleted_at = None
    entry.save()
    renumber(restored)
    entry.refresh_from_db()
    touch(row)
    record(entry, What.ENTRY_RESTORED, who, after={"position": entry.position})
    return entry
