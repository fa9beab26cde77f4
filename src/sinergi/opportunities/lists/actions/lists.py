"""Deeds on a whole list: create, rename, delete, restore."""

from dataclasses import asdict, fields, replace

from django.db import transaction
from django.utils import timezone

from sinergi.opportunities.lists import errors
from sinergi.opportunities.lists.actions.rows import expect, locked, touch
from sinergi.opportunities.lists.rules import ListDetails, list_faults, printable
from sinergi.opportunities.models import ListEvent, PriorityList

What = ListEvent.What


def details_of(priority_list: PriorityList) -> ListDetails:
    """Return what a person wrote about a list."""
    return ListDetails(**{f.name: getattr(priority_list, f.name) for f in fields(ListDetails)})


def _clean(details: ListDetails) -> ListDetails:
    cleaned = replace(details, **{name: printable(text) for name, text in asdict(details).items()})
    if faults := list_faults(cleaned):
        raise errors.InvalidError(faults)
    return cleaned


@transaction.atomic
def create_list(details: ListDetails, *, who: str = "") -> PriorityList:
    """Start an empty list.

    Raises
    ------
    InvalidError
        When name or owner is missing, or a text is too long.
    """
    values = asdict(_clean(details))
    row = PriorityList.objects.create(**values)
    ListEvent.objects.create(priority_list=row, what=What.LIST_CREATED, who=who, after=values)
    return row


@transaction.atomic
def rename_list(
    list_id: int, details: ListDetails, *, revision: int | None = None, who: str = ""
) -> PriorityList:
    """Change name, owner, planning document, purpose or signatory; a change of nothing leaves no trace.

    Raises
    ------
    NotFoundError, InvalidError
    ConflictError
        When the list is no longer at `revision`.
    """
    row = locked(list_id)
    expect(row.revision, revision)
    after = asdict(_clean(details))
    before = asdict(details_of(row))
    changed = [name for name in after if after[name] != before[name]]
    if not changed:
        return row
    for name in changed:
        setattr(row, name, after[name])
    touch(row)
    ListEvent.objects.create(
        priority_list=row,
        what=What.LIST_CHANGED,
        who=who,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
    )
    return row


@transaction.atomic
def delete_list(list_id: int, *, revision: int | None = None, who: str = "") -> PriorityList:
    """Put a list away, with its entries; `restore_list` brings it back.

    Raises
    ------
    NotFoundError, ConflictError
    """
    row = locked(list_id)
    expect(row.revision, revision)
    row.deleted_at = timezone.now()
    touch(row)
    ListEvent.objects.create(
        priority_list=row, what=What.LIST_DELETED, who=who, before={"name": row.name}
    )
    return row


@transaction.atomic
def restore_list(list_id: int, *, who: str = "") -> PriorityList:
    """Bring a deleted list back as it was.

    Raises
    ------
    NotFoundError
        When there is no such deleted list.
    """
    row = locked(list_id, deleted=True)
    row.deleted_at = None
    touch(row)
    ListEvent.objects.create(
        priority_list=row, what=What.LIST_RESTORED, who=who, after={"name": row.name}
    )
    return row
