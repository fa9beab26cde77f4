"""What every answer carries: the rule that nothing on a page comes from another host."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from sinergi.site import views

POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
HEADER = "; ".join(f"{directive} {sources}" for directive, sources in POLICY.items())


class ContentSecurityPolicy:
    """Adds `Content-Security-Policy`: scripts, styles, fonts and data from this host only, none inline."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request and add the policy, unless the view set its own.

        Django answers 405 with nothing at all; a person gets a page that says so and leads back.

        Only the debugging pages of Django, which style themselves inline, go without.
        """
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content:
            response = views.method_not_allowed(request, response.headers.get("Allow", ""))
        debug_page = settings.DEBUG and response.status_code >= HTTPStatus.BAD_REQUEST
        if not debug_page:
            response.headers.setdefault("Content-Security-Policy", HEADER)
        return response
