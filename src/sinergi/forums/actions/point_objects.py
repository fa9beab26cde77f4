"""Naming the cooperation objects that a point is about, also after the meeting."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from sinergi.accounts import rules
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.principal import Principal
from sinergi.forums.actions.point_rows import held_point
from sinergi.forums.actions.rows import expect, held_forum, refuse, tell
from sinergi.forums.codes import unknown_codes
from sinergi.forums.details import MOST_CODES
from sinergi.forums.models import Forum, Point
from sinergi.forums.queries.standing import is_sealed
from sinergi.forums.stages import Deed, Stage, allows


def fixed_objects(point: Point) -> tuple[str, ...]:
    """Return the objects that were named while the forum deliberated and cannot be taken away any more."""
    if _deliberates(point.forum):
        return ()
    return tuple(code for code in point.objects_named if code not in point.objects_later)


@transaction.atomic
def name_objects(
    by: Principal,
    forum_id: int,
    point_id: int,
    objects: Iterable[str],
    *,
    revision: int | None = None,
) -> Point:
    """Name the cooperation objects that a point is about; also after the minutes are sealed.

    They classify a point for the map and for priority lists; the minutes do not hold them. Those named while
    the forum deliberated stay; those named later are kept apart, so that pages can tell.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError, ConflictError
    """
    forum = held_forum(by, forum_id, rules.OBJECT_EDIT)
    point = held_point(forum, point_id)
    part = f"point:{point.pk}"
    expect(forum, part, point, revision)
    fixed = fixed_objects(point)
    further = [code for code in dict.fromkeys(objects) if code not in fixed]
    refuse(_faults([*fixed, *further]))
    before = {"objects_named": list(point.objects_named)}
    after = {"objects_named": [*fixed, *further]}
    if sorted(before["objects_named"]) == sorted(after["objects_named"]):
        return point
    point.objects_named = after["objects_named"]
    point.objects_later = [] if _deliberates(forum) else further
    point.revision += 1
    point.save()
    tell(by, Verb.POINT_CLASSIFIED, forum, part, before, after)
    return point


def _deliberates(forum: Forum) -> bool:
    return allows(Stage(forum.stage), Deed.TAKE_IN, sealed=is_sealed(forum))


def _faults(codes: list[str]) -> dict[str, str]:
    if len(codes) > MOST_CODES:
        return {"objects_named": _("Too many: at most %(most)s.") % {"most": MOST_CODES}}
    return unknown_codes(objects_named=codes)
