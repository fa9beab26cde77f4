"""The page of the stages and its forms, in the browser of each party, of readers and of strangers."""

import re
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from sinergi.accounts.audit.words import value_text
from sinergi.accounts.models import Person
from sinergi.agreements.models import (
    Advice,
    Agreement,
    Approval,
    Party,
    StageTask,
    State,
)
from tests.agreements.making import public, stranger
from tests.agreements.stages.making import DAY, complete, done, prepared, scene
from tests.people import twice

pytestmark = pytest.mark.django_db


def browser(principal):
    client = Client()
    client.force_login(Person.objects.get(pk=principal.person_id))
    return client


def address(name, made, *more):
    return reverse(f"agreements:{name}", args=[made.agreement.pk, *more])


def text(answer):
    return answer.content.decode()


def test_the_page_shows_each_party_its_stage_what_is_missing_and_where_it_can_be_mended():
    made = scene()
    answer = browser(made.keeper).get(address("stages", made))
    assert answer.status_code == 200
    page = text(answer)
    assert "Provinsi Kalimantan Selatan" in page
    assert "Kerangka Acuan Kerja" in page
    assert "#tahap-preparation" in page
    assert address("track-advance", made, made.first.pk) not in page


def test_only_who_may_sees_buttons():
    made = scene()
    prepared(made)
    own = address("track-advance", made, made.first.pk)
    theirs = address("track-advance", made, made.second.pk)
    page = text(browser(made.keeper).get(address("stages", made)))
    assert own in page
    assert theirs not in page
    page = text(browser(made.partner).get(address("stages", made)))
    assert own not in page
    assert theirs in page
    public(made.agreement)
    page = text(Client().get(address("stages", made)))
    assert own not in page
    assert "<form" not in page.split('id="h-lintasan"')[1].split("</main>")[0]


def test_a_stranger_does_not_see_the_page_and_a_reader_may_not_move_a_party():
    made = scene()
    prepared(made)
    assert browser(stranger()).get(address("stages", made)).status_code == 404
    move = address("track-advance", made, made.first.pk)
    assert browser(stranger()).post(move).status_code == 404
    assert browser(made.partner).post(move, {"revision": 1}).status_code == 403


def test_parties_move_by_their_buttons_and_the_whole_follows():
    made = scene()
    prepared(made)
    for who, party in ((made.keeper, made.first), (made.partner, made.second)):
        answer = browser(who).post(
            address("track-advance", made, party.pk), {"revision": 1}, follow=True
        )
        assert answer.status_code == 200
    assert Agreement.objects.get().stage == "offer"
    back = address("track-back", made, made.first.pk)
    browser(made.keeper).post(back, {"revision": 2, "mengapa": ""})
    assert Party.objects.get(pk=made.first.pk).stage == "offer"
    browser(made.keeper).post(back, {"revision": 2, "mengapa": "KAK diperbaiki"})
    assert Party.objects.get(pk=made.first.pk).stage == "preparation"


@pytest.mark.parametrize("revision", ["", "nonsense", "9" * 5000, "-1", "\x00"])
def test_a_move_with_a_revision_that_cannot_be_moves_nothing(revision):
    made = scene()
    prepared(made)
    client = browser(made.keeper)
    answer = client.post(
        address("track-advance", made, made.first.pk), {"revision": revision}, follow=True
    )
    assert answer.status_code == 200
    assert Party.objects.get(pk=made.first.pk).stage == "preparation"


def test_a_task_is_marked_opened_again_and_said_more_of():
    made = scene()
    client = browser(made.keeper)
    mark = address("task-mark", made, "preparation", "terms")
    client.post(mark, {"revision": 0})
    row = StageTask.objects.get()
    assert (row.state, row.revision) == ("done", 1)
    client.post(mark, {"revision": 1, "buka": "1"})
    row.refresh_from_db()
    assert (row.state, row.done_on) == ("open", None)
    form = address("task", made, "preparation", "terms")
    answer = client.post(
        form, {"state": "not_needed", "note": "", "revision": 2, "responsible": "Bagian Kerja Sama"}
    )
    assert answer.status_code == 422
    assert "Bagian Kerja Sama" in text(answer)
    answer = client.post(form, {"state": "not_needed", "note": "KAK lama", "revision": 2})
    assert answer.status_code == 302
    row.refresh_from_db()
    assert (row.state, row.note) == ("not_needed", "KAK lama")


