"""The number of every request, its line in the log, and its place in the metrics."""

import logging
import re
import time
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from sinergi.site import logs, metrics

GIVEN_ID = re.compile(r"[A-Za-z0-9._\-]{8,64}")
"""What a trusted proxy may call a request; the header of others does not come this far."""
UNSEEN = frozenset({"healthz", "readyz", "metrics"})
REFUSED = frozenset({400, 401, 403, 413, 429})
"""Answers that somebody who attacks gets; they are logged as warnings, whatever else is logged."""
log = logging.getLogger("sinergi.access")


def request_id_of(request: HttpRequest) -> str:
    """Return the number of a request: that of a trusted proxy, or a new one."""
    told = str(request.META.get("HTTP_X_REQUEST_ID", ""))
    return told if GIVEN_ID.fullmatch(told) else uuid.uuid4().hex


def person_of(request: HttpRequest) -> int | None:
    """Return the number of the person, if anything asked for it; asks no database."""
    person = getattr(request, "_cached_user", None)
    return person.pk if person is not None else None


class Observed:
    """Gives every request a number, for logs, audit records and whoever reports a fault; counts it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, with its number in `X-Request-Id`."""
        request.request_id = request_id_of(request)  # type: ignore[attr-defined]
        path = logs.masked_path(request.path)
        asked = logs.Asked(request.request_id, request.method or "", path)  # type: ignore[attr-defined]
        token = logs.current.set(asked)
        begun = time.perf_counter()
        try:
            response = self.get_response(request)
            response.headers["X-Request-Id"] = asked.request_id
            asked.person = person_of(request)
            self._tell(request, response, time.perf_counter() - begun)
        finally:
            logs.current.reset(token)
        return response

    def _tell(self, request: HttpRequest, response: HttpResponse, seconds: float) -> None:
        match = request.resolver_match
        view = (match.view_name or "?") if match else "-"
        if view in UNSEEN:
            return
        metrics.count_request(view, request.method or "", response.status_code, seconds)
        told = {"status": response.status_code, "duration_ms": round(seconds * 1000, 1)}
        level = logging.WARNING if response.status_code in REFUSED else logging.INFO
        word = "refused" if level == logging.WARNING else "answered"
        log.log(level, word, extra={"told": told})
