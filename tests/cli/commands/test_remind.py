"""Reminding from the command line: once, for days that have come, by who may."""

from datetime import timedelta

import pytest
from django.utils import timezone

from sinergi.accounts.models import Person
from sinergi.agreements.models import Reminder
from tests.agreements.making import an_agreement, officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement(db):
    return an_agreement(ends=timezone.localdate() + timedelta(days=30))


def test_a_second_run_makes_none(run, agreement):
    officer(agreement.organisation)
    first, second = run("remind"), run("remind")
    assert first.code == second.code == 0, first.err + second.err
    assert first.out.splitlines() == ["1 new reminder.", "1 letter written."]
    assert second.out.splitlines() == ["0 new reminders.", "0 letters written."]


def test_it_is_told_in_indonesian(run, agreement):
    assert run("--language", "id", "remind").out.splitlines() == [
        "1 pengingat baru.",
        "0 surat ditulis.",
    ]


def test_a_day_on_which_no_worker_ran_is_made_up(run, agreement):
    day = timezone.localdate() - timedelta(days=40)
    assert run("remind", "--date", day).code == 0
    assert list(Reminder.objects.values_list("days", flat=True)) == [90]


@pytest.mark.parametrize("wrong", ["besok", "2026-02-30", "9999-12-31"])
def test_a_day_that_is_none_or_still_to_come_is_refused(run, agreement, wrong):
    told = run("remind", "--date", wrong)
    assert told.code == 2
    assert wrong in told.err
    assert not Reminder.objects.exists()


def test_who_may_not_keep_the_installation_is_refused(run, agreement):
    person = Person.objects.get(pk=officer(agreement.organisation).person_id)
    assert run("--as", person.email, "remind").code == 2
    assert not Reminder.objects.exists()
