"""Deeds on a whole list: create, rename, put away, restore."""

from dataclasses import asdict, fields, replace

from django.db import transaction
from django.utils import timezone

from sinergi.accounts import rules as permissions
from sinergi.accounts.actions.owned import (
    bring_back,
    change,
    expect,
    put_away,
    record_on,
    why,
)
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.models import Organisation
from sinergi.accounts.principal import Principal
from sinergi.accounts.texts import cleaned as printed
from sinergi.opportunities.lists import errors
from sinergi.opportunities.lists.actions.rows import locked
from sinergi.opportunities.lists.rules import ListDetails, list_faults
from sinergi.opportunities.models import PriorityList


def details_of(priority_list: PriorityList) -> ListDetails:
    """Return what a person wrote about a list."""
    return ListDetails(**{f.name: getattr(priority_list, f.name) for f in fields(ListDetails)})


def _clean(details: ListDetails, organisation: Organisation) -> ListDetails:
    cleaned = printed(details)
    if faults := list_faults(cleaned):
        raise errors.InvalidError(faults)
    return cleaned if cleaned.owner else replace(cleaned, owner=organisation.name)


@transaction.atomic
def create_list(by: Principal, organisation: Organisation, details: ListDetails) -> PriorityList:
    """Start an empty list of an organisation; only that organisation sees it.

    Raises
    ------
    ForbiddenError
    InvalidError
        When the name is missing, or a text is too long.
    """
    permissions.require(by, permissions.OBJECT_CREATE, organisation)
    values = asdict(_clean(details, organisation))
    row = PriorityList.objects.create(organisation=organisation, **values)
    record_on(by, Verb.CREATED, row, after=values)
    return row


@transaction.atomic
def rename_list(
    by: Principal, list_id: int, details: ListDetails, *, revision: int | None = None
) -> PriorityList:
    """Change name, owner, planning document, purpose or signatory; a change of nothing leaves no trace.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError
    ConflictError
        When the list is no longer at `revision`.
    """
    row = locked(by, permissions.OBJECT_EDIT, list_id)
    expect(row, revision)
    after = asdict(_clean(details, row.organisation))
    before = asdict(details_of(row))
    change(by, row, before, after)
    return row


@transaction.atomic
def delete_list(
    by: Principal, list_id: int, *, revision: int | None = None, reason: str = ""
) -> PriorityList:
    """Put a list away, with its entries; `restore_list` brings it back.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError, ConflictError
    """
    row = locked(by, permissions.OBJECT_REMOVE, list_id)
    expect(row, revision)
    put_away(by, row, timezone.now(), why(reason))
    return row


@transaction.atomic
def restore_list(by: Principal, list_id: int, *, reason: str = "") -> PriorityList:
    """Bring a list that was put away back as it was.

    Raises
    ------
    NotFoundError
        When there is no such list put away.
    ForbiddenError, InvalidError
    """
    row = locked(by, permissions.OBJECT_REMOVE, list_id, deleted=True)
    bring_back(by, row, why(reason))
    return row
