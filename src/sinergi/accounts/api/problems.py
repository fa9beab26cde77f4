"""Errors of the API as `application/problem+json` (RFC 9457), in the language of the reader."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

TYPE = "application/problem+json"
LONGEST_PATH = 500

PROBLEMS: Mapping[int, tuple[str, Any]] = {
    400: ("bad-request", _("The request cannot be read.")),
    401: ("unauthenticated", _("The token or the session does not open this.")),
    403: ("forbidden", _("This is not allowed.")),
    404: ("not-found", _("It does not exist, or you may not see it.")),
    405: ("method-not-allowed", _("This address does not take this method.")),
    406: ("not-acceptable", _("This address does not answer in that format.")),
    409: ("conflict", _("It stands in the way of what is there.")),
    412: ("precondition-failed", _("Somebody else changed it meanwhile.")),
    413: ("too-large", _("The request is too large.")),
    415: ("unsupported-media-type", _("This address does not read that format.")),
    422: ("invalid", _("Some values are not allowed.")),
    428: ("precondition-required", _("Say which revision you saw.")),
    429: ("too-many-requests", _("Too many requests.")),
    500: ("fault", _("A fault on our side.")),
    503: ("unavailable", _("The service is not available now.")),
    507: ("no-space", _("The disk of this installation is full; nothing was saved.")),
}
"""Status to the name of the problem and its title."""


class ProblemError(Exception):
    """A refusal that the API makes itself.

    Parameters
    ----------
    errors
        What is wrong where: dictionaries with `pointer` (in the body) or `parameter`, and `detail`.
    """

    def __init__(
        self,
        status: int,
        detail: str = "",
        errors: Sequence[dict[str, str]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.errors = status, detail, list(errors)
        self.headers = dict(headers or {})


def problem(
    request: HttpRequest,
    status: int,
    detail: str = "",
    errors: Sequence[dict[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Return an error as problem+json; never more than the reader may know."""
    code, title = PROBLEMS.get(status, PROBLEMS[500 if status >= 500 else 400])
    body: dict[str, Any] = {
        "type": f"urn:sinergi:problem:{code}",
        "title": str(title),
        "status": status,
        "detail": detail or str(title),
        "instance": _printable(request.path[:LONGEST_PATH]),
        "request_id": getattr(request, "request_id", ""),
    }
    if errors:
        body["errors"] = [{name: _printable(text) for name, text in one.items()} for one in errors]
    body["detail"] = _printable(body["detail"])
    response = HttpResponse(orjson.dumps(body), status=status, content_type=TYPE)
    response["Cache-Control"] = "no-store"
    for name, value in (headers or {}).items():
        response[name] = value
    return response


def _printable(text: str) -> str:
    """Return text that JSON can hold: an address may carry halves of characters."""
    return text.encode("utf-8", "replace").decode("utf-8")


def pointer(*path: str | int) -> str:
    """Return a JSON pointer (RFC 6901) as a fragment: `#/members/0`."""
    parts = (str(one).replace("~", "~0").replace("/", "~1") for one in path)
    return "#" + "".join(f"/{one}" for one in parts)


def field_errors(fields: Mapping[str, str]) -> list[dict[str, str]]:
    """Return faults of fields as errors that point into the body."""
    return [{"pointer": pointer(name), "detail": text} for name, text in fields.items()]
