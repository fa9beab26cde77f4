"""What becomes of an agreed point: its status, what may follow on it, and when nobody has looked at it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Fate(StrEnum):
    """The status of a recommendation after the meeting that agreed on it."""

    AGREED = "agreed"
    SENT = "sent"
    RECEIVED = "received"
    ANSWERED = "answered"
    ACCEPTED = "accepted"
    PARTLY = "partly"
    REJECTED = "rejected"
    IN_PLAN = "in_plan"
    UNDER_AGREEMENT = "under_agreement"
    DELIVERED = "delivered"
    LAPSED = "lapsed"


SETTLED = frozenset({Fate.REJECTED, Fate.DELIVERED, Fate.LAPSED})
"""After these nothing is waited for; a settled point may be taken up again, with a reason."""

ANSWERS = frozenset({Fate.ANSWERED, Fate.ACCEPTED, Fate.PARTLY, Fate.REJECTED})
WORKS = frozenset({Fate.IN_PLAN, Fate.UNDER_AGREEMENT, Fate.DELIVERED})

AGAIN = frozenset({Fate.AGREED, Fate.SENT, Fate.IN_PLAN})
"""How what was rejected or lapsed is taken up again: an own programme is sent to nobody."""

FOLLOWS: dict[Fate, frozenset[Fate]] = {
    # An own programme needs no addressee, and so may go from the agreement straight into a plan.
    Fate.AGREED: frozenset({Fate.SENT}) | WORKS,
    Fate.SENT: frozenset({Fate.RECEIVED}) | ANSWERS | WORKS,
    Fate.RECEIVED: ANSWERS | WORKS,
    Fate.ANSWERED: (ANSWERS - {Fate.ANSWERED}) | WORKS,
    Fate.ACCEPTED: WORKS | {Fate.PARTLY, Fate.REJECTED},
    Fate.PARTLY: WORKS | {Fate.ACCEPTED, Fate.REJECTED},
    Fate.IN_PLAN: frozenset({Fate.UNDER_AGREEMENT, Fate.DELIVERED, Fate.REJECTED}),
    Fate.UNDER_AGREEMENT: frozenset({Fate.IN_PLAN, Fate.DELIVERED, Fate.REJECTED}),
    Fate.REJECTED: AGAIN,
    Fate.DELIVERED: frozenset({Fate.IN_PLAN}),
    Fate.LAPSED: AGAIN,
}
"""What may be said of a point next. Every open point may lapse; see `may_follow`."""

NEEDS_EVIDENCE = ANSWERS | WORKS
"""What nobody may claim without naming a letter, a plan, an agreement or a figure."""


HEARD = frozenset({Fate.AGREED, Fate.LAPSED})
"""After these whoever was asked may answer, although nobody here said that it was sent."""
NOT_THEIRS = frozenset({Fate.AGREED, Fate.SENT, Fate.LAPSED})
"""What is not for those to say whom a point asks: they did not send it, and do not let it drop."""


def may_follow(now: Fate, then: Fate, *, asked: bool = False) -> bool:
    """Whether one status may follow on another.

    Parameters
    ----------
    asked
        Whether those say it to whom the point is addressed, and who neither own it nor help its forum.
    """
    if asked and then in NOT_THEIRS:
        return False
    if asked and now in HEARD and then in ANSWERS | {Fate.RECEIVED}:
        return True
    if then is Fate.LAPSED:
        return now not in SETTLED
    return then in FOLLOWS[now]


def choices(now: Fate, *, asked: bool = False) -> tuple[Fate, ...]:
    """Return what may be said of a point next, in the order in which a point usually goes."""
    return tuple(fate for fate in Fate if may_follow(now, fate, asked=asked))


@dataclass(frozen=True, slots=True)
class Watch:
    """When a point was last touched, and when it was to be looked at again.

    Attributes
    ----------
    touched
        The day of its last status, or of the meeting.
    review
        The day by which somebody was to look at it; empty when none was set.
    due
        The day by which it was to be done.
    """

    fate: Fate
    touched: date
    review: date | None = None
    due: date | None = None


USUAL_REVIEW = timedelta(days=90)
"""After which a point is looked at again when nobody chose another day."""
LONGEST_SILENCE = timedelta(days=365)
"""After which an open point without a day of review counts as untouched."""


def next_review(touched: date, review: date | None, day: date) -> date:
    """Return when a point of which there is news on a day is looked at again: as far ahead as last time.

    Parameters
    ----------
    touched, review
        The day of the news before, and the review that was set then.
    """
    ahead = review - touched if review is not None and review > touched else USUAL_REVIEW
    return day + ahead


def untouched(point: Watch, today: date) -> bool:
    """Whether nobody has touched the point by its review, or for a year where none is ahead of the last news.

    News on or after a review answer it: from then on that review says nothing any more.
    """
    if point.fate in SETTLED:
        return False
    if point.review is not None and point.review > point.touched:
        return point.review < today
    return point.touched + LONGEST_SILENCE < today


def overdue(point: Watch, today: date) -> bool:
    """Whether the point was to be done before today, and is not."""
    return point.fate not in SETTLED and point.due is not None and point.due < today


def together(fates: Iterable[Fate]) -> Fate | None:
    """Return the fate of a point that was forwarded in several: the least advanced one that is not settled.

    What was merged into others is only done when all of them are. Where all are settled: delivered when all
    are, rejected or lapsed when all are so, otherwise partly. `None` of nothing.
    """
    found = list(fates)
    open_ones = [fate for fate in found if fate not in SETTLED]
    if open_ones:
        return min(open_ones, key=list(Fate).index)
    if len(set(found)) == 1:
        return found[0]
    return Fate.PARTLY if found else None
