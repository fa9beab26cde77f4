"""Sends the geometry of the map."""

import gzip

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sinergi.reference.actions.shapes import NATIONAL, shape_file
from sinergi.reference.errors import UnknownRegion

DAY = 86_400
YEAR = 365 * DAY


@require_safe
def shape(request: HttpRequest, name: str = NATIONAL) -> HttpResponse:
    """Send the TopoJSON of the nation or of a province, compressed as it is kept.

    With `?v=` and the current tag the answer never changes and is kept for a year; otherwise a day.
    """
    try:
        found = shape_file(name)
    except UnknownRegion as error:
        raise Http404(_("There is no province with the code %(code)s.") % {"code": name}) from error
    tag = f'"{found.etag}"'
    if tag in request.headers.get("If-None-Match", ""):
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = _content(request, bytes(found.content))
    fixed = request.GET.get("v") == found.etag
    response["Cache-Control"] = (
        f"public, max-age={YEAR}, immutable" if fixed else f"public, max-age={DAY}"
    )
    response["ETag"] = tag
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _content(request: HttpRequest, content: bytes) -> HttpResponse:
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response = HttpResponse(content, content_type="application/json")
        response["Content-Encoding"] = "gzip"
        return response
    return HttpResponse(gzip.decompress(content), content_type="application/json")
