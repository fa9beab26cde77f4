"""The files that people handed in, as archives and copies take them along."""

import hashlib

from sinergi.agreements.files.store import store
from sinergi.site.keeping import tables
from sinergi.site.keeping.archive import Writer
from sinergi.site.keeping.databases import run

TABLE = "agreements_storedfile"


def names(using: str) -> list[str]:
    """Return the hashes of the files that a database knows; none before it knew files."""
    if TABLE not in {table.name for table in tables.tables(using)}:
        return []
    return [str(row[0]) for row in run(f"SELECT sha256 FROM {TABLE} ORDER BY id", (), using)]  # noqa: S608


def whole(name: str) -> bytes | None:
    """Return a content from the store; `None` where it is not there or not what was kept."""
    content = store().get(name)
    intact = content is not None and hashlib.sha256(content).hexdigest() == name
    return content if intact else None


def write(writer: Writer, files: list[str]) -> tuple[str, ...]:
    """Write files into an archive, one after the other; return those that are missing or damaged."""
    missing = []
    for name in files:
        content = whole(name)
        writer.file(name, content)
        if content is None:
            missing.append(name)
    return tuple(missing)


def missing(using: str) -> tuple[str, ...]:
    """Return which files that a database knows are missing in the store, or damaged there."""
    return tuple(name for name in names(using) if whole(name) is None)
