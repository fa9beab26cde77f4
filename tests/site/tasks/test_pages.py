"""The page of background tasks: who sees it, what it shows, retry and discard."""

import uuid

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from sinergi.accounts.models import AuditRecord
from sinergi.site.tasks import life
from tests.people import organisation, person, signed_in

pytestmark = pytest.mark.django_db
SECRET = "rahasia-di-argumen"


def task(status="FAILED", **fields) -> DBTaskResult:
    return DBTaskResult.objects.create(
        status=status,
        args_kwargs={"args": [SECRET], "kwargs": {}},
        task_path="tests.site.tasks.deeds.fail",
        backend_name="default",
        run_after=timezone.now(),
        worker_ids=["a", "b", "c"],
        finished_at=timezone.now(),
        exception_class_path="builtins.RuntimeError",
        traceback="RuntimeError\n  x.py:3 f",
        **fields,
    )


@pytest.fixture
def boss(client):
    return signed_in(client, person("Boss", is_administrator=True))


def test_the_page_shows_the_queue_without_arguments(boss):
    for status in ("FAILED", "READY", "RUNNING", "SUCCESSFUL"):
        task(status)
    shown = boss.get("/en/pengelolaan/tugas/").content.decode()
    assert "Nothing failed" not in shown
    assert "No worker is running" in shown
    assert "x.py:3 f" in shown
    assert SECRET not in shown


def test_a_worker_is_shown_with_its_last_sign_of_life(boss):
    life.enrol(("*",))
    shown = boss.get("/en/pengelolaan/tugas/").content.decode()
    assert "No worker is running" not in shown
    assert "alive" in shown


def test_only_administrators_of_the_installation_may_see_and_act(client):
    row = task()
    paths = [f"/pengelolaan/tugas/{row.pk}/ulangi/", f"/pengelolaan/tugas/{row.pk}/buang/"]
    here = organisation()
    for role in ("viewer", "approver", "administrator"):
        signed_in(client, person(f"P {role}", (role, here)))
        assert client.get("/pengelolaan/tugas/").status_code == 403
        assert [client.post(path).status_code for path in paths] == [403, 403]
    client.logout()
    assert [client.post(path).status_code for path in paths] == [403, 403]
    row.refresh_from_db()
    assert row.status == "FAILED"


def test_trying_again_starts_anew_and_is_recorded(boss):
    row = task()
    answer = boss.post(f"/pengelolaan/tugas/{row.pk}/ulangi/", {"reason": "Jaringan pulih"})
    row.refresh_from_db()
    assert answer["Location"] == "/pengelolaan/tugas/"
    assert (row.status, row.worker_ids, row.traceback, row.finished_at) == ("READY", [], "", None)
    deed = AuditRecord.objects.first()
    assert (deed.verb, deed.kind, deed.object_id, deed.reason) == (
        "task_retried",
        "task",
        str(row.pk),
        "Jaringan pulih",
    )
    # and again, from another window: it is not tried twice
    assert boss.post(f"/pengelolaan/tugas/{row.pk}/ulangi/").status_code == 409


def test_discarding_removes_and_is_recorded(boss):
    row = task()
    boss.post(f"/pengelolaan/tugas/{row.pk}/buang/")
    assert not DBTaskResult.objects.exists()
    deed = AuditRecord.objects.first()
    assert (deed.verb, deed.object_id, deed.name) == ("task_discarded", str(row.pk), "fail")
    assert boss.post(f"/pengelolaan/tugas/{row.pk}/buang/").status_code == 404


def test_only_failed_tasks_can_be_acted_on(boss):
    for status in ("READY", "RUNNING", "SUCCESSFUL"):
        row = task(status)
        assert boss.post(f"/pengelolaan/tugas/{row.pk}/buang/").status_code == 409
    assert boss.post(f"/pengelolaan/tugas/{uuid.uuid4()}/ulangi/").status_code == 404
    assert DBTaskResult.objects.count() == 3
