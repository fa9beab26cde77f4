"""Real workers in processes of their own, on both databases: killed, stopped, beside each other."""

import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django_tasks_db.models import DBTaskResult

from sinergi.accounts.models import Organisation, TaskWorker
from tests.databases import Installation, installation, opened, until
from tests.site.tasks import deeds
from tests.site.tasks.deeds import notes


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def place(request, tmp_path: Path, settings, django_db_blocker) -> Iterator[Installation]:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    with installation(request.param, tmp_path) as made, django_db_blocker.unblock():
        yield made


def hand_in(place: Installation, *keys: str) -> None:
    with opened(place):
        for key in keys:
            deeds.count_once.enqueue(str(place.home), key)


def state(place: Installation) -> tuple[dict[str, int], int, int, int]:
    """Tasks by status; how many effects, workers that are enrolled, and attempts there are."""
    with opened(place):
        rows = DBTaskResult.objects.filter(task_path__contains="count_once")
        return (
            dict(Counter(rows.values_list("status", flat=True))),
            Organisation.objects.count(),
            TaskWorker.objects.count(),
            sum(map(len, rows.values_list("worker_ids", flat=True))),
        )


def test_a_task_whose_worker_was_killed_is_finished_by_another_once_in_effect(place):
    # given: a worker in the middle of a task
    (place.home / "wait").touch()
    hand_in(place, "a")
    first = place.sinergi("worker")
    until(lambda: notes(place.home))
    # when: it is killed, and another works
    first.send_signal(signal.SIGKILL)
    first.wait(timeout=240)
    assert state(place) == ({"RUNNING": 1}, 0, 1, 1)
    (place.home / "wait").unlink()
    second = place.sinergi("worker")
    until(lambda: any(line.startswith("ended") for line in notes(place.home)))
    second.send_signal(signal.SIGTERM)
    output, _none = second.communicate(timeout=240)
    # then: it was begun twice and done once, and nothing is left of the dead
    assert second.returncode == 0, output
    assert [line.split()[0] for line in notes(place.home)] == ["began", "began", "ended"]
    assert state(place) == ({"SUCCESSFUL": 1}, 1, 0, 2)


def test_a_worker_that_is_asked_to_stop_finishes_its_task_and_takes_no_other(place):
    # given: a worker in the middle of the first of two tasks
    (place.home / "wait").touch()
    hand_in(place, "a", "b")
    worker = place.sinergi("worker")
    until(lambda: notes(place.home))
    # when: it is asked to stop, and the task goes on a while later
    worker.send_signal(signal.SIGTERM)
    (place.home / "wait").unlink()
    output, _none = worker.communicate(timeout=240)
    # then
    assert worker.returncode == 0, output
    assert [line.split()[0] for line in notes(place.home)] == ["began", "ended"]
    assert state(place) == ({"READY": 1, "SUCCESSFUL": 1}, 1, 0, 1)
    assert "Stopped after" in output


def test_two_workers_never_take_the_same_task(place):
    hand_in(place, *(f"key-{number}" for number in range(30)))
    workers = [place.sinergi("worker", "--once") for _ in range(2)]
    for worker in workers:
        output, _none = worker.communicate(timeout=240)
        assert worker.returncode == 0, output
    assert state(place) == ({"SUCCESSFUL": 30}, 30, 0, 30)
    assert len(notes(place.home)) == 60


def test_the_same_key_handed_in_twice_is_done_once(place):
    hand_in(place, "a", "a", "a")
    worker = place.sinergi("worker", "--once")
    output, _none = worker.communicate(timeout=240)
    assert worker.returncode == 0, output
    assert state(place) == ({"SUCCESSFUL": 3}, 1, 0, 3)
