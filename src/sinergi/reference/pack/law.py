"""Parses the files that say what law allows: affairs, rules, funding channels, services, activities."""

from pathlib import Path

from sinergi.reference.catalogue import Affair, FundingChannel
from sinergi.reference.pack.files import Row, read_rows
from sinergi.reference.pack.issues import Issues
from sinergi.reference.pack.records import (
    ActivityRecord,
    AuthorityRule,
    FurtherLevel,
    PartnerTypeRule,
    SpmService,
)

AUTHORITIES = ("PUSAT", "PROVINSI", "KABKOTA")
CHANNEL_COLUMNS = (
    "code",
    "name_id",
    "name_en",
    "authorities",
    "recipients",
    "affairs",
    "physical",
    "cooperation",
    "needs_id",
    "needs_en",
    "rule",
    "access_path_id",
    "access_path",
    "note",
    "provenance",
)


def parse_affairs(folder: Path, issues: Issues) -> tuple[Affair, ...]:
    """Read `affairs.csv`."""
    columns = ("code", "name_id", "name_en", "group", "source")
    return tuple(
        Affair(row.text("code"), row.text("name_id"), row.text("name_en"), row.text("group"))
        for row in read_rows(folder, "affairs.csv", columns, issues)
    )


def parse_authority_rules(folder: Path, issues: Issues) -> tuple[AuthorityRule, ...]:
    """Read `authority_rules.csv`."""
    columns = ("topic", "affair", "criterion_id", "level", "activity", "rule", "provenance")
    return tuple(
        AuthorityRule(
            row.text("topic"),
            row.text("affair"),
            row.text("criterion_id"),
            row.choice("level", AUTHORITIES),
            row.optional("activity"),
            row.optional("rule"),
            row.text("provenance"),
        )
        for row in read_rows(folder, "authority_rules.csv", columns, issues)
    )


def parse_further_levels(folder: Path, issues: Issues) -> tuple[FurtherLevel, ...]:
    """Read `further_levels.csv`."""
    columns = ("province", "level", "holds", "affair", "source", "provenance")
    return tuple(
        FurtherLevel(
            row.codes("province"),
            row.choice("level", AUTHORITIES),
            row.choice("holds", AUTHORITIES),
            row.optional("affair"),
            row.text("source"),
            row.text("provenance"),
        )
        for row in read_rows(folder, "further_levels.csv", columns, issues)
    )


def parse_partner_type_rules(folder: Path, issues: Issues) -> tuple[PartnerTypeRule, ...]:
    """Read `partner_type_rules.csv`."""
    columns = ("partner_type", "object_kind", "object_codes", "family", "rule", "provenance")
    return tuple(
        PartnerTypeRule(
            row.text("partner_type"),
            row.text("object_kind"),
            row.codes("object_codes"),
            row.text("family"),
            row.optional("rule"),
            row.text("provenance"),
        )
        for row in read_rows(folder, "partner_type_rules.csv", columns, issues)
    )


def parse_spm_services(folder: Path, issues: Issues) -> tuple[SpmService, ...]:
    """Read `spm_services.csv`."""
    columns = ("affair", "level", "service", "indicator", "provenance")
    return tuple(
        SpmService(
            row.text("affair"),
            row.choice("level", AUTHORITIES),
            row.text("service"),
            row.text("indicator"),
            row.text("provenance"),
        )
        for row in read_rows(folder, "spm_services.csv", columns, issues)
    )


def parse_activities(folder: Path, issues: Issues) -> tuple[ActivityRecord, ...]:
    """Read `activities.csv`."""
    return tuple(
        ActivityRecord(row.text("code"), row.text("name"), row.choice("level", AUTHORITIES))
        for row in read_rows(folder, "activities.csv", ("code", "name", "level", "source"), issues)
    )


def parse_funding_channels(folder: Path, issues: Issues) -> tuple[FundingChannel, ...]:
    """Read `funding_channels.csv`."""
    rows = read_rows(folder, "funding_channels.csv", CHANNEL_COLUMNS, issues)
    return tuple(_channel(row) for row in rows)


def _channel(row: Row) -> FundingChannel:
    for column in ("authorities", "recipients"):
        for level in row.codes(column):
            if level not in AUTHORITIES:
                row.wrong(column, "not_one_of", value=level, allowed=", ".join(AUTHORITIES))
    physical = row.choice("physical", ("both", "only", "none"))
    return FundingChannel(
        row.text("code"),
        row.text("name_id"),
        row.text("name_en"),
        row.codes("authorities"),
        row.codes("recipients"),
        row.codes("affairs"),
        {"both": None, "only": True, "none": False}[physical],
        row.flag("cooperation"),
        row.text("needs_id"),
        row.text("needs_en"),
        row.text("rule"),
        row.optional("access_path_id"),
        row.optional("access_path"),
        row.optional("note"),
        row.text("provenance"),
    )
