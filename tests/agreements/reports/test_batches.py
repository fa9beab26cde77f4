"""Batches: one report for each agreement, in the background, whole or not at all."""

import os
import zipfile
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sinergi.accounts.errors import ForbiddenError, InvalidError
from sinergi.agreements.actions.reports import begin_batch
from sinergi.agreements.models import ReportBatch
from sinergi.agreements.reports import batches
from sinergi.agreements.reports.periods import Period
from tests.agreements.making import an_agreement, bureau, officer, stranger
from tests.agreements.making_changes import TODAY, carried_out
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db
YEAR = Period(TODAY.year)


@pytest.fixture(autouse=True)
def home(settings, tmp_path) -> None:
    settings.HOME = tmp_path


def at(name: str, *args: object) -> str:
    return reverse(f"agreements:{name}", args=args)


def waiting(by) -> ReportBatch:
    """A batch that no worker has taken yet."""
    batch = begin_batch(by, bureau(), YEAR)
    ReportBatch.objects.filter(pk=batch.pk).update(state="waiting", done=0, sha256="", error="")
    batches.archive(batch).unlink(missing_ok=True)
    batch.refresh_from_db()
    return batch


def test_each_agreement_has_its_report_in_the_archive() -> None:
    for _number in range(3):
        carried_out()
    by = officer()
    batch = waiting(by)
    batches.make_now(batch, by)
    batch.refresh_from_db()
    assert (batch.state, batch.done, batch.total) == ("done", 3, 3)
    with zipfile.ZipFile(batches.archive(batch)) as found:
        assert len(found.namelist()) == 3
        assert found.testzip() is None
    before = batch.sha256
    batches.make_now(batch, by)
    batch.refresh_from_db()
    assert batch.sha256 == before


def test_what_was_put_away_meanwhile_is_left_out() -> None:
    one, _other = an_agreement(), an_agreement()
    by = officer()
    batch = waiting(by)
    one.deleted_at = timezone.now()
    one.save()
    batches.make_now(batch, by)
    batch.refresh_from_db()
    assert (batch.state, batch.done) == ("done", 1)


def test_a_batch_that_fails_says_so_and_leaves_nothing(monkeypatch) -> None:
    an_agreement()
    by = officer()
    batch = waiting(by)

    def broken(*_args: object) -> bytes:
        raise OSError

    monkeypatch.setattr(batches, "word", broken)
    batches.make_now(batch, by)
    batch.refresh_from_db()
    assert batch.state == "failed"
    assert batch.error
    assert list(batches.archive(batch).parent.iterdir()) == []


def test_a_killed_worker_is_noticed_and_the_batch_begun_anew(client: Client) -> None:
    an_agreement()
    ani = person("Ani", ("analyst", bureau()))
    browser = signed_in(client, ani)
    browser.post(at("report-batch-new"), {"organisasi": bureau().code, "masa": str(YEAR)})
    batch = ReportBatch.objects.get()
    long_ago = timezone.now() - timedelta(minutes=5)
    ReportBatch.objects.update(state="running", updated=long_ago)
    page = browser.get(at("report-batch", batch.pk))
    assert page.context["batch"].state == "failed"
    form = {"organisasi": bureau().code, "masa": str(YEAR), "once": page.context["token"]}
    for _again in range(2):
        assert browser.post(at("report-batch-new"), form).status_code == 302
    assert ReportBatch.objects.count() == 2


def test_only_who_began_a_batch_sees_and_has_it(client: Client) -> None:
    an_agreement()
    ani = person("Ani", ("analyst", bureau()))
    browser = signed_in(client, ani)
    browser.post(at("report-batch-new"), {"organisasi": bureau().code, "masa": "2026-1"})
    batch = ReportBatch.objects.get()
    ReportBatch.objects.update(state="done")
    path = batches.archive(batch)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"PK")
    assert b"".join(browser.get(at("report-batch-file", batch.pk)).streaming_content) == b"PK"
    other = signed_in(Client(), person("Budi", ("coordinator", bureau())))
    for name in ("report-batch", "report-batch-file"):
        assert other.get(at(name, batch.pk)).status_code == 404
        assert Client().get(at(name, batch.pk)).status_code == 404
    path.unlink()
    assert browser.get(at("report-batch-file", batch.pk)).status_code == 404
    assert "Mulai lagi" in browser.get(at("report-batch", batch.pk)).content.decode()


def test_batches_are_of_own_organisations_and_not_empty() -> None:
    with pytest.raises(InvalidError):
        begin_batch(officer(), bureau(), YEAR)
    an_agreement()
    with pytest.raises(ForbiddenError):
        begin_batch(stranger(), bureau(), YEAR)


def test_old_archives_are_forgotten() -> None:
    an_agreement()
    batch = waiting(officer())
    path = batches.archive(batch)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"PK")
    part = path.with_suffix(".1.part")
    part.write_bytes(b"PK")
    old = (timezone.now() - timedelta(days=20)).timestamp()
    os.utime(part, (old, old))
    batches.forget(TODAY)
    assert ReportBatch.objects.exists()
    ReportBatch.objects.update(created=timezone.now() - timedelta(days=20))
    batches.forget(TODAY)
    assert not ReportBatch.objects.exists()
    assert not path.exists()
    assert not part.exists()