def test_a_task_of_a_party_is_its_own():
    made = scene()
    form = address("task-of-party", made, made.second.pk, "preparation", "mapping")
    assert browser(made.keeper).get(form).status_code == 403
    assert browser(made.partner).get(form).status_code == 200
    other = address("task-of-party", made, made.second.pk, "preparation", "terms")
    assert browser(made.partner).get(other).status_code == 404
    mark = address("task-mark", made, "preparation", "mapping")
    answer = browser(made.keeper).post(mark, {"revision": 0, "pihak": made.second.pk})
    assert answer.status_code == 403


def test_two_who_say_something_of_a_task_at_once_both_learn_of_it():
    made = scene()
    done(made.agreement, "preparation", "terms")
    form = address("task", made, "preparation", "terms")
    answer = twice(
        browser(made.keeper), form, {"responsible": "Bagian Kerja Sama"}, {"responsible": "Bappeda"}
    )
    assert "Bagian Kerja Sama" in text(answer)
    assert "Bappeda" in text(answer)
    assert set(answer.context["form"].errors) <= {"responsible", "__all__"}
    assert answer.context["form"]["revision"].value() == "2"


def test_a_task_that_follows_from_facts_is_given_to_somebody_and_marked_by_nobody():
    made = scene()
    client = browser(made.keeper)
    client.post(address("task-mark", made, "preparation", "parties"), {"revision": 0})
    assert not StageTask.objects.exists()
    form = address("task", made, "preparation", "parties")
    assert 'name="state"' not in text(client.get(form))
    answer = client.post(form, {"responsible": "Biro Pemerintahan", "revision": 0})
    assert answer.status_code == 302
    assert StageTask.objects.get().responsible == "Biro Pemerintahan"


def test_an_own_task_is_added_once_and_taken_out():
    made = scene()
    client = browser(made.partner)
    page = address("task-new", made)
    once = client.get(page).context["form"]["once"].value()
    values = {"title": "Rapat tim", "stage": "offer", "party_id": made.second.pk, "once": once}
    for _time in range(2):
        assert client.post(page, values).status_code == 302
    row = StageTask.objects.get()
    assert (row.code, row.title, row.party) == ("own-1", "Rapat tim", made.second)
    assert client.post(page, {**values, "party_id": made.first.pk}).status_code == 422
    assert "Rapat tim" in text(client.get(address("stages", made)))
    client.post(address("task-remove", made, row.pk), {"revision": 1})
    assert not StageTask.objects.exists()


def test_a_party_answers_the_offer_by_its_form():
    made = scene(stage="offer")
    form = address("offer-answer", made, made.second.pk)
    assert browser(made.keeper).get(form).status_code == 403
    client = browser(made.partner)
    assert client.post(form, {"answer": "yes", "revision": 1}).status_code == 422
    values = {"answer": "yes", "on": "2024-02-29", "note": "100/12", "revision": 1}
    assert client.post(form, values).status_code == 302
    made.second.refresh_from_db()
    assert (made.second.offer_answer, made.second.offer_answered_on) == ("yes", DAY)
    assert client.post(form, {**values, "on": "2023-02-29"}).status_code == 422


def test_an_approval_is_kept_by_its_party_and_shows_the_rule():
    made = scene(stage="approval")
    Party.objects.filter(pk=made.second.pk).update(burdens_people="yes")
    form = address("approval", made, made.second.pk, "dprd")
    client = browser(made.partner)
    assert "DPRD" in text(client.get(form))
    answer = client.post(form, {"state": "given", "on": "2024-02-28", "revision": 0})
    assert answer.status_code == 422
    values = {"state": "given", "asked_on": "2024-02-01", "on": "2024-02-29", "number": "172/5"}
    assert client.post(form, {**values, "revision": 0}).status_code == 302
    assert Approval.objects.get().number == "172/5"
    assert "172/5" in text(client.get(address("stages", made)))
    assert client.get(address("approval", made, made.second.pk, "pope")).status_code == 404


def test_advice_is_asked_once_answered_and_taken_back():
    made = scene()
    client = browser(made.keeper)
    page = address("advice-new", made)
    once = client.get(page).context["form"]["once"].value()
    values = {
        "asked_of": "Bagian Hukum",
        "asked_on": "2024-02-28",
        "due_on": "2024-02-29",
        "once": once,
    }
    for _time in range(2):
        assert client.post(page, values).status_code == 302
    row = Advice.objects.get()
    shown = text(client.get(address("stages", made)))
    assert re.search("overdue|terlambat|lewat", shown)
    answer = {"opinion": "disagrees", "given_on": "2024-02-29", "revision": 1}
    form = address("advice", made, row.pk)
    assert browser(made.partner).post(form, answer).status_code == 403
    assert client.post(form, answer).status_code == 422
    assert client.post(form, {**answer, "text": "Belum ada dasar tarif"}).status_code == 302
    row.refresh_from_db()
    assert row.opinion == "disagrees"
    client.post(address("advice-withdraw", made, row.pk), {"revision": 2})
    assert Advice.objects.exists()


