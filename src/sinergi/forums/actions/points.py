"""Deeds on points: agree, change, strike, forward them, act on them."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts import rules
from sinergi.accounts.actions.owned import why
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import InvalidError
from sinergi.accounts.principal import Principal
from sinergi.accounts.texts import cleaned
from sinergi.forums import errors
from sinergi.forums.actions.descent import descend
from sinergi.forums.actions.forwarded import forwarded, send, sent_day
from sinergi.forums.actions.point_meaning import meant_of
from sinergi.forums.actions.point_rows import (
    clean_point,
    first_day,
    held_point,
    record_point,
    with_review,
    write_point,
)
from sinergi.forums.actions.rows import expect, held_forum, refuse, tell
from sinergi.forums.details import (
    PointDetails,
    changes,
    plain,
    point_faults,
    too_early,
)
from sinergi.forums.fates import Fate
from sinergi.forums.models import Descent, Forum, Point
from sinergi.forums.queries.forwarding import why_not
from sinergi.forums.queries.lineage import Node
from sinergi.forums.stages import Deed


@dataclass(frozen=True, slots=True)
class Origin:
    """What a point is made of."""

    themes: tuple[int, ...] = ()
    issues: tuple[int, ...] = ()


def details_of(point: Point) -> PointDetails:
    """Return what is written of a point."""
    names = {f.name for f in fields(PointDetails)} - {"addressees", "objects_named", "meant"}
    return PointDetails(
        **{name: getattr(point, name) for name in names},
        objects_named=tuple(point.objects_named),
        addressees=tuple(point.addressees.values_list("name", flat=True)),
        meant=meant_of(point),
    )


@transaction.atomic
def agree(by: Principal, forum_id: int, details: PointDetails, origin: Origin = Origin()) -> Point:
    """Record a point that the forum agreed on, with what it was made of.

    Raises
    ------
    NotFoundError, ForbiddenError, StageError, InvalidError
    """
    forum = held_forum(by, forum_id, rules.OBJECT_EDIT, Deed.AGREE)
    return record_point(by, forum, details, origin_nodes(forum, origin))


@transaction.atomic
def enter_point(
    by: Principal, forum_id: int, details: PointDetails, origin: Origin = Origin()
) -> Point:
    """Enter a point that publications tell of, at any stage of a forum that was entered from them.

    Raises
    ------
    NotFoundError, ForbiddenError
    InvalidError
        When the point, or the forum, names no source.
    ForumError
        When minutes were sealed here: then they say what was agreed.
    """
    forum = held_forum(by, forum_id, rules.OBJECT_EDIT)
    if not details.source.strip():
        raise InvalidError({"source": _("Name where this is known from.")})
    if not forum.source:
        told = _("Only a forum that was entered from publications takes points from them.")
        raise InvalidError({"source": told})
    if forum.minutes.exclude(sealed_at=None).exists():
        raise errors.ForumError(_("What was agreed here is said by the sealed minutes."))
    return record_point(by, forum, details, origin_nodes(forum, origin))


def origin_nodes(forum: Forum, origin: Origin) -> list[Node]:
    """Return what a point of a forum is made of, all of it there.

    Raises
    ------
    NotFoundError
    """
    themes, issues = set(origin.themes), set(origin.issues)
    if forum.themes.filter(pk__in=themes).count() != len(themes):
        raise errors.not_found(_("One of the themes"))
    submitted = forum.issues.filter(pk__in=issues, submitted_at__isnull=False)
    if submitted.count() != len(issues):
        raise errors.not_found(_("One of the issues"))
    nodes = [Node(Descent.Kind.THEME, number) for number in sorted(themes)]
    return nodes + [Node(Descent.Kind.ISSUE, number) for number in sorted(issues)]


@transaction.atomic
def edit_point(
    by: Principal,
    forum_id: int,
    point_id: int,
    details: PointDetails,
    *,
    revision: int | None = None,
) -> Point:
    """Change what is written of a point, before the minutes are sealed; a change of nothing leaves no trace.

    Raises
    ------
    NotFoundError, ForbiddenError, StageError, InvalidError, ConflictError
    """
    forum = held_forum(by, forum_id, rules.OBJECT_EDIT, Deed.TAKE_IN)
    point = held_point(forum, point_id)
    part = f"point:{point.pk}"
    expect(forum, part, point, revision)
    details = clean_point(details, forum, but=point)
    differs = changes(plain(details_of(point)), plain(details))
    if differs.names:
        point.revision += 1
        write_point(point, details)
        tell(by, Verb.POINT_CHANGED, forum, part, differs.before, differs.after)
    return point


@transaction.atomic
def watch_point(
    by: Principal,
    forum_id: int,
    point_id: int,
    *,
    due: date | None,
    review: date | None,
    revision: int | None = None,
) -> Point:
    """Say by when a point is to be done and when it is looked at again; also after the minutes are sealed.

    Raises
    ------
    NotFoundError, ForbiddenError, StageError, InvalidError, ConflictError
    """
    forum = held_forum(by, forum_id, rules.OBJECT_EDIT)
    point = held_point(forum, point_id)
    part = f"point:{point.pk}"
    expect(forum, part, point, revision)
    old = details_of(point)
    new = cleaned(old, due=due, review=review)
    faults = too_early(new, forum.ends or forum.begins, but=old) | point_faults(new)
    refuse({name: faults[name] for name in ("due", "review") if name in faults})
    differs = changes(plain(old), plain(new))
    if differs.names:
        point.due, point.review = due, review
        point.revision += 1
        point.save()
        tell(by, Verb.POINT_CHANGED, forum, part, differs.before, differs.after)
    return point


@transaction.atomic
def strike_point(
    by: Principal, forum_id: int, point_id: int, *, revision: int | None = None, reason: str = ""
) -> Point:
    """Strike a point before the minutes are sealed; the history keeps it.

    Raises
    ------
    NotFoundError, ForbiddenError, StageError, ConflictError, InvalidError
    """
    forum = held_forum(by, forum_id, rules.OBJECT_EDIT, Deed.TAKE_IN)
    point = held_point(forum, point_id)
    expect(forum, f"point:{point.pk}", point, revision)
    kept = why(reason)
    point.struck_at = timezone.now()
    point.revision += 1
    point.save()
    said = {"number": point.number, "title": point.title}
    tell(by, Verb.POINT_STRUCK, forum, f"point:{point.pk}", before=said, reason=kept)
    return point


@transaction.atomic
def forward(
    by: Principal,
    point_ids: Iterable[int],
    to_forum: int,
    details: PointDetails,
    *,
    sent: date | None = None,
) -> Point:
    """Put points of lower forums into a higher one as one point, which keeps their ancestry.

    By the secretariat of the higher forum, which may read the lower ones; or by that of a lower one, with
    the right to edit the higher one. A lower point that was only agreed becomes “sent”, on the day `sent`
    (today), when `by` prepares its forum as well; otherwise its own secretariat is told and says so.

    Raises
    ------
    NotFoundError, ForbiddenError, StageError
    InvalidError
        Also when one stands in the higher forum already, itself or in a point that was made of it.
    ForumError
        When a point would come from itself.
    """
    numbers, day = sorted(set(point_ids)), sent_day(sent)
    target = held_forum(by, to_forum, rules.OBJECT_EDIT, Deed.TAKE_IN)
    sources = forwarded(by, numbers)
    if any(one.forum_id == target.pk for one in sources):
        raise InvalidError({"forum": _("Points are forwarded to another forum.")})
    if told := why_not(sources).get(target.pk):
        raise InvalidError({"forum": told})
    clean = with_review(clean_point(details, target), target)
    point = Point(forum=target, touched=first_day(target))
    write_point(point, clean)
    nodes = [Node(Descent.Kind.POINT, one.pk) for one in sources]
    descend(nodes, Node(Descent.Kind.POINT, point.pk))
    moved = [one for one in sources if send(by, one, target, day)]
    after = {**plain(clean), "points": numbers}
    tell(by, Verb.POINT_AGREED, target, f"point:{point.pk}", after=after)
    for one in moved:
        was, now = {"fate": Fate.AGREED}, {"fate": Fate.SENT, "forum": target.pk}
        tell(by, Verb.POINT_MOVED, one.forum, f"point:{one.pk}", was, now)
    return point
