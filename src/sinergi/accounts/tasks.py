"""What a room needs to hand work to the background: how often to try, done once, done daily.

A task is a function with `django_tasks.task`; its arguments are JSON. It may be delivered twice – a worker
dies after the deed and before it could say so – and must then change nothing: `first_time`, or a look at
the row that it works on. How often a failing task is tried again stands under the decorator::

    @task()
    @trying(attempts=3)
    def send(number: int) -> None: ...
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from django.db import connection, transaction

from sinergi.accounts.models.tasks import TaskMark

LONGEST_WAIT = timedelta(hours=1)
Function = TypeVar("Function", bound=Callable[..., Any])


class GiveUpError(Exception):
    """Trying again is of no use; the text is shown to administrators and must hold no personal data."""


@dataclass(frozen=True, slots=True)
class Trying:
    """How often a task is tried, and how long is waited in between.

    Attributes
    ----------
    attempts
        How often at most, the first included.
    first
        Seconds before the second attempt; doubles with each, up to `LONGEST_WAIT`.
    """

    attempts: int = 5
    first: float = 10.0

    def wait(self, attempt: int) -> timedelta:
        """Return how long to wait after an attempt, 1 for the first: half of it fixed, half by chance.

        Chance keeps tasks that failed together from coming back together.
        """
        longest = min(self.first * 2 ** min(attempt - 1, 40), LONGEST_WAIT.total_seconds())
        return timedelta(seconds=longest / 2 + random.uniform(0, longest / 2))  # noqa: S311 - no secret


USUAL = Trying()
_trying: dict[str, Trying] = {}
_daily: dict[str, Callable[[date], None]] = {}


def path_of(function: Callable[..., Any]) -> str:
    """Return the name by which the queue knows a function."""
    return f"{function.__module__}.{function.__qualname__}"


def trying(
    attempts: int = USUAL.attempts, first: float = USUAL.first
) -> Callable[[Function], Function]:
    """Say how often a task is tried; stands under `@task()`."""

    def declare(function: Function) -> Function:
        _trying[path_of(function)] = Trying(attempts, first)
        return function

    return declare


def trying_of(path: str) -> Trying:
    """Return how often the task with a path is tried."""
    return _trying.get(path, USUAL)


def daily(name: str) -> Callable[[Function], Function]:
    """Have a function called once a day by a worker, with the day: `@daily("uploads.clean")`.

    It is called as a task: tried again when it fails, listed for administrators when it keeps failing. A
    room registers it in `AppConfig.ready`, by importing the module.

    Raises
    ------
    ValueError
        When another function has the name.
    """

    def declare(function: Function) -> Function:
        if _daily.setdefault(name, function) is not function:
            raise ValueError(name)
        return function

    return declare


def daily_functions() -> dict[str, Callable[[date], None]]:
    """Return what is done every day, by name."""
    return dict(_daily)


def first_time(key: str) -> bool:
    """Whether something with a key is done for the first time; call it in the transaction of the deed.

    A second delivery that runs beside the first waits for it. When the deed is rolled back, so is the mark.

    Raises
    ------
    django.db.transaction.TransactionManagementError
        Outside a transaction, where mark and deed could part.
    """
    if not connection.in_atomic_block:
        msg = "a task is marked as done in the transaction of its deed"
        raise transaction.TransactionManagementError(msg)
    _mark, made = TaskMark.objects.get_or_create(key=key)
    return made
