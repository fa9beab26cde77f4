"""The ranked map as files, under the same query string as the page."""

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from sinergi.opportunities import exports, messages, queries
from sinergi.opportunities.addresses import settings_from_query
from sinergi.opportunities.settings import MapSettings, SettingsError

TYPES = {
    "json": "application/json",
    "geojson": "application/geo+json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
def map_file(request: HttpRequest, kind: str) -> HttpResponse:
    """Hand out the ranked opportunities as CSV, Excel, JSON or GeoJSON."""
    try:
        content = _content(settings_from_query(request.GET), kind)
    except SettingsError as error:
        raise BadRequest(messages.message(error)) from error
    return attachment(content, kind, "sinergi-peta")


def _content(settings: MapSettings, kind: str) -> bytes:
    if kind == "json":
        return exports.write_json(exports.map_document(settings))
    found = queries.opportunity_map(settings)
    if kind == "geojson":
        return exports.write_json(exports.map_geojson(found))
    if kind == "csv":
        return exports.write_csv(exports.opportunities_sheet(found.opportunities))
    return exports.write_xlsx(exports.map_sheets(found))


def attachment(content: bytes, kind: str, name: str) -> HttpResponse:
    """Return a file to keep; JSON is shown by the browser."""
    response = HttpResponse(content, content_type=TYPES[kind])
    way = "inline" if kind == "json" else "attachment"
    response["Content-Disposition"] = f'{way}; filename="{name}.{kind}"'
    return response
