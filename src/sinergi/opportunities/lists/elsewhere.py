"""What rooms that stand above this one show of a region on its page: the forums that concern it."""

from collections.abc import Callable, Sequence
from typing import Any

from sinergi.accounts.principal import Principal

ELSEWHERE: dict[str, Callable[[Principal, str], Sequence[Any]]] = {}
"""Template to what gives, for somebody and the code of a region, the rows it shows, as far as he may read
them: `rows` in the template. Rooms register theirs."""


def elsewhere(by: Principal, code: str) -> list[tuple[str, Sequence[Any]]]:
    """Return each template with its rows; those without rows are left out."""
    told = ((template, tell(by, code)) for template, tell in ELSEWHERE.items())
    return [(template, rows) for template, rows in told if rows]
