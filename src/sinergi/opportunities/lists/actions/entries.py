"""Deeds on the content of an entry: add, edit, renew its reasons."""

from dataclasses import asdict, fields
from typing import Any

from django.db import transaction

from sinergi.accounts.actions.owned import touch
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.principal import Principal
from sinergi.accounts.rules import OBJECT_EDIT
from sinergi.accounts.texts import cleaned as printed
from sinergi.opportunities.lists import errors, snapshot
from sinergi.opportunities.lists.actions.rows import (
    expect_entry,
    live_entry,
    locked,
    order,
    refuse_twice,
    tell_entry,
)
from sinergi.opportunities.lists.rules import EntryDetails, entry_faults
from sinergi.opportunities.models import EntryMember, PriorityEntry
from sinergi.opportunities.results import Explanation
from sinergi.opportunities.settings import MapSettings


def details_of(entry: PriorityEntry) -> EntryDetails:
    """Return what a person wrote about an entry."""
    return EntryDetails(**{f.name: getattr(entry, f.name) for f in fields(EntryDetails)})


def _clean(
    details: EntryDetails, kept: dict[str, Any], before: EntryDetails | None = None
) -> EntryDetails:
    cleaned = printed(details)
    codes = [option.code for option in snapshot.Snapshot(kept).funding]
    if before is not None:
        codes.append(before.funding_channel)
    if faults := entry_faults(cleaned, codes):
        raise errors.InvalidError(faults)
    return cleaned


@transaction.atomic
def add_entry(
    by: Principal,
    list_id: int,
    explanation: Explanation,
    settings: MapSettings,
    details: EntryDetails | None = None,
) -> PriorityEntry:
    """Put an opportunity at the end of a list, with its explanation as it is now.

    Parameters
    ----------
    explanation
        What `opportunities.queries.explain` says under `settings`.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError
    DuplicateError
        When the same object with the same members is on the list.
    """
    row = locked(by, OBJECT_EDIT, list_id)
    opportunity = explanation.opportunity
    kept = snapshot.take(explanation, settings)
    cleaned = _clean(details or EntryDetails(), kept)
    refuse_twice(row, opportunity.object.code, opportunity.key)
    entry = PriorityEntry.objects.create(
        priority_list=row,
        position=len(order(row)) + 1,
        object_code=opportunity.object.code,
        members_key=opportunity.key,
        snapshot=kept,
        **asdict(cleaned),
    )
    EntryMember.objects.bulk_create(
        EntryMember(entry=entry, region_code=m.code, name=m.name, role=m.role)
        for m in opportunity.members
    )
    touch(row)
    after = {"position": entry.position, **asdict(cleaned)}
    tell_entry(by, Verb.ENTRY_ADDED, entry, after=after)
    return entry


@transaction.atomic
def edit_entry(
    by: Principal,
    list_id: int,
    entry_id: int,
    details: EntryDetails,
    *,
    revision: int | None = None,
) -> PriorityEntry:
    """Change what a person wrote about an entry.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError
    ConflictError
        When the entry is no longer at `revision`.
    """
    row = locked(by, OBJECT_EDIT, list_id)
    entry = live_entry(row, entry_id)
    expect_entry(entry, revision)
    old = details_of(entry)
    after, before = asdict(_clean(details, entry.snapshot, old)), asdict(old)
    changed = [name for name in after if after[name] != before[name]]
    if not changed:
        return entry
    for name in changed:
        setattr(entry, name, after[name])
    entry.revision += 1
    entry.save()
    row.save(update_fields=["updated"])
    was, now = ({name: values[name] for name in changed} for values in (before, after))
    tell_entry(by, Verb.ENTRY_CHANGED, entry, was, now)
    return entry


@transaction.atomic
def renew_entry(
    by: Principal,
    list_id: int,
    entry_id: int,
    explanation: Explanation,
    *,
    revision: int | None = None,
) -> PriorityEntry:
    """Replace the reasons of an entry by what the evidence says now; the old score stays in the history.

    Raises
    ------
    NotFoundError, ForbiddenError, ConflictError
    ValueError
        When the explanation is of another opportunity.
    """
    row = locked(by, OBJECT_EDIT, list_id)
    entry = live_entry(row, entry_id)
    expect_entry(entry, revision)
    opportunity = explanation.opportunity
    if (opportunity.object.code, opportunity.key) != (entry.object_code, entry.members_key):
        msg = f"entry {entry_id} is {entry}, not {opportunity.object.code} {opportunity.key}"
        raise ValueError(msg)
    old = snapshot.Snapshot(entry.snapshot)
    entry.snapshot = snapshot.take(explanation, old.settings)
    entry.revision += 1
    entry.save()
    row.save(update_fields=["updated"])
    new = snapshot.Snapshot(entry.snapshot)
    tell_entry(by, Verb.ENTRY_RENEWED, entry, old.summary(), new.summary())
    return entry
