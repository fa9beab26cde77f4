"""Attempts, dead letters, dead workers, clocks and the day: each told to a worker in this process."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from hypothesis import given
from hypothesis import strategies as st

from sinergi.accounts.models import DailyRun, Organisation, TaskMark, TaskWorker
from sinergi.accounts.queries.workers import workers_alive
from sinergi.accounts.tasks import LONGEST_WAIT, Trying, daily, first_time, trying_of
from sinergi.site.tasks import claims, life, periodic
from sinergi.site.tasks.worker import Worker
from tests.site.tasks import deeds

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def queue(settings):
    """The queue of an installation, in the database."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def work(steps: int = 20) -> Worker:
    """Let a worker do all that is due, waiting for nothing."""
    worker = Worker()
    key = life.enrol(worker.queues).key
    for _step in range(steps):
        DBTaskResult.objects.filter(status="READY", run_after__year__lt=9999).update(
            run_after=timezone.now() - timedelta(seconds=1)
        )
        if not worker.step(key):
            break
    return worker


def only() -> DBTaskResult:
    return DBTaskResult.objects.get()


def test_a_failing_task_is_tried_as_often_as_declared_and_then_put_aside(tmp_path):
    deeds.fail.enqueue(str(tmp_path))
    assert work().done == 3
    assert only().status == "FAILED"
    assert only().exception_class_path == "builtins.RuntimeError"
    assert len(only().worker_ids) == 3
    assert len(deeds.notes(tmp_path)) == 3


def test_what_is_kept_of_an_error_holds_no_secret_and_says_where(tmp_path):
    deeds.fail.enqueue(str(tmp_path))
    work()
    assert "rahasia" not in only().traceback
    assert "contoh.test" not in only().traceback
    assert "tasks/deeds.py" in only().traceback


def test_the_text_of_an_error_that_is_meant_for_people_is_kept_and_ends_the_trying():
    deeds.give_up.enqueue()
    assert work().done == 1
    assert only().status == "FAILED"
    assert "The file is no longer kept." in only().traceback


def test_between_attempts_the_task_waits(tmp_path):
    deeds.fail.enqueue(str(tmp_path))
    worker = Worker()
    worker.step(life.enrol(("*",)).key)
    row = only()
    assert row.status == "READY"
    assert row.run_after > row.started_at


def test_a_task_that_succeeds_at_the_second_attempt_keeps_no_error(tmp_path):
    deeds.fail_once.enqueue(str(tmp_path))
    assert work().done == 2
    assert (only().status, only().traceback, only().return_value) == ("SUCCESSFUL", "", "done")


def test_a_task_is_told_its_attempt():
    deeds.tell_attempt.enqueue()
    work()
    assert only().return_value == 1


def test_a_result_that_is_no_json_is_a_failure():
    deeds.unwritable.enqueue()
    work()
    assert only().status == "FAILED"
    assert "TypeError" in only().traceback


def test_a_task_whose_function_is_gone_fails_without_stopping_the_worker(tmp_path):
    deeds.fail_once.enqueue(str(tmp_path))
    DBTaskResult.objects.update(task_path="tests.site.tasks.deeds.gone")
    work()
    assert only().status == "FAILED"
    assert "ImportError" in only().traceback


def test_a_worker_takes_only_from_its_queues(tmp_path):
    deeds.fail_once.using(queue_name="default").enqueue(str(tmp_path))
    assert claims.take("me", ("mail",)) is None
    assert claims.take("me", ("mail", "default")) is not None


def test_who_comes_back_after_the_task_was_given_to_another_changes_nothing(tmp_path):
    # given: a task whose first worker was taken for dead, and that another holds
    deeds.count_once.enqueue(str(tmp_path), "a")
    first = claims.take("first", ("*",))
    assert claims.reclaim(lambda worker: True) == 1
    DBTaskResult.objects.update(run_after=timezone.now() - timedelta(seconds=1))
    second = claims.take("second", ("*",))
    # when the first comes back, with success or failure
    assert claims.finish(first, "first") is False
    assert claims.fail(first, RuntimeError()) is False
    # then the second still holds it
    assert only().status == "RUNNING"
    assert claims.finish(second, "second") is True
    assert only().return_value == "second"
    assert claims.finish(second, "again") is False


def test_a_task_that_kills_every_worker_becomes_a_dead_letter(tmp_path):
    deeds.count_once.enqueue(str(tmp_path), "a")
    for number in range(3):
        DBTaskResult.objects.update(run_after=timezone.now() - timedelta(seconds=1))
        assert claims.take(f"worker-{number}", ("*",)) is not None
        assert claims.reclaim(lambda worker: True) == 1
    assert only().status == "FAILED"
    assert "WorkerLostError" in only().traceback


def test_tasks_of_living_workers_are_left_alone(tmp_path):
    me = life.enrol(("*",))
    deeds.count_once.enqueue(str(tmp_path), "a")
    claims.take(me.key, ("*",))
    assert claims.reclaim(life.Watcher().dead) == 0
    assert only().status == "RUNNING"


def test_a_worker_of_this_machine_is_dead_as_soon_as_its_process_is():
    me = life.enrol(("*",))
    watcher = life.Watcher(patience=1e9)
    assert not watcher.dead(me)
    me.born = "1"  # the number is used again by a process that was started at another time
    assert watcher.dead(me)
    me.process = 2**22 + 1
    assert watcher.dead(me)


