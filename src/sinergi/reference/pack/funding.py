"""Parses what funding channels ask for, where their money comes from, and words that tell physical work."""

from pathlib import Path
from typing import cast, get_args

from sinergi.reference.catalogue import (
    ChannelAlias,
    FundingOrigin,
    FundingRule,
    Origin,
    RuleKind,
    WorkWord,
)
from sinergi.reference.pack.files import Row, read_rows
from sinergi.reference.pack.issues import Issues
from sinergi.reference.pack.law import AUTHORITIES

RULES = "funding_rules.csv"
RULE_COLUMNS = (
    "channel",
    "year",
    "kind",
    "value",
    "month_from",
    "month_to",
    "amount",
    "share",
    "text_id",
    "text_en",
    "source",
    "provenance",
)
EVERY = "every"
VALUES = {
    "authority": AUTHORITIES,
    "recipient": AUTHORITIES,
    "physical": ("only", "none", "both"),
    "own_authority": ("yes",),
    "cooperation_only": ("yes",),
    "village": ("yes",),
    "menu": ("yes",),
    "readiness": ("land", "design", "permits"),
}
"""What may stand in `value` of a kind; other kinds take what they like, or nothing."""


def parse_funding_rules(folder: Path, issues: Issues) -> tuple[FundingRule, ...]:
    """Read `funding_rules.csv`."""
    return tuple(_rule(row) for row in read_rows(folder, RULES, RULE_COLUMNS, issues))


def _rule(row: Row) -> FundingRule:
    kind = cast("RuleKind", row.choice("kind", get_args(RuleKind)))
    values = row.codes("value")
    known = row.optional("kind") == kind
    allowed = VALUES.get(kind) if known else None
    for value in values:
        if allowed and value not in allowed:
            row.wrong("value", "not_one_of", value=value, allowed=", ".join(allowed))
    if not values and known and (allowed or kind in {"affair", "combines", "excludes", "document"}):
        row.wrong("value", "empty")
    if bool(row.optional("text_id")) != bool(row.optional("text_en")):
        row.wrong("text_en", "one_language_only")
    months = [_month(row, name, kind) for name in ("month_from", "month_to")]
    row.maybe_number("share", 0, 1)
    return FundingRule(
        row.text("channel"),
        None if row.text("year") == EVERY else row.integer("year", 2000, 2100),
        kind,
        values,
        months[0],
        months[1],
        row.integer("amount", 0) if row.optional("amount") else None,
        row.optional("share"),
        row.optional("text_id"),
        row.optional("text_en"),
        row.text("source"),
        row.text("provenance"),
    )


def _month(row: Row, name: str, kind: str) -> int | None:
    if kind == "window":
        return row.integer(name, 1, 12)
    if row.optional(name):
        row.wrong(name, "not_one_of", value=row.optional(name), allowed="–")
    return None


def parse_funding_origins(folder: Path, issues: Issues) -> tuple[FundingOrigin, ...]:
    """Read `funding_origins.csv`."""
    columns = ("channel", "origin", "in_budget", "source", "provenance")
    return tuple(
        FundingOrigin(
            row.text("channel"),
            cast("Origin", row.choice("origin", get_args(Origin))),
            row.flag("in_budget"),
            row.text("source"),
            row.text("provenance"),
        )
        for row in read_rows(folder, "funding_origins.csv", columns, issues)
    )


def parse_work_words(folder: Path, issues: Issues) -> tuple[WorkWord, ...]:
    """Read `work_words.csv`."""
    columns = ("phrase", "physical", "provenance")
    return tuple(
        WorkWord(row.text("phrase").casefold(), row.flag("physical"), row.text("provenance"))
        for row in read_rows(folder, "work_words.csv", columns, issues)
    )


def parse_channel_aliases(folder: Path, issues: Issues) -> tuple[ChannelAlias, ...]:
    """Read `channel_aliases.csv`."""
    columns = ("alias", "channels", "certain", "provenance")
    return tuple(
        ChannelAlias(
            row.text("alias"), row.codes("channels"), row.flag("certain"), row.text("provenance")
        )
        for row in read_rows(folder, "channel_aliases.csv", columns, issues)
    )
