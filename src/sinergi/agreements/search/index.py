"""Keeping the index: an agreement is read again once a deed on it is done; what was missed daily."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import OperationalError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.signals import post_save
from django_tasks import task

from sinergi.accounts.tasks import daily
from sinergi.agreements.models import Agreement, AgreementWords, SearchText
from sinergi.agreements.search.texts import files_of, named_in, texts
from sinergi.agreements.search.words import marked, stems_of, words
from sinergi.evidence.store import Progress, quiet

PIECE, OVERLAP = 12_000, 300
BATCH = 200
AT_ONCE = 500
"""Agreements that are read while whoever changed them waits: a second or two."""
Key = tuple[int, str, int]


def stale() -> QuerySet[Agreement]:
    """Return the agreements that were changed since they were read, or never were."""
    read = AgreementWords.objects.filter(agreement=OuterRef("pk"), seen=OuterRef("updated"))
    rows: Any = Agreement.objects.filter(~Exists(read), deleted_at=None).order_by("-updated")
    found: QuerySet[Agreement] = rows
    return found


def catch_up() -> int:
    """Read the agreements that were changed; return how many. Somebody else who writes is not waited for."""
    numbers = list(stale().values_list("pk", flat=True))
    for start in range(0, len(numbers), BATCH):
        try:
            index(numbers[start : start + BATCH])
        except OperationalError:
            return start
    return len(numbers)


def rebuild(progress: Progress = quiet) -> int:
    """Read all agreements anew, whatever was read of them; return how many."""
    rows: Any = Agreement.objects.filter(deleted_at=None)
    numbers = list(rows.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(numbers), BATCH):
        with transaction.atomic():
            part = numbers[start : start + BATCH]
            SearchText.objects.filter(agreement__in=part).delete()
            AgreementWords.objects.filter(agreement__in=part).delete()
            index(part)
        progress("load", min(start + BATCH, len(numbers)), len(numbers))
    return len(numbers)


@dataclass(frozen=True, slots=True)
class Reading:
    """Reads agreements again once a deed is committed; a second time finds nothing to read."""

    numbers: tuple[int, ...]

    def __call__(self) -> None:
        """Read them."""
        for start in range(0, len(self.numbers), BATCH):
            index(list(self.numbers[start : start + BATCH]))


def read_again(*numbers: int) -> None:
    """Have agreements read when the deed that is being done is committed; that never fails the deed.

    More than `AT_ONCE`, such as those of a register, are read by a worker: nobody waits for them.
    """
    if len(numbers) > AT_ONCE:
        transaction.on_commit(read_changed.enqueue, robust=True)
    else:
        transaction.on_commit(Reading(numbers).__call__, robust=True)


@task()
def read_changed() -> None:
    """Read what was changed since it was read; a second time finds nothing to read."""
    catch_up()


@transaction.atomic
def index(numbers: list[int]) -> None:
    """Read those agreements that were changed since they were read; write the pieces that are others now."""
    rows = Agreement.objects.select_for_update(of=("self",)).filter(pk__in=numbers).order_by("pk")
    now: dict[int, datetime] = dict(rows.values_list("pk", "updated"))
    read = dict(AgreementWords.objects.filter(agreement__in=now).values_list("agreement", "seen"))
    seen = {number: at for number, at in now.items() if read.get(number) != at}
    if not seen:
        return
    there, kept_files = _there(list(seen)), files_of(list(seen))
    new: list[SearchText] = []
    kept: set[int] = set()
    for key, label, pieces in _read(list(seen), kept_files - there.keys()):
        before = there.get(key, [])
        if [(one.label, one.text) for one in before] == [(label, piece) for piece in pieces]:
            kept.update(one.pk for one in before)
        else:
            new += [_row(key, label, piece, seen[key[0]]) for piece in pieces]
    for key, before in there.items():
        if key in kept_files:
            kept.update(one.pk for one in before)
    gone = [one.pk for before in there.values() for one in before if one.pk not in kept]
    SearchText.objects.filter(pk__in=gone).delete()
    SearchText.objects.bulk_create(new, batch_size=500)
    _write_words(seen)


def _there(numbers: list[int]) -> dict[Key, list[SearchText]]:
    found: dict[Key, list[SearchText]] = {}
    rows = SearchText.objects.filter(agreement__in=numbers).defer("exact", "stems").order_by("pk")
    files = rows.filter(kind="file").only("agreement", "kind", "ref")
    for row in (*rows.exclude(kind="file"), *files):
        found.setdefault((row.agreement_id, row.kind, row.ref), []).append(row)
    return found


def _read(numbers: list[int], files: set[Key]) -> Iterator[tuple[Key, str, list[str]]]:
    for agreement, kind, ref, label, text in texts(numbers, [ref for _a, _k, ref in files]):
        yield (agreement, kind, ref), label[:400], list(_pieces(text))


def _row(key: Key, label: str, piece: str, seen: datetime) -> SearchText:
    agreement, kind, ref = key
    own = words(piece)
    return SearchText(
        agreement_id=agreement, kind=kind, ref=ref, seen=seen, label=label, text=piece,
        exact=" ".join(own), stems=stems_of(own),
    )  # fmt: skip


def _write_words(seen: dict[int, datetime]) -> None:
    """Write the words of whole agreements, from their pieces."""
    written: dict[int, set[str]] = {number: set() for number in seen}
    formed: dict[int, set[str]] = {number: set() for number in seen}
    rows = SearchText.objects.filter(agreement__in=seen).order_by()
    for number, exact, stems in rows.values_list("agreement", "exact", "stems").iterator():
        written[number].update(exact.split())
        formed[number].update(stems.split())
    named = named_in(list(seen))
    AgreementWords.objects.filter(agreement__in=seen).delete()
    AgreementWords.objects.bulk_create(
        [
            AgreementWords(
                agreement_id=number,
                seen=at,
                words=marked(written[number], formed[number], *named[number]),
            )
            for number, at in seen.items()
        ],
        batch_size=500,
    )


def _pieces(text: str) -> Iterator[str]:
    yield text[:PIECE]
    for start in range(PIECE - OVERLAP, len(text) - OVERLAP, PIECE - OVERLAP):
        yield text[start : start + PIECE]


def _saved(instance: Agreement, **_more: object) -> None:
    read_again(instance.pk)


post_save.connect(_saved, sender=Agreement, dispatch_uid="agreements.search")


@daily("agreements.search")
def catch_up_daily(day: date) -> None:
    """Read what was changed and slipped past: what was restored, or brought in while the index was away."""
    catch_up()
