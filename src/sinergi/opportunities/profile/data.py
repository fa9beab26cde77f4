"""A profile as JSON; keys, codes and numbers are the same in all languages."""

from dataclasses import asdict
from typing import Any

import orjson

from sinergi.opportunities.profile.records import RegionProfile
from sinergi.opportunities.results import Opportunity


def to_json(profile: RegionProfile) -> bytes:
    """Return everything the profile says; what is missing is null."""
    values = {
        "evidence": {"version": profile.evidence_version, "as_of": profile.evidence_as_of},
        "catalogue": {"version": profile.catalogue_version},
        "facts": profile.facts,
        "economy": profile.economy,
        "indicators": profile.indicators,
        "affairs": profile.affairs,
        "opportunities": {
            "total": profile.opportunities_total,
            "groups": profile.groups,
            "best": [_opportunity(one) for one in profile.opportunities],
        },
        "partners": profile.partners,
        "missing": profile.missing,
    }
    return orjson.dumps(values, option=orjson.OPT_INDENT_2)


def _opportunity(one: Opportunity) -> dict[str, Any]:
    item = one.object
    values = asdict(one)
    values["object"] = {"code": item.code, "name_id": item.name_id, "name_en": item.name_en}
    return values
