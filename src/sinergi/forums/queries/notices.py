"""Reads of what somebody is told: what waits for an answer, a vote or news, and what has moved."""

from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from sinergi.accounts.principal import Principal
from sinergi.accounts.vocabulary import Right
from sinergi.forums.fates import Fate
from sinergi.forums.models import (
    Addressee,
    Ballot,
    Delegation,
    Descent,
    FollowUp,
    NoticeChoice,
    Point,
    StrategicIssue,
    VotingRight,
)
from sinergi.forums.permissions import SEALED
from sinergi.forums.queries.lineage import Node, lineage_from
from sinergi.forums.queries.points import (
    Shown,
    is_overdue,
    is_untouched,
    shown,
    with_names,
)
from sinergi.forums.queries.reading import readable
from sinergi.forums.stages import Deed, when

MOST = 100
"""Points, and news, that are told at once."""
POINT, ISSUE = Descent.Kind.POINT.value, Descent.Kind.ISSUE.value
LIVE = ~Q(struck_at__isnull=False)
MOVED = tuple(one.value for one in Fate if one is not Fate.AGREED)
"""Not struck, and only agreed, said so that SQLite, which keeps no statistics unless asked, does not look
for these first – most points are – but for the forums and organisations of somebody."""
UNRECEIVED = (Fate.AGREED.value, Fate.SENT.value)
"""What becomes of a point before those it is addressed to say that they have it."""
RECEIVED = tuple(one.value for one in Fate if one.value not in UNRECEIVED)


def voting(by: Principal) -> QuerySet[VotingRight]:
    """Return the voting rights, not used yet, of delegations for which somebody speaks in open ballots."""
    rows = VotingRight.objects.filter(
        used=False,
        ballot__state=Ballot.State.OPEN,
        ballot__forum__deleted_at=None,
        delegation__left_at=None,
        delegation__organisation__in=by.organisations(Right.EDIT),
    )
    return rows.select_related("ballot__forum", "delegation__organisation").order_by("-pk")


def invited(by: Principal, today: date) -> QuerySet[Delegation]:
    """Return the invitations that wait for the answer of somebody, the meeting that begins first at first."""
    stages = [one.value for one in when(Deed.ANSWER)]
    rows = Delegation.objects.filter(
        answer=Delegation.Answer.WAITING,
        left_at=None,
        forum__deleted_at=None,
        forum__stage__in=stages,
        organisation__in=by.organisations(Right.EDIT),
    ).exclude(forum__ends__lt=today)
    return rows.select_related("forum__organisation", "organisation").order_by(
        "forum__begins", "pk"
    )


def _unreceived(by: Principal) -> QuerySet[Point]:
    mine = by.organisations(Right.READ)
    named = Addressee.objects.filter(organisation__in=mine).order_by().values("point")
    return Point.objects.filter(
        LIVE,
        ~Q(fate__in=RECEIVED),
        pk__in=named,
        forum__deleted_at=None,
        forum__stage__in=SEALED,
    )


def unreceived(by: Principal, today: date) -> list[Shown]:
    """Return sealed points that are addressed to somebody's organisations and that nobody received yet.

    The latest first; two queries.
    """
    rows = with_names(_unreceived(by)).select_related("owner", "forum")
    return shown(rows.order_by("-created", "-pk")[:MOST], today)


def is_taken() -> Q:
    """Return the condition of points, only agreed, that a point of another forum was made of."""
    live = Point.objects.filter(
        pk=OuterRef("later"), struck_at=None, forum__deleted_at=None
    ).order_by()
    higher = Descent.objects.filter(
        Exists(live), earlier_kind=POINT, earlier=OuterRef("pk"), later_kind=POINT
    ).order_by()
    return ~Q(fate__in=MOVED) & Q(Exists(higher))


def is_taken_up(point: Point) -> bool:
    """Whether a point that is only agreed was taken up by another forum; a query at most."""
    agreed = Fate(point.fate) is Fate.AGREED
    return agreed and Point.objects.filter(is_taken(), pk=point.pk).exists()


