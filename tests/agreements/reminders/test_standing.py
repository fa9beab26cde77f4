"""Whom reminders concern, and when they stand no more: seen, done, moved, ended, overtaken."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sinergi.accounts.actions.personal import erase_person, export_person
from sinergi.accounts.models import Person
from sinergi.accounts.principal import operator, visitor
from sinergi.agreements.actions.reminders import see, see_all
from sinergi.agreements.models import (
    Advice,
    Approval,
    Due,
    DueState,
    Obligation,
    Party,
    ReminderChoice,
    ReminderSeen,
    StageTask,
    State,
    TaskState,
)
from sinergi.agreements.queries.reminders import count, reminders
from sinergi.agreements.reminders.run import run
from tests.agreements.making import a_party, an_agreement, bureau, officer, stranger
from tests.people import organisation

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 1)
WEEK = timedelta(days=7)


class Scene:
    """An agreement that a bureau keeps, of a debtor, a creditor and a third, each with its people."""

    def __init__(self, on: date = DAY + WEEK, **fields: object) -> None:
        self.agreement = an_agreement(bureau(), **fields)
        self.keeper = officer(self.agreement.organisation)
        self.debtor, self.creditor, self.third = (
            a_party(self.agreement, name, organisation=organisation(name))
            for name in ("kota-a", "kota-b", "kota-c")
        )
        self.obligation = Obligation.objects.create(
            agreement=self.agreement,
            number=1,
            kind="money",
            debtor=self.debtor,
            creditor=self.creditor,
            text="Membayar iuran",
        )
        self.due = Due.objects.create(obligation=self.obligation, on=on)

    def who(self, day: date = DAY) -> set[str]:
        """Names of those for whom a reminder stands."""
        people = {"keeper": self.keeper}
        for name in ("debtor", "creditor", "third"):
            party: Party = getattr(self, name)
            people[name] = officer(party.organisation)
        return {name for name, by in people.items() if reminders(by, day)}


def told(by, day=DAY):
    return [(one.reminder.target, one.left) for one in reminders(by, day)]


def test_a_due_ahead_concerns_the_debtor_and_who_keeps_the_agreement():
    made = Scene()
    run(DAY)
    assert made.who() == {"keeper", "debtor"}
    assert reminders(stranger(), DAY) == reminders(visitor(), DAY) == []
    assert told(operator()) == told(made.keeper) == [("due", 7)]


def test_a_late_due_concerns_the_creditor_too_and_all_where_it_is_owed_to_all():
    made = Scene(on=DAY - WEEK)
    run(DAY)
    assert made.who() == {"keeper", "debtor", "creditor"}
    Obligation.objects.update(creditor=None)
    assert made.who() == {"keeper", "debtor", "creditor", "third"}


def test_the_end_concerns_all_parties_except_those_that_left():
    made = Scene(on=DAY + timedelta(days=300), ends=DAY + WEEK)
    run(DAY)
    assert made.who() == {"keeper", "debtor", "creditor", "third"}
    Party.objects.filter(pk=made.third.pk).update(left_on=DAY)
    assert made.who() == {"keeper", "debtor", "creditor"}


def test_tasks_approvals_and_advice_concern_their_party_and_who_keeps_the_agreement():
    made, row = Scene(on=DAY + timedelta(days=300)), DAY + WEEK
    StageTask.objects.create(
        agreement=made.agreement, party=made.third, stage="preparation", code="own-1", due_on=row
    )
    Approval.objects.create(party=made.creditor, kind="dprd", due_on=row)
    Advice.objects.create(agreement=made.agreement, asked_of="TKKSD", asked_on=DAY, due_on=row)
    run(DAY)
    assert made.who() == {"keeper", "creditor", "third"}
    assert {one for one, _left in told(made.keeper)} == {"task", "approval", "advice"}
    assert told(officer(made.third.organisation)) == [("task", 7)]


def test_a_viewer_who_can_do_nothing_is_not_reminded():
    made = Scene()
    run(DAY)
    viewer = officer(made.debtor.organisation, "viewer")
    assert reminders(viewer, DAY) == []
    assert count(viewer, DAY) == 0


def finish(made: Scene) -> None:
    Due.objects.update(state=DueState.FULFILLED)


def move(made: Scene) -> None:
    Due.objects.update(on=DAY + timedelta(days=20))


def take_out(made: Scene) -> None:
    Obligation.objects.update(removed_at=timezone.now())


def end(made: Scene) -> None:
    type(made.agreement).objects.update(state=State.ENDED)


def put_away(made: Scene) -> None:
    type(made.agreement).objects.update(deleted_at=timezone.now())


def delete(made: Scene) -> None:
    Due.objects.all().delete()


def want_none(made: Scene) -> None:
    ReminderChoice.objects.create(agreement=made.agreement, days=[])


@pytest.mark.parametrize(
    "deed", [finish, move, take_out, end, put_away, delete, want_none], ids=lambda one: one.__name__
)
def test_what_is_no_more_is_not_shown(deed):
    made = Scene()
    run(DAY)
    assert told(made.keeper) == [("due", 7)]
    deed(made)
    assert told(made.keeper) == []
    assert count(made.keeper, DAY) == 0


def test_a_task_that_was_done_is_not_shown():
    made = Scene(on=DAY + timedelta(days=300))
    StageTask.objects.create(
        agreement=made.agreement, stage="preparation", code="own-1", due_on=DAY
    )
    run(DAY)
    assert told(made.keeper) == [("task", 0)]
    StageTask.objects.update(state=TaskState.DONE)
    assert told(made.keeper) == []


def test_only_the_last_of_a_thing_stands_also_when_that_one_was_seen():
    made = Scene()
    run(DAY - timedelta(days=80))
    run(DAY)
    [one] = reminders(made.keeper, DAY)
    assert one.reminder.days == 7
    assert see(made.keeper, one.reminder.pk, DAY)
    assert told(made.keeper) == []
    run(DAY + WEEK)
    assert told(made.keeper, DAY + WEEK) == [("due", 0)]


def test_who_has_seen_it_hides_it_from_nobody_else():
    made = Scene()
    run(DAY)
    debtor = officer(made.debtor.organisation)
    [one] = reminders(made.keeper, DAY)
    assert see(made.keeper, one.reminder.pk, DAY)
    assert not see(made.keeper, one.reminder.pk, DAY)
    assert told(made.keeper) == []
    assert told(debtor) == told(officer(made.agreement.organisation)) == [("due", 7)]


def test_nobody_marks_what_does_not_concern_him():
    made = Scene()
    run(DAY)
    number = reminders(made.keeper, DAY)[0].reminder.pk
    assert not see(officer(made.third.organisation), number, DAY)
    assert see_all(officer(made.third.organisation), number, DAY) == 0
    assert not ReminderSeen.objects.exists()


def test_all_are_put_aside_up_to_the_last_that_was_shown():
    made = Scene(ends=DAY + WEEK)
    run(DAY)
    last = max(one.reminder.pk for one in reminders(made.keeper, DAY))
    StageTask.objects.create(
        agreement=made.agreement, stage="preparation", code="own-1", due_on=DAY
    )
    run(DAY)
    assert see_all(made.keeper, last, DAY) == 2
    assert told(made.keeper) == [("task", 0)]


def test_those_of_the_last_night_come_first_and_each_by_its_day():
    made = Scene(on=DAY + timedelta(days=85), ends=DAY + timedelta(days=40))
    run(DAY - timedelta(days=1))
    for days in (5, 3):
        Obligation.objects.create(
            agreement=made.agreement, number=days, kind="money", debtor=made.debtor, text="x"
        ).dues.create(on=DAY + timedelta(days=days))
    run(DAY)
    assert [left for _target, left in told(made.keeper)] == [3, 5, 40, 85]


def test_the_number_of_questions_does_not_grow_with_the_reminders():
    made = Scene()
    run(DAY)
    with CaptureQueriesContext(
        connection,
    ) as few:
        reminders(made.keeper, DAY)
    for days in range(10, 30):
        made.obligation.dues.create(on=DAY + timedelta(days=days))
    run(DAY)
    with CaptureQueriesContext(connection) as many:
        assert len(reminders(made.keeper, DAY)) == 21
    assert len(many) == len(few) <= 3
    with CaptureQueriesContext(connection) as one:
        assert count(made.keeper, DAY) == 21
    assert len(one) == 2


def test_what_a_person_put_aside_is_told_to_the_person_and_goes_with_it():
    made = Scene()
    run(DAY)
    see(made.keeper, reminders(made.keeper, DAY)[0].reminder.pk, DAY)
    person = Person.objects.get(pk=made.keeper.person_id)
    stored = export_person(made.keeper, person)["reminders_seen"]
    assert [one["reminder__target"] for one in stored] == ["due"]
    erase_person(made.keeper, person)
    assert not ReminderSeen.objects.exists()
