"""Reads of points: those one may read, those of a forum, one of them, its news, what was made of it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Max, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts.audit.history import Deed, history_for
from sinergi.accounts.models import Organisation
from sinergi.accounts.principal import Principal, operator
from sinergi.forums import errors, permissions
from sinergi.forums.fates import LONGEST_SILENCE, SETTLED, Fate, Watch, overdue, untouched
from sinergi.forums.models import (
    Addressee,
    FollowUp,
    Forum,
    Minutes,
    Point,
    PointEntry,
)
from sinergi.forums.queries.ancestry import ancestry, raising_regions
from sinergi.forums.queries.forums import forums, get_forum
from sinergi.forums.queries.reading import readable
from sinergi.forums.stages import Deed as ForumDeed
from sinergi.forums.stages import Stage, when
from sinergi.opportunities.lists.origins import ORIGINS
from sinergi.opportunities.models import PriorityList

SETTLED_VALUES = tuple(one.value for one in Fate if one in SETTLED)
TONES = {
    Fate.DELIVERED: "chip-good",
    Fate.IN_PLAN: "chip-good",
    Fate.UNDER_AGREEMENT: "chip-good",
    Fate.ACCEPTED: "chip-province",
    Fate.PARTLY: "chip-province",
    Fate.ANSWERED: "chip-info",
    Fate.RECEIVED: "chip-info",
    Fate.SENT: "chip-info",
    Fate.REJECTED: "chip-wajib",
    Fate.LAPSED: "chip-wajib",
}
MOST_SOURCES = 40
"""Forums whose points are offered at once for forwarding."""


@dataclass(frozen=True, slots=True)
class Name:
    """Somebody who is named in a point.

    Attributes
    ----------
    written
        As the minutes have it.
    now
        What the organisation is called now, where that differs; empty otherwise.
    code, kind
        Of the organisation that is meant; empty where the name is text alone.
    """

    written: str
    now: str = ""
    code: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Marks:
    """What a point calls attention to today."""

    untouched: bool
    overdue: bool
    settled: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A point as a list shows it."""

    point: Point
    marks: Marks
    addressees: tuple[Name, ...]
    owner: Name

    @property
    def tone(self) -> str:
        """Class of the chip with its status; the words beside it say the same."""
        return TONES.get(Fate(self.point.fate), "")


def with_names(rows: QuerySet[Point]) -> QuerySet[Point]:
    """Return points with the organisations they name; two queries, however many."""
    named = Prefetch("addressees", Addressee.objects.select_related("organisation"))
    return rows.select_related("owner").prefetch_related(named)


def points_of(forum: Forum) -> QuerySet[Point]:
    """Return the points of a forum that were not struck, in order."""
    return with_names(forum.points.filter(struck_at=None)).order_by("number", "pk")


def marks(point: Point, today: date) -> Marks:
    """Return what a point calls attention to on a day."""
    watch = Watch(Fate(point.fate), point.touched, point.review, point.due)
    return Marks(untouched(watch, today), overdue(watch, today), Fate(point.fate) in SETTLED)


def shown(points: Iterable[Point], today: date | None = None) -> list[Shown]:
    """Return points as a list shows them; no query when they came by `with_names`."""
    day = today or timezone.localdate()
    return [Shown(one, marks(one, day), addressees(one), owner(one)) for one in points]


def addressees(point: Point) -> tuple[Name, ...]:
    """Return those a point is addressed to, with their present names where these differ."""
    return tuple(_name(row.name, row.organisation) for row in point.addressees.all())


def owner(point: Point) -> Name:
    """Return who sees to a point; of an empty name when nobody is named."""
    return _name(point.owner_name, point.owner)


def _name(written: str, organisation: Organisation | None) -> Name:
    if organisation is None:
        return Name(written)
    now, kind = organisation.name, str(organisation.get_kind_display())
    other = "" if now == written or not written else now
    return Name(written or now, other, organisation.code, kind)


def get_point(forum: Forum, point_id: int) -> Point:
    """Return a point of a forum that was not struck.

    Raises
    ------
    NotFoundError
    """
    rows = with_names(Point.objects.filter(forum=forum, pk=point_id, struck_at=None))
    found = rows.select_related("forum__organisation").first()
    if found is None:
        raise errors.not_found(_("The point"))
    return found


def get_readable(by: Principal, forum_id: int, point_id: int) -> Point:
    """Return a point that somebody may read, with its forum or without.

    Raises
    ------
    NotFoundError
        Named as the forum where nothing of it may be seen.
    """
    rows = with_names(Point.objects.filter(forum=forum_id, pk=point_id, struck_at=None))
    found = rows.filter(forum__deleted_at=None).select_related("forum__organisation").first()
    if found is not None and permissions.reads_point(by, found):
        return found
    get_forum(by, forum_id)
    raise errors.not_found(_("The point"))


