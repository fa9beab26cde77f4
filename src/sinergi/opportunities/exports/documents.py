"""The map and one opportunity as plain values for JSON; names and codes are the same in all languages."""

from dataclasses import asdict
from typing import Any

from sinergi.evidence import queries as evidence
from sinergi.opportunities.compute import Computed
from sinergi.opportunities.describe import opportunity
from sinergi.opportunities.queries import computed_map
from sinergi.opportunities.reasons import Case, reasons_of
from sinergi.opportunities.results import Explanation, Opportunity, Reason
from sinergi.opportunities.settings import MapSettings


def map_document(settings: MapSettings) -> dict[str, Any]:
    """Return the ranked map with the reasons of each opportunity.

    Raises
    ------
    SettingsError
        When the settings name what does not exist.
    """
    computed = computed_map(settings)
    info = evidence.indicator_catalogue()
    shown = min(settings.top, len(computed.listed))
    return {
        "evidence": {
            "version": computed.ground.evidence_version,
            "as_of": computed.ground.as_of,
            "catalogue": computed.ground.catalogue_version,
        },
        "settings": settings.as_dict(),
        "total": len(computed.listed),
        "opportunities": [_with_reasons(computed, place, info) for place in range(shown)],
    }


def _with_reasons(
    computed: Computed, place: int, info: dict[str, evidence.IndicatorInfo]
) -> dict[str, Any]:
    shown = opportunity(computed, place)
    code, result, group, number = computed.group(int(computed.listed[place]))
    case = Case(computed.ground, computed.scores[code], result, group, number, shown, ())
    reasons = [reason_values(reason) for reason in reasons_of(case, info)]
    return {**opportunity_values(shown), "reasons": reasons}


def explanation_document(found: Explanation, settings: MapSettings) -> dict[str, Any]:
    """Return one opportunity in full."""
    item = found.opportunity.object
    return {
        "evidence": {
            "version": found.evidence_version,
            "as_of": found.evidence_as_of,
            "catalogue": found.catalogue_version,
        },
        "settings": settings.as_dict(),
        **opportunity_values(found.opportunity),
        "members": [asdict(member) for member in found.opportunity.members],
        "contributions": found.contributions,
        "reasons": [reason_values(reason) for reason in found.reasons],
        "missing": [reason_values(reason) for reason in found.missing],
        "legal": asdict(found.legal),
        "changes": [asdict(change) for change in found.changes],
        "vetoes": list(found.vetoes),
        "defaults": list(item.defaults),
        "caveat": {"id": item.caveat_id, "en": item.caveat_en},
        "provenance": item.provenance,
    }


def opportunity_values(shown: Opportunity) -> dict[str, Any]:
    """Return an opportunity as plain values."""
    item = shown.object
    return {
        "rank": shown.rank,
        "object": item.code,
        "object_name": {"id": item.name_id, "en": item.name_en},
        "affair": item.affair,
        "logic": shown.logic,
        "members": [
            {"code": one.code, "name": one.name, "role": one.role} for one in shown.members
        ],
        "score": shown.score,
        "parts": shown.parts,
        "weights": shown.weights,
        "coverage": shown.coverage,
        "acceptability": shown.acceptability,
        "mandatory_candidate": shown.mandatory_candidate,
        "geographic_type": shown.geographic_type,
        "province_required": list(shown.province_required),
        "links": [asdict(link) for link in shown.links],
        "money": shown.money and {**asdict(shown.money), "saving": shown.money.saving},
    }


def reason_values(reason: Reason) -> dict[str, Any]:
    """Return a reason as plain values."""
    return asdict(reason)
