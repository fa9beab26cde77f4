"""Writing a backup of a running installation, and checking one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from django.db import DEFAULT_DB_ALIAS
from django.utils.translation import gettext as _

from sinergi import __version__
from sinergi.site.keeping import contents, tables, values
from sinergi.site.keeping.archive import GZIP, Header, Reader, Writer
from sinergi.site.keeping.databases import run, snapshot, vendor
from sinergi.site.keeping.encryption import NO_KEY, Key, locking, opening
from sinergi.site.keeping.errors import KeepingError
from sinergi.site.keeping.files import whole_file

Report = Callable[[str, int, int], None]
"""Called with a table, how many rows of all are done, and how many there are."""
START = "0" * 64


def quiet(table: str, done: int, total: int) -> None:
    """Report nothing."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What an archive holds.

    Attributes
    ----------
    sha256
        Checksum of the whole content.
    encrypted
        Whether its file is.
    missing
        Hashes of files whose content was not in the store, or damaged there.
    """

    path: Path
    header: Header
    sha256: str
    encrypted: bool = False
    missing: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """How many rows it holds in all its tables."""
        return sum(self.header.rows.values())


def backup(
    path: Path, key: Key = NO_KEY, report: Report = quiet, using: str = DEFAULT_DB_ALIAS
) -> Summary:
    """Write all that the installation holds into one file, as it stands at one moment.

    Nothing is locked and nobody waits; what is written meanwhile is not in it.

    Parameters
    ----------
    path
        The file, which must not be there; or a folder, and the file is named after the time.

    Raises
    ------
    KeepingError
        When nothing is set up, or the file cannot be written: then nothing is left of it.
    """
    require_set_up(using)
    target = path / f"sinergi-{datetime.now(UTC):%Y%m%d-%H%M%S}.backup" if path.is_dir() else path
    with whole_file(target) as file, locking(file, key) as stream, snapshot(using):
        header, whole, missing = _write(stream, report, using)
    return Summary(target, header, whole, key.locks, missing)


def require_set_up(using: str = DEFAULT_DB_ALIAS) -> None:
    """Make sure that there is something to keep.

    Raises
    ------
    KeepingError
        When the database is empty.
    """
    if not tables.applied(using):
        raise KeepingError(_("Nothing is set up here yet. Run `sinergi setup` first."))


def _write(stream: IO[bytes], report: Report, using: str) -> tuple[Header, str, tuple[str, ...]]:
    kept = [table for table in tables.tables(using) if table.kept]
    files = contents.names(using)
    header = Header(
        sinergi=__version__,
        at=values.now(),
        database=vendor(using),
        migrations=tables.applied(using),
        audit=_end_of_audit({table.name for table in kept}, using),
        rows={table.name: tables.count(table, using) for table in kept},
        files=len(files),
    )
    writer, done, total = Writer(stream, header), 0, sum(header.rows.values())
    for table in kept:
        report(table.name, done, total)
        count, _digest = writer.table(
            table, tables.last_number(table, using), tables.rows(table, using)
        )
        done += count
    missing = contents.write(writer, files)
    return header, writer.close(), missing


def _end_of_audit(names: set[str], using: str) -> tuple[int, str]:
    if "accounts_audithead" not in names:
        return 0, START
    found = run("SELECT sequence, hash FROM accounts_audithead", (), using)
    return (int(found[0][0]), str(found[0][1])) if found else (0, START)


@contextmanager
def reading(path: Path, key: Key = NO_KEY) -> Iterator[Reader]:
    """Give a reader of an archive.

    Raises
    ------
    KeepingError
        When there is no such file, it is no archive, damaged, newer, or does not open with the key.
    """
    try:
        with path.open("rb") as file, opening(file, key) as stream:
            yield Reader(stream)
    except OSError as error:
        if error.filename is None:
            raise
        raise KeepingError(f"{path}: {error.strerror}") from error


def check(path: Path, key: Key = NO_KEY, report: Report = quiet) -> Summary:
    """Read an archive to its end and compare all checksums; restore nothing.

    Raises
    ------
    KeepingError
        As `reading`; `DamagedError` when anything differs from what was written.
    """
    with reading(path, key) as reader:
        done, total = 0, sum(reader.header.rows.values())
        for section in reader.sections():
            report(section.table.name, done, total)
            done += sum(len(chunk) for chunk in section.chunks)
    with path.open("rb") as file:
        encrypted = file.read(2) != GZIP
    return Summary(path, reader.header, reader.whole, encrypted, tuple(reader.files_missing))
