"""The map as GeoJSON: one line feature per opportunity, between the seats of its members."""

from typing import Any

from sinergi.opportunities.exports.documents import opportunity_values
from sinergi.opportunities.results import Opportunity, OpportunityMap
from sinergi.reference import queries as reference

DIGITS = 4
"""Decimals of a coordinate: about 10 m."""
FLAT = ("rank", "object", "affair", "logic", "score", "coverage", "acceptability")


def map_geojson(found: OpportunityMap) -> dict[str, Any]:
    """Return a feature collection (RFC 7946) of the opportunities shown."""
    table = reference.region_table()
    seats = {
        code: [round(float(lon), DIGITS), round(float(lat), DIGITS)]
        for code, lon, lat in zip(table.codes, table.longitude, table.latitude, strict=True)
    }
    return {
        "type": "FeatureCollection",
        "features": [_feature(one, seats) for one in found.opportunities],
    }


def _feature(one: Opportunity, seats: dict[str, list[float]]) -> dict[str, Any]:
    values = opportunity_values(one)
    properties = {name: values[name] for name in FLAT}
    properties["name_id"], properties["name_en"] = one.object.name_id, one.object.name_en
    properties["members"] = one.key
    properties["names"] = "; ".join(member.name for member in one.members)
    properties["mandatory_candidate"] = one.mandatory_candidate
    properties["province_required"] = "; ".join(one.province_required)
    return {
        "type": "Feature",
        "id": f"{one.object.code}:{one.key}",
        "geometry": {
            "type": "MultiLineString",
            "coordinates": [[seats[link.a], seats[link.b]] for link in one.links],
        },
        "properties": properties,
    }
