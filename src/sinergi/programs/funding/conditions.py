"""Conditions of funding channels: each a function of channel, facts and rules that yields reasons."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sinergi.programs.funding.facts import LineFacts
from sinergi.reference.catalogue import FundingChannel, FundingRule
from sinergi.reference.rupiah import MINOR

Rules = Mapping[str, tuple[FundingRule, ...]]
NOT_ROUTINE = "not_routine"
"""Value of a circumstance: the channel takes no proposal that pays staff or runs an office."""
READY = ("ready", "not_needed")
CHANNEL_TABLE = "funding_channels.csv"
OBJECT_TABLE = "objects.csv"


class Verdict(StrEnum):
    """What a condition says, from worst to best."""

    AGAINST = "against"
    UNKNOWN = "unknown"
    OPEN = "open"
    FOR = "for"


@dataclass(frozen=True, slots=True)
class Reason:
    """The outcome of one condition; `programs.funding.words` says it.

    Attributes
    ----------
    code
        What is said.
    values
        What the rule names: levels, affairs, channels, what must be ready.
    text_id, text_en
        The rule in words, where it has any.
    year
        For which the rule is given; None: for every year.
    """

    code: str
    verdict: Verdict
    values: tuple[str, ...] = ()
    text_id: str = ""
    text_en: str = ""
    source: str = CHANNEL_TABLE
    provenance: str = ""
    year: int | None = None

    @property
    def default(self) -> bool:
        """Whether the rule is an expert default."""
        return self.provenance.startswith("expert default")


@dataclass(frozen=True, slots=True)
class Menus:
    """Yearly menus that the installation loaded: (channel, year, codes that are in it)."""

    loaded: tuple[tuple[str, int, tuple[str, ...]], ...] = ()

    def codes(self, channel: str, year: int) -> tuple[str, ...] | None:
        """Return the codes in a menu; None where that menu is not loaded."""
        found = (one for name, when, one in self.loaded if (name, when) == (channel, year))
        return next(found, None)


def reasons(channel: FundingChannel, facts: LineFacts, rules: Rules) -> Iterator[Reason]:
    """Yield what the conditions of a channel say to all lines of one kind."""
    for condition in CONDITIONS:
        yield from condition(channel, facts, rules)


def of_one_line(
    channel: FundingChannel, facts: LineFacts, rules: Rules, menus: Menus
) -> Iterator[Reason]:
    """Yield what depends on the code of a line, its amount, and the channels that pay for it already."""
    if rules:
        yield from _menu(channel, facts, rules, menus)
        yield from of_money(facts, rules)


def of_money(facts: LineFacts, rules: Rules) -> Iterator[Reason]:
    """Yield what amounts and channels that pay already speak against.

    That two channels do not go together is open, not a refusal, where it is only an expert default: they may
    pay for different parts of a line.
    """
    for rule in rules.get("excludes", ()):
        if twice := tuple(code for code in rule.values if code in facts.channels):
            verdict = Verdict.OPEN if rule.default else Verdict.AGAINST
            yield _said("pays_twice", verdict, rule, twice)
    for rule in rules.get("ceiling", ()):
        over = rule.amount is not None and facts.amount is not None
        if over and (facts.amount or 0) > (rule.amount or 0) * MINOR:
            yield _said("over_ceiling", Verdict.AGAINST, rule)


def _said(
    code: str, verdict: Verdict, rule: FundingRule, values: tuple[str, ...] | None = None
) -> Reason:
    shown = rule.values if values is None else values
    texts = (rule.text_id, rule.text_en)
    return Reason(code, verdict, shown, *texts, rule.source, rule.provenance, rule.year)


def _one_of(
    name: str, value: str, allowed: tuple[str, ...], channel: FundingChannel, rules: Rules
) -> Iterator[Reason]:
    """Yield whether a value is among those that the channel, or a rule of the year, allows."""
    said = rules.get(name, ())
    source, provenance, year = CHANNEL_TABLE, channel.provenance, None
    if said:
        allowed = tuple(code for rule in said for code in rule.values)
        source, provenance, year = said[0].source, said[0].provenance, said[0].year
    if not allowed:
        return
    known = Verdict.FOR if value in allowed else Verdict.AGAINST
    verdict = known if value else Verdict.UNKNOWN
    yield Reason(name, verdict, allowed, source=source, provenance=provenance, year=year)


def _authority(channel: FundingChannel, facts: LineFacts, rules: Rules) -> Iterator[Reason]:
    yield from _one_of("authority", facts.held_by, channel.authorities, channel, rules)


def _recipient(channel: FundingChannel, facts: LineFacts, rules: Rules) -> Iterator[Reason]:
    yield from _one_of("recipient", facts.level, channel.recipients, channel, rules)


def _affair(channel: FundingChannel, facts: LineFacts, rules: Rules) -> Iterator[Reason]:
    yield from _one_of("affair", facts.affair, channel.affairs, channel, rules)


def _physical(channel: FundingChannel, facts: LineFacts, rules: Rules) -> Iterator[Reason]:
    wanted, source, provenance = channel.physical, CHANNEL_TABLE, channel.provenance
    for rule in rules.get("physical", ()):
        wanted = {"only": True, "none": False}.get(rule.values[0])
        source, provenance = rule.source, rule.provenance
    if wanted is None:
        return
    if facts.physical is None:
        verdict = Verdict.UNKNOWN
    else:
        verdict = Verdict.FOR if facts.physical == wanted else Verdict.AGAINST
    code = "only_physical" if wanted else "only_non_physical"
    yield Reason(code, verdict, source=source, provenance=provenance)


def _own_authority(channel: FundingChannel, facts: LineFacts, rules: Rules) -> Iterator[Reason]:
    for rule in rules.get("own_authority", ()):
        known = facts.authority and facts.level
        same = Verdict.FOR if facts.held_by == facts.level else Verdict.AGAINST
        yield _said("own_authority", same if known else Verdict.UNKNOWN, rule, ())


def _cooperation(channel: FundingChannel, facts: LineFacts, rules: Rules) -> Iterator[Reason]:
    if not channel.cooperation and facts.cooperation:
        yield Reason(
            "not_for_cooperation",
            Verdict.AGAINST,
            (),
            source=CHANNEL_TABLE,
            provenance=channel.provenance,
        )
    for rule in rules.get("cooperation_only", ()):
        yield _said("cooperation_only", _told(facts.cooperation), rule, ())
        if facts.usual and channel.code not in facts.usual:
            yield Reason(
                "other_object",
                Verdict.AGAINST,
                facts.usual,
                source=OBJECT_TABLE,
                provenance="knowledge; verify",
            )


def _village(channel: FundingChannel, facts: LineFacts, rules: Rules) -> Iterator[Reason]:
    for rule in rules.get("village", ()):
        yield _said("village", _told(facts.village), rule, ())


def _told(fact: bool | None) -> Verdict:
    if fact is None:
        return Verdict.UNKNOWN
    return Verdict.FOR if fact else Verdict.AGAINST


def _readiness(channel: FundingChannel, facts: LineFacts, rules: Rules) -> Iterator[Reason]:
    """Yield what has to be ready: what is not, or not known to be, can become so."""
    for rule in rules.get("readiness", ()):
        for what in rule.values:
            state = getattr(facts, what)
            if state in READY:
                code, verdict = "is_ready", Verdict.FOR
            else:
                code = "not_ready" if state else "readiness_unknown"
                verdict = Verdict.OPEN
            yield _said(code, verdict, rule, (what,))


def _judged(channel: FundingChannel, facts: LineFacts, rules: Rules) -> Iterator[Reason]:
    for kind in ("circumstance", "unsecured"):
        for rule in rules.get(kind, ()):
            if NOT_ROUTINE in rule.values:
                continue
            yield _said(kind, Verdict.OPEN, rule, ())


def _routine(channel: FundingChannel, facts: LineFacts, rules: Rules) -> Iterator[Reason]:
    for rule in rules.get("circumstance", ()):
        if NOT_ROUTINE in rule.values and facts.routine:
            yield _said(NOT_ROUTINE, Verdict.AGAINST, rule, ())


def _menu(
    channel: FundingChannel, facts: LineFacts, rules: Rules, menus: Menus
) -> Iterator[Reason]:
    for rule in rules.get("menu", ()):
        codes = menus.codes(channel.code, facts.year) if facts.year else None
        year = (str(facts.year),) if facts.year else ()
        if not facts.year:
            yield _said("menu_without_year", Verdict.OPEN, rule, ())
        elif codes is None:
            yield _said("menu_not_loaded", Verdict.OPEN, rule, year)
        elif not facts.code:
            yield _said("menu_without_code", Verdict.UNKNOWN, rule, year)
        elif any(_within(facts.code, code) for code in codes):
            yield _said("in_menu", Verdict.FOR, rule, year)
        else:
            yield _said("not_in_menu", Verdict.AGAINST, rule, year)


def _within(code: str, menu: str) -> bool:
    return code == menu or code.startswith(f"{menu}.")


CONDITIONS: tuple[Callable[[FundingChannel, LineFacts, Rules], Iterator[Reason]], ...] = (
    _recipient,
    _authority,
    _affair,
    _physical,
    _own_authority,
    _cooperation,
    _village,
    _routine,
    _readiness,
    _judged,
)