def proposers(point: Point) -> list[str]:
    """Return the names of the organisations whose issues a point came from, whoever asks."""
    return sorted(raising_regions(ancestry(operator(), point).earlier))


def next_number(forum: Forum) -> int:
    """Return the number that a further point of a forum is given."""
    last = forum.points.filter(struck_at=None).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def news_of(point: Point) -> QuerySet[FollowUp]:
    """Return the news of a point, the earliest first."""
    return point.news.select_related("told_by").order_by("day", "pk")


def history_of(by: Principal, forum: Forum, point_id: int) -> list[Deed]:
    """Return the deeds on a point that somebody may know of, the newest first."""
    return history_for(by, forum, part=f"point:{point_id}")


def entries_of(by: Principal, point: Point) -> list[PointEntry]:
    """Return the entries that were made of a point, on lists that somebody may read."""
    lists = PriorityList.objects.filter(deleted_at=None).readable_by(by)
    rows = point.entries.filter(entry__deleted_at=None)
    rows = rows.filter(entry__priority_list__in=lists.order_by().values("pk"))
    return list(rows.select_related("entry__priority_list").prefetch_related("entry__members"))


def points_of_entries(by: Principal, entry_ids: Iterable[int]) -> dict[int, list[Point]]:
    """Return entry number to the points it was made of that somebody may read; one query."""
    rows = PointEntry.objects.filter(entry__in=list(entry_ids), point__in=readable(by).values("pk"))
    found: dict[int, list[Point]] = defaultdict(list)
    for row in rows.select_related("point__forum"):
        found[row.entry_id].append(row.point)
    return dict(found)


ORIGINS["forums"] = points_of_entries


def targets(by: Principal, *, but: int | None = None) -> QuerySet[Forum]:
    """Return the forums that somebody may put points into now, the latest first."""
    stages = [one.value for one in when(ForumDeed.TAKE_IN)]
    rows = Forum.objects.filter(deleted_at=None, stage__in=stages).editable_by(by)
    sealed = Minutes.objects.exclude(sealed_at=None).order_by().values("forum")
    others = (
        rows.exclude(pk__in=sealed) if but is None else rows.exclude(Q(pk=but) | Q(pk__in=sealed))
    )
    return others.select_related("organisation")


def sources(by: Principal, *, but: int) -> list[tuple[Forum, list[Point]]]:
    """Return the forums whose points may be forwarded now, with these, the latest first; two queries."""
    stages = [one.value for one in when(ForumDeed.FORWARD)]
    rows = list(forums(by).filter(stage__in=stages).exclude(pk=but)[:MOST_SOURCES])
    by_forum: dict[int, list[Point]] = defaultdict(list)
    held = Point.objects.filter(forum__in=[one.pk for one in rows], struck_at=None)
    for point in held.order_by("number", "pk"):
        by_forum[point.forum_id].append(point)
    return [(one, by_forum[one.pk]) for one in rows if by_forum[one.pk]]


def chosen(by: Principal, numbers: Iterable[int]) -> list[Point]:
    """Return points that somebody chose to forward and may read, in their order in the forums."""
    rows = Point.objects.filter(pk__in=list(numbers), struck_at=None)
    rows = rows.filter(forum__in=forums(by).order_by().values("pk"))
    return list(with_names(rows).select_related("forum").order_by("forum", "number", "pk"))


def forwardable(forum: Forum) -> bool:
    """Whether points of a forum may be forwarded at its stage."""
    return Stage(forum.stage) in when(ForumDeed.FORWARD)


def tally(points: QuerySet[Point], today: date) -> dict[str, int]:
    """Return how many points are settled, open, untouched since their review and overdue; one query."""
    still = ~Q(fate__in=SETTLED_VALUES)
    return points.order_by().aggregate(
        all=Count("pk"),
        settled=Count("pk", filter=~still),
        open=Count("pk", filter=still),
        untouched=Count("pk", filter=is_untouched(today)),
        overdue=Count("pk", filter=is_overdue(today)),
    )


def is_untouched(today: date) -> Q:
    """Return the condition of `fates.untouched`."""
    reviewed = Q(review__lt=today, touched__lt=F("review"))
    without = Q(review=None) | Q(review__lte=F("touched"))
    silent = without & Q(touched__lt=today - LONGEST_SILENCE)
    return ~Q(fate__in=SETTLED_VALUES) & (reviewed | silent)


def is_overdue(today: date) -> Q:
    """Return the condition of `fates.overdue`."""
    return ~Q(fate__in=SETTLED_VALUES) & Q(due__lt=today)