def _taken(by: Principal) -> QuerySet[Point]:
    return Point.objects.filter(
        is_taken(),
        LIVE,
        forum__deleted_at=None,
        forum__stage__in=[one.value for one in when(Deed.FORWARD)],
        forum__organisation__in=by.organisations(Right.EDIT),
    ).order_by()


def taken(by: Principal, today: date) -> list[Shown]:
    """Return points of somebody's secretariats that another forum took up and that nobody called sent.

    The latest first; two queries.
    """
    rows = with_names(_taken(by)).select_related("owner", "forum")
    return shown(rows.order_by("-pk")[:MOST], today)


def _waiting(by: Principal, today: date) -> list[QuerySet[Point]]:
    """Return what waits in two parts without a point in common: of the own, and of own secretariats.

    Apart each is found by an index; asked for together every point there is would be read.
    """
    # Whoever may put things of an organisation away reads them, too: that is not asked for again.
    mine = by.organisations(Right.REMOVE)
    stages = [one.value for one in when(Deed.FOLLOW_UP)]
    rows = Point.objects.filter(LIVE, forum__deleted_at=None, forum__stage__in=stages)
    rows = rows.filter(is_untouched(today) | is_overdue(today)).order_by()
    of_ours = rows.filter(forum__organisation__in=mine).exclude(owner__in=mine)
    return [rows.filter(owner__in=mine), of_ours]


def waiting(by: Principal, today: date) -> list[Shown]:
    """Return points untouched since their review, or overdue, that somebody sees to; two queries.

    These are coordinators and approvers of the owner of a point and of the secretariat of its forum.
    """
    owned, of_ours = (part.values("pk") for part in _waiting(by, today))
    there = Point.objects.filter(Q(pk__in=owned) | Q(pk__in=of_ours))
    rows = with_names(there).select_related("owner", "forum")
    return shown(rows.order_by("review", "pk")[:MOST], today)


def count(by: Principal, today: date) -> int:
    """Return how many things wait for somebody: ballots, invitations, points to receive or see to; one query.

    A point that waits for two reasons counts twice, as it stands on two lists.
    """
    if not by.rights or not by.signed_in:
        return 0
    lists: list[QuerySet[Any]] = [
        voting(by), invited(by, today), _unreceived(by), _taken(by), *_waiting(by, today),
    ]  # fmt: skip
    first, *others = (rows.select_related(None).order_by().values("pk") for rows in lists)
    return first.union(*others, all=True).count()


def moved(by: Principal, since: datetime) -> list[FollowUp]:
    """Return news, the latest first, of points that came from an issue of one of somebody's organisations.

    What these organisations told themselves is left out.
    """
    mine = by.organisations(Right.READ)
    rows = FollowUp.objects.filter(created__gte=since, point__in=readable(by).values("pk"))
    rows = rows.exclude(told_by__in=mine)
    news = list(rows.select_related("point__forum", "told_by").order_by("-created", "-pk"))
    graph = lineage_from({Node(POINT, one.point_id) for one in news})
    issues = {
        number: [up.number for up in graph.ancestors(Node(POINT, number)) if up.kind == ISSUE]
        for number in {one.point_id for one in news}
    }
    own = set(
        StrategicIssue.objects.filter(
            pk__in={one for line in issues.values() for one in line}, raised_by__in=mine
        ).values_list("pk", flat=True)
    )
    return [one for one in news if own.intersection(issues[one.point_id])][:MOST]


def choices_of(person_id: int) -> NoticeChoice:
    """Return what somebody chose to be told by e-mail; all of it where nothing was chosen, not saved."""
    found = NoticeChoice.objects.filter(person=person_id).first()
    return found or NoticeChoice(person_id=person_id)


def wants(person_id: int, kind: str) -> bool:
    """Whether somebody gets letters of a kind, of `NoticeChoice.Kind`: unless the person chose not to."""
    return bool(getattr(choices_of(person_id), NoticeChoice.Kind(kind).value))


def against(kind: str) -> QuerySet[NoticeChoice, int]:
    """Return the numbers of the people who chose against letters of a kind, for a query."""
    chose = {NoticeChoice.Kind(kind).value: False}
    return NoticeChoice.objects.filter(**chose).order_by().values_list("person", flat=True)
