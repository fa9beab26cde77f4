"""What becomes of an agreed point: its status, what may follow on it, and when nobody has looked at it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
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
    Fate.REJECTED: frozenset({Fate.SENT}),
    Fate.DELIVERED: frozenset({Fate.IN_PLAN}),
    Fate.LAPSED: frozenset({Fate.SENT}),
}
"""What may be said of a point next. Every open point may lapse; see `may_follow`."""

NEEDS_EVIDENCE = ANSWERS | WORKS
"""What nobody may claim without naming a letter, a plan, an agreement or a figure."""


def may_follow(now: Fate, then: Fate) -> bool:
    """Whether one status may follow on another."""
    if then is Fate.LAPSED:
        return now not in SETTLED
    return then in FOLLOWS[now]


def choices(now: Fate) -> tuple[Fate, ...]:
    """Return what may be said of a point next, in the order in which a point usually goes."""
    return tuple(fate for fate in Fate if may_follow(now, fate))


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


def untouched(point: Watch, today: date) -> bool:
    """Whether the day of review has passed, and nobody has touched the point on or after it."""
    if point.fate in SETTLED or point.review is None:
        return False
    return point.touched < point.review < today


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
