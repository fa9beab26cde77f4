"""What the page of an opportunity shows, line by line, in the language of the reader."""

import re
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sinergi.evidence.queries import unit_label
from sinergi.opportunities import messages
from sinergi.opportunities.lists.words import number
from sinergi.opportunities.messages.reasons import TEST_NAMES
from sinergi.opportunities.results import Change, Explanation, FundingOption, Link, Reason
from sinergi.opportunities.settings import PARTS
from sinergi.reference import queries as reference

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


@dataclass(frozen=True, slots=True)
class FundingRow:
    """A channel with what speaks for it or against it."""

    name: str
    needs: str
    path: str
    named: bool
    against: str
    default: bool


@dataclass(frozen=True, slots=True)
class LegalTest:
    """One test of mandatory cooperation."""

    name: str
    sign: str
    css: str
    text: str


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


def _sentence(change: Change, names: dict[str, str], titles: dict[str, str]) -> str:
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


def legal_tests(tests: dict[str, bool | None]) -> list[LegalTest]:
    """Return the three tests of mandatory cooperation with their answers."""
    signs = {True: ("✓", "yes"), False: ("✗", "no"), None: ("?", "open")}
    return [
        LegalTest(str(TEST_NAMES[test]), *signs[answer], messages.test_text(test, answer))
        for test, answer in tests.items()
    ]


def funding_rows(options: tuple[FundingOption, ...], fits: bool) -> list[FundingRow]:
    """Return the channels that fit, or those that do not with what speaks against each."""
    return [
        FundingRow(
            option.name_en if english() else option.name_id,
            option.needs_en if english() else option.needs_id,
            option.access_path,
            "named_by_object" in option.reasons,
            "; ".join(
                messages.funding_reason_text(code)
                for code in option.reasons
                if code != "named_by_object"
            ),
            "knowledge" in option.provenance or option.provenance == "mixed",
        )
        for option in options
        if option.fits == fits
    ]


def funding_context(options: tuple[FundingOption, ...]) -> dict[str, Any]:
    """Return the channels: named for the object, otherwise fitting, and not fitting."""
    fitting = funding_rows(options, fits=True)
    return {
        "funding_named": [row for row in fitting if row.named],
        "funding_other": [row for row in fitting if not row.named],
        "no_funding": funding_rows(options, fits=False),
    }


def documents(document: str) -> list[str]:
    """Return the documents of `KB+PKS(+B2B)` as words, in the order they are made."""
    return [messages.documents_text(code) for code in re.split(r"\+(?![^(]*\))", document)]


def activity_name(code: str) -> str:
    """Return the name of an activity of the nomenclature; empty when the pack has none."""
    return next((one.name for one in reference.pack().activities if one.code == code), "")


def region_names(codes: tuple[str, ...]) -> list[str]:
    """Return the names of regions by their codes."""
    table = reference.region_table()
    return [table.names[table.position[code]] for code in codes]


def defaults_text(fields: tuple[str, ...]) -> str:
    """Return the fields that hold expert defaults, each once."""
    unique = dict.fromkeys(field for field in fields if not field.endswith("_en"))
    return ", ".join(messages.default_name(field) for field in unique)


def legal_context(found: Explanation) -> dict[str, Any]:
    """Return what law says, in words."""
    legal, item = found.legal, found.opportunity.object
    return {
        "legal": legal,
        "tests": legal_tests(legal.tests),
        "families": messages.families_text(legal.family),
        "documents": documents(item.document),
        "activity": activity_name(item.activity),
        "lead": messages.level_name(legal.lead),
        "authority": [messages.level_name(level) for level in legal.authority],
        "provinces": region_names(legal.province_required),
        "geographic_type": messages.geographic_type_text(legal.geographic_type),
        "takeover": messages.takeover_text(legal.takeover),
        "legal_class": messages.legal_class_name(item.legal_class),
        "trigger": item.trigger_en if english() else item.trigger_id,
        **funding_context(legal.funding),
    }
