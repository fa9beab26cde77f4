"""The result of a ballot as a page tells it: places with ties, what is chosen, how firm, how divided."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sinergi.analysis.deliberation.camps import Verdict
from sinergi.forums.counting import APPROVALS
from sinergi.forums.models import Ballot

RULES = {
    Ballot.Method.APPROVAL: gettext_lazy(
        "Each delegation approves as many options as it likes; those with most approvals are chosen."
    ),
    Ballot.Method.EQUAL_SHARES: gettext_lazy(
        "Each delegation approves as many options as it likes and has an equal share of the places to "
        "spend on them, so that every group gets its part of the list."
    ),
    Ballot.Method.BORDA: gettext_lazy(
        "Each delegation ranks the options; an option gets a point for each option ranked below it."
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
class Camp:
    """Delegations that vote alike: how many, and the options they support most."""

    size: int
    supports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """A counted ballot; see `counting.outcome_of` for the numbers."""

    counted: bool
    quorum_met: bool
    voters: int
    blank: int
    lines: tuple[Line, ...]
    tied: tuple[Line, ...]
    remaining: int
    unfilled: int
    firm: str
    camps: tuple[Camp, ...]
    why_no_camps: str


def rule_of(method: str) -> str:
    """Return a rule in one sentence."""
    return str(RULES[Ballot.Method(method)])


def result_of(ballot: Ballot) -> Result | None:
    """Return the result of a ballot; `None` until it is counted. One query."""
    found = ballot.outcome
    if found is None:
        return None
    if not found["counted"]:
        votes = found["votes"]
        return Result(False, found["quorum_met"], votes, votes, (), (), 0, 0, "", (), "")
    texts = {str(option.pk): option.text for option in ballot.options.all()}
    lines = _lines(ballot, found, texts)
    verdict = Verdict(found["camps"]["verdict"])
    return Result(
        counted=True,
        quorum_met=found["quorum_met"],
        voters=found["voters"],
        blank=found["blank"],
        lines=lines,
        tied=tuple(line for line in lines if line.standing == TIED),
        remaining=found["choice"]["remaining"],
        unfilled=found["choice"]["unfilled"],
        firm=_firm(found["firmness"]),
        camps=_camps(found, texts) if verdict is Verdict.FOUND else (),
        why_no_camps="" if verdict is Verdict.FOUND else str(VERDICTS[verdict]),
    )


def _lines(ballot: Ballot, found: Mapping[str, Any], texts: Mapping[str, str]) -> tuple[Line, ...]:
    choice, firm = found["choice"], found["firmness"]
    ranks = {CERTAIN: choice["certain"], TIED: choice["tied"], OUT: choice["not_chosen"]}
    standing = {item: name for name, items in ranks.items() for item in items}
    groups = found["order"] or [ranks[CERTAIN], ranks[TIED], ranks[OUT]]
    ordered = [item for group in groups for item in group]
    approvals = ballot.method in APPROVALS
    return tuple(
        Line(
            number=int(item),
            text=texts.get(item, item),
            place=_place((found["between"] or {}).get(item)),
            standing=standing.get(item, OUT),
            score=(found["scores"] or {}).get(item),
            stays=firm["items"][item]["stays"] if firm["claimed"] else None,
            division=division_word(
                found["differences"][item]["division"] if firm["claimed"] else None,
                approvals=approvals,
            ),
        )
        for item in ordered
    )


def _place(between: list[int] | None) -> str:
    if between is None:
        return ""
    best, worst = between
    return str(best) if best == worst else f"{best}–{worst}"


def division_word(division: float | None, *, approvals: bool) -> str:
    """Return in words how divided delegations are over an option; nothing is said where too few voted.

    Of approvals the limits are where a tenth, and a quarter, stand against the others; rankings made by
    chance are divided by about a third.
    """
    if division is None:
        return _("too few answers")
    near, apart = (0.36, 0.75) if approvals else (0.15, 0.3)
    if division <= near:
        return _("nearly of one mind")
    return _("mostly of one mind") if division < apart else _("divided")


def _firm(firmness: Mapping[str, Any]) -> str:
    if not firmness["claimed"]:
        return _("Too few voted to say how firm this is.")
    changed = firmness["changed_without_one"]
    if not changed:
        return _("Without any one of the votes the same options would be chosen.")
    told = _(
        "Without a single vote, whichever of %(count)s it were, other options would be chosen or tied."
    )
    return told % {"count": changed}


def _camps(found: Mapping[str, Any], texts: Mapping[str, str]) -> tuple[Camp, ...]:
    camps = []
    for summary in found["camp_summaries"]:
        support = {item: value for item, value in summary["support"].items() if value is not None}
        best = sorted(support, key=lambda item: -support[item])[:3]
        camps.append(Camp(summary["size"], tuple(texts.get(item, item) for item in best)))
    return tuple(camps)


def answer_text(places: Mapping[str, int], numbers: Mapping[str, int], *, approvals: bool) -> str:
    """Return a vote by the numbers of its options: `2, 5` of approvals, `2 › 5 = 1` of a ranking."""
    if approvals:
        return ", ".join(str(numbers[item]) for item in numbers if places.get(item))
    groups: dict[int, list[int]] = {}
    for item, place in places.items():
        groups.setdefault(place, []).append(numbers[item])
    return " › ".join(" = ".join(map(str, sorted(groups[place]))) for place in sorted(groups))
