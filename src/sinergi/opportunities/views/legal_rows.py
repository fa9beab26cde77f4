"""What law says of an opportunity or an object, line by line, in the language of the reader."""

from dataclasses import dataclass
from typing import Any

from sinergi.opportunities import messages, rules
from sinergi.opportunities.messages.reasons import TEST_NAMES
from sinergi.opportunities.results import Explanation, FundingOption
from sinergi.opportunities.views.opportunity_rows import english
from sinergi.reference import queries as reference
from sinergi.reference.catalogue import CooperationObject


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
            option.access_path if english() else option.access_path_id,
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


def documents(item: CooperationObject) -> list[str]:
    """Return the documents of an object as words, in the order they are made."""
    return [messages.documents_text(code) for code in rules.documents(item)]


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
        "documents": documents(item),
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