def test_a_worker_elsewhere_is_dead_when_its_beat_stands_still_whatever_its_clock_says():
    far = TaskWorker(key="x", machine="elsewhere", process=1, beat=7)
    far.seen_at = timezone.now() - timedelta(days=400)
    patient, hasty = life.Watcher(patience=1e9), life.Watcher(patience=0)
    assert not patient.dead(far)
    assert not patient.dead(far)
    assert not hasty.dead(far)
    assert hasty.dead(far)
    far.beat = 8
    assert not hasty.dead(far)


def test_a_worker_that_was_struck_off_while_it_lives_is_written_down_again():
    me = life.enrol(("*",))
    TaskWorker.objects.all().delete()
    life.beat(me)
    life.beat(me)
    assert TaskWorker.objects.get().beat == 2


def test_workers_alive_counts_signs_of_life_near_now():
    assert workers_alive() == 0
    me = life.enrol(("*",))
    assert workers_alive() == 1
    for hours in (-1, 1):
        TaskWorker.objects.update(seen_at=timezone.now() + timedelta(hours=hours))
        assert workers_alive() == 0
    life.beat(me)
    assert workers_alive() == 1


def test_when_the_clock_was_set_back_retries_do_not_wait_for_it_to_catch_up(tmp_path):
    # given: a retry that is due in a year, because the clock was a year ahead when it failed,
    deeds.fail.enqueue(str(tmp_path))
    Worker().step(life.enrol(("*",)).key)
    DBTaskResult.objects.update(run_after=timezone.now() + timedelta(days=365))
    # and a task that was handed in for next year
    deeds.give_up.using(run_after=timezone.now() + timedelta(days=365)).enqueue()
    # then only the first is brought forward
    assert claims.mend_clock() == 1
    assert DBTaskResult.objects.filter(run_after__lte=timezone.now()).count() == 1


@given(attempt=st.integers(1, 10_000), first=st.floats(0.01, 1e5))
def test_waits_grow_have_chance_in_them_and_never_pass_the_longest(attempt, first):
    wait = Trying(5, first).wait(attempt)
    longest = min(first * 2 ** min(attempt - 1, 40), LONGEST_WAIT.total_seconds())
    assert longest / 2 - 1e-5 <= wait.total_seconds() <= longest + 1e-5


def test_a_task_that_declares_nothing_is_tried_as_usual():
    assert trying_of("nowhere") == Trying()
    assert trying_of("tests.site.tasks.deeds.fail").attempts == 3


def test_a_key_is_first_once_and_again_when_the_deed_was_rolled_back():
    with transaction.atomic():
        assert first_time("a")
        transaction.set_rollback(True)
    with transaction.atomic():
        assert first_time("a")
        assert not first_time("a")
    with pytest.raises(transaction.TransactionManagementError):
        first_time("b")


@pytest.fixture
def diary(monkeypatch):
    """Only one function is daily, and writes down its days."""
    days = []
    monkeypatch.setattr("sinergi.accounts.tasks._daily", {})
    daily("diary")(days.append)
    return days


def test_daily_functions_run_once_a_day_also_when_the_clock_moves_back(diary):
    monday = date(2026, 11, 23)
    offsets = [0, 0, 1, 0, -3, 1, 2]
    begun = [bool(periodic.enqueue_due(monday + timedelta(days=one))) for one in offsets]
    work()
    assert begun == [True, False, True, False, False, False, True]
    assert diary == [monday + timedelta(days=one) for one in (0, 1, 2)]


def test_a_clock_that_was_years_ahead_stops_daily_functions_for_that_day_only(diary):
    today = date(2026, 11, 23)
    assert periodic.enqueue_due(date(2099, 1, 1)) == ["diary"]
    assert periodic.enqueue_due(today) == []
    assert DailyRun.objects.get().day == today
    assert periodic.enqueue_due(today + timedelta(days=1)) == ["diary"]


def test_a_daily_function_that_is_gone_is_a_dead_letter_at_once(diary):
    periodic.run_daily.enqueue("gone", "2026-11-23")
    work()
    assert only().status == "FAILED"


def test_two_functions_cannot_have_the_same_daily_name(diary):
    with pytest.raises(ValueError, match="diary"):
        daily("diary")(lambda day: None)


def test_old_results_and_marks_are_deleted_failed_ones_later(tmp_path):
    now = timezone.now()
    for status, days in (("SUCCESSFUL", 15), ("SUCCESSFUL", 13), ("FAILED", 15), ("FAILED", 200)):
        deeds.give_up.enqueue()
        DBTaskResult.objects.filter(status="READY").update(
            status=status, finished_at=now - timedelta(days=days)
        )
    with transaction.atomic():
        first_time("old")
        first_time("new")
    TaskMark.objects.filter(key="old").update(at=now - timedelta(days=401))
    periodic.purge(now.date())
    left = DBTaskResult.objects.order_by("status").values_list("status", flat=True)
    assert list(left) == ["FAILED", "SUCCESSFUL"]
    assert [one.key for one in TaskMark.objects.all()] == ["new"]


def test_a_task_delivered_twice_has_its_effect_once(tmp_path):
    deeds.count_once.enqueue(str(tmp_path), "a")
    work()
    DBTaskResult.objects.update(status="READY")
    work()
    assert only().status == "SUCCESSFUL"
    assert Organisation.objects.count() == 1
    assert len(deeds.notes(tmp_path)) == 4
