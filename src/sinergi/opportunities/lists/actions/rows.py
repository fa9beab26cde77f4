"""Rows of a list held for a deed: lock, compare revisions, number, record."""

from typing import Any

from django.utils.translation import gettext as _

from sinergi.opportunities.lists import errors
from sinergi.opportunities.models import ListEvent, PriorityEntry, PriorityList


def locked(list_id: int, *, deleted: bool = False) -> PriorityList:
    """Return a list and hold it until the transaction ends.

    Raises
    ------
    NotFoundError
        When there is no such list, or it is deleted and `deleted` is false (or the reverse).
    """
    row = PriorityList.objects.select_for_update().filter(pk=list_id).first()
    if row is None or (row.deleted_at is not None) != deleted:
        raise errors.list_not_found(list_id)
    return row


def expect(actual: int, seen: int | None) -> None:
    """Refuse a change that was made from another revision than the present one; `None` does not ask.

    Raises
    ------
    ConflictError
        When they differ.
    """
    if seen is not None and seen != actual:
        raise errors.conflict()


def touch(priority_list: PriorityList) -> None:
    """Count a change of the list or of its order."""
    priority_list.revision += 1
    priority_list.save()


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


def record(
    entry: PriorityEntry,
    what: ListEvent.What,
    who: str,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Write the line of history of a deed on an entry."""
    ListEvent.objects.create(
        priority_list_id=entry.priority_list_id,
        entry=entry,
        what=what,
        who=who,
        before=before or {},
        after=after or {},
    )


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
