"""The pages of reminders: shown to whom they concern, put aside, chosen; in both languages."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import escape

from sinergi.accounts.models import AuditRecord, Person
from sinergi.agreements.models import (
    Advice,
    Approval,
    Reminder,
    ReminderChoice,
    ReminderLetters,
    ReminderSeen,
    StageTask,
)
from sinergi.agreements.reminders.run import run
from tests.agreements.making import a_party, officer, stranger
from tests.agreements.reminders.test_standing import Scene
from tests.people import signed_in

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def browser(by):
    client = Client()
    signed_in(client, Person.objects.get(pk=by.person_id))
    return client


def at(name, *args, language="en"):
    with translation.override(language):
        return reverse(f"agreements:{name}", args=args)


def scene(left=7, **fields):
    made = Scene(on=TODAY + timedelta(days=left), title="TPA Regional", **fields)
    run(TODAY)
    return made


def shown(client, language="en"):
    return client.get(at("waiting", language=language)).content.decode()


@pytest.mark.parametrize(
    ("left", "words"),
    [(7, ("7 hari lagi", "in 7 days")), (0, ("hari ini", "today")),
     (-7, ("terlambat 7 hari", "7 days late"))],
    ids=["ahead", "today", "late"],
)  # fmt: skip
def test_a_reminder_is_shown_in_words_with_the_way_to_its_thing(left, words):
    made = scene(left)
    for language, told in zip(("id", "en"), words, strict=True):
        page = shown(browser(made.keeper), language)
        assert told in page
        assert "Membayar iuran" in page
        assert at("due", made.agreement.pk, made.due.pk, language=language) in page
    assert "Membayar iuran" not in shown(browser(stranger()))
    assert "Membayar iuran" not in Client().get(at("waiting")).content.decode()


def test_every_kind_is_named_and_leads_to_a_page_that_its_reader_may_open():
    made = Scene(on=TODAY, ends=TODAY)
    told = {"due_on": TODAY, "agreement": made.agreement}
    StageTask.objects.create(stage="preparation", code="own-1", title="Rapat <tim>", **told)
    StageTask.objects.create(stage="preparation", code="terms", party=made.third, **told)
    Approval.objects.create(party=made.creditor, kind="dprd", due_on=TODAY)
    Advice.objects.create(asked_of="TKKSD", asked_on=TODAY, **told)
    assert run(TODAY) == 6
    client = browser(made.keeper)
    context = client.get(at("waiting")).context["reminders"]
    assert len(context) == 6
    assert all(client.get(one["link"]).status_code == 200 for one in context)
    assert escape("Rapat <tim>") in shown(client)


def test_one_is_put_aside_for_its_reader_alone_and_counted_in_the_header():
    made = scene()
    keeper, debtor = browser(made.keeper), browser(officer(made.debtor.organisation))
    assert "<strong>(1)</strong>" in shown(keeper)
    number = Reminder.objects.get().pk
    for words in ("Put aside", "does not stand any more"):
        answer = keeper.post(at("reminders-seen"), {"nomor": number}, follow=True)
        assert words in answer.content.decode()
    assert "Membayar iuran" not in shown(keeper)
    assert "<strong>(1)</strong>" not in shown(keeper)
    assert "Membayar iuran" in shown(debtor)


@pytest.mark.parametrize("number", ["x", "-1", "", "9" * 400, "0", "999999999999999999", "１"])
def test_what_is_no_reminder_marks_none(number):
    client = browser(scene().keeper)
    for name in ("nomor", "hingga"):
        sent = {name: "1" if name == "hingga" and number[:1] == "9" else number}
        assert client.post(at("reminders-seen"), sent).status_code == 302
    assert ReminderSeen.objects.count() <= 1


def test_all_that_were_shown_are_put_aside():
    made = scene(ends=TODAY)
    client = browser(made.keeper)
    up_to = client.get(at("waiting")).context["up_to"]
    answer = client.post(at("reminders-seen"), {"hingga": up_to}, follow=True)
    assert "2 reminders put aside" in answer.content.decode()
    assert answer.context["reminders"] == []


def test_nobody_puts_aside_without_signing_in_or_by_a_link():
    scene()
    page = at("reminders-seen")
    number = Reminder.objects.get().pk
    assert Client().post(page, {"nomor": number}).status_code in (302, 403)
    assert Client().get(page).status_code == 405
    assert not ReminderSeen.objects.exists()


def test_letters_are_chosen_on_the_page():
    made = scene()
    client, page = browser(made.keeper), at("reminder-letters")
    assert client.get(at("waiting")).context["letters"]
    client.post(page)
    assert not client.get(at("waiting")).context["letters"]
    client.post(page, {"surat": "1"})
    assert client.get(at("waiting")).context["letters"]
    assert ReminderLetters.objects.count() == 1


def choose(client, made, when, days="", revision=0):
    page = at("reminders", made.agreement.pk)
    return client.post(page, {"when": when, "days": days, "revision": revision})


def test_who_keeps_the_agreement_chooses_days_never_and_back():
    made = scene()
    client, page = browser(made.keeper), at("reminders", made.agreement.pk)
    assert "90, 60, 30, 7, 0" in client.get(page).content.decode()
    assert choose(client, made, "own", "30, 120;30 0").status_code == 302
    assert ReminderChoice.objects.get().days == [120, 30, 0]
    assert "120, 30, 0" in client.get(page).content.decode()
    assert choose(client, made, "never", "x", revision=1).status_code == 302
    assert ReminderChoice.objects.get().days == []
    assert choose(client, made, "usual", "", revision=2).status_code == 302
    row = ReminderChoice.objects.get()
    assert (row.usual, row.revision) == (True, 3)
    verbs = AuditRecord.objects.filter(verb="reminders_set")
    assert verbs.count() == 3
    history = client.get(at("agreement", made.agreement.pk)).content.decode()
    assert "120" in history


@pytest.mark.parametrize(
    ("when", "days", "words"),
    [
        ("own", "", "one day at least"), ("own", "30, besok", "whole numbers"),
        ("own", "-7", "whole numbers"),
        ("own", "731", "from 0 to 730"), ("own", "9" * 300, "whole numbers"), ("own", "1.5", "whole numbers"),
        ("own", ",".join(map(str, range(13))), "At most 12"), ("", "30", ""), ("besok", "30", ""),
    ],
)  # fmt: skip
def test_days_that_cannot_be_are_refused_and_what_was_typed_stays(when, days, words):
    made = scene()
    answer = choose(browser(made.keeper), made, when, days)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert f'value="{days}"' in page or not days or len(days) > 200
    assert not ReminderChoice.objects.exists()


def test_who_chose_meanwhile_is_met_and_not_written_over():
    made = scene()
    client = browser(made.keeper)
    assert choose(client, made, "own", "30").status_code == 302
    answer = choose(client, made, "own", "60")
    assert answer.status_code == 409
    assert ReminderChoice.objects.get().days == [30]


def test_parties_and_strangers_do_not_choose():
    made = scene()
    page = at("reminders", made.agreement.pk)
    partner = browser(officer(made.debtor.organisation))
    assert [partner.get(page).status_code, partner.post(page).status_code] == [403, 403]
    assert browser(stranger()).get(page).status_code == 404
    assert 'href="' + page not in shown(partner)
    assert 'href="' + page in shown(browser(made.keeper))


def test_what_was_chosen_holds_in_the_next_night():
    made = scene(left=120)
    assert not Reminder.objects.exists()
    assert choose(browser(made.keeper), made, "own", "120").status_code == 302
    assert run(TODAY) == 1
    assert choose(browser(made.keeper), made, "usual", revision=1).status_code == 302
    assert run(TODAY) == 0


def test_a_party_without_people_is_reminded_by_who_keeps_the_agreement():
    made = Scene(on=TODAY + timedelta(days=300))
    lonely = a_party(made.agreement, "Kementerian")
    made.obligation.debtor = lonely
    made.obligation.save()
    made.obligation.dues.create(on=TODAY)
    run(TODAY)
    assert made.who(TODAY) == {"keeper"}
