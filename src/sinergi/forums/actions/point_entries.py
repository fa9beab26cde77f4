"""Saying that an entry of a priority list was made of a point."""

from typing import Any

from django.db import transaction

from sinergi.accounts import rules
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.principal import Principal
from sinergi.forums.actions.point_rows import held_point
from sinergi.forums.actions.rows import held_forum, tell
from sinergi.forums.models import PointEntry
from sinergi.opportunities.models import PriorityEntry


@transaction.atomic
def link_entry(by: Principal, forum_id: int, point_id: int, entry: PriorityEntry) -> PointEntry:
    """Say that an entry of a priority list was made of a point; by whoever may edit that list.

    Raises
    ------
    NotFoundError, ForbiddenError
    """
    forum = held_forum(by, forum_id, rules.OBJECT_READ)
    point = held_point(forum, point_id)
    rules.require(by, rules.OBJECT_EDIT, entry.priority_list)
    link, new = PointEntry.objects.get_or_create(point=point, entry=entry)
    if new:
        after: dict[str, Any] = {"entry": entry.pk, "priority_list": entry.priority_list_id}
        tell(by, Verb.POINT_ACTED_ON, forum, f"point:{point.pk}", after=after)
    return link
