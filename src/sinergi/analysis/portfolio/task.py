"""What a process that solves is given, and the words in which it answers."""

import pickle
from dataclasses import dataclass
from typing import IO, BinaryIO

from sinergi.analysis.portfolio.instance import Instance, Ints

IMPROVE, PROVE, EXPLAIN, VARY = "improve", "prove", "explain", "vary"
"""Find good choices; bound what can be reached; find the fewest rules to relax; find other
choices."""


@dataclass(frozen=True, eq=False)
class Task:
    """What one process does.

    Parameters
    ----------
    seconds, gap
        When to stop.
    role
        `IMPROVE`, `PROVE`, `EXPLAIN` or `VARY`.
    alone
        Whether no other process does the other role.
    plain
        Leave everything to the solver, without our own search.
    start
        Option taken by each project in a former choice.
    memory
        Most bytes of address space.
    """

    instance: Instance
    role: str
    solver: str
    seconds: float
    gap: float
    seed: int
    threads: int
    alone: bool
    plain: bool
    start: Ints | None
    memory: int
    others: tuple[Ints, ...] = ()
    """Choices from which those that are sought must differ, by option (`VARY`)."""
    differs: int = 0
    """By which share, parts per million."""
    fresh: int = 0
    """Which share of its own projects each holds alone, parts per million."""
    further: int = 0
    """How much more this process asks, so that two that seek at once do not find the same."""
    enough: int = 0
    """Millionths of score at which such a choice is good enough to go on to the next."""
    least: int = 0
    """Millionths of score below which none is wanted."""
    turns: int = 0
    """How many are sought."""
    keep_pins: bool = False
    """Whether everything else gives way before what was decided by hand (`EXPLAIN`)."""


def write(task: Task, pipe: IO[bytes]) -> None:
    """Send a task down the pipe to the process that was started for it."""
    body = pickle.dumps(task, protocol=pickle.HIGHEST_PROTOCOL)
    pipe.write(len(body).to_bytes(8, "big") + body)
    pipe.flush()


def read(pipe: BinaryIO) -> Task:
    """Return the task from the pipe of the process that started this one."""
    size = int.from_bytes(_exactly(pipe, 8), "big")
    task: Task = pickle.loads(_exactly(pipe, size))  # noqa: S301 (the pipe is our parent's)
    return task


def _exactly(pipe: BinaryIO, size: int) -> bytes:
    found = pipe.read(size)
    if len(found) < size:
        raise EOFError
    return found
