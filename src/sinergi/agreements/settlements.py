"""What becomes of what is still owed when an agreement or a party's part in it ends; pure functions.

Nothing is forgotten: all that is open is settled, waived, or said to survive, and the three sums are what
was open.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

NOTHING = Decimal(0)


class Fate(StrEnum):
    """What becomes of something that is owed."""

    SETTLED = "settled"
    WAIVED = "waived"
    SURVIVES = "survives"


class Span(StrEnum):
    """Whether something fell due by the day of the ending, or would have fallen due after it."""

    BEFORE = "before"
    AFTER = "after"


class Key(NamedTuple):
    """What is decided on together: what one obligation left open on one side of the day."""

    obligation: int
    span: Span

    def __str__(self) -> str:
        return f"{self.obligation}:{self.span}"


@dataclass(frozen=True, slots=True)
class OpenDue:
    """Something that fell due, or will, and is not wholly fulfilled.

    Attributes
    ----------
    rest
        Rupiah that are not paid; `None` where it is not money or no amount is known.
    """

    number: int
    obligation: int
    on: date
    rest: Decimal | None


@dataclass(frozen=True, slots=True)
class Group:
    """What is decided on together."""

    key: Key
    dues: tuple[OpenDue, ...]

    @property
    def rest(self) -> Decimal:
        """Rupiah that are open in it."""
        return sum((one.rest or NOTHING for one in self.dues), NOTHING)

    @property
    def first(self) -> date:
        """The first day on which something of it falls due."""
        return min(one.on for one in self.dues)

    @property
    def last(self) -> date:
        """The last day on which something of it falls due."""
        return max(one.on for one in self.dues)

    @property
    def choices(self) -> tuple[Fate, ...]:
        """What can become of it: what is not due yet is not settled."""
        every = tuple(Fate)
        return every if self.key.span is Span.BEFORE else every[1:]


def groups(dues: Iterable[OpenDue], day: date) -> tuple[Group, ...]:
    """Return what is open, by obligation and by side of the day, in order."""
    found: dict[Key, list[OpenDue]] = {}
    for one in dues:
        key = Key(one.obligation, Span.BEFORE if one.on <= day else Span.AFTER)
        found.setdefault(key, []).append(one)
    ordered = sorted(found, key=lambda key: (key.obligation, key.span is Span.AFTER))
    return tuple(Group(key, tuple(found[key])) for key in ordered)


def said(text: Mapping[str, str]) -> dict[Key, Fate]:
    """Return what was decided, from texts such as `{"6:before": "waived"}`; what is neither is left out."""
    found = {}
    for name, fate in text.items():
        number, _colon, span = name.partition(":")
        if number.isascii() and number.isdigit() and span in set(Span) and fate in set(Fate):
            found[Key(int(number), Span(span))] = Fate(fate)
    return found


def undecided(there: Iterable[Group], decided: Mapping[Key, Fate]) -> tuple[Group, ...]:
    """Return the groups on which nothing, or nothing that can be, was decided."""
    return tuple(one for one in there if decided.get(one.key) not in one.choices)


def fates(there: Iterable[Group], decided: Mapping[Key, Fate]) -> dict[int, Fate]:
    """Return the fate of each due by its number.

    Raises
    ------
    KeyError
        When something is undecided.
    """
    return {due.number: decided[one.key] for one in there for due in one.dues}


def sums(there: Iterable[Group], decided: Mapping[Key, Fate]) -> dict[Fate, Decimal]:
    """Return the rupiah that are settled, waived and survive; together they are what was open."""
    found = dict.fromkeys(Fate, NOTHING)
    for one in there:
        found[decided[one.key]] += one.rest
    return found


def last_day(there: Iterable[Group], decided: Mapping[Key, Fate], day: date) -> dict[int, date]:
    """Return the last day on which each obligation still falls due: the day, or later where it survives."""
    found: dict[int, date] = {}
    for one in there:
        survives = decided[one.key] is Fate.SURVIVES
        last = max(day, one.last) if survives else day
        found[one.key.obligation] = max(found.get(one.key.obligation, day), last)
    return found
