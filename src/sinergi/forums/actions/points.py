"""Deeds on points: agree, change, strike, say what became of them, forward them, act on them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts import rules
from sinergi.accounts.actions.owned import why
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import ForbiddenError, InvalidError
from sinergi.accounts.principal import Principal
from sinergi.accounts.texts import cleaned
from sinergi.accounts.vocabulary import Right
from sinergi.forums import errors
from sinergi.forums.actions.descent import descend
from sinergi.forums.actions.point_rows import clean_point, first_day, record_point, write_point
from sinergi.forums.actions.rows import expect, held_forum, in_time, refuse, tell
from sinergi.forums.details import (
    NewsDetails,
    PointDetails,
    changes,
    news_faults,
    plain,
    point_faults,
)
from sinergi.forums.fates import NEEDS_EVIDENCE, Fate, choices, may_follow
from sinergi.forums.models import Descent, FollowUp, Forum, Point, PointEntry
from sinergi.forums.permissions import follows
from sinergi.forums.queries.lineage import Node
from sinergi.forums.stages import Deed
from sinergi.opportunities.models import PriorityEntry


@dataclass(frozen=True, slots=True)
class Origin:
    """What a point is made of."""

    themes: tuple[int, ...] = ()
    issues: tuple[int, ...] = ()


def details_of(point: Point) -> PointDetails:
    """Return what is written of a point."""
    names = {f.name for f in fields(PointDetails)} - {"addressees", "objects_named"}
    return PointDetails(
        **{name: getattr(point, name) for name in names},
        objects_named=tuple(point.objects_named),
        addressees=tuple(point.addressees.values_list("name", flat=True)),
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


def held_point(forum: Forum, point_id: int) -> Point:
    """Return a point of a forum that was not struck, and hold it.

    Raises
    ------
    NotFoundError
    """
    rows = Point.objects.select_for_update(of=("self",)).select_related("forum")
    point = rows.filter(forum=forum, pk=point_id, struck_at=None).first()
    if point is None:
        raise errors.not_found(_("The point"))
    return point


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
    forum = held_forum(by, forum_id, rules.OBJECT_EDIT, Deed.AGREE)
    point = held_point(forum, point_id)
    part = f"point:{point.pk}"
    expect(forum, part, point, revision)
    details = clean_point(details, forum, but=point.pk)
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
    faults = point_faults(new)
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
    forum = held_forum(by, forum_id, rules.OBJECT_EDIT, Deed.AGREE)
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
def report(
    by: Principal,
    forum_id: int,
    point_id: int,
    details: NewsDetails,
    *,
    revision: int | None = None,
) -> FollowUp:
    """Say what became of a point, with evidence: by the secretariat, its owner or those it is addressed to.

    Raises
    ------
    NotFoundError, ForbiddenError, StageError, ConflictError
    InvalidError
        When the status cannot follow on the present one, or the evidence is lacking.
    """
    forum = held_forum(by, forum_id, rules.OBJECT_READ)
    point = held_point(forum, point_id)
    if not follows(by, point):
        told = _(
            "Only the secretariat, the owner of the point and those it is addressed to say this."
        )
        raise ForbiddenError(told, rules.OBJECT_EDIT)
    in_time(forum, Deed.FOLLOW_UP)
    part = f"point:{point.pk}"
    expect(forum, part, point, revision)
    details = cleaned(details)
    now = Fate(point.fate)
    then = _next(point, now, details.fate)
    needs = then in NEEDS_EVIDENCE and then is not now
    faults = news_faults(details, timezone.localdate(), needs_evidence=needs)
    if then is now and not (details.text or details.evidence):
        faults["text"] = _("Write what is new: the status stays the same.")
    refuse(faults)
    news = FollowUp.objects.create(
        point=point,
        fate=then.value,
        day=details.day,
        text=details.text,
        evidence=details.evidence,
        link=details.link,
        told_by_id=_teller(by, point),
    )
    point.fate = Point.Fates(then.value)
    point.touched = max(point.touched, details.day)
    point.revision += 1
    point.save()
    tell(by, Verb.POINT_MOVED, forum, part, {"fate": now}, plain(details))
    return news


def _next(point: Point, now: Fate, named: str) -> Fate:
    """Return the status that is named.

    Raises
    ------
    InvalidError
        When it cannot follow on the present one; says what can.
    """
    if named in Point.Fates.values and (named == now or may_follow(now, Fate(named))):
        return Fate(named)
    names = ", ".join(str(Point.Fates(one.value).label) for one in choices(now))
    told = _("After “%(now)s” may follow: %(names)s.")
    raise InvalidError({"fate": told % {"now": point.get_fate_display(), "names": names}})


def _teller(by: Principal, point: Point) -> int | None:
    """Return the organisation for which somebody speaks of a point; nobody's where publications tell it."""
    concerned = [point.forum.organisation_id, point.owner_id]
    concerned += list(point.addressees.values_list("organisation", flat=True))
    if by.operator:
        return None if point.source else point.forum.organisation_id
    mine = set(by.organisations(Right.EDIT))
    return next((one for one in concerned if one in mine), None)


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
    (today).

    Raises
    ------
    NotFoundError, ForbiddenError, StageError, InvalidError
    ForumError
        When a point would come from itself.
    """
    numbers = sorted(set(point_ids))
    target = held_forum(by, to_forum, rules.OBJECT_EDIT, Deed.AGREE)
    sources = _sources(by, numbers)
    if any(one.forum_id == target.pk for one in sources):
        raise InvalidError({"forum": _("Points are forwarded to another forum.")})
    clean = clean_point(details, target)
    point = Point(forum=target, touched=first_day(target))
    write_point(point, clean)
    nodes = [Node(Descent.Kind.POINT, one.pk) for one in sources]
    descend(nodes, Node(Descent.Kind.POINT, point.pk))
    told = [one for one in sources if _send(one, target, sent or timezone.localdate())]
    after = {**plain(clean), "points": numbers}
    tell(by, Verb.POINT_AGREED, target, f"point:{point.pk}", after=after)
    for one in told:
        was, now = {"fate": Fate.AGREED}, {"fate": Fate.SENT, "forum": target.pk}
        tell(by, Verb.POINT_MOVED, one.forum, f"point:{one.pk}", was, now)
    return point


def _send(point: Point, target: Forum, day: date) -> bool:
    """Say of a point that was only agreed that it was sent; return whether it was."""
    if Fate(point.fate) is not Fate.AGREED:
        return False
    FollowUp.objects.create(
        point=point,
        fate=Fate.SENT.value,
        day=day,
        text=target.title,
        told_by=point.forum.organisation,
    )
    point.fate, point.touched = Point.Fates.SENT, max(point.touched, day)
    point.revision += 1
    point.save()
    return True


def _sources(by: Principal, numbers: Sequence[int]) -> list[Point]:
    """Return points that somebody may read and that are forwarded.

    Raises
    ------
    NotFoundError, StageError
    InvalidError
        When there are none.
    """
    if not numbers:
        raise InvalidError({"points": _("Choose at least one point.")})
    rows = Point.objects.select_for_update(of=("self",)).filter(
        pk__in=numbers, struck_at=None, forum__deleted_at=None
    )
    found = list(rows.select_related("forum__organisation").order_by("pk"))
    readable = {f.pk: rules.may(by, rules.OBJECT_READ, f) for f in {p.forum for p in found}}
    if len(found) != len(numbers) or not all(readable[one.forum_id] for one in found):
        raise errors.not_found(_("One of the points"))
    for one in found:
        in_time(one.forum, Deed.FORWARD)
    return found


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
