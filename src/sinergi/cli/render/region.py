"""The profile of a region and missing evidence, as tables and as plain values."""

from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Any

from sinergi.cli import tables
from sinergi.cli.language import chosen, number, pgettext
from sinergi.cli.language import gettext as _
from sinergi.cli.render import opportunities as map_render
from sinergi.cli.render.explanation import facts
from sinergi.cli.tables import Column, Table
from sinergi.evidence.queries import unit_label
from sinergi.opportunities import messages
from sinergi.opportunities.missing import MissingEvidence
from sinergi.opportunities.profile import RegionProfile, words

SHOWN = 15
"""Rows of a long part of the profile that are shown on screen; JSON has all of them."""


def document(told: RegionProfile) -> dict[str, Any]:
    """Return a profile as plain values."""
    return {
        "evidence": {
            "version": told.evidence_version,
            "as_of": told.evidence_as_of,
            "catalogue_version": told.catalogue_version,
        },
        "facts": asdict(told.facts),
        "economy": asdict(told.economy) if told.economy else None,
        "indicators": [asdict(one) for one in told.indicators],
        "affairs": [asdict(one) for one in told.affairs],
        "opportunities": [map_render.as_values(one) for one in told.opportunities],
        "opportunities_total": told.opportunities_total,
        "partners": [asdict(one) for one in told.partners],
        "missing": [asdict(one) for one in told.missing],
    }


def parts(told: RegionProfile) -> dict[str, Table]:
    """Return a profile as tables by part, in the order in which one reads it."""
    return {
        "facts": about(told),
        "economy": sectors(told),
        "indicators": indicators(told),
        "standings": standings(told),
        "opportunities": map_render.table(told.opportunities),
        "partners": partners(told),
        "missing": missing_table(told.missing),
    }


def sections(told: RegionProfile) -> list[Table]:
    """Return the parts that say something, long ones cut for the screen."""
    cut = {"partners", "missing"}
    return [
        replace(table, rows=table.rows[:SHOWN]) if name in cut else table
        for name, table in parts(told).items()
        if table.rows
    ]


def about(told: RegionProfile) -> Table:
    """Return what the pack knows of a region."""
    one = told.facts
    rows = [
        (pgettext("column", "Region"), f"{one.code} – {one.name}"),
        (pgettext("column", "Level"), words.level(one.level)),
        (pgettext("column", "Province"), one.province.name if one.province else ""),
        (pgettext("column", "Population"), f"{number(one.population)} ({one.population_date})"),
        (pgettext("column", "Area"), f"{number(one.area_km2, 1)} km²"),
        (pgettext("column", "Density"), _("{count} per km²").format(count=number(one.density))),
        (pgettext("column", "Capital"), one.capital),
        (pgettext("column", "Island group"), one.island.name(chosen()) if one.island else ""),
        (
            pgettext("column", "Associations"),
            ", ".join(group.name(chosen()) for group in one.associations),
        ),
        (
            pgettext("column", "Neighbours"),
            ", ".join(neighbour.name for neighbour in one.neighbours),
        ),
        (pgettext("column", "Opportunities"), number(told.opportunities_total)),
        (pgettext("column", "Evidence"), f"{told.evidence_version} ({told.evidence_as_of})"),
    ]
    return facts(pgettext("column", "Region"), [row for row in rows if row[1]])


def sectors(told: RegionProfile) -> Table:
    """Return the sectors of a region against the nation (or the nearest reference there is)."""
    economy = told.economy
    if economy is None:
        return facts(pgettext("column", "Economy"), ())
    kinds = [one.kind for one in economy.references]
    kind = "nation" if "nation" in kinds else kinds[0] if kinds else ""
    columns = (
        Column("sector", pgettext("column", "Sector")),
        Column("value", unit_label(economy.unit), "number", 1),
        Column("share", pgettext("column", "Share %"), "number", 1),
        Column("growth", pgettext("column", "Growth %"), "number", 1),
        Column("lq", "LQ", "number", 2),
        Column("dlq", "DLQ", "number", 2),
        Column("competitive", pgettext("column", "Competitive"), "number", 1),
    )
    rows = []
    for one in economy.sectors:
        against = one.against.get(kind)
        share = None if one.share is None else one.share * 100
        lq, dlq, competitive = (
            (against.lq, against.dlq, against.competitive) if against else (None, None, None)
        )
        rows.append((one.name(chosen()), one.value, share, one.growth, lq, dlq, competitive))
    heading = pgettext("column", "Economy")
    return tables.table(columns, rows, f"{heading} {economy.start}–{economy.end}")


