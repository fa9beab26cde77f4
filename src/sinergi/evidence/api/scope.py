"""Endpoints that are computed from evidence read that which `bukti` names, as pages do."""

import functools
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from pydantic import Field

from sinergi.accounts.api.access import asker
from sinergi.evidence.scope import reading, scope_of

BUKTI = Field(
    "",
    max_length=60,
    description="Code of an organisation: its evidence is laid above the common one.",
)


def overlaid(endpoint: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Run an endpoint in the scope of evidence that its address asks for.

    Raises
    ------
    UnseenError
        When nothing of that organisation may be read.
    """

    @functools.wraps(endpoint)
    def scoped(request: HttpRequest, *args: object, **options: object) -> HttpResponse:
        code = request.GET.get("bukti", "").strip()
        with reading(scope_of(asker(request), code)):
            return endpoint(request, *args, **options)

    return scoped
