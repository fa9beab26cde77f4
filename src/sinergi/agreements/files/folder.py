"""Where the content of files lies: a protocol, and the folder that is its only implementation.

A folder may be on any disk that the system mounts. A store of another kind needs the five methods of `Store`
and must promise the same: what has a name is whole.
"""

import fcntl
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

PART = ".part"
NAME_LENGTH = 64
HEXADECIMAL = frozenset("0123456789abcdef")


class Store(Protocol):
    """Keeps contents under names that are their hashes."""

    def put(self, name: str, content: bytes) -> None:
        """Keep a content; it is there whole under its name, or not at all."""

    def get(self, name: str) -> bytes | None:
        """Return a content; `None` where there is none."""

    def names(self) -> Iterator[str]:
        """Give the names of all that is kept."""

    def remove(self, name: str, *, older_than: float) -> bool:
        """Delete a content that was not put for some seconds; return whether it was."""

    def remove_parts(self, *, older_than: float) -> int:
        """Delete what killed processes left, not touched for some seconds; return how much it was."""


class LocalFolder:
    """Contents in a folder: `ab/<hash>`, where `ab` are its first two digits."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, name: str) -> Path:
        """Return where a content lies.

        Raises
        ------
        ValueError
            When the name is no hash: it could lead anywhere.
        """
        if len(name) != NAME_LENGTH or not HEXADECIMAL.issuperset(name):
            raise ValueError(name)
        return self.root / name[:2] / name

    def put(self, name: str, content: bytes) -> None:
        """Keep a content: written beside, brought to the disk, renamed; one that is there counts as new."""
        path = self.path(name)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._held(fcntl.LOCK_SH):
            if self._same(path, content):
                os.utime(path)
                return
            draft = path.with_name(f"{name}.{secrets.token_hex(4)}{PART}")
            try:
                _write(draft, content)
                draft.replace(path)
                _settle(path.parent)
            finally:
                with suppress(OSError):
                    draft.unlink()

    def get(self, name: str) -> bytes | None:
        """Return a content; `None` where there is none."""
        try:
            return self.path(name).read_bytes()
        except FileNotFoundError:
            return None

    def names(self) -> Iterator[str]:
        """Give the names of all that is kept, in their order."""
        for path in sorted(self.root.glob("[0-9a-f][0-9a-f]/*")):
            if len(path.name) == NAME_LENGTH and HEXADECIMAL.issuperset(path.name):
                yield path.name

    def remove(self, name: str, *, older_than: float) -> bool:
        """Delete a content unless it was put within some seconds, also again."""
        with self._held(fcntl.LOCK_EX):
            return _removed(self.path(name), older_than)

    def remove_parts(self, *, older_than: float) -> int:
        """Delete what killed processes left beside the contents."""
        parts = list(self.root.glob(f"[0-9a-f][0-9a-f]/*{PART}"))
        return sum(_removed(path, older_than) for path in parts)

    @contextmanager
    def _held(self, how: int) -> Iterator[None]:
        """Let nothing be deleted while something is put."""
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(self.root / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, how)
            yield
        finally:
            os.close(handle)

    @staticmethod
    def _same(path: Path, content: bytes) -> bool:
        with suppress(OSError):
            return path.stat().st_size == len(content) and path.read_bytes() == content
        return False


def _write(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """Bring a new name to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _removed(path: Path, older_than: float) -> bool:
    try:
        if path.stat().st_mtime > time.time() - older_than:
            return False
        path.unlink()
    except FileNotFoundError:
        return False
    return True
