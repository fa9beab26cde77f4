"""The archive: gzip of lines of JSON, written and read once through, never held in memory.

{"sinergi_backup": 1, …}                  what, when, of which version, how many rows a table has
{"table": "accounts_person", "columns": [["id", "int"], …], "last_number": 12, …}
[1, "ani@contoh.id", …]                   a row
{"end": "accounts_person", "rows": 12, "sha256": "…"}
{"file": "<sha256>", "size": 1234}        a file that people handed in, after all tables
"<base64>"                                its content, some hundred kilobytes a line
{"end_file": "<sha256>", "there": true}   its content gives its name; or it was not in the store
{"whole": "…"}                            checksum of all before

Archives without files are of the first format, which any Sinergi reads; those with files of the second.
"""

import base64
import binascii
import gzip
import hashlib
import io
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Any

import orjson
from django.utils.translation import gettext as _

from sinergi.site.keeping.encryption import Readable
from sinergi.site.keeping.errors import DamagedError, NewerError
from sinergi.site.keeping.tables import Column, Row, State, Table

WITHOUT_FILES, FORMAT = 1, 2
PIECE = 384 * 1024
"""Bytes of a file that stand in one line."""
Take = Callable[[str, bytes], None]
"""Called with the hash and the content of each file that is read."""
LEVEL = 4
"""Of compression; more takes much longer for little."""
GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Header:
    """What an archive says of itself before its tables.

    Attributes
    ----------
    audit
        Number and hash of the last audit record.
    rows
        Table to how many rows it has.
    files
        How many files it names.
    """

    sinergi: str
    at: str
    database: str
    migrations: State
    audit: tuple[int, str]
    rows: dict[str, int]
    files: int = 0

    def told(self) -> dict[str, Any]:
        """Return it as it is written."""
        files = {"files": self.files} if self.files else {}
        return {
            "sinergi_backup": FORMAT if self.files else WITHOUT_FILES,
            "sinergi": self.sinergi,
            "at": self.at,
            "database": self.database,
            "migrations": sorted(self.migrations),
            "audit": self.audit,
            "rows": self.rows,
            **files,
        }


@dataclass(frozen=True, slots=True)
class Section:
    """A table of an archive; its rows must be taken before the next."""

    table: Table
    last_number: int | None
    chunks: Iterator[list[Row]]


class Writer:
    """Writes an archive to a stream."""

    def __init__(self, stream: IO[bytes], header: Header) -> None:
        self._gzip = gzip.GzipFile(
            filename="", mode="wb", fileobj=stream, compresslevel=LEVEL, mtime=0
        )
        self._whole = hashlib.sha256()
        self._line(header.told())

    def _put(self, text: bytes) -> None:
        self._whole.update(text)
        self._gzip.write(text)

    def _line(self, values: dict[str, Any]) -> None:
        self._put(orjson.dumps(values) + b"\n")

    def table(
        self, table: Table, last_number: int | None, chunks: Iterable[list[Row]]
    ) -> tuple[int, str]:
        """Write a table; return how many rows it has and its checksum."""
        columns = [(column.name, column.kind) for column in table.columns]
        self._line(
            {"table": table.name, "key": table.key, "last_number": last_number, "columns": columns}
        )
        digest, count = hashlib.sha256(), 0
        for chunk in chunks:
            text = b"".join(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for row in chunk)
            digest.update(text)
            self._put(text)
            count += len(chunk)
        self._line({"end": table.name, "rows": count, "sha256": digest.hexdigest()})
        return count, digest.hexdigest()

    def file(self, sha256: str, content: bytes | None) -> None:
        """Write a file; `None` for one whose content is not in the store."""
        there = content is not None
        content = content or b""
        self._line({"file": sha256, "size": len(content)})
        for start in range(0, len(content), PIECE):
            self._put(b'"' + base64.b64encode(content[start : start + PIECE]) + b'"\n')
        self._line({"end_file": sha256, "there": there})

    def close(self) -> str:
        """End the archive; return the checksum of the whole."""
        whole = self._whole.hexdigest()
        self._gzip.write(orjson.dumps({"whole": whole}) + b"\n")
        self._gzip.close()
        return whole


def _damaged(why: str) -> DamagedError:
    return DamagedError(_("The backup is damaged: %(why)s") % {"why": why})


