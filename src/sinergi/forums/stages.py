"""The stages of a forum: what may be done in each, what leads to the next, and what that still lacks."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """Where a forum stands, in the order in which it goes through them."""

    ANNOUNCED = "announced"
    RAISING = "raising"
    PREPARING = "preparing"
    DELIBERATING = "deliberating"
    SEALED = "sealed"
    FOLLOWING_UP = "following_up"
    CLOSED = "closed"


class Deed(StrEnum):
    """What somebody does in a forum; who may is asked of the permissions, when is asked here."""

    PLAN = "plan"
    """Change theme, place, days, agenda, documents."""
    INVITE = "invite"
    ANSWER = "answer"
    """Answer an invitation, name the delegation."""
    RAISE = "raise"
    """Submit, change or withdraw a strategic issue."""
    DRAW_THEMES = "draw_themes"
    """Draw issues together, split and word them."""
    CHECK_IN = "check_in"
    DISCUSS = "discuss"
    """Comment, propose an amendment."""
    VOTE = "vote"
    """Open and close ballots, vote in them."""
    AGREE = "agree"
    """Turn what was agreed into a recommendation."""
    TAKE_IN = "take_in"
    """Take points of lower forums in, before or while the forum deliberates on them."""
    SIGN = "sign"
    FORWARD = "forward"
    FOLLOW_UP = "follow_up"
    PRESENT = "present"
    """Put a practice on the shelf."""
    CORRECT = "correct"
    """A new version of sealed minutes, which shows what differs."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What there is in a forum, as far as its stages ask.

    Attributes
    ----------
    days
        Whether its days are set.
    invited, issues, themes, points
        How many there are: organisations invited, issues raised and not withdrawn, themes, agreed points.
    open_ballots
        Ballots that are neither closed nor cancelled.
    sealed
        Whether the present minutes are signed and sealed, and say what the points say.
    differs
        Whether they are sealed, and points say something else.
    open_points
        Agreed points whose fate is not settled.
    """

    days: bool = False
    invited: int = 0
    issues: int = 0
    themes: int = 0
    points: int = 0
    open_ballots: int = 0
    sealed: bool = False
    differs: bool = False
    open_points: int = 0


class Lack(StrEnum):
    """What is missing before a forum may go on."""

    NO_DAYS = "no_days"
    NOBODY_INVITED = "nobody_invited"
    NO_ISSUE = "no_issue"
    NO_THEME = "no_theme"
    BALLOT_OPEN = "ballot_open"
    NO_POINT = "no_point"
    NOT_SIGNED = "not_signed"
    MINUTES_DIFFER = "minutes_differ"
    POINTS_OPEN = "points_open"


Guard = tuple[Lack, Callable[[Standing], bool]]


@dataclass(frozen=True, slots=True)
class Phase:
    """What a stage allows, and what must hold before it is entered from the one before."""

    deeds: frozenset[Deed]
    entered_when: tuple[Guard, ...] = ()
    may_go_back: bool = False
    """Whether the secretariat may take the forum back to the stage before."""


PHASES: dict[Stage, Phase] = {
    Stage.ANNOUNCED: Phase(frozenset({Deed.PLAN, Deed.INVITE, Deed.ANSWER})),
    Stage.RAISING: Phase(
        frozenset({Deed.PLAN, Deed.INVITE, Deed.ANSWER, Deed.RAISE, Deed.TAKE_IN}),
        (
            (Lack.NO_DAYS, lambda now: not now.days),
            (Lack.NOBODY_INVITED, lambda now: not now.invited),
        ),
        may_go_back=True,
    ),
    Stage.PREPARING: Phase(
        frozenset({Deed.PLAN, Deed.INVITE, Deed.ANSWER, Deed.DRAW_THEMES, Deed.TAKE_IN}),
        ((Lack.NO_ISSUE, lambda now: not now.issues and not now.points),),
        may_go_back=True,
    ),
    Stage.DELIBERATING: Phase(
        frozenset(
            {
                Deed.PLAN, Deed.ANSWER, Deed.CHECK_IN, Deed.DISCUSS, Deed.VOTE, Deed.DRAW_THEMES,
                Deed.AGREE, Deed.TAKE_IN, Deed.SIGN, Deed.PRESENT,
            }
        ),
        ((Lack.NO_THEME, lambda now: not now.themes and not now.points),),
        may_go_back=True,
    ),
    Stage.SEALED: Phase(
        frozenset({Deed.FORWARD, Deed.FOLLOW_UP, Deed.PRESENT, Deed.CORRECT}),
        (
            (Lack.BALLOT_OPEN, lambda now: now.open_ballots > 0),
            (Lack.NO_POINT, lambda now: not now.points),
            (Lack.NOT_SIGNED, lambda now: not now.sealed and not now.differs),
            (Lack.MINUTES_DIFFER, lambda now: now.differs),
        ),
    ),
    Stage.FOLLOWING_UP: Phase(
        frozenset({Deed.FORWARD, Deed.FOLLOW_UP, Deed.PRESENT, Deed.CORRECT}),
    ),
    Stage.CLOSED: Phase(
        frozenset({Deed.CORRECT}),
        ((Lack.POINTS_OPEN, lambda now: now.open_points > 0),),
        may_go_back=True,
    ),
}  # fmt: skip
"""Every stage once, in order. What is signed does not go back: it is corrected by a new version."""

ORDER = tuple(PHASES)
BEFORE_SEALING = frozenset({Deed.AGREE, Deed.TAKE_IN, Deed.SIGN})
"""What is over once there are sealed minutes, at whatever stage: from then on they are corrected."""


def allows(stage: Stage, deed: Deed, *, sealed: bool = False) -> bool:
    """Whether something may be done in a stage.

    Parameters
    ----------
    sealed
        Whether there are sealed minutes. They may be sealed before the forum moves on.
    """
    if sealed and (deed in BEFORE_SEALING or deed is Deed.CORRECT):
        return deed is Deed.CORRECT
    return deed in PHASES[stage].deeds


def when(deed: Deed) -> tuple[Stage, ...]:
    """Return the stages in which something may be done: what to say to somebody who is early or late."""
    return tuple(stage for stage in ORDER if allows(stage, deed))


def following(stage: Stage) -> Stage | None:
    """Return the stage that comes next; `None` after the last."""
    place = ORDER.index(stage) + 1
    return ORDER[place] if place < len(ORDER) else None


def before(stage: Stage, *, sealed: bool = False) -> Stage | None:
    """Return the stage to which a forum may be taken back; `None` where it may not.

    With sealed minutes it goes back to nothing that they close.
    """
    earlier = ORDER[ORDER.index(stage) - 1] if PHASES[stage].may_go_back else None
    closed = sealed and earlier is not None and ORDER.index(earlier) < ORDER.index(Stage.SEALED)
    return None if closed else earlier


def lacking(stage: Stage, now: Standing) -> tuple[Lack, ...]:
    """Return what a forum lacks before it may enter a stage; empty when nothing does."""
    return tuple(lack for lack, holds in PHASES[stage].entered_when if holds(now))