@pytest.mark.parametrize("name", ["task", "answer", "approval", "advice-new"])
@pytest.mark.parametrize(
    "nonsense", ["\x00", "9" * 5000, "'; --", "-1"], ids=["nul", "long", "sql", "minus"]
)
def test_nonsense_in_a_form_is_refused_and_never_a_fault(name, nonsense):
    made = scene()
    pages = {
        "task": (address("task", made, "preparation", "terms"), ("state", "done_on", "revision")),
        "answer": (address("offer-answer", made, made.first.pk), ("answer", "on", "revision")),
        "approval": (
            address("approval", made, made.first.pk, "dprd"),
            ("state", "asked_on", "attachment_id"),
        ),
        "advice-new": (address("advice-new", made), ("party_id", "asked_on", "due_on")),
    }
    page, names = pages[name]
    answer = browser(made.keeper).post(page, dict.fromkeys(names, nonsense))
    assert answer.status_code in (409, 422)


def test_an_ended_agreement_is_shown_and_takes_no_more_words():
    made = scene()
    prepared(made)
    Agreement.objects.update(state=State.ENDED)
    client = browser(made.keeper)
    page = text(client.get(address("stages", made)))
    assert address("track-advance", made, made.first.pk) not in page
    assert address("task-new", made) not in page
    for name, more in (("offer-answer", [made.first.pk]), ("advice-new", [])):
        assert client.get(address(name, made, *more)).status_code == 422
    mark = address("task-mark", made, "preparation", "terms")
    assert client.post(mark, {"revision": 0}).status_code == 302
    assert not StageTask.objects.filter(code="terms").exists()


def test_a_family_that_the_pack_does_not_know_is_told_and_not_a_fault():
    made = scene(family="KSDX")
    answer = browser(made.keeper).get(address("stages", made))
    assert answer.status_code == 200


@pytest.mark.parametrize("family", ["KSDD", "KSDPK", "KSDPL", "KSDLL", "SINERGI"])
def test_the_page_of_each_family_leads_only_to_pages_that_are_there(family):
    made = scene(family=family)
    complete(made)
    Party.objects.update(burdens_people="", stage="preparation")
    client = browser(made.keeper)
    page = text(client.get(address("stages", made)))
    for link in sorted(set(re.findall(r'href="(/kerja-sama/[^"#]*)', page))):
        assert client.get(urlsplit(link).path).status_code in (200, 422), link


def test_what_waits_is_listed_for_each_who_can_bring_it():
    made = scene(stage="offer")
    prepared(made)
    Party.objects.filter(pk=made.second.pk).update(offer_answer="", offer_answered_on=None)
    page = reverse("agreements:waiting")
    assert made.agreement.title in text(browser(made.partner).get(page))
    shown = browser(made.partner).get(page).context["rows"]
    assert "Kota Banjarbaru" in shown[0]["lacks"][0].text
    assert browser(stranger()).get(page).context["rows"] == []
    assert Client().get(page).status_code == 200


def test_who_reads_in_public_sees_the_stages_and_neither_notes_nor_advice():
    made = scene()
    row = done(made.agreement, "preparation", "terms")
    StageTask.objects.filter(pk=row.pk).update(note="catatan dalam")
    asked = Advice.objects.create(
        agreement=made.agreement, asked_of="Bagian Hukum", asked_on=DAY, question="rahasia"
    )
    public(made.agreement)
    page = text(Client().get(address("stages", made)))
    assert "Kerangka Acuan Kerja" in page
    assert "catatan dalam" not in page
    assert "Bagian Hukum" not in page
    assert Client().get(address("advice", made, asked.pk)).status_code == 404
    assert "Bagian Hukum" in text(browser(made.partner).get(address("stages", made)))
    assert browser(made.partner).get(address("advice", made, asked.pk)).status_code == 200


def test_the_history_names_stages_as_people_do():
    with translation.override("en"):
        assert value_text("stage", "signing_agreement") == "Signing the agreement"
        assert value_text("opinion", "disagrees") == "does not agree"
