"""What was computed of plans, kept in the process while nothing that it was computed from has changed."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Shelf(Generic[Value]):
    """The answers used last; their keys say everything that they were computed from.

    Nothing is ever made invalid: what has changed is asked for by another key, and the old one falls off.
    """

    def __init__(self, most: int, weight: Callable[[Value], int]) -> None:
        """Keep answers that together weigh at most `most`, and the one used last whatever it weighs."""
        self._most, self._weight = most, weight
        self._kept: OrderedDict[Hashable, Value] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """Return the answer of a key, made where it is not kept; two who ask at once may both make it."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        with self._lock:
            self._kept[key] = made
            self._kept.move_to_end(key)
            weight = sum(map(self._weight, self._kept.values()))
            while weight > self._most and len(self._kept) > 1:
                weight -= self._weight(self._kept.popitem(last=False)[1])
        return made

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()

    def __len__(self) -> int:
        return len(self._kept)
