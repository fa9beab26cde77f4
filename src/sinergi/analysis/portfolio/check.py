"""Whether a choice keeps every rule, in whole numbers and independent of every solver."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sinergi.analysis.portfolio.instance import FREE, PPM, SCORE_UNITS, Choice, Instance

Kind = Literal[
    "form",
    "ceiling",
    "minimum",
    "maximum",
    "precedence",
    "alternatives",
    "joint",
    "pin",
    "different",
]


@dataclass(frozen=True)
class Violation:
    """One rule that a choice breaks.

    Parameters
    ----------
    kind
        Which kind of rule.
    index
        Which: (year, channel) of a ceiling, the place of a rule in its tuple, or the project.
    amount
        By how much: minor units for money, millionths for scores, else a number of projects.
    least
        By how much every choice breaks it that keeps the rules which do not give way; None where that
        is not asked or not proven.
    """

    kind: Kind
    index: tuple[int, ...]
    amount: int
    least: int | None = None


def check(instance: Instance, choice: Choice) -> list[Violation]:
    """Return every rule that a choice breaks; nothing when it may be carried out.

    Written in Python's whole numbers, apart from the arrays that solving uses, so that a mistake
    there is not made here a second time.
    """
    form = list(_form(instance, choice))
    if form:
        return form
    start, way = choice.start.tolist(), choice.way.tolist()
    return [
        *_ceilings(instance, start, way),
        *_shares(instance, start, way),
        *_logic(instance, start),
        *_pins(instance, start, way),
    ]


def _form(instance: Instance, choice: Choice) -> Iterator[Violation]:
    years, first_way = len(instance.ceilings), instance.first_way.tolist()
    if len(choice.start) != instance.projects or len(choice.way) != instance.projects:
        yield Violation("form", (FREE,), abs(len(choice.start) - instance.projects) or 1)
        return
    for project, (start, way) in enumerate(
        zip(choice.start.tolist(), choice.way.tolist(), strict=True)
    ):
        if start < 0 and way < 0:
            continue
        ways = first_way[project + 1] - first_way[project]
        if not (instance.first[project] <= start <= instance.last[project] and 0 <= way < ways):
            yield Violation("form", (project,), 1)
            continue
        beyond = instance.cost[first_way[project] + way][max(0, years - start) :]
        if start >= years or beyond.any():
            yield Violation("form", (project,), 1)


def _paid(
    instance: Instance, start: list[int], way: list[int]
) -> Iterator[tuple[int, list[list[int]]]]:
    """Yield each chosen project with its costs by year after the start and channel."""
    first_way = instance.first_way.tolist()
    for project, begins in enumerate(start):
        if begins >= 0:
            yield project, instance.cost[first_way[project] + way[project]].tolist()


def _ceilings(instance: Instance, start: list[int], way: list[int]) -> Iterator[Violation]:
    left = instance.ceilings.tolist()
    for project, profile in _paid(instance, start, way):
        for offset, amounts in enumerate(profile):
            for channel, amount in enumerate(amounts):
                if amount:
                    left[start[project] + offset][channel] -= amount
    for channel, carries in enumerate(instance.carries.tolist()):
        brought = 0
        for year, row in enumerate(left):
            rest = row[channel] + brought
            if rest < 0:
                yield Violation("ceiling", (year, channel), -rest)
            brought = rest if carries else 0


def _shares(instance: Instance, start: list[int], way: list[int]) -> Iterator[Violation]:
    if not instance.shares:
        return
    money = {project: sum(map(sum, profile)) for project, profile in _paid(instance, start, way)}
    score = {
        project: round(float(instance.score[project] * instance.timeliness[begins]) * SCORE_UNITS)
        for project, begins in enumerate(start)
        if begins >= 0
    }
    for number, share in enumerate(instance.shares):
        worth = money if share.measure == "money" else score
        own = instance.benefit[:, share.region].tolist()
        received = sum(amount * own[project] for project, amount in worth.items())
        of_available = share.measure == "money" and share.base == "available"
        whole = instance.available if of_available else sum(worth.values())
        if share.minimum is not None and received < share.minimum * whole:
            yield Violation("minimum", (number,), -((received - share.minimum * whole) // PPM))
        if share.maximum is not None and received > share.maximum * whole:
            yield Violation("maximum", (number,), -((share.maximum * whole - received) // PPM))


def _logic(instance: Instance, start: list[int]) -> Iterator[Violation]:
    for number, rule in enumerate(instance.precedences):
        first, then = start[rule.first], start[rule.then]
        if then >= 0 and (first < 0 or then < first + rule.lag):
            yield Violation("precedence", (number,), 1)
    for number, group in enumerate(instance.alternatives):
        chosen = sum(start[member] >= 0 for member in group.members)
        if chosen > 1 or (group.exactly and chosen != 1):
            yield Violation("alternatives", (number,), abs(chosen - 1))
    held = {project for project, begins in enumerate(start) if begins >= 0}
    for number, other in enumerate(instance.different):
        members = set(other.members)
        missing = max(
            other.share * len(held | members) - len(held ^ members) * PPM,
            other.fresh * len(held) - len(held - members) * PPM,
            other.fresh * len(members) - len(members - held) * PPM,
        )
        if missing > 0:
            yield Violation("different", (number,), -(-missing // PPM))
    for number, joint in enumerate(instance.joints):
        chosen = sum(start[member] >= 0 for member in joint.members)
        if 0 < chosen < len(joint.members):
            yield Violation("joint", (number,), len(joint.members) - chosen)


def _pins(instance: Instance, start: list[int], way: list[int]) -> Iterator[Violation]:
    for pin in instance.pins:
        begins, by = start[pin.project], way[pin.project]
        kept = (begins >= 0) == pin.chosen
        if kept and pin.chosen:
            kept = pin.start in {FREE, begins} and pin.way in {FREE, by}
        if not kept:
            yield Violation("pin", (pin.project,), 1)
