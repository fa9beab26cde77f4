"""Chains of records to tamper with, and what a forger who knows the method can do."""

from django.db import connection

from sinergi.accounts.audit import guard
from sinergi.accounts.audit.chain import FIELDS, START, digest, record, stamp
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.models import AuditHead, AuditRecord
from sinergi.accounts.principal import operator

LENGTH = 8


class UndoneError(Exception):
    """Ends an example: everything in it is rolled back."""


def a_chain(length: int = LENGTH) -> list[AuditRecord]:
    """Records as the application writes them; the guard is off."""
    for statement in guard.removing(connection.vendor):
        with connection.cursor() as cursor:
            cursor.execute(statement)
    return [
        record(
            operator(),
            Verb.CHANGED,
            kind="list",
            object_id=number,
            organisation=None if number % 2 else number,
            name=f"Daftar {number}",
            before={"name": "a", "members": [1, 2]},
            after={"name": "b – é"},
            reason="" if number % 3 else "karena",
        )
        for number in range(1, length + 1)
    ]


def rows():
    return AuditRecord.objects.order_by("sequence")


def sealed(row: AuditRecord) -> str:
    """The hash that a forger who knows the method gives a record."""
    values = [getattr(row, name) for name in FIELDS]
    values[1] = stamp(row.at)
    return digest(values)


def forge_from(first: int, *, with_head: bool = True) -> None:
    """Write hashes anew from a record on, as a forger who owns the database can."""
    previous = START if first == 1 else rows().get(sequence=first - 1).hash
    for row in rows().filter(sequence__gte=first):
        row.previous = previous
        previous = sealed(row)
        rows().filter(pk=row.pk).update(previous=row.previous, hash=previous)
    if with_head:
        AuditHead.objects.update(sequence=rows().last().sequence, hash=previous)
