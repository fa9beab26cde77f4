"""How bodies are read and answers are written: strict JSON by `orjson`."""

from typing import Any

import orjson
from django.http import HttpRequest
from ninja.parser import Parser
from ninja.renderers import BaseRenderer


class StrictParser(Parser):
    """Reads JSON; not NaN, not halves of characters, not more than a few hundred levels."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Return the values of the body.

        Raises
        ------
        orjson.JSONDecodeError
            Told as 400 by the API.
        """
        return orjson.loads(request.body)


class QuickRenderer(BaseRenderer):
    """Writes JSON."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        """Return the bytes of plain values."""
        return orjson.dumps(data, option=orjson.OPT_UTC_Z)