def indicators(told: RegionProfile) -> Table:
    """Return the indicators of a region among its peers."""
    columns = (
        Column("indicator", pgettext("column", "Indicator")),
        Column("value", pgettext("column", "Value"), "number", 2),
        Column("unit", pgettext("column", "Unit")),
        Column("period", pgettext("column", "Period")),
        Column("rank", pgettext("column", "Place")),
        Column("median", pgettext("column", "Median of peers"), "number", 2),
        Column("flag", pgettext("column", "Certainty")),
    )
    rows = (
        (
            one.name(chosen()),
            one.value,
            unit_label(one.unit),
            one.period,
            f"{one.rank}/{one.peers}" if one.rank else "",
            one.peer_median,
            messages.flag_name(one.flag),
        )
        for one in told.indicators
        if one.value is not None
    )
    return tables.table(columns, rows, pgettext("column", "Indicators among peers"))


def standings(told: RegionProfile) -> Table:
    """Return what a region needs and offers, by affair and object."""
    columns = (
        Column("affair", pgettext("column", "Affair")),
        Column("object", pgettext("column", "Object")),
        Column("need", pgettext("column", "Need"), "number", 2),
        Column("strength", pgettext("column", "Strength"), "number", 2),
        Column("coverage", pgettext("column", "Cover %"), "number"),
        Column("opportunities", pgettext("column", "Opportunities"), "count"),
    )
    rows = (
        (
            affair.affair.name(chosen()),
            one.name(chosen()),
            one.need.score if one.need else None,
            one.strength.score if one.strength else None,
            one.coverage * 100,
            one.opportunities,
        )
        for affair in told.affairs
        for one in affair.objects
    )
    return tables.table(columns, rows, pgettext("column", "Needs and strengths"))


def partners(told: RegionProfile) -> Table:
    """Return whom to call."""
    columns = (
        Column("code", pgettext("column", "Code")),
        Column("name", pgettext("column", "Partner")),
        Column("province", pgettext("column", "Province")),
        Column("km", "km", "number"),
        Column("borders", pgettext("column", "Borders"), "yes_no"),
        Column("shared", pgettext("column", "On what")),
    )
    rows = (
        (
            one.code,
            one.name,
            one.province,
            one.km,
            one.borders,
            "; ".join(dict.fromkeys(shared.name(chosen()) for shared in one.shared)),
        )
        for one in told.partners
    )
    return tables.table(columns, rows, pgettext("column", "Partners"))


def missing_table(told: Iterable[MissingEvidence]) -> Table:
    """Return missing evidence, the most important first."""
    columns = (
        Column("kind", pgettext("column", "Kind"), screen=False),
        Column("code", pgettext("column", "Code")),
        Column("name", pgettext("column", "Evidence")),
        Column("importance", pgettext("column", "Weight"), "number", 2),
        Column("missing", pgettext("column", "Without"), "count"),
        Column("old", pgettext("column", "Too old"), "count"),
        Column("regions", pgettext("column", "Of"), "count"),
        Column("last_period", pgettext("column", "Last")),
        Column("objects", pgettext("column", "Object codes"), "list", screen=False),
        Column("for_what", pgettext("column", "Matters for")),
    )
    return tables.table(columns, map(_missing, told), pgettext("column", "Missing evidence"))


def _missing(one: MissingEvidence) -> tuple[Any, ...]:
    every = list(dict.fromkeys(item.name(chosen()) for item in one.objects))
    names = every[:3]
    more = len(every) - len(names)
    text = "; ".join(names) + (f" (+{more})" if more > 0 else "")
    lacks = _("Lacks: {what}").format(what=one.lacks(chosen())) if one.kind == "object" else ""
    return (
        one.kind,
        one.code,
        one.name(chosen()),
        one.importance,
        one.missing,
        one.old,
        one.regions,
        one.last_period,
        tuple(item.object for item in one.objects),
        text or lacks,
    )
