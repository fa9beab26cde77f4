"""Copying an installation between SQLite and PostgreSQL, and comparing both row by row."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, zip_longest

import orjson
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS
from django.utils.translation import gettext as _

from sinergi.accounts.audit.chain import record
from sinergi.accounts.audit.proof import Verdict, verify
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.principal import operator
from sinergi.site.keeping import contents, loading, quickly, roles, tables, values
from sinergi.site.keeping.backup import Report, quiet, require_set_up
from sinergi.site.keeping.databases import opened, snapshot, vendor
from sinergi.site.keeping.errors import DifferentError, KeepingError, OccupiedError
from sinergi.site.keeping.restore import has_content
from sinergi.site.keeping.tables import Row, Table

SOURCE = "source"
MOST_DIFFERENCES = 20


@dataclass(frozen=True, slots=True)
class Copied:
    """What was copied.

    Attributes
    ----------
    hashes
        Table to checksum of its content, the same on both sides.
    verdict
        Whether the audit trail of the copy is whole.
    missing
        Hashes of files that both databases know and whose content is not in the store, or damaged there. The
        store itself is one for both: contents do not lie in databases.
    """

    rows: int
    hashes: dict[str, str]
    verdict: Verdict
    missing: tuple[str, ...] = ()


def copy_database(source: str, target: str, report: Report = quiet) -> Copied:
    """Copy everything that is kept from one database into an empty one, and compare both.

    The source is read as it stands at one moment and stays as it is; tables of the target are made first, its
    rows come in one transaction with the comparison and the record of the copy in its audit trail.

    Parameters
    ----------
    source, target
        Addresses of databases.

    Raises
    ------
    KeepingError
        When both are one, or the source waits for an upgrade; `OccupiedError` when the target holds content;
        `DifferentError` when the copy is not what was copied. The target then holds nothing of it.
    """
    if source == target:
        raise KeepingError(_("Source and target are the same database."))
    with opened(source, SOURCE), opened(target, DEFAULT_DB_ALIAS):
        require_set_up(SOURCE)
        if tables.applied(SOURCE) - tables.known() or tables.known() - tables.applied(SOURCE):
            raise KeepingError(
                _("The source is of another version of Sinergi. Run `sinergi setup` on it first.")
            )
        if has_content():
            raise OccupiedError(_("The target holds content already. Name an empty database."))
        call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
        with snapshot(SOURCE), loading.one_transaction():
            if has_content():
                raise OccupiedError(_("The target holds content already. Name an empty database."))
            wanted = tables.tables(SOURCE)
            rows = _copy(wanted, report)
            hashes = compared([table for table in wanted if table.kept])
            roles.grant_again()
            verdict = _sign(rows)
            missing = contents.missing(SOURCE)
    return Copied(rows, hashes, verdict, missing)


def _copy(wanted: list[Table], report: Report) -> int:
    kept = [table for table in wanted if table.kept]
    total, stored = sum(tables.count(table, SOURCE) for table in kept), 0
    loading.hold(wanted)
    loading.set_guard(on=False)
    with quickly.references_at_the_end(wanted):
        loading.empty(table.name for table in wanted)
        for table in kept:
            report(table.name, stored, total)
            done = 0
            for done in loading.insert(table, tables.rows(table, SOURCE)):
                report(table.name, stored + done, total)
            stored += done
            loading.go_on_counting(table, tables.last_number(table, SOURCE))
    loading.set_guard(on=True)
    return stored


def _sign(rows: int) -> Verdict:
    record(
        operator(),
        Verb.DATABASE_COPIED,
        kind="installation",
        object_id=1,
        organisation=None,
        after={"from": vendor(SOURCE), "to": vendor(), "rows": rows},
    )
    return verify()


def compared(kept: list[Table], one: str = SOURCE, other: str = DEFAULT_DB_ALIAS) -> dict[str, str]:
    """Compare tables of two databases row by row; return table to the checksum of what both hold.

    Booleans, times, JSON and UUIDs are compared by what they mean, fractions and decimals exactly.

    Raises
    ------
    DifferentError
        With table and key of the first rows that differ.
    """
    differences: list[str] = []
    hashes = {}
    for table in kept:
        hashes[table.name], found = _compared(table, one, other)
        differences += found[: MOST_DIFFERENCES - len(differences)]
    if differences:
        raise DifferentError(_("The copy differs from its source:"), differences)
    return hashes


def _compared(table: Table, one: str, other: str) -> tuple[str, list[str]]:
    digest, differences = hashlib.sha256(), []
    for mine, theirs in zip_longest(_meant(table, one), _meant(table, other)):
        if mine == theirs:
            digest.update(orjson.dumps(mine))
            continue
        differences.append(_difference(table, mine, theirs))
        if mine is None or theirs is None or mine[table.place_of_key] != theirs[table.place_of_key]:
            break
    return digest.hexdigest(), differences


def _meant(table: Table, using: str) -> Iterator[Row]:
    kinds = [column.kind for column in table.columns]
    exact = "json" not in kinds
    for row in chain.from_iterable(tables.rows(table, using)):
        yield row if exact else tuple(map(values.comparable, kinds, row))


def _difference(table: Table, mine: Row | None, theirs: Row | None) -> str:
    place = table.place_of_key
    if mine is None or theirs is None:
        row = mine or theirs or ()
        text = _("%(table)s %(key)s is on one side only")
        return text % {"table": table.name, "key": row[place]}
    names = [
        column.name
        for column, left, right in zip(table.columns, mine, theirs, strict=True)
        if left != right
    ]
    return f"{table.name} {mine[place]}: {', '.join(names)}"
