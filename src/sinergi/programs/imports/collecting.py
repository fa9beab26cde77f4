"""Holds Python's search for circular garbage while a file is read: it would walk all rows again and again."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_lock = Lock()
_before: list[bool] = []
"""For each read under way whether the search was on when it began; imports may run in several threads."""


@contextmanager
def rows_kept() -> Iterator[None]:
    """Let the search rest until the last of all reads under way has ended.

    A hundred thousand rows are some millions of containers and none of them is in a circle; searching them
    took a third of an import. What is no longer referred to is let go at once all the same.
    """
    with _lock:
        _before.append(gc.isenabled())
        gc.disable()
    try:
        yield
    finally:
        with _lock:
            if _before.pop() and not _before:  # the first of all saw the search as it was
                gc.enable()
