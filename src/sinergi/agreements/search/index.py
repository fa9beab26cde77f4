"""Keeping the index: agreements that were changed are read again when somebody searches."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import OperationalError, transaction
from django.db.models import Exists, OuterRef, QuerySet

from sinergi.accounts.tasks import daily
from sinergi.agreements.models import (
    Agreement,
    Attachment,
    Document,
    DocumentVersion,
    Obligation,
    Party,
    SearchText,
)
from sinergi.agreements.search.words import stems_of, words

PIECE, OVERLAP = 12_000, 300
MOST_AT_ONCE = 200
BATCH = 100
Piece = tuple[int, str, int, str, str]
"""Agreement, kind, number, label, text."""


def stale() -> QuerySet[Agreement]:
    """Return the agreements that were changed since they were read, or never were."""
    read = SearchText.objects.filter(
        agreement=OuterRef("pk"), kind="agreement", seen=OuterRef("updated")
    )
    rows: Any = Agreement.objects.filter(~Exists(read), deleted_at=None).order_by("-updated")
    found: QuerySet[Agreement] = rows
    return found


def catch_up(most: int = MOST_AT_ONCE) -> int:
    """Read agreements that were changed; return how many. Somebody else who writes is not waited for."""
    numbers = list(stale().values_list("pk", flat=True)[:most])
    for start in range(0, len(numbers), BATCH):
        try:
            index(numbers[start : start + BATCH])
        except OperationalError:
            return start
    return len(numbers)


def rebuild() -> int:
    """Read all agreements that were changed, however many; return how many."""
    done = 0
    while found := catch_up(BATCH):
        done += found
    return done


@transaction.atomic
def index(numbers: list[int]) -> None:
    """Read agreements anew."""
    rows = Agreement.objects.select_for_update(of=("self",)).filter(pk__in=numbers).order_by("pk")
    seen = dict(rows.values_list("pk", "updated"))
    SearchText.objects.filter(agreement__in=numbers).delete()
    found = []
    for agreement, kind, ref, label, text in _texts(list(seen)):
        for piece in _pieces(text):
            own = words(piece)
            found.append(
                SearchText(
                    agreement_id=agreement,
                    kind=kind,
                    ref=ref,
                    seen=seen[agreement],
                    label=label[:400],
                    text=piece,
                    exact=" ".join(own),
                    stems=stems_of(own),
                )
            )
    SearchText.objects.bulk_create(found, batch_size=500)


def _pieces(text: str) -> Iterator[str]:
    yield text[:PIECE]
    for start in range(PIECE - OVERLAP, len(text) - OVERLAP, PIECE - OVERLAP):
        yield text[start : start + PIECE]


def _texts(numbers: list[int]) -> Iterator[Piece]:
    told = ("title", "number", "object_text", "scope", "purpose", "background", "place")
    agreements: Any = Agreement.objects.filter(pk__in=numbers)
    for one_of in agreements:
        text = "\n".join(str(getattr(one_of, name)) for name in told if getattr(one_of, name))
        yield one_of.pk, "agreement", one_of.pk, one_of.title, text
    for party in Party.objects.filter(agreement__in=numbers):
        text = "\n".join(filter(None, (party.name, party.agency, party.representative)))
        yield party.agreement_id, "party", party.pk, party.name, text
    yield from _documents(numbers)
    for one in Obligation.objects.filter(agreement__in=numbers, removed_at=None):
        yield one.agreement_id, "obligation", one.pk, str(one), _written(one)
    files = Attachment.objects.filter(agreement__in=numbers, removed_at=None)
    for row in files.select_related("file").iterator(chunk_size=20):
        yield row.agreement_id, "file", row.pk, row.title, f"{row.title}\n{row.file.text}"


def _documents(numbers: list[int]) -> Iterator[Piece]:
    rows = Document.objects.filter(agreement__in=numbers, removed_at=None)
    documents = {row.pk: row for row in rows}
    versions = DocumentVersion.objects.filter(document__in=documents).order_by("number")
    last = dict(versions.values_list("document", "text"))
    for row in documents.values():
        text = "\n".join(filter(None, (row.title, row.number, last.get(row.pk))))
        yield row.agreement_id, "document", row.pk, row.title, text


def _written(one: Obligation) -> str:
    values = (getattr(one, field.name) for field in one._meta.fields)  # noqa: SLF001 - documented
    return "\n".join(value for value in values if isinstance(value, str) and value)


@daily("agreements.search")
def rebuild_daily(day: date) -> None:
    """Read what was changed and nobody searched for since."""
    rebuild()
