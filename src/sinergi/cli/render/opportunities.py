"""Opportunities as a table, as plain values and as features on a map."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from sinergi.analysis.assemble import PARTS
from sinergi.cli import tables
from sinergi.cli.language import chosen, pgettext
from sinergi.cli.language import gettext as _
from sinergi.cli.tables import Column, Table
from sinergi.evidence import queries as evidence
from sinergi.opportunities import messages
from sinergi.opportunities.describe import opportunity
from sinergi.opportunities.queries import computed_map
from sinergi.opportunities.reasons import Case, reasons_of
from sinergi.opportunities.results import Opportunity, OpportunityMap, Reason
from sinergi.opportunities.settings import MapSettings
from sinergi.reference import queries as reference

POINTS = 100
"""A score is 0-1 in files and 0-100 on screen."""


def table(items: Iterable[Opportunity]) -> Table:
    """Return opportunities as a table, one a row."""
    parts = [Column(part, messages.part_name(part), "number", 3, screen=False) for part in PARTS]
    columns = (
        Column("rank", pgettext("column", "Rank"), "count"),
        Column("object", pgettext("column", "Object code")),
        Column("object_name", pgettext("column", "Object")),
        Column("affair", pgettext("column", "Affair"), screen=False),
        Column("logic", pgettext("column", "Logic"), screen=False),
        Column("members", pgettext("column", "Members")),
        Column("member_codes", pgettext("column", "Member codes"), "list", screen=False),
        Column("member_names", pgettext("column", "Member names"), "list", screen=False),
        Column("member_roles", pgettext("column", "Roles"), "list", screen=False),
        Column("score", pgettext("column", "Score (0–1)"), "number", 3, screen=False),
        Column("points", pgettext("column", "Score"), "number", 1),
        *parts,
        Column("coverage", pgettext("column", "Coverage (0–1)"), "number", 3, screen=False),
        Column("coverage_percent", pgettext("column", "Cover %"), "number"),
        Column("acceptability", pgettext("column", "Firm (0–1)"), "number", 3, screen=False),
        Column("mandatory_candidate", pgettext("column", "Mandatory candidate"), "yes_no"),
        Column("geographic_type", pgettext("column", "Mandatory type"), screen=False),
        Column("province_required", pgettext("column", "Province"), "list"),
        Column("saving", _("Saving, IDR a year (estimate)"), "number", screen=False),
    )
    return tables.table(columns, map(_row, items), pgettext("column", "Opportunities"))


def _row(item: Opportunity) -> tuple[Any, ...]:
    return (
        item.rank,
        item.object.code,
        item.object.name(chosen()),
        item.object.affair,
        item.logic,
        members_text(item),
        tuple(member.code for member in item.members),
        tuple(member.name for member in item.members),
        tuple(member.role for member in item.members),
        item.score,
        item.score * POINTS,
        *(item.parts.get(part) for part in PARTS),
        item.coverage,
        item.coverage * 100,
        item.acceptability,
        item.mandatory_candidate,
        item.geographic_type,
        item.province_required,
        item.money.saving if item.money else None,
    )


def members_text(item: Opportunity) -> str:
    """Return the members as one line, with codes to go on with; a role where the first has its own."""
    names = [f"{one.code} {one.name.replace('Kabupaten ', 'Kab. ')}" for one in item.members]
    first, *others = item.members
    if others and first.role != others[0].role:
        names[0] += f" ({messages.role_name(first.role)})"
    return ", ".join(names)


def reasons_table(items: Iterable[tuple[Opportunity, list[Reason]]]) -> Table:
    """Return the reasons of opportunities, one observation a row, for the second sheet."""
    columns = (
        Column("rank", pgettext("column", "Rank"), "count"),
        Column("object", pgettext("column", "Object code")),
        Column("member", pgettext("column", "Region")),
        Column("part", pgettext("column", "Part")),
        Column("indicator", pgettext("column", "Indicator code")),
        Column("indicator_name", pgettext("column", "Indicator")),
        Column("value", pgettext("column", "Value"), "number", 3),
        Column("unit", pgettext("column", "Unit")),
        Column("period", pgettext("column", "Period")),
        Column("source", pgettext("column", "Source")),
        Column("flag", pgettext("column", "Certainty")),
        Column("kind", pgettext("column", "Kind")),
        Column("peer_rank", pgettext("column", "Place among peers"), "count"),
        Column("peer_count", pgettext("column", "Peers"), "count"),
        Column("contribution", pgettext("column", "Contribution"), "number", 4),
    )
    rows = (
        (
            item.rank,
            item.object.code,
            one.member,
            messages.part_name(one.part),
            one.indicator,
            one.name_en if chosen() == "en" else one.name_id,
            one.value,
            one.unit,
            one.period,
            one.source,
            messages.flag_name(one.flag),
            messages.kind_name(one.kind),
            one.peer_rank,
            one.peer_count,
            one.contribution,
        )
        for item, reasons in items
        for one in reasons
    )
    return tables.table(columns, rows, pgettext("column", "Reasons"))


def reasons(settings: MapSettings) -> list[list[Reason]]:
    """Return the reasons of the opportunities that are shown, in their order."""
    found = computed_map(settings)
    info = evidence.indicator_catalogue()
    told = []
    for place in range(min(settings.top, len(found.listed))):
        code, result, group, number = found.group(int(found.listed[place]))
        item = opportunity(found, place)
        case = Case(found.ground, found.scores[code], result, group, number, item, ())
        told.append([one for one in reasons_of(case, info) if one.normalised is not None])
    return told


def as_document(
    shown: OpportunityMap, settings: MapSettings, why: list[list[Reason]]
) -> dict[str, Any]:
    """Return a map as plain values: evidence, settings, opportunities with their reasons."""
    return {
        "evidence": {
            "version": shown.evidence_version,
            "as_of": shown.evidence_as_of,
            "catalogue_version": shown.catalogue_version,
        },
        "settings": settings.as_dict(),
        "total": shown.total,
        "opportunities": [
            {**as_values(item), "reasons": [asdict(one) for one in told]}
            for item, told in zip(shown.opportunities, why, strict=True)
        ],
    }


def as_values(item: Opportunity) -> dict[str, Any]:
    """Return one opportunity as plain values."""
    return {
        "rank": item.rank,
        "object": item.object.code,
        "object_name": item.object.name(chosen()),
        "affair": item.object.affair,
        "logic": item.logic,
        "members": [asdict(member) for member in item.members],
        "score": item.score,
        "parts": item.parts,
        "weights": item.weights,
        "coverage": item.coverage,
        "acceptability": item.acceptability,
        "mandatory_candidate": item.mandatory_candidate,
        "geographic_type": item.geographic_type,
        "cheaper": item.cheaper,
        "province_required": list(item.province_required),
        "links": [asdict(link) for link in item.links],
        "money": {**asdict(item.money), "saving": item.money.saving, "flag": "estimate"}
        if item.money
        else None,
    }


def as_features(shown: OpportunityMap) -> dict[str, Any]:
    """Return the members as points and their links as lines (GeoJSON, WGS 84)."""
    regions = reference.region_table()

    def point(code: str) -> list[float]:
        row = regions.position[code]
        return [round(float(regions.longitude[row]), 5), round(float(regions.latitude[row]), 5)]

    features = []
    for item in shown.opportunities:
        about = {
            "rank": item.rank,
            "object": item.object.code,
            "object_name": item.object.name(chosen()),
            "score": item.score,
        }
        for member in item.members:
            own = {"code": member.code, "name": member.name, "role": member.role}
            features.append(_feature("Point", point(member.code), {**about, **own}))
        for link in item.links:
            ends: dict[str, Any] = {
                "a": link.a,
                "b": link.b,
                "km": link.km,
                "link_score": link.score,
            }
            line = [point(link.a), point(link.b)]
            features.append(_feature("LineString", line, {**about, **ends}))
    return {"type": "FeatureCollection", "features": features}


def _feature(kind: str, coordinates: list[Any], properties: dict[str, Any]) -> dict[str, Any]:
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "geometry": geometry, "properties": properties}
