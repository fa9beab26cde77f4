"""What every page says of the evidence that it is computed with."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from sinergi.evidence.middleware import PARAMETER
from sinergi.evidence.scope import current


def evidence(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the open scope, the query that keeps it open, and the address without it."""
    scope = current()
    # A page that reads a shelf for itself, as a preview does, was not asked for in that scope.
    if not scope.code or PARAMETER not in request.GET:
        return {"evidence_scope": None, "evidence_query": ""}
    rest = request.GET.copy()
    rest.pop(PARAMETER, None)
    common = f"{request.path}?{rest.urlencode()}" if rest else request.path
    return {
        "evidence_scope": scope,
        "evidence_query": urlencode({PARAMETER: scope.code}),
        "evidence_common_url": common,
    }
