"""A program that looks through the PDF on its standard input and tells lines of JSON; knows no Django.

{"fault": "encrypted"}                     it is not taken: encrypted, javascript, launch, damaged
{"pages": 12, "warnings": ["locked"]}      it is
{"text": "…"}                              what a page says
{"end": true}                              all was read
"""

import json
import logging
import resource
import sys
import time
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

MEMORY = 2 * 1024**3
SECONDS = 25
MOST_OBJECTS = 400_000
MOST_PAGES = 3_000
MOST_TEXT = 1_000_000
DEEPEST = 60
ACTS = {"/JavaScript": "javascript", "/Launch": "launch", "/ImportData": "launch"}
CARRIES = {"/JS": "javascript", "/JavaScript": "javascript"}


class FaultError(Exception):
    """Why a file is not taken."""


def tell(**values: object) -> None:
    """Write a line at once: what was told stays told when the process is ended."""
    sys.stdout.write(json.dumps(values) + "\n")
    sys.stdout.flush()


def parts(trailer: Any) -> Iterator[Any]:
    """Give all dictionaries of a document, each once.

    Raises
    ------
    FaultError
        When there are more things in it than any document needs.
    """
    seen: set[tuple[int, int]] = set()
    queue, count = [trailer], 0
    while queue:
        one = queue.pop()
        if isinstance(one, IndirectObject):
            if (one.idnum, one.generation) in seen:
                continue
            seen.add((one.idnum, one.generation))
            one = one.get_object()
        count += 1
        if count > MOST_OBJECTS:
            msg = "damaged"
            raise FaultError(msg)
        if isinstance(one, DictionaryObject):
            yield one
            queue.extend(one.raw_get(key) for key in one)
        elif isinstance(one, ArrayObject):
            queue.extend(list.__iter__(one))


def warnings_of(reader: PdfReader) -> list[str]:
    """Return what is told of a document.

    Raises
    ------
    FaultError
        When it acts by itself.
    """
    found = {"locked"} if reader.is_encrypted else set()
    for one in parts(reader.trailer):
        acts = ACTS.get(str(one.get("/S", "")))
        carries = next((CARRIES[key] for key in CARRIES if key in one), None)
        if acts or carries:
            raise FaultError(acts or carries)
        if "/EmbeddedFiles" in one or "/EF" in one:
            found.add("embedded")
        if one.get("/FT") in ("/Tx", "/Btn", "/Ch"):
            found.add("form_fields")
    return sorted(found)


def opened(content: bytes) -> PdfReader:
    """Return a reader of a document that opens without a password.

    Raises
    ------
    FaultError
        When it does not.
    """
    reader = PdfReader(BytesIO(content), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        msg = "encrypted"
        raise FaultError(msg)
    return reader


def read(reader: PdfReader, until: float) -> None:
    """Tell the text of the pages, as far as time and measure allow."""
    length = 0
    for number, page in enumerate(reader.pages):
        if time.monotonic() > until or number >= MOST_PAGES or length > MOST_TEXT:
            return
        try:
            text = page.extract_text()
        except Exception:  # noqa: S112 - a page that cannot be read is left out, whatever it holds
            continue
        length += len(text)
        tell(text=text[:MOST_TEXT])
    tell(end=True)


def main() -> None:
    """Look through what is on the standard input."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS + 3, SECONDS + 3))
    logging.disable()
    until = time.monotonic() + SECONDS
    try:
        reader = opened(sys.stdin.buffer.read())
        told = warnings_of(reader)
        tell(pages=len(reader.pages), warnings=told)
    except FaultError as fault:
        tell(fault=str(fault))
        return
    except Exception:
        tell(fault="damaged")
        return
    read(reader, until)


if __name__ == "__main__":
    main()
