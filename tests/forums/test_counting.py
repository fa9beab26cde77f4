"""Counting goes on beside pages, and again where whoever counted was killed."""

import signal
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from sinergi.accounts.models import Person
from sinergi.forums import tasks
from sinergi.forums.counting import outcome_of
from sinergi.forums.models import Ballot
from tests.databases import Installation, installation, opened, until

from .voting import cast, closed, ranking, voting

VOTES = """
import random
from django.utils import timezone
from sinergi.accounts.models import Organisation
from sinergi.forums.models import Ballot, CastVote, Delegation, Forum, VotingRight
from django_tasks_db.models import DBTaskResult
from sinergi.forums.calling import call_to_vote
from sinergi.forums.tasks import count
now, chance = timezone.now(), random.Random(4)
office = Organisation.objects.create(code="apeksi", name="Apeksi", kind="third_party")
forum = Forum.objects.create(organisation=office, title="Rakernas", type="national", stage="deliberating")
ballot = Ballot.objects.create(
    forum=forum, question="Mana?", method="schulze", state="closed", opened_at=now, closed_at=now
)
items = [str(ballot.options.create(position=n, text=f"Butir {n}").pk) for n in range(1, 10)]
for number in range(300):
    home = Organisation.objects.create(code=f"k{number}", name=f"Kota {number}", kind="third_party")
    seat = Delegation.objects.create(forum=forum, organisation=home, answer="coming", invited_at=now)
    right = VotingRight.objects.create(ballot=ballot, delegation=seat, used=True)
    order = chance.sample(items, len(items))
    places = {item: place for place, item in enumerate(order, start=1)}
    CastVote.objects.create(
        ballot=ballot, right=right, secret=False, receipt=f"{number:064d}", places=places
    )
for _letter in range(3):
    call_to_vote.enqueue(ballot.pk)
count.enqueue(ballot.pk)
print(DBTaskResult.objects.ready().first().task_path, ballot.pk)
"""


HELD_UP = """
import time
from pathlib import Path
from sinergi.cli.workspace import open_workspace
open_workspace()
from sinergi.forums import tasks
def count(ballot):
    Path("counting").touch()
    time.sleep(600)
tasks.outcome_of = count
from sinergi.cli.app import app
app(["worker"])
"""
"""A worker that is met in the middle of counting."""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def place(request, tmp_path: Path, settings, django_db_blocker) -> Iterator[Installation]:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    with installation(request.param, tmp_path) as made, django_db_blocker.unblock():
        yield made


def counting(place: Installation, status: str) -> bool:
    with opened(place):
        rows = DBTaskResult.objects.filter(task_path__endswith="tasks.count", status=status)
        return rows.exists()


def test_a_ballot_whose_worker_was_killed_is_counted_by_the_next_one(place) -> None:
    next_one, number = place.python(VOTES).split()
    # a hall waits for its result, and hundreds of letters about the same ballot may wait before it
    assert next_one == "sinergi.forums.tasks.count"
    first = place.start(sys.executable, "-c", HELD_UP)
    until((place.home / "counting").exists)
    assert counting(place, "RUNNING")
    first.send_signal(signal.SIGKILL)
    first.wait(timeout=120)
    with opened(place):
        assert Ballot.objects.get(pk=int(number)).outcome is None
    second = place.sinergi("worker")
    until(lambda: counting(place, "SUCCESSFUL"))
    second.send_signal(signal.SIGTERM)
    second.communicate(timeout=240)
    with opened(place):
        row = Ballot.objects.get(pk=int(number))
        assert row.outcome == outcome_of(row)
        assert row.outcome["votes"] == 300


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("database_of_many")
def test_where_no_worker_runs_the_secretariat_has_it_counted_beside_the_page() -> None:
    made, ballot = voting()
    cast(made, ballot, "banjarbaru", ranking(ballot, 1))
    closed(made, ballot)
    Ballot.objects.update(outcome=None)
    client = Client()
    client.force_login(Person.objects.get(pk=made.secretary.person_id))
    page, ask = (
        reverse(f"forums:{name}", args=[made.forum.pk, ballot.pk])
        for name in ("ballot", "ballot-count")
    )
    client.post(ask)
    assert Ballot.objects.get().outcome is None
    Ballot.objects.update(closed_at=timezone.now() - timedelta(minutes=1))
    assert ask in client.get(page).content.decode()
    assert client.post(ask).status_code == 302
    until(lambda: Ballot.objects.get().outcome is not None)
    assert Ballot.objects.get().outcome["votes"] == 1
    until(lambda: not tasks._aside)
    assert client.post(ask).status_code == 302
    assert not tasks._aside
