"""Opens the evidence that an address asks for: the one place where `bukti` is read."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from sinergi.accounts.errors import AccountsError
from sinergi.accounts.middleware import refused
from sinergi.accounts.requests import principal_of
from sinergi.evidence.links import carry
from sinergi.evidence.scope import reading, scope_of

PARAMETER = "bukti"
"""In an address: the code of the organisation whose shelf is laid above the common evidence."""
API = "/api/"
"""Below it the token says who asks, which is known later: the API opens scopes itself."""


class EvidenceScope:
    """Lets every page behind it read the evidence that its address names.

    An organisation that is not there, and one of whose shelf nothing may be read, are answered alike: 404.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request in the scope of its address."""
        code = request.GET.get(PARAMETER, "").strip()
        if not code or request.path.startswith(API):
            return self.get_response(request)
        try:
            scope = scope_of(principal_of(request), code)
        except AccountsError as error:
            return refused(request, error)
        with reading(scope):
            response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "private")
        if not response.streaming and response.get("Content-Type", "").startswith("text/html"):
            response.content = carry(response.content.decode(), PARAMETER, scope.code).encode()
        return response
