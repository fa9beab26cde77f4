"""Pages of lists: `limit`, `offset`, and links to the next and the previous page."""

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import Field

USUAL, MOST, FARTHEST = 50, 500, 10_000_000


class Window(Schema):
    """Which part of a list."""

    limit: int = Field(USUAL, ge=1, le=MOST, description="How many to return.")
    offset: int = Field(0, ge=0, le=FARTHEST, description="How many to skip.")


Paged = Query[Window]


def page(
    request: HttpRequest,
    window: Window,
    rows: Sequence[Any] | QuerySet[Any],
    shown: Callable[[Any], dict[str, Any]],
) -> dict[str, Any]:
    """Return a part of a list as plain values; of a queryset two queries."""
    total = rows.count() if isinstance(rows, QuerySet) else len(rows)
    end = window.offset + window.limit
    return {
        "items": [shown(row) for row in rows[window.offset : end]],
        "total": total,
        "limit": window.limit,
        "offset": window.offset,
        "next": _link(request, window.limit, end) if end < total else None,
        "previous": _previous(request, window, total),
    }


def _previous(request: HttpRequest, window: Window, total: int) -> str | None:
    if window.offset == 0:
        return None
    back = min(window.offset, total) - window.limit
    return _link(request, window.limit, max(back, 0))


def _link(request: HttpRequest, limit: int, offset: int) -> str:
    """Return the address of another page: a path, so that it holds behind any name of the host."""
    kept = [
        (name, value)
        for name in request.GET
        if name not in {"limit", "offset"}
        for value in request.GET.getlist(name)
    ]
    return f"{request.path}?{urlencode([*kept, ('limit', limit), ('offset', offset)])}"
