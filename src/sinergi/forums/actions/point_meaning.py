"""Saying which organisations the names in a point mean, also after the minutes are sealed."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from sinergi.accounts import rules
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.models import Organisation
from sinergi.accounts.principal import Principal
from sinergi.forums import errors
from sinergi.forums.actions.rows import expect, held_forum, refuse, tell
from sinergi.forums.models import Addressee, Point

Meant = tuple[tuple[str, str], ...]
"""Names as they were written, each with the code of the organisation that it means."""


def meant_of(point: Point) -> Meant:
    """Return which organisations the names in a point mean, in the order of the names."""
    rows = point.addressees.exclude(organisation=None).select_related("organisation")
    found = {row.name: row.organisation.code for row in rows if row.organisation is not None}
    if point.owner is not None and point.owner_name:
        found.setdefault(point.owner_name, point.owner.code)
    return tuple(sorted(found.items()))


def meant_faults(meant: Iterable[tuple[str, str]], *, was: Meant = ()) -> dict[str, str]:
    """Return by name what is wrong with what it means; what it meant before may have been put away since."""
    pairs = list(meant)
    codes = {code for _name, code in pairs}
    live = Organisation.objects.filter(code__in=codes, deleted_at=None)
    known = {*live.values_list("code", flat=True), *(code for _name, code in was)}
    told = _("There is no organisation with the code “%(code)s” here.")
    faults = {name: told % {"code": code} for name, code in pairs if code not in known}
    by_name = dict(pairs)
    for name, code in pairs:
        if by_name[name] != code:
            faults[name] = _("“%(name)s” cannot mean two organisations.") % {"name": name}
    return faults


def write_meant(point: Point, meant: Mapping[str, str]) -> None:
    """Let the names in a point mean these organisations and no others; the point itself is not saved."""
    there = {one.code: one for one in Organisation.objects.filter(code__in=set(meant.values()))}
    point.owner = there.get(meant.get(point.owner_name, ""))
    rows = list(point.addressees.all())
    for row in rows:
        row.organisation = there.get(meant.get(row.name, ""))
    Addressee.objects.bulk_update(rows, ["organisation"])


@transaction.atomic
def say_who_is_meant(
    by: Principal,
    forum_id: int,
    point_id: int,
    meant: Mapping[str, str],
    *,
    revision: int | None = None,
) -> Point:
    """Say which organisations the names in a point mean, at any stage: they read it and report on it.

    Parameters
    ----------
    meant
        Name, as the point has it, to the code of an organisation; names that are left out mean none.

    Raises
    ------
    NotFoundError, ForbiddenError, ConflictError
    InvalidError
        By name.
    """
    forum = held_forum(by, forum_id, rules.OBJECT_EDIT)
    rows = Point.objects.select_for_update(of=("self",)).select_related("owner")
    point = rows.filter(forum=forum, pk=point_id, struck_at=None).first()
    if point is None:
        raise errors.not_found(_("The point"))
    part = f"point:{point.pk}"
    expect(forum, part, point, revision)
    was, now = meant_of(point), tuple(sorted((n, c) for n, c in meant.items() if c))
    names = {*point.addressees.values_list("name", flat=True), point.owner_name}
    strange = {name: _("The point does not name it.") for name, _code in now if name not in names}
    refuse(strange | meant_faults(now, was=was))
    if was == now:
        return point
    write_meant(point, dict(now))
    point.revision += 1
    point.save()
    before, after = ({"meant": [list(one) for one in side]} for side in (was, now))
    tell(by, Verb.POINT_CHANGED, forum, part, before, after)
    return point
