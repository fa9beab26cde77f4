"""Reports that are made together in the background: one for each agreement, in one archive."""

import hashlib
import logging
import os
import zipfile
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django_tasks import task

from sinergi.accounts.models import Person
from sinergi.accounts.principal import Principal, operator, principal_for
from sinergi.accounts.tasks import daily, trying
from sinergi.accounts.vocabulary import Channel
from sinergi.agreements.models import Agreement, BatchState, ReportBatch
from sinergi.agreements.queries import reading
from sinergi.agreements.reports.figures import report
from sinergi.agreements.reports.periods import Period, read_period
from sinergi.agreements.reports.writing import word

SILENT = timedelta(minutes=2)
KEPT = timedelta(days=14)
"""How long an archive is kept: it can be made again at any time."""
STEP = 10
"""Reports between two words on how far it is."""
log = logging.getLogger("sinergi.agreements")


def archive(batch: ReportBatch) -> Path:
    """Return where the archive of a batch lies."""
    return Path(settings.HOME) / "reports" / f"{batch.pk}.zip"


@task()
@trying(attempts=2)
def make(number: int, second_factor: bool, request_id: str) -> None:
    """Make a batch with the rights that whoever asked has by now; done already, it changes nothing."""
    rows = ReportBatch.objects.filter(pk=number)
    batch = rows.first()
    if batch is None:
        return
    if batch.state != BatchState.WAITING:
        end_silent(rows)
        return
    make_now(batch, _asker(batch, second_factor, request_id))


def make_now(batch: ReportBatch, by: Principal) -> None:
    """Make a batch that waits, or keep why that failed; nothing where somebody else makes it."""
    rows = ReportBatch.objects.filter(pk=batch.pk)
    claimed = rows.filter(state=BatchState.WAITING)
    if not claimed.update(state=BatchState.RUNNING, done=0, error="", updated=timezone.now()):
        return
    language = str(batch.wanted.get("language") or settings.LANGUAGE_CODE)
    with translation.override(language):
        try:
            digest, done = _write(batch, by)
        except Exception:
            told = _("The batch stopped. Begin it anew; administrators find the cause in the log.")
            rows.update(state=BatchState.FAILED, error=told, updated=timezone.now())
            log.exception("batch %s of reports failed", batch.pk)
            return
    rows.filter(state=BatchState.RUNNING).update(
        state=BatchState.DONE, done=done, total=done, sha256=digest, updated=timezone.now()
    )


def _write(batch: ReportBatch, by: Principal) -> tuple[str, int]:
    """Write the archive beside its place and put it there whole; its hash and how many reports it holds."""
    period = read_period(str(batch.wanted["period"])) or Period(timezone.localdate().year)
    wanted = reading.agreements(by).filter(pk__in=batch.wanted["agreements"])
    found = {row.pk: row for row in wanted}
    path = archive(batch)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.part")
    today, done = timezone.localdate(), 0
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as out:
            for number in batch.wanted["agreements"]:
                row = found.get(number)
                if row is None:  # It was put away meanwhile, or may no longer be read.
                    continue
                out.writestr(_name(row, period), _one(row, period, today, by))
                done += 1
                if done % STEP == 0:
                    _told(batch, done)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), done


def _one(row: Agreement, period: Period, today: date, by: Principal) -> bytes:
    return word(report(row.title, [row.pk], period, today, by))


def _name(row: Agreement, period: Period) -> str:
    what = slugify(f"{row.number} {row.title}")[:80].strip("-")
    return f"{row.pk}-{what}-{period}.docx"


def _told(batch: ReportBatch, done: int) -> None:
    ReportBatch.objects.filter(pk=batch.pk).update(done=done, updated=timezone.now())


def end_silent(rows: QuerySet[ReportBatch]) -> int:
    """Keep that batches have ended of which nothing was heard for long; return how many.

    A process that was killed cannot say so: whoever looks next does. One that waits goes on waiting.
    """
    told = _("It was ended from outside before it was done. Begin it anew.")
    long_ago = timezone.now() - SILENT
    silent = rows.filter(state=BatchState.RUNNING, updated__lt=long_ago)
    return silent.update(state=BatchState.FAILED, error=told)


def _asker(batch: ReportBatch, second_factor: bool, request_id: str) -> Principal:
    if batch.person is None:
        return operator(Channel.WORKER)
    person = Person.objects.get(pk=batch.person)
    return principal_for(person, Channel.WORKER, second_factor=second_factor, request_id=request_id)


@daily("agreements.reports")
def forget(today: date) -> None:
    """Remove archives that are older than `KEPT`, with their batches, and what killed workers left."""
    old = ReportBatch.objects.filter(created__date__lt=today - KEPT)
    for batch in old:
        archive(batch).unlink(missing_ok=True)
    old.delete()
    folder = Path(settings.HOME) / "reports"
    long_ago = timezone.now().timestamp() - KEPT.total_seconds()
    for part in folder.glob("*.part"):
        if part.stat().st_mtime < long_ago:
            part.unlink(missing_ok=True)