class Reader:
    """Reads an archive from a stream, once through; what does not hold raises as soon as it shows."""

    CHUNK = 2_000

    def __init__(self, stream: Readable) -> None:
        buffered = io.BufferedReader(_Raw(stream), 1 << 17)
        if buffered.peek(2)[:2] != GZIP:
            raise DamagedError(_("This is no backup of Sinergi."))
        self._lines = io.BufferedReader(gzip.GzipFile(fileobj=buffered, mode="rb"), 1 << 17)
        self._hash = hashlib.sha256()
        self.whole = ""
        self.files_missing: list[str] = []
        self._files = 0
        self.header = self._header()

    def _next(self) -> bytes:
        try:
            line = self._lines.readline()
        except (EOFError, OSError, zlib.error) as error:
            if isinstance(error, OSError) and error.errno is not None:
                raise
            raise _damaged(_("it cannot be unpacked to its end")) from error
        if not line.endswith(b"\n"):
            raise _damaged(_("it ends too early"))
        return line

    def _object(self, line: bytes) -> dict[str, Any]:
        try:
            found = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            raise _damaged(str(error)) from error
        if not isinstance(found, dict):
            raise _damaged(line[:40].decode(errors="replace"))
        return found

    def _header(self) -> Header:
        line = self._next()
        self._hash.update(line)
        told = self._object(line)
        version = told.get("sinergi_backup")
        if not isinstance(version, int):
            raise DamagedError(_("This is no backup of Sinergi."))
        if version > FORMAT:
            raise NewerError(
                _(
                    "The backup was written by a newer Sinergi (%(version)s). Upgrade this one first."
                )
                % {"version": told.get("sinergi")}
            )
        try:
            return Header(
                told["sinergi"],
                told["at"],
                told["database"],
                frozenset((room, name) for room, name in told["migrations"]),
                (told["audit"][0], told["audit"][1]),
                dict(told["rows"]),
                int(told.get("files", 0)),
            )
        except (KeyError, TypeError, ValueError, IndexError) as error:
            raise _damaged(f"{type(error).__name__}: {error}") from error

    def sections(self, take: Take | None = None) -> Iterator[Section]:
        """Give the tables in turn; at the end all checksums have been compared.

        Parameters
        ----------
        take
            Gets the files, which come after the tables, each when it was found whole.

        Raises
        ------
        DamagedError
            When anything differs from what was written.
        """
        seen: dict[str, int] = {}
        while True:
            line = self._next()
            told = self._object(line)
            if "whole" in told:
                break
            self._hash.update(line)
            if "file" in told:
                self._file(told, take)
                continue
            try:
                columns = tuple(Column(name, kind) for name, kind in told["columns"])
                table = Table(told["table"], told["key"], columns)
                last = told["last_number"]
            except (KeyError, TypeError, ValueError) as error:
                raise _damaged(f"{type(error).__name__}: {error}") from error
            section = Section(table, last, self._chunks(table.name, len(columns), seen))
            yield section
            for _chunk in section.chunks:
                pass
        self.whole = self._hash.hexdigest()
        if told["whole"] != self.whole:
            raise _damaged(_("its checksum differs"))
        if seen != self.header.rows or self._files != self.header.files:
            raise _damaged(_("tables or rows are missing"))
        if self._lines.read(1):
            raise _damaged(_("something follows its end"))

    def _file(self, told: dict[str, Any], take: Take | None) -> None:
        name, content = told["file"], bytearray()
        while (line := self._next())[:1] == b'"':
            self._hash.update(line)
            try:
                content += base64.b64decode(line[1:-2], validate=True)
            except binascii.Error as error:
                raise _damaged(str(name)) from error
        self._hash.update(line)
        end = self._object(line)
        self._files += 1
        if end.get("end_file") != name or len(content) != told.get("size"):
            raise _damaged(str(name))
        if not end.get("there"):
            self.files_missing.append(name)
            return
        if hashlib.sha256(content).hexdigest() != name:
            raise _damaged(_("the file %(name)s differs from its checksum") % {"name": name})
        if take is not None:
            take(name, bytes(content))

    def _chunks(self, name: str, width: int, seen: dict[str, int]) -> Iterator[list[Row]]:
        digest, count = hashlib.sha256(), 0
        chunk: list[Row] = []
        while True:
            line = self._next()
            self._hash.update(line)
            if line[:1] != b"[":
                break
            digest.update(line)
            chunk.append(self._row(line, width, name))
            count += 1
            if len(chunk) == self.CHUNK:
                yield chunk
                chunk = []
        end = self._object(line)
        if (end.get("end"), end.get("rows"), end.get("sha256")) != (
            name,
            count,
            digest.hexdigest(),
        ):
            raise _damaged(_("the checksum of the table %(name)s differs") % {"name": name})
        seen[name] = count
        if chunk:
            yield chunk

    def _row(self, line: bytes, width: int, name: str) -> Row:
        try:
            row = tuple(orjson.loads(line))
        except orjson.JSONDecodeError as error:
            raise _damaged(f"{name}: {error}") from error
        if len(row) != width:
            raise _damaged(name)
        return row


class _Raw(io.RawIOBase):
    """A stream of any kind as Python's buffered reader takes it."""

    def __init__(self, stream: Readable) -> None:
        self._stream = stream

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer as far as there is something."""
        found = self._stream.read(len(buffer))
        buffer[: len(found)] = found
        return len(found)
