"""A run begun by the form: computed once, while everybody else can write; and told when it was ended."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from sinergi.accounts.models import Person
from sinergi.programs.models import RunState, SyncRun
from sinergi.programs.synchronise import compute
from tests.programs.making import office, planner
from tests.programs.sync.playing import line, neighbours, same_bridge

PAGE = "/sinkronisasi/baru/"


@pytest.fixture
def asked(client):
    """What the form sends of two neighbours with a bridge each, as it was shown."""
    owner = office()
    client.force_login(Person.objects.get(pk=planner(owner).person_id))
    versions = neighbours(owner)
    for version in versions:
        line(version)
    return {
        "organisation": owner.pk, "title": "Uji", "versions": [one.pk for one in versions], "likely": 60,
        "large": "1 miliar", "small": "100 juta",
        "once": client.get(PAGE).context["form"]["once"].value(),
    }  # fmt: skip


@pytest.fixture
def computed(monkeypatch):
    """Whether each computation ran within a transaction."""
    found, found_among = [], compute.found_among

    def watched(*given):
        found.append(connection.in_atomic_block)
        return found_among(*given)

    monkeypatch.setattr(compute, "found_among", watched)
    return found


@pytest.mark.django_db(transaction=True)
def test_a_run_of_the_form_computes_while_others_can_write(client, asked, computed):
    assert asked["once"]
    answer = client.post(PAGE, asked)
    assert SyncRun.objects.get().state == RunState.DONE
    assert answer.url == SyncRun.objects.get().get_absolute_url()
    assert computed == [False]


@pytest.mark.django_db(transaction=True)
def test_a_form_that_is_sent_twice_computes_once(client, asked, computed):
    first, second = client.post(PAGE, asked), client.post(PAGE, asked)
    assert first.url == second.url
    assert SyncRun.objects.count() == len(computed) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "told"),
    [
        (RunState.WAITING, "Nobody has begun to compute this run"),
        (RunState.RUNNING, "whatever computed it was probably ended"),
    ],
    ids=["waits", "runs"],
)
def test_a_run_whose_process_was_ended_says_so_and_is_not_looked_at_again(client, state, told):
    by, run, _found = same_bridge()
    client.force_login(Person.objects.get(pk=by.person_id))
    rows = SyncRun.objects.filter(pk=run.pk)
    rows.update(state=state, told_at=timezone.now())
    address = f"/en{run.get_absolute_url()}"
    answer = client.get(address)
    assert told not in answer.content.decode()
    assert answer["Refresh"]
    rows.update(told_at=timezone.now() - timedelta(minutes=6))
    answer = client.get(address)
    assert told in answer.content.decode()
    assert "Refresh" not in answer
