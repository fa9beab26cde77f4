"""The texts of agreements that search looks into, each with what it is a text of."""

from collections.abc import Iterator
from typing import Any

from sinergi.agreements.models import (
    Agreement,
    Attachment,
    Document,
    DocumentVersion,
    Obligation,
    Party,
)
from sinergi.agreements.search.words import words

Piece = tuple[int, str, int, str, str]
"""Agreement, kind, number, label, text."""
TOLD = ("title", "number", "object_text", "scope", "purpose", "background", "place")
NAMES = ("title", "number", "object_text")


def texts(numbers: list[int], files: list[int]) -> Iterator[Piece]:
    """Return the texts of agreements; of files those that are asked for: what is in a file never changes."""
    agreements: Any = Agreement.objects.filter(pk__in=numbers)
    for one_of in agreements:
        text = "\n".join(str(getattr(one_of, name)) for name in TOLD if getattr(one_of, name))
        yield one_of.pk, "agreement", one_of.pk, one_of.title, text
    for party in Party.objects.filter(agreement__in=numbers):
        text = "\n".join(filter(None, (party.name, party.agency, party.representative)))
        yield party.agreement_id, "party", party.pk, party.name, text
    yield from _documents(numbers)
    for one in Obligation.objects.filter(agreement__in=numbers, removed_at=None):
        yield one.agreement_id, "obligation", one.pk, str(one), _written(one)
    rows = Attachment.objects.filter(pk__in=files).select_related("file")
    for row in rows.iterator(chunk_size=20):
        yield row.agreement_id, "file", row.pk, row.title, f"{row.title}\n{row.file.text}"


def files_of(numbers: list[int]) -> set[tuple[int, str, int]]:
    """Return the files of agreements, as keys of their texts."""
    rows = Attachment.objects.filter(agreement__in=numbers, removed_at=None)
    return {(number, "file", pk) for number, pk in rows.values_list("agreement", "pk")}


def named_in(numbers: list[int]) -> dict[int, tuple[list[str], list[str]]]:
    """Return by agreement the words of its title, number and object, and those of its parties' names."""
    rows: Any = Agreement.objects.filter(pk__in=numbers).values_list("pk", *NAMES)
    found: dict[int, tuple[list[str], list[str]]] = {
        pk: (words("\n".join(told)), []) for pk, *told in rows
    }
    named = Party.objects.filter(agreement__in=numbers).values_list("agreement", "name")
    for number, name in named:
        found[number][1].extend(words(name))
    return found


def _documents(numbers: list[int]) -> Iterator[Piece]:
    rows = Document.objects.filter(agreement__in=numbers, removed_at=None)
    documents = {row.pk: row for row in rows}
    versions = DocumentVersion.objects.filter(document__in=documents).order_by("number")
    last = dict(versions.values_list("document", "text"))
    for row in documents.values():
        text = "\n".join(filter(None, (row.title, row.number, last.get(row.pk))))
        yield row.agreement_id, "document", row.pk, row.title, text


def _written(one: Obligation) -> str:
    values = (getattr(one, field.attname) for field in one._meta.fields)  # noqa: SLF001 - documented
    return "\n".join(value for value in values if isinstance(value, str) and value)
