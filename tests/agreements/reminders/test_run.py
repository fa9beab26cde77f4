"""The run reminds of each thing once: repeated, beside another, killed in the middle, after a stop."""

import signal
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from sinergi.accounts.tasks import daily_functions
from sinergi.agreements.models import (
    Advice,
    Approval,
    Due,
    DueState,
    Obligation,
    Reminder,
    ReminderChoice,
    StageTask,
    State,
)
from sinergi.agreements.reminders.run import run
from tests.agreements.making import a_party, an_agreement
from tests.databases import Installation, installation

DAY = date(2026, 3, 1)
PREPARE = """
from datetime import date, timedelta
from sinergi.agreements.models import Due, Obligation
from tests.agreements.making import a_party, an_agreement
agreement = an_agreement()
debtor = a_party(agreement)
one = Obligation.objects.create(agreement=agreement, number=1, kind="money", debtor=debtor, text="x")
first = date(2025, 12, 6)
Due.objects.bulk_create([Due(obligation=one, on=first + timedelta(days=n)) for n in range(175)])
"""
RUN = """
import django
django.setup()
import time
from datetime import date
from pathlib import Path
from sinergi.agreements.reminders import run
run.AT_ONCE = 5
make = run._make
def slowly(*given):
    Path("begun").touch()
    time.sleep(0.02)
    return make(*given)
run._make = slowly
print("ready", flush=True)
while not Path("go").exists():
    time.sleep(0.001)
run.run(date(2026, 3, 1))
"""
FOUND = "from sinergi.agreements.models import Reminder; print(Reminder.objects.count())"


def owed(agreement, on: date, number: int = 1, **fields) -> Due:
    debtor = agreement.parties.first() or a_party(agreement)
    row = Obligation.objects.create(
        agreement=agreement, number=number, kind="money", debtor=debtor, text="Membayar"
    )
    return Due.objects.create(obligation=row, on=on, **fields)


def told() -> list[tuple[str, int]]:
    return sorted(Reminder.objects.values_list("target", "days"))


def test_it_is_run_each_day():
    assert "agreements.reminders" in daily_functions()


@pytest.mark.django_db
def test_everything_with_a_day_is_reminded_of_once():
    agreement = an_agreement(ends=DAY + timedelta(days=60))
    party, soon = a_party(agreement), DAY + timedelta(days=7)
    owed(agreement, DAY)
    StageTask.objects.create(agreement=agreement, stage="preparation", code="own-1", due_on=soon)
    Approval.objects.create(party=party, kind="dprd", due_on=soon)
    Advice.objects.create(agreement=agreement, asked_of="TKKSD", asked_on=DAY, due_on=soon)
    assert run(DAY) == 5
    assert run(DAY) == 0
    assert told() == [("advice", 7), ("approval", 7), ("due", 0), ("end", 60), ("task", 7)]


@pytest.mark.django_db
def test_a_stop_of_the_worker_is_caught_up_by_the_latest_only():
    agreement = an_agreement(ends=DAY)
    run(DAY - timedelta(days=90))
    run(DAY - timedelta(days=20))
    assert told() == [("end", 30), ("end", 90)]
    assert agreement.reminders.count() == 2


@pytest.mark.django_db
def test_what_is_late_is_told_weekly_and_four_times():
    owed(an_agreement(), DAY)
    for n in range(100):
        run(DAY + timedelta(days=n))
    assert told() == [("due", n) for n in (-28, -21, -14, -7, 0)]


@pytest.mark.django_db
def test_what_is_done_or_of_no_living_agreement_is_not_reminded_of():
    owed(an_agreement(), DAY, state=DueState.FULFILLED)
    owed(an_agreement(state=State.ENDED, ends=DAY), DAY)
    owed(an_agreement(deleted_at=timezone.now(), ends=DAY), DAY)
    assert run(DAY) == 0


@pytest.mark.django_db
def test_an_agreement_chooses_its_days():
    never, early = an_agreement(ends=DAY), an_agreement(ends=DAY + timedelta(days=365))
    ReminderChoice.objects.create(agreement=never, days=[])
    ReminderChoice.objects.create(agreement=early, days=[365])
    run(DAY)
    assert told() == [("end", 365)]


@pytest.mark.django_db
def test_a_date_that_moves_is_reminded_of_anew():
    row = owed(an_agreement(), DAY)
    run(DAY)
    Due.objects.filter(pk=row.pk).update(on=DAY + timedelta(days=7))
    run(DAY)
    assert told() == [("due", 0), ("due", 7)]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def place(request, tmp_path: Path) -> Iterator[Installation]:
    with installation(request.param, tmp_path) as made:
        yield made


def test_two_runs_at_once_make_each_reminder_once(place):
    place.python(PREPARE)
    both = [place.start(sys.executable, "-c", RUN) for _n in range(2)]
    for one in both:
        assert one.stdout.readline().strip() == "ready"
    (place.home / "go").touch()
    assert [one.wait(60) for one in both] == [0, 0]
    assert place.python(FOUND).strip() == "175"


def test_a_run_that_is_killed_is_ended_by_the_next(place):
    place.python(PREPARE)
    (place.home / "go").touch()
    killed = place.start(sys.executable, "-c", RUN)
    while not (place.home / "begun").exists():
        time.sleep(0.005)
    time.sleep(0.1)
    killed.send_signal(signal.SIGKILL)
    killed.wait(30)
    assert place.start(sys.executable, "-c", RUN).wait(60) == 0
    assert place.python(FOUND).strip() == "175"
