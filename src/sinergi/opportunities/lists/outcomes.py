"""What came of entries and opportunities in rooms that stand above this one, and what may be begun there."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sinergi.accounts.principal import Principal

OUTCOMES: dict[str, Callable[[Principal, Iterable[int]], Mapping[int, Sequence[Any]]]] = {}
"""Room to what gives, for somebody and the numbers of entries, the rows that came of each and that he may
read: they name themselves and have an address. Rooms register theirs."""

ONWARD: list[tuple[Any, Callable[[str, Any], str]]] = []
"""Label of a button, and what gives its address: for `entry` and an entry, for `opportunity` and the query
that names one. Rooms register theirs."""


def outcomes_of(by: Principal, entry_ids: Iterable[int]) -> dict[int, list[Any]]:
    """Return entry number to what came of it; one query for each room, however many entries."""
    numbers = list(entry_ids)
    told = [tell(by, numbers) for tell in OUTCOMES.values()]
    return {number: [row for rooms in told for row in rooms.get(number, ())] for number in numbers}


def onward(kind: str, what: Any) -> list[tuple[str, str]]:
    """Return label and address of what may be begun from an entry or an opportunity."""
    return [(str(label), address(kind, what)) for label, address in ONWARD]
