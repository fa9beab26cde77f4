"""Where an entry of a list came from, as rooms that stand above this one tell: a point of a forum."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sinergi.accounts.principal import Principal

ORIGINS: dict[str, Callable[[Principal, Iterable[int]], Mapping[int, Sequence[Any]]]] = {}
"""Room to what gives, for somebody and the numbers of entries, the rows that each was made of and that he may
read: they name themselves and have an address. Rooms register theirs."""


def origins_of(by: Principal, entry_ids: Iterable[int]) -> dict[int, list[Any]]:
    """Return entry number to what it was made of; one query for each room, however many entries."""
    numbers = list(entry_ids)
    told = [tell(by, numbers) for tell in ORIGINS.values()]
    return {number: [row for rooms in told for row in rooms.get(number, ())] for number in numbers}
