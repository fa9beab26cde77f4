"""Deeds on the agenda of a meeting: put an item on it, change it, take it off."""

from dataclasses import asdict, fields

from django.db import transaction
from django.utils.translation import gettext as _

from sinergi.accounts import rules
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.principal import Principal
from sinergi.accounts.texts import cleaned
from sinergi.forums import errors
from sinergi.forums.actions.rows import expect, held_forum, refuse, tell
from sinergi.forums.details import AgendaDetails, agenda_faults, changes, plain
from sinergi.forums.models import AgendaItem, Forum
from sinergi.forums.stages import Deed


def item_details(item: AgendaItem) -> AgendaDetails:
    """Return what is written about an item."""
    return AgendaDetails(**{f.name: getattr(item, f.name) for f in fields(AgendaDetails)})


def _held(forum: Forum, item_id: int) -> AgendaItem:
    item: AgendaItem | None = forum.agenda.select_for_update().filter(pk=item_id).first()
    if item is None:
        raise errors.not_found(_("The item of the agenda"))
    return item


@transaction.atomic
def add_agenda_item(by: Principal, forum_id: int, details: AgendaDetails) -> AgendaItem:
    """Put an item on the agenda.

    Raises
    ------
    NotFoundError, ForbiddenError, StageError, InvalidError
    """
    forum = held_forum(by, forum_id, rules.OBJECT_EDIT, Deed.PLAN)
    details = cleaned(details)
    refuse(agenda_faults(details, forum))
    item = AgendaItem.objects.create(forum=forum, **asdict(details))
    tell(by, Verb.ADDED, forum, f"agenda:{item.pk}", after=plain(details))
    return item


@transaction.atomic
def change_agenda_item(
    by: Principal,
    forum_id: int,
    item_id: int,
    details: AgendaDetails,
    *,
    revision: int | None = None,
) -> AgendaItem:
    """Change an item of the agenda where it stands; a change of nothing leaves no trace.

    Raises
    ------
    NotFoundError, ForbiddenError, StageError, InvalidError, ConflictError
    """
    forum = held_forum(by, forum_id, rules.OBJECT_EDIT, Deed.PLAN)
    item = _held(forum, item_id)
    part = f"agenda:{item.pk}"
    expect(forum, part, item, revision)
    details = cleaned(details)
    refuse(agenda_faults(details, forum))
    changed = changes(plain(item_details(item)), plain(details))
    if not changed.names:
        return item
    for name, value in asdict(details).items():
        setattr(item, name, value)
    item.revision += 1
    item.save()
    tell(by, Verb.CHANGED, forum, part, changed.before, changed.after)
    return item


@transaction.atomic
def remove_agenda_item(by: Principal, forum_id: int, item_id: int) -> None:
    """Take an item off the agenda; the history keeps what it said.

    Raises
    ------
    NotFoundError, ForbiddenError, StageError
    """
    forum = held_forum(by, forum_id, rules.OBJECT_EDIT, Deed.PLAN)
    item = _held(forum, item_id)
    said = item_details(item)
    item.delete()
    tell(by, Verb.REMOVED, forum, f"agenda:{item_id}", before=plain(said))
