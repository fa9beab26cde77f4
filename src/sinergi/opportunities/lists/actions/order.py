"""Deeds on the order of a list: move, remove, restore."""

from django.db import transaction
from django.utils import timezone

from sinergi.accounts.actions.owned import expect, touch, why
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.principal import Principal
from sinergi.accounts.rules import OBJECT_EDIT
from sinergi.opportunities.lists.actions.rows import (
    expect_entry,
    live_entry,
    locked,
    order,
    refuse_twice,
    renumber,
    tell_entry,
)
from sinergi.opportunities.lists.rules import moved
from sinergi.opportunities.models import PriorityEntry


@transaction.atomic
def move_entry(
    by: Principal, list_id: int, entry_id: int, to: int, *, revision: int | None = None
) -> PriorityEntry:
    """Put an entry at position `to`, counted from 1; beyond an end means at that end.

    Raises
    ------
    NotFoundError, ForbiddenError
    ConflictError
        When the list is no longer at `revision`: the order may be another than the person saw.
    """
    row = locked(by, OBJECT_EDIT, list_id)
    expect(row, revision)
    entry = live_entry(row, entry_id)
    before = entry.position
    renumber(moved(order(row), entry_id, to))
    entry.refresh_from_db()
    if entry.position != before:
        touch(row)
        after = {"position": entry.position}
        tell_entry(by, Verb.ENTRY_MOVED, entry, {"position": before}, after)
    return entry


@transaction.atomic
def remove_entry(
    by: Principal, list_id: int, entry_id: int, *, revision: int | None = None, reason: str = ""
) -> PriorityEntry:
    """Take an entry off the list; `restore_entry` puts it back in its place.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError
    ConflictError
        When the entry was edited since `revision`.
    """
    row = locked(by, OBJECT_EDIT, list_id)
    entry = live_entry(row, entry_id)
    expect_entry(entry, revision)
    kept = why(reason)
    entry.deleted_at = timezone.now()
    entry.save()
    renumber(order(row))
    touch(row)
    before = {"position": entry.position}
    tell_entry(by, Verb.ENTRY_REMOVED, entry, before, reason=kept)
    return entry


@transaction.atomic
def restore_entry(by: Principal, list_id: int, entry_id: int, *, reason: str = "") -> PriorityEntry:
    """Put a removed entry back where it was.

    Raises
    ------
    NotFoundError
        When there is no such removed entry.
    ForbiddenError, InvalidError
    DuplicateError
        When the same opportunity was added again meanwhile.
    """
    row = locked(by, OBJECT_EDIT, list_id)
    entry = live_entry(row, entry_id, removed=True)
    refuse_twice(row, entry.object_code, entry.members_key)
    kept = why(reason)
    restored = moved([*order(row), entry.pk], entry.pk, entry.position)
    entry.deleted_at = None
    entry.save()
    renumber(restored)
    entry.refresh_from_db()
    touch(row)
    after = {"position": entry.position}
    tell_entry(by, Verb.ENTRY_RESTORED, entry, after=after, reason=kept)
    return entry
