"""Limits of funding channels with where they are from, as synchronisation takes them."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import polars as pl

from sinergi.analysis.synchronise import Law
from sinergi.analysis.synchronise.tables import LIMITS
from sinergi.programs.funding.conditions import CHANNEL_TABLE
from sinergi.programs.synchronise.law import OWN, present_law
from sinergi.reference.catalogue import FundingChannel, FundingRule
from sinergi.reference.queries import funding_channels, funding_rules

PHYSICAL = {None: (), True: ("only",), False: ("none",)}
BOTH = "both"


def limited_law() -> Law:
    """Return what pack and nomenclature say now, with the limits of channels and their sources."""
    rules = funding_rules()
    rows = [row for one in funding_channels().values() for row in _of(one, rules)]
    return replace(present_law(), limits=pl.DataFrame(rows, schema=LIMITS))


def is_sourced(provenance: str) -> bool:
    """Return whether a limit itself is sourced, and not only that there is such a channel."""
    return provenance.startswith("sourced")


def _of(channel: FundingChannel, rules: tuple[FundingRule, ...]) -> Iterator[dict[str, Any]]:
    """Yield the limits of a channel: its own, unless rules say otherwise, and those of single years."""
    usual = {
        "recipient": channel.recipients,
        "authority": () if channel.code in OWN else channel.authorities,
        "affair": channel.affairs,
        "physical": PHYSICAL[channel.physical],
    }
    for why, allowed in usual.items():
        said = [one for one in rules if one.channel == channel.code and one.kind == why]
        if not any(one.year is None for one in said):
            yield _row(channel.code, why, None, allowed, CHANNEL_TABLE, channel.provenance)
        for year in sorted({one.year for one in said}, key=lambda one: one or 0):
            held = [one for one in said if one.year == year]
            values = tuple(code for one in held for code in one.values if code != BOTH)
            yield _row(channel.code, why, year, values, held[0].source, held[0].provenance)


def _row(
    channel: str, why: str, year: int | None, allowed: tuple[str, ...], source: str, provenance: str
) -> dict[str, Any]:
    told = {"source": source, "provenance": provenance, "sourced": is_sourced(provenance)}
    return {"channel": channel, "why": why, "year": year, "allowed": list(allowed), **told}
