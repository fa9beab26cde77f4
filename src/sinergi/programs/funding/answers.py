"""Answers for every channel whether it could pay for a line; rules are data, facts may be unknown."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from sinergi.programs.funding import conditions
from sinergi.programs.funding.conditions import Menus, Reason, Verdict
from sinergi.programs.funding.facts import LineFacts
from sinergi.reference import queries as reference
from sinergi.reference.catalogue import FundingChannel, FundingRule

__all__ = ["ChannelAnswer", "May", "Reason", "Window", "channels_for"]


class May(StrEnum):
    """Whether a channel could pay, from best to worst."""

    YES = "yes"
    DEPENDS = "depends"
    NOT_KNOWN = "not_known"
    NO = "no"


class Window(NamedTuple):
    """About when proposals are taken: first and last day of the months that the rule names."""

    first: date
    last: date
    rule: FundingRule


@dataclass(frozen=True, slots=True)
class ChannelAnswer:
    """What a channel says to a line.

    Attributes
    ----------
    may
        `no`: something speaks against it. `not_known`: a fact of the line is missing. `depends`: somebody has
        to judge or to show something. `yes`: every condition of the pack holds.
    reasons
        Each condition with its outcome, rule, source and provenance; what speaks against it first.
    asks
        Rules that tell what is asked for: documents, proposals, and what to note.
    window
        About when proposals are taken; None where the pack names no months, or the year is not known.
    ceilings
        Rules with a ceiling; none where no ceiling is known.
    combines, excludes
        Rules that tell with which channels it may or must not pay together.
    """

    channel: FundingChannel
    may: May
    reasons: tuple[Reason, ...]
    asks: tuple[FundingRule, ...] = ()
    window: Window | None = None
    ceilings: tuple[FundingRule, ...] = ()
    combines: tuple[FundingRule, ...] = ()
    excludes: tuple[FundingRule, ...] = ()

    @property
    def code(self) -> str:
        """Code of the channel."""
        return self.channel.code

    def of(self, *verdicts: Verdict) -> tuple[Reason, ...]:
        """Return the reasons with certain outcomes."""
        return tuple(one for one in self.reasons if one.verdict in verdicts)


ASKS = ("document", "proposal", "no_proposal", "note")


def channels_for(facts: LineFacts, menus: Menus = Menus()) -> list[ChannelAnswer]:  # noqa: B008 - frozen
    """Return every channel of the pack with its answer: those that could pay first, then in the pack's order.

    Parameters
    ----------
    menus
        What an installation loaded of yearly menus; without them the answer says that a menu is not loaded.
    """
    version = reference.pack().version
    rules = _rules(version, facts.year)
    shared = replace(facts, amount=None, channels=(), code="", physical_from="")
    found = [
        _answer(facts, usual, rules.get(usual.code, {}), menus)
        for usual in _cached(version, shared)
    ]
    return sorted(found, key=lambda one: ORDER[one.may])


ORDER = {may: place for place, may in enumerate(May)}


def _answer(
    facts: LineFacts, usual: ChannelAnswer, rules: conditions.Rules, menus: Menus
) -> ChannelAnswer:
    """Return an answer that also minds menus, the amount and the channels that pay already."""
    more = tuple(conditions.of_one_line(usual.channel, facts, rules, menus))
    if not more:
        return usual
    reasons = _sorted((*usual.reasons, *more))
    return replace(usual, reasons=reasons, may=_may(reasons))


@lru_cache(maxsize=4096)
def _cached(version: str, facts: LineFacts) -> tuple[ChannelAnswer, ...]:
    """Return the answers in the pack's order for what many lines of a plan have in common."""
    rules = _rules(version, facts.year)
    channels = reference.pack().funding_channels
    return tuple(_of(one, facts, rules.get(one.code, {})) for one in channels)


def _of(channel: FundingChannel, facts: LineFacts, rules: conditions.Rules) -> ChannelAnswer:
    reasons = _sorted(tuple(conditions.reasons(channel, facts, rules)))
    return ChannelAnswer(
        channel,
        _may(reasons),
        reasons,
        tuple(rule for kind in ASKS for rule in rules.get(kind, ())),
        next(_windows(facts.year, rules.get("window", ())), None),
        rules.get("ceiling", ()),
        rules.get("combines", ()),
        rules.get("excludes", ()),
    )


def _may(reasons: tuple[Reason, ...]) -> May:
    verdicts = {one.verdict for one in reasons}
    for verdict, may in (
        (Verdict.AGAINST, May.NO),
        (Verdict.UNKNOWN, May.NOT_KNOWN),
        (Verdict.OPEN, May.DEPENDS),
    ):
        if verdict in verdicts:
            return may
    return May.YES


WORST_FIRST = {verdict: place for place, verdict in enumerate(Verdict)}


def _sorted(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    return tuple(sorted(reasons, key=lambda one: WORST_FIRST[one.verdict]))


def _windows(year: int | None, rules: tuple[FundingRule, ...]) -> Iterator[Window]:
    for rule in rules:
        if year is None or rule.month_from is None or rule.month_to is None:
            continue
        ends = calendar.monthrange(year - 1, rule.month_to)[1]
        first, last = date(year - 1, rule.month_from, 1), date(year - 1, rule.month_to, ends)
        yield Window(first, last, rule)


@lru_cache(maxsize=64)
def _rules(version: str, year: int | None) -> dict[str, dict[str, tuple[FundingRule, ...]]]:
    """Return channel → kind → rules that hold in a year: its own, else those of every year."""
    del version
    found: dict[str, dict[str, tuple[FundingRule, ...]]] = {}
    for wanted in (None, year):
        fresh: dict[tuple[str, str], list[FundingRule]] = {}
        for rule in reference.pack().funding_rules:
            if rule.year == wanted:
                fresh.setdefault((rule.channel, rule.kind), []).append(rule)
        for (channel, kind), rules in fresh.items():
            found.setdefault(channel, {})[kind] = tuple(rules)
    return found
