"""Letters tell a reminder once, at most one a day, and not to whom does not want them."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from sinergi.accounts.models import Letter, Organisation, Person
from sinergi.agreements.actions.reminders import choose_letters
from sinergi.agreements.models import DueState, Reminder, ReminderLetters
from sinergi.agreements.reminders import letters
from sinergi.agreements.reminders.letters import write_letters
from sinergi.agreements.reminders.nightly import remind
from sinergi.agreements.reminders.run import run
from tests.agreements.making import officer
from tests.agreements.reminders.test_standing import Scene

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def scene(**fields):
    made = Scene(on=TODAY + timedelta(days=7), title="TPA Regional", **fields)
    return made, Person.objects.get(pk=made.keeper.person_id)


def to():
    return [one.to for one in mail.outbox]


def test_the_night_tells_each_whom_it_concerns_in_one_letter_and_once():
    made, keeper = scene(ends=TODAY)
    debtor = Person.objects.get(pk=officer(made.debtor.organisation).person_id)
    viewer = Person.objects.get(pk=officer(made.debtor.organisation, "viewer").person_id)
    for _n in range(2):
        remind(TODAY)
    assert sorted(to()) == sorted([[keeper.email], [debtor.email]])
    body = next(one.body for one in mail.outbox if one.to == [keeper.email])
    assert "TPA Regional" in body
    assert "Membayar iuran" in body
    assert f"/kerja-sama/{made.agreement.pk}/" in body
    assert [viewer.email] not in to()


def test_another_day_tells_only_what_is_new():
    made, _keeper = scene()
    remind(TODAY)
    remind(TODAY + timedelta(days=1))
    assert len(mail.outbox) == 1
    made.obligation.dues.create(on=TODAY + timedelta(days=10))
    remind(TODAY + timedelta(days=2))
    assert len(mail.outbox) == 2
    assert "1 " in mail.outbox[1].subject


def test_who_chose_against_letters_gets_none_and_who_is_gone_neither():
    made, keeper = scene()
    run(TODAY)
    choose_letters(made.keeper, wanted=False)
    assert write_letters(TODAY) == 0
    choose_letters(made.keeper, wanted=True)
    Person.objects.filter(pk=keeper.pk).update(is_active=False)
    assert write_letters(TODAY) == 0
    Person.objects.filter(pk=keeper.pk).update(is_active=True)
    assert write_letters(TODAY) == 1
    assert ReminderLetters.objects.get().told == Reminder.objects.get().pk


def test_what_needs_a_second_factor_is_not_sent():
    _made, _keeper = scene()
    Organisation.objects.update(requires_second_factor=True)
    remind(TODAY)
    assert to() == []


def test_what_was_done_before_the_letter_is_not_told():
    made, _keeper = scene()
    run(TODAY)
    made.due.state = DueState.FULFILLED
    made.due.save()
    assert write_letters(TODAY) == 0


def test_a_failure_in_the_middle_repeats_no_letter(monkeypatch):
    made, keeper = scene()
    debtor = Person.objects.get(pk=officer(made.debtor.organisation).person_id)
    run(TODAY)
    told = letters._tell

    def broken(person, day):
        done = told(person, day)
        if person.pk == debtor.pk:
            raise RuntimeError
        return done

    monkeypatch.setattr(letters, "_tell", letters.transaction.atomic(broken))
    with pytest.raises(RuntimeError):
        write_letters(TODAY)
    monkeypatch.undo()
    assert write_letters(TODAY) == 1
    assert Letter.objects.count() == 2
    assert sorted(to()).count([keeper.email]) == 1


def test_many_reminders_are_told_in_short_and_the_rest_is_counted():
    made, _keeper = scene()
    for days in range(10, 55):
        made.obligation.dues.create(on=TODAY + timedelta(days=days))
    run(TODAY)
    assert write_letters(TODAY) == 1
    [letter] = mail.outbox
    assert letter.body.count("Membayar iuran") == letters.LINES
    assert "16" in letter.body
    assert write_letters(TODAY + timedelta(days=1)) == 0


@pytest.mark.parametrize(("language", "words"), [("id", "7 hari lagi"), ("en", "in 7 days")])
def test_letters_are_in_the_language_of_the_person_and_escaped_where_they_are_html(language, words):
    made, keeper = scene()
    type(made.obligation).objects.update(text="<b>Bayar</b> & lapor")
    Person.objects.filter(pk=keeper.pk).update(language=language)
    remind(TODAY)
    [letter] = mail.outbox
    assert words in letter.body
    assert "<b>Bayar</b> & lapor" in letter.body
    assert "&lt;b&gt;Bayar" in letter.alternatives[0][0]


def test_a_night_long_ago_is_not_written_of():
    made, _keeper = scene()
    run(TODAY)
    Reminder.objects.update(made=timezone.now() - timedelta(days=5))
    assert write_letters(TODAY) == 0
    assert made.who(TODAY)
