"""News of points: told by the secretariat, their owners and those they are addressed to."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts import rules
from sinergi.accounts.actions.owned import change
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import ForbiddenError, InvalidError
from sinergi.accounts.principal import Principal
from sinergi.accounts.texts import cleaned
from sinergi.accounts.vocabulary import Right
from sinergi.forums import errors
from sinergi.forums.actions.point_rows import MOST_POINTS
from sinergi.forums.actions.rows import expect, held_forum, in_time, refuse, tell
from sinergi.forums.details import NewsDetails, news_faults, plain
from sinergi.forums.fates import (
    NEEDS_EVIDENCE,
    SETTLED,
    Fate,
    choices,
    may_follow,
    next_review,
)
from sinergi.forums.models import FollowUp, Forum, Point
from sinergi.forums.permissions import follows, is_asked, reads_point
from sinergi.forums.stages import Deed


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
    point = _held(by, forum_id, point_id)
    forum = point.forum
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
    then = _next(point, now, details.fate, asked=is_asked(by, point))
    needs = then in NEEDS_EVIDENCE and then is not now
    faults = news_faults(details, timezone.localdate(), needs_evidence=needs)
    if then is now and not (details.text or details.evidence):
        faults["text"] = _("Write what is new: the status stays the same.")
    elif now in SETTLED and then is not now and not (details.text or details.evidence):
        faults["text"] = _("Say why it is taken up again.")
    refuse(faults)
    news = FollowUp.objects.create(
        point=point,
        fate=then.value,
        day=details.day,
        text=details.text,
        evidence=details.evidence,
        link=details.link,
        told_by_id=teller(by, point),
    )
    was = {"fate": now, **_review(point, then, details)}
    point.fate = Point.Fates(then.value)
    point.touched = max(point.touched, details.day)
    point.revision += 1
    point.save()
    after = plain(details) | ({"review": str(point.review)} if "review" in was else {})
    tell(by, Verb.POINT_MOVED, forum, part, was, after)
    return news


@transaction.atomic
def say_how_many(by: Principal, forum_id: int, number: int | None) -> Forum:
    """Say how many points a meeting agreed on, as its sources tell; `None`: they do not.

    Raises
    ------
    NotFoundError, ForbiddenError
    InvalidError
        When it was not entered from publications, or more points are recorded than that.
    """
    forum = held_forum(by, forum_id, rules.OBJECT_EDIT)
    here = forum.points.filter(struck_at=None).count()
    if number is not None and not forum.source:
        told = _("Only of a forum that was entered from publications.")
        raise InvalidError({"points_told": told})
    if number is not None and not here <= number <= MOST_POINTS:
        told = _("Write a number from %(here)s, which are recorded, to %(most)s.")
        raise InvalidError({"points_told": told % {"here": here, "most": MOST_POINTS}})
    change(by, forum, {"points_told": forum.points_told}, {"points_told": number})
    return forum


def _held(by: Principal, forum_id: int, point_id: int) -> Point:
    """Return a point that somebody may read, with its forum or without, and hold both.

    Raises
    ------
    NotFoundError
        Named as the forum where nothing of it may be seen.
    """
    forum = Forum.objects.select_for_update().filter(pk=forum_id, deleted_at=None).first()
    if forum is None:
        raise errors.not_found(_("The forum"))
    point = Point.objects.select_for_update().filter(forum=forum, pk=point_id).first()
    if point is not None:
        point.forum = forum
    if point is None or not reads_point(by, point):
        seen = rules.may(by, rules.OBJECT_READ, forum)
        raise errors.not_found(_("The point") if seen else _("The forum"))
    if point.struck_at is not None:
        raise errors.not_found(_("The point"))
    return point


def _next(point: Point, now: Fate, named: str, *, asked: bool) -> Fate:
    """Return the status that is named.

    Raises
    ------
    InvalidError
        When it cannot follow on the present one; says what can.
    """
    known = named in Point.Fates.values
    if known and (named == now or may_follow(now, Fate(named), asked=asked)):
        return Fate(named)
    names = ", ".join(str(Point.Fates(one.value).label) for one in choices(now, asked=asked))
    told = _("After “%(now)s” may follow: %(names)s.")
    raise InvalidError({"fate": told % {"now": point.get_fate_display(), "names": names}})


def _review(point: Point, then: Fate, details: NewsDetails) -> dict[str, Any]:
    """Say when an open point is looked at again; return what was said before.

    What publications tell of a point names no such day, and gets none.
    """
    if then in SETTLED or (point.source and details.review is None):
        return {}
    before = point.review
    point.review = details.review or next_review(point.touched, before, details.day)
    return {"review": None if before is None else before.isoformat()}


def teller(by: Principal, point: Point) -> int | None:
    """Return the organisation for which somebody speaks of a point; nobody's where publications tell it.

    One that the point concerns, else one of those who help its secretariat.
    """
    concerned = [point.forum.organisation_id, point.owner_id]
    concerned += list(point.addressees.values_list("organisation", flat=True))
    if by.operator:
        return None if point.source else point.forum.organisation_id
    mine = set(by.organisations(Right.EDIT))
    return next((one for one in concerned if one in mine), min(mine, default=None))
