"""Encrypted archives: age (age-encryption.org), for recipients or by a passphrase.

An archive for recipients is a plain age file. One with a passphrase begins with a line of its own and a
small age file, locked by the passphrase, that holds the key of the rest: the library takes passphrases only
for what fits in memory, and archives need not.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import IO, Any, BinaryIO, Protocol

import pyrage
from django.utils.translation import gettext as _

from sinergi.site.keeping.errors import DamagedError, KeepingError, LockedError

AGE = b"age-encryption.org/"
BY_PASSPHRASE = b"sinergi-backup-passphrase "
MOST_KEY_BYTES = 4096


class Readable(Protocol):
    """What can be read to its end."""

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes."""


@dataclass(frozen=True, slots=True)
class Key:
    """What an archive is locked or opened with; empty for none.

    Attributes
    ----------
    recipients
        File of age recipients, one a line, that may open what is written.
    identities
        File of age identities that open what is read; without recipients, they also may open what is written.
    passphrase
        Used both ways.
    """

    recipients: Path | None = None
    identities: Path | None = None
    passphrase: str = ""

    @property
    def locks(self) -> bool:
        """Whether what is written with it is encrypted."""
        return bool(self.recipients or self.identities or self.passphrase)


NO_KEY = Key()


def _lines(path: Path) -> list[str]:
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def _parsed(path: Path, kind: Any, what: str) -> list[Any]:
    try:
        found = [kind.from_str(line) for line in _lines(path)]
    except (OSError, UnicodeDecodeError, pyrage.RecipientError, pyrage.IdentityError) as error:
        raise KeepingError(f"{path}: {what}: {error}") from error
    if not found:
        raise KeepingError(f"{path}: {what}")
    return found


@contextmanager
def locking(file: BinaryIO, key: Key) -> Iterator[IO[bytes]]:
    """Give a stream to write whose content reaches the file encrypted; the file itself without a key.

    Raises
    ------
    KeepingError
        When the file of recipients has none.
    OSError
        As the file does.
    """
    if not key.locks:
        yield file
        return
    if key.recipients is not None:
        to = _parsed(key.recipients, pyrage.x25519.Recipient, _("no age recipients, one a line"))
    elif key.identities is not None:
        own = _parsed(key.identities, pyrage.x25519.Identity, _("no age identities"))
        to = [one.to_public() for one in own]
    else:
        identity = pyrage.x25519.Identity.generate()
        locked = pyrage.passphrase.encrypt(str(identity).encode(), key.passphrase)
        file.write(BY_PASSPHRASE + str(len(locked)).encode() + b"\n" + locked)
        to = [identity.to_public()]
    reading, writing = _pipe()
    work = _Aside(lambda: pyrage.encrypt_io(reading, file, to), reading)
    try:
        with writing:
            yield writing
    except BrokenPipeError:
        work.end()
        raise
    work.end()


@contextmanager
def opening(file: BinaryIO, key: Key) -> Iterator[Readable]:
    """Give a stream with what a file holds, decrypted where it is encrypted.

    Raises
    ------
    LockedError
        When it is encrypted and the key does not open it.
    DamagedError
        When the encrypted content was changed or cut off.
    """
    head = file.read(len(BY_PASSPHRASE))
    file.seek(0)
    if head == BY_PASSPHRASE:
        identities = [_unlocked(file, key)]
    elif head.startswith(AGE):
        if key.identities is None:
            raise LockedError(_("It is encrypted. Name the file of its key: --identity FILE."))
        identities = _parsed(key.identities, pyrage.x25519.Identity, _("no age identities"))
    else:
        yield file
        return
    reading, writing = _pipe()
    work = _Aside(lambda: pyrage.decrypt_io(file, writing, identities), writing)
    try:
        yield _Checked(reading, work)
    finally:
        with suppress(OSError):
            reading.close()
        work.thread.join()


def _unlocked(file: BinaryIO, key: Key) -> Any:
    if not key.passphrase:
        raise LockedError(_("It is encrypted with a passphrase. Give it: --passphrase-file FILE."))
    size = file.readline(len(BY_PASSPHRASE) + 8)[len(BY_PASSPHRASE) :].strip()
    if not size.isdigit() or int(size) > MOST_KEY_BYTES:
        raise DamagedError(_("The backup is damaged: its key is unreadable."))
    locked = file.read(int(size))
    try:
        told = pyrage.passphrase.decrypt(locked, key.passphrase).decode()
        return pyrage.x25519.Identity.from_str(told)
    except (pyrage.DecryptError, pyrage.IdentityError, UnicodeDecodeError) as error:
        raise LockedError(_("The passphrase does not open it, or it is damaged.")) from error


def _pipe() -> tuple[BinaryIO, BinaryIO]:
    ends = os.pipe()
    return os.fdopen(ends[0], "rb"), os.fdopen(ends[1], "wb")


class _Aside:
    """Encryption in a thread of its own, because it pulls from one stream and pushes into another."""

    def __init__(self, work: Callable[[], object], own: BinaryIO) -> None:
        self.error: BaseException | None = None
        self._work, self._own = work, own
        self.thread = Thread(target=self._run, daemon=True)
        self.thread.start()

    def _run(self) -> None:
        try:
            self._work()
        except BaseException as error:
            self.error = error
        finally:
            with suppress(OSError):
                self._own.close()

    def end(self) -> None:
        """Wait, and fail as the work failed."""
        self.thread.join()
        if isinstance(self.error, OSError):
            raise self.error
        if self.error is not None:
            raise KeepingError(str(self.error)) from self.error


class _Checked:
    """Decrypted content; at its end it is told whether the encrypted content was whole."""

    def __init__(self, stream: BinaryIO, work: _Aside) -> None:
        self._stream, self._work = stream, work

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        found = self._stream.read(size)
        if len(found) < size or size < 0:
            self._work.thread.join()
            if self._work.error is not None:
                _tell(self._work.error)
        return found


def _tell(error: BaseException) -> None:
    text = str(error)
    if "No matching keys" in text or "matching" in text.lower():
        raise LockedError(_("The key does not open it.")) from error
    if isinstance(error, pyrage.DecryptError):
        raise DamagedError(_("The backup is damaged: it does not decrypt.")) from error
    raise DamagedError(_("The backup is damaged: %(why)s") % {"why": text}) from error
