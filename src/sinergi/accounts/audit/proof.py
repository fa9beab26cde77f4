"""Reads the whole chain and says whether it holds, or where it breaks first and what was done there."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import OperationalError, connection
from django.db.models import Count

from sinergi.accounts.audit import guard
from sinergi.accounts.audit.chain import FIELDS, START, digest
from sinergi.accounts.models.audit import AuditHead, AuditRecord

CHUNK = 5_000
AT = FIELDS.index("at")
KEPT = re.compile(r"(?:(?P<sequence>[0-9]{1,18}):)?(?P<hash>[0-9a-f]{64})")
"""A hash kept elsewhere, with or without the number of its record, as `sinergi audit head` writes it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """The first place where the chain does not hold.

    Attributes
    ----------
    code
        `changed`: the content of a record does not give its hash. `removed`: a record is missing.
        `inserted`: a record does not follow from the one before it, has a number before the first, a number
        that is there already, or stands behind the end. `end_removed`: it and all after it are missing.
        `head`: the end of the chain says otherwise than the last record, or is gone. `rewritten`: the chain
        holds in itself, but the hash that was kept elsewhere is not in it (any more).
    sequence
        Number of the record at which it shows.
    """

    code: str
    sequence: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What `verify` found.

    Attributes
    ----------
    records
        How many hold, from the first on.
    hash
        Hash of the last of them; kept elsewhere, it proves later that nothing before it was changed.
    guarded
        Whether the database itself still refuses to change and delete records.
    """

    records: int
    hash: str
    fault: Fault | None
    guarded: bool = True

    @property
    def whole(self) -> bool:
        """Whether the chain holds from the first record to the last."""
        return self.fault is None

    @property
    def kept(self) -> str:
        """Number and hash of the last record, to be kept elsewhere."""
        return f"{self.records}:{self.hash}"


class ExpectationError(ValueError):
    """What should be in the chain is no hash of a record."""


def expectation(text: str) -> tuple[int | None, str]:
    """Return number and hash of a record that was kept elsewhere; the number may be missing.

    Raises
    ------
    ExpectationError
    """
    found = KEPT.fullmatch(text.strip().lower())
    if found is None:
        raise ExpectationError(text)
    number = found["sequence"]
    return (None if number is None else int(number)), found["hash"]


def head() -> tuple[int, str]:
    """Return number and hash of the last record; 0 and `START` before the first."""
    row = AuditHead.objects.filter(pk=1).first()
    return (0, START) if row is None else (row.sequence, row.hash)


def verify(expect: str = "", progress: Callable[[int], None] | None = None) -> Verdict:
    """Read the whole chain and say whether it holds, or where it breaks first.

    Nothing is locked: records added meanwhile are verified, too. Memory stays constant, however many there
    are. The rows are read as the database gives them, so that a value that no model could hold is a change
    and not an accident.

    Parameters
    ----------
    expect
        `number:hash` or the hash of a record, kept elsewhere when it was the last; it must be in the chain.
        Only this finds that everything from some record on was written anew, the head included.
    progress
        Called with the number of records that were read.

    Raises
    ------
    ExpectationError
        When `expect` is no such thing.
    """
    number, wanted = expectation(expect) if expect else (None, "")
    count, previous = 0, START
    seen = not wanted or (wanted == START and number in {None, 0})
    guarded = guard.is_on(connection)
    while True:
        for row in _chain(count):
            if fault := _fault(row, count + 1, previous):
                return Verdict(count, previous, fault, guarded)
            count, previous = row[0], row[-1]
            seen = seen or (previous == wanted and number in {None, count})
            if progress is not None and count % CHUNK == 0:
                progress(count)
        end = AuditHead.objects.filter(pk=1).first()
        later = AuditRecord.objects.filter(sequence__gt=count)
        if end is None or end.sequence <= count or not later.exists():
            break
    fault = _fault_of_end(end, count, previous) or _fault_of_numbers(count)
    if fault is None and not seen:
        fault = Fault("rewritten", count if number is None else number)
    return Verdict(count, previous, fault, guarded)


def _chain(after: int) -> Iterator[tuple[Any, ...]]:
    """Yield the records behind one, in order, until there is none."""
    limit = CHUNK
    while True:
        try:
            rows = _stored(after, limit)
        except OperationalError as error:
            if "decode" not in str(error).lower():
                raise
            # SQLite holds bytes that are no text: come nearer, and tell the record as changed
            if limit == 1:
                yield _unreadable(after)
                return
            limit //= 2
            continue
        yield from rows
        if not rows or not isinstance(rows[-1][0], int):
            return
        after = rows[-1][0]


def _stored(after: int, limit: int) -> list[tuple[Any, ...]]:
    """Return the next records as they are stored."""
    columns = ", ".join(_column(name) for name in (*FIELDS, "hash"))
    sql = (
        f'SELECT {columns} FROM accounts_auditrecord WHERE "sequence" > %s '  # noqa: S608 - no input
        f'ORDER BY "sequence" LIMIT {limit}'
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [after])
        return list(cursor.fetchall())


def _column(name: str) -> str:
    """Return a column as it is read: the time as text, so that no driver stumbles over an impossible one."""
    if name != "at":
        return f'"{name}"'
    if connection.vendor == "postgresql":
        return """to_char("at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
    return 'CAST("at" AS TEXT)'


def _unreadable(after: int) -> tuple[Any, ...]:
    """Return a stand-in, which has no right hash, for the record behind one."""
    rows = AuditRecord.objects.filter(sequence__gt=after).order_by("sequence")
    sequence = rows.values_list("sequence", flat=True)[0]
    return (sequence, *([None] * len(FIELDS)))


def _time(value: Any) -> Any:
    """Return a stored time as it is hashed: SQLite writes it with a space and leaves out zeros."""
    if not isinstance(value, str) or value.endswith("Z"):
        return value
    text = value.replace(" ", "T", 1)
    return f"{text}Z" if "." in text else f"{text}.000000Z"


def _fault(row: tuple[Any, ...], expected: int, previous: str) -> Fault | None:
    """Return what is wrong with a record that should have a number and follow a hash."""
    values = list(row[:-1])
    values[AT] = _time(values[AT])
    sequence = row[0]
    if not isinstance(sequence, int):
        return Fault("inserted", expected)
    try:
        right = digest(values) == row[-1]
    except TypeError:
        right = False
    if not right:
        return Fault("changed", sequence)
    if sequence != expected:
        return Fault("removed" if sequence > expected else "inserted", expected)
    if values[-1] != previous:
        return Fault("inserted", sequence)
    return None


def _fault_of_end(row: AuditHead | None, count: int, previous: str) -> Fault | None:
    if row is None:
        return Fault("head", count)
    if row.sequence > count:
        return Fault("end_removed", count + 1)
    if row.sequence < count:
        return Fault("inserted", row.sequence + 1)
    return None if row.hash == previous else Fault("head", count)


def _fault_of_numbers(count: int) -> Fault | None:
    """Return records that a reading in order passes over: before the first, or a number twice."""
    rows = AuditRecord.objects.filter(sequence__lte=count).order_by("sequence")
    if rows.count() == count:
        return None
    numbers = rows.values_list("sequence", flat=True)
    twice = numbers.annotate(times=Count("hash")).filter(times__gt=1)
    return Fault("inserted", numbers[0] if numbers[0] < 1 else twice[0])
