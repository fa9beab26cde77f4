"""What the page of an opportunity shows, line by line, in the language of the reader."""

from dataclasses import dataclass, replace

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sinergi.evidence.queries import unit_label
from sinergi.opportunities import messages
from sinergi.opportunities.lists.words import number
from sinergi.opportunities.results import Change, Explanation, Link, Reason
from sinergi.opportunities.settings import PARTS

MIDDLE_AGED = 0.5
"""Share of the greatest allowed age from which an observation is called old."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A small label that says how far a value can be trusted."""

    css: str
    label: str


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """One observation as it stands in the table."""

    reason: Reason
    region: str
    name: str
    note: str
    value: str
    unit: str
    marks: tuple[Mark, ...]
    fine: str
    """Points with two decimals, so that the reader can add them up."""


@dataclass(frozen=True, slots=True)
class PartRow:
    """One part of the score: value times weight is points."""

    part: str
    name: str
    meaning: str
    value: float | None
    weight: float
    points: float
    fine: str


def english() -> bool:
    """Whether the page is in English."""
    return (get_language() or "id").startswith("en")


def fine(score: float) -> str:
    """Return a score as points of 100 with two decimals."""
    return number(score * 100, 2)


def part_rows(found: Explanation) -> list[PartRow]:
    """Return the four parts; one that does not apply has no value and no points."""
    shown = found.opportunity
    return [
        PartRow(
            part,
            messages.part_name(part),
            messages.part_meaning(part),
            shown.parts.get(part),
            shown.weights.get(part, 0.0),
            found.contributions.get(part, 0.0),
            fine(found.contributions.get(part, 0.0)),
        )
        for part in PARTS
    ]


def reason_rows(reasons: tuple[Reason, ...], found: Explanation) -> list[ReasonRow]:
    """Return observations with their marks."""
    names = {member.code: member.name for member in found.opportunity.members}
    oldest = {use.indicator: use.max_age for use in found.opportunity.object.indicators}
    year = int(found.evidence_as_of[:4] or 0)
    return [
        ReasonRow(
            reason,
            names[reason.member],
            reason.name_en if english() else reason.name_id,
            reason.note_en if english() else reason.note_id,
            number(reason.value),
            unit_label(reason.unit),
            tuple(_marks(reason, year, oldest.get(reason.indicator, 0))),
            fine(reason.contribution),
        )
        for reason in reasons
    ]


def _marks(reason: Reason, year: int, max_age: int) -> list[Mark]:
    kind = "official" if reason.kind == "measure" else "proxy"
    marks = [Mark(kind, messages.kind_name(reason.kind))]
    if reason.flag:
        marks.append(Mark(reason.flag, messages.flag_name(reason.flag)))
    start = reason.period[:4]
    if start.isdigit() and year - int(start) > max_age * MIDDLE_AGED:
        marks.append(Mark("missing", _("old")))
    return marks


def links(found: Explanation) -> list[Link]:
    """Return the links between the members, with names instead of codes."""
    names = {member.code: member.name for member in found.opportunity.members}
    return [replace(link, a=names[link.a], b=names[link.b]) for link in found.opportunity.links]


def change_sentences(found: Explanation) -> list[str]:
    """Return what would change the rank, one sentence each."""
    names = {member.code: member.name for member in found.opportunity.members}
    titles = {
        reason.indicator: reason.name_en if english() else reason.name_id
        for reason in found.reasons
    }
    return [_sentence(change, names, titles) for change in found.changes]


def _gone(change: Change, names: dict[str, str], titles: dict[str, str]) -> str:
    """Return what would make the map form other groups."""
    member, colon, indicator = change.what.partition(":")
    if colon:
        text = _(
            "If %(region)s stood in the middle of its peers for “%(indicator)s”, this group would no "
            "longer form."
        )
        return text % {"region": names[member], "indicator": titles.get(indicator, indicator)}
    text = _(
        "If the weight of %(part)s goes from %(before)s%% to %(after)s%%, other groups form and this one "
        "does not."
    )
    return text % {
        "part": messages.part_name(change.what).lower(),
        "before": number(change.before * 100, 0),
        "after": number(change.after * 100, 0),
    }


def _sentence(change: Change, names: dict[str, str], titles: dict[str, str]) -> str:
    if not change.rank_after:
        return _gone(change, names, titles)
    ranks = {"old": change.rank_before, "new": change.rank_after}
    member, colon, indicator = change.what.partition(":")
    if colon:
        text = _(
            "If %(region)s stood in the middle of its peers for “%(indicator)s” (now %(before)s of 100), "
            "the rank would go from %(old)s to %(new)s."
        )
        values = {"region": names[member], "indicator": titles.get(indicator, indicator)}
        return text % {**values, **ranks, "before": number(change.before * 100, 0)}
    if change.after > change.before:
        text = _(
            "If the weight of %(part)s rises from %(before)s%% to %(after)s%%, the rank goes from "
            "%(old)s to %(new)s."
        )
    else:
        text = _(
            "If the weight of %(part)s falls from %(before)s%% to %(after)s%%, the rank goes from "
            "%(old)s to %(new)s."
        )
    shares = {
        "before": number(change.before * 100, 0),
        "after": number(change.after * 100, 0),
    }
    return text % {"part": messages.part_name(change.what).lower(), **shares, **ranks}
