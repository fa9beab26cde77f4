"""`Idempotency-Key`: a request that is sent again with the same key is done once."""

import re
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from sinergi.accounts.api.access import asker
from sinergi.accounts.api.problems import ProblemError
from sinergi.accounts.once import once

HEADER = "Idempotency-Key"
KEY = re.compile(r"[A-Za-z0-9_-]{8,64}")
EXTRA: dict[str, Any] = {"x-once": True}


def done_once(
    request: HttpRequest, deed: str, content: object, do: Callable[[], dict[str, Any]]
) -> dict[str, Any]:
    """Do something once for each key, and return what it gave the first time.

    Without a key it is done each time.

    Raises
    ------
    ProblemError
        When the key makes no sense.
    InvalidError
        When something else was asked under this key.
    """
    key = request.headers.get(HEADER, "")
    if key and not KEY.fullmatch(key):
        text = _("A key has 8 to 64 letters, digits, _ or -.")
        raise ProblemError(400, errors=[{"parameter": HEADER, "detail": text}])
    return once(asker(request), f"api:{deed}", key, content, do).result
