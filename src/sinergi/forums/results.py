"""The result of a ballot as a page tells it: places with ties, what is chosen, how firm, how divided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sinergi.analysis.deliberation import Kind, by_chance
from sinergi.analysis.deliberation.camps import Basis, Verdict
from sinergi.forums.counting import APPROVALS
from sinergi.forums.models import Ballot
from sinergi.forums.quorum import quorum_told

RULES = {
    Ballot.Method.APPROVAL: gettext_lazy(
        "Each delegation approves as many options as it likes; those with most approvals are chosen."
    ),
    Ballot.Method.EQUAL_SHARES: gettext_lazy(
        "Each delegation approves as many options as it likes and has an equal share of the places to "
        "spend on them, so that every group gets its part of the list."
    ),
    Ballot.Method.BORDA: gettext_lazy(
        "Each delegation ranks the options; an option gets a point for each option ranked below it and half "
        "a point for each that shares its place. What is not ranked comes last, all of it in one place."
    ),
    Ballot.Method.SCHULZE: gettext_lazy(
        "Each delegation ranks the options; who beats every other one by one comes first, and circles "
        "are decided by the strongest chains of majorities."
    ),
    Ballot.Method.RANKED_PAIRS: gettext_lazy(
        "Each delegation ranks the options; majorities between two options are taken from the largest "
        "on, unless they close a circle."
    ),
}
NEAR, APART = 0.36, 0.75
"""Shares of what chance makes, up to which delegations are nearly of one mind, and from which divided."""
MOST_APART, DIGITS = 3, 9
BASES = {
    Basis.PREFERENCE: gettext_lazy("They prefer different options; farthest apart over:"),
    Basis.LEVEL: gettext_lazy(
        "One approves more of everything than the other; which options they prefer is no difference that "
        "can be shown. Farthest apart over:"
    ),
}
CERTAIN, TIED, OUT = "certain", "tied", "out"
VERDICTS = {
    Verdict.LIKE_CHANCE: gettext_lazy("The votes look no different from chance."),
    Verdict.UNSTABLE: gettext_lazy("Another draw of the same votes would group them otherwise."),
    Verdict.GRADUAL: gettext_lazy("Opinions pass gradually from one end to the other."),
    Verdict.TOO_FEW_VOTERS: gettext_lazy("Too few votes to say anything of camps."),
}


@dataclass(frozen=True, slots=True)
class Line:
    """An option in the result.

    Attributes
    ----------
    place
        Its place, or the places between which ties leave it; empty where the rule gives no order.
    standing
        `certain`, `tied` at the border of the places, or `out`.
    score
        Weight of approvals or mean points, where the rule has such a number.
    stays
        Share of the redraws in which it is chosen; empty where nothing is claimed.
    division
        How divided the delegations are over it, in words.
    """

    number: int
    text: str
    place: str
    standing: str
    score: float | None
    stays: float | None
    division: str


@dataclass(frozen=True, slots=True)
class Apart:
    """An option over which camps differ most, and its support in each camp, 0 to 1."""

    text: str
    support: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Camps:
    """Groups of delegations that vote alike.

    Attributes
    ----------
    sizes
        How many delegations each has.
    basis
        In what they differ, in a sentence.
    apart
        Where they differ most, the farthest first; what differs as much as the last is there, too.
    """

    sizes: tuple[int, ...]
    basis: str
    apart: tuple[Apart, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """A counted ballot; see `counting.outcome_of` for the numbers."""

    counted: bool
    quorum_met: bool
    quorum: str
    voters: int
    blank: int
    lines: tuple[Line, ...]
    tied: tuple[Line, ...]
    remaining: int
    unfilled: int
    firm: str
    camps: Camps | None
    why_no_camps: str


def rule_of(method: str) -> str:
    """Return a rule in one sentence."""
    return str(RULES[Ballot.Method(method)])


def result_of(ballot: Ballot) -> Result | None:
    """Return the result of a ballot; `None` until it is counted. One query."""
    found = ballot.outcome
    if found is None:
        return None
    quorum = quorum_told(ballot, found)
    if not found["counted"]:
        votes = found["votes"]
        return Result(False, found["quorum_met"], quorum, votes, votes, (), (), 0, 0, "", None, "")
    texts = {str(option.pk): option.text for option in ballot.options.all()}
    lines = _lines(ballot, found, texts)
    verdict = Verdict(found["camps"]["verdict"])
    return Result(
        counted=True,
        quorum_met=found["quorum_met"],
        quorum=quorum,
        voters=found["voters"],
        blank=found["blank"],
        lines=lines,
        tied=tuple(line for line in lines if line.standing == TIED),
        remaining=found["choice"]["remaining"],
        unfilled=found["choice"]["unfilled"],
        firm=_firm(found["firmness"], found["choice"]),
        camps=_camps(found, texts) if verdict is Verdict.FOUND else None,
        why_no_camps="" if verdict is Verdict.FOUND else str(VERDICTS[verdict]),
    )


def standings_of(found: Mapping[str, Any]) -> dict[str, str]:
    """Return option numbers of a counted result, best first, with `CERTAIN`, `TIED` or `OUT`."""
    choice = found["choice"]
    ranks = {CERTAIN: choice["certain"], TIED: choice["tied"], OUT: choice["not_chosen"]}
    standing = {item: name for name, items in ranks.items() for item in items}
    groups = found["order"] or [ranks[CERTAIN], ranks[TIED], ranks[OUT]]
    return {item: standing.get(item, OUT) for group in groups for item in group}


def places_of(found: Mapping[str, Any]) -> dict[str, str]:
    """Return option numbers of a counted result with their places, `2` or `2–3`; empty without an order."""
    return {item: _place(between) for item, between in (found["between"] or {}).items()}


def _lines(ballot: Ballot, found: Mapping[str, Any], texts: Mapping[str, str]) -> tuple[Line, ...]:
    firm, places = found["firmness"], places_of(found)
    kind = Kind.APPROVAL if ballot.method in APPROVALS else Kind.RANKING
    chance, answering = by_chance(kind, len(texts)), found["voters"]
    return tuple(
        Line(
            number=int(item),
            text=texts.get(item, item),
            place=places.get(item, ""),
            standing=standing,
            score=(found["scores"] or {}).get(item),
            stays=firm["items"][item]["stays"] if firm["claimed"] else None,
            division=_division(
                found["differences"][item], chance, answering, claimed=firm["claimed"]
            ),
        )
        for item, standing in standings_of(found).items()
    )


def _place(between: Sequence[int]) -> str:
    best, worst = between
    return str(best) if best == worst else f"{best}–{worst}"


def _division(difference: Mapping[str, Any], chance: float, voters: int, *, claimed: bool) -> str:
    """Return how divided those who answered are over an option, and how many they are where some did not."""
    division, answered = difference["division"], difference["answered"]
    if division is None or not claimed:
        return _("too few answers")
    word = division_word(round(division / chance, DIGITS))
    if answered >= voters:
        return word
    told = _("%(word)s (of the %(answered)s that answered)")
    return told % {"word": word, "answered": answered}


def division_word(ratio: float) -> str:
    """Return in words how divided delegations are over an option.

    Parameters
    ----------
    ratio
        Of their division to that of answers by lot. The limits are where a tenth, and a quarter, of
        approvals stand against the others; rankings are held to the same share of what chance makes.
    """
    if ratio <= NEAR:
        return _("nearly of one mind")
    return _("mostly of one mind") if ratio < APART else _("divided")


def _firm(firmness: Mapping[str, Any], choice: Mapping[str, Any]) -> str:
    if not firmness["claimed"]:
        return _("Too few voted to say how firm this is.")
    if changed := firmness["changed_without_one"]:
        told = _(
            "Without a single vote, whichever of %(count)s it were, other options would be chosen or tied."
        )
        return told % {"count": changed}
    if choice["certain"] and choice["tied"]:
        return _(
            "Without any one of the votes the same options would be chosen, and the same ones stay tied."
        )
    if choice["tied"]:
        return _("Without any one of the votes the same options would stay tied; none is chosen.")
    return _("Without any one of the votes the same options would be chosen.")


def _camps(found: Mapping[str, Any], texts: Mapping[str, str]) -> Camps:
    summaries = found["camp_summaries"]
    support = {item: [one["support"].get(item) for one in summaries] for item in texts}
    known = {item: tuple(each) for item, each in support.items() if None not in each}
    gaps = {item: round(max(each) - min(each), DIGITS) for item, each in known.items()}
    farthest = sorted((item for item in gaps if gaps[item]), key=lambda item: -gaps[item])
    least = gaps[farthest[:MOST_APART][-1]] if farthest else 0
    return Camps(
        sizes=tuple(one["size"] for one in summaries),
        basis=str(BASES[Basis(found["camps"]["basis"])]),
        apart=tuple(Apart(texts[item], known[item]) for item in farthest if gaps[item] >= least),
    )


def answer_text(places: Mapping[str, int], numbers: Mapping[str, int], *, approvals: bool) -> str:
    """Return a vote by the numbers of its options: `2, 5` of approvals, `2 › 5 = 1` of a ranking."""
    if approvals:
        return ", ".join(str(numbers[item]) for item in numbers if places.get(item))
    groups: dict[int, list[int]] = {}
    for item, place in places.items():
        groups.setdefault(place, []).append(numbers[item])
    return " › ".join(" = ".join(map(str, sorted(groups[place]))) for place in sorted(groups))
