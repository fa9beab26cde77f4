"""The map and one opportunity as files: CSV, Excel, JSON and GeoJSON."""

from sinergi.opportunities.exports.documents import explanation_document, map_document
from sinergi.opportunities.exports.geo import map_geojson
from sinergi.opportunities.exports.sheets import (
    explanation_sheets,
    map_sheets,
    members_sheet,
    opportunities_sheet,
    reasons_sheet,
)
from sinergi.opportunities.exports.writing import Sheet, write_csv, write_json, write_xlsx

__all__ = [
    "Sheet",
    "explanation_document",
    "explanation_sheets",
    "map_document",
    "map_geojson",
    "map_sheets",
    "members_sheet",
    "opportunities_sheet",
    "reasons_sheet",
    "write_csv",
    "write_json",
    "write_xlsx",
]
