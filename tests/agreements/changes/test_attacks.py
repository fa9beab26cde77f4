"""Attacks on changes: what was possible when it was proposed and is so no more, who may not come in."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from sinergi.accounts.actions.personal import erase_person, export_person
from sinergi.accounts.errors import InvalidError
from sinergi.accounts.models import Person
from sinergi.accounts.principal import operator
from sinergi.accounts.vocabulary import Channel
from sinergi.agreements.actions import changes as actions
from sinergi.agreements.evaluation_panel import panel
from sinergi.agreements.models import Agreement, Change, Document, Evaluation
from sinergi.agreements.queries.changes import facts_of
from tests.agreements.making import a_party, an_agreement, bureau, officer, public, stranger
from tests.agreements.making_changes import TODAY, carried_out, proposal
from tests.people import asks, person

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + timedelta(days=1)


def coordinator():
    return officer(bureau(), "coordinator")


def agreed(by, agreement: Agreement, details) -> Change:
    """A change to which every party has agreed."""
    change = actions.propose(by, agreement.pk, details)
    for party in agreement.parties.filter(left_on=None):
        actions.answer(by, agreement.pk, change.pk, party.pk, agrees=True)
    return change


def test_nothing_changes_an_agreement_that_has_ended_since_it_was_proposed() -> None:
    by, agreement = coordinator(), carried_out()
    later = agreed(
        by, agreement, proposal("extension", after={"ends": agreement.ends + timedelta(days=9)})
    )
    again = actions.propose(by, agreement.pk, proposal("ending", ground="purpose"))
    ending = actions.propose(by, agreement.pk, proposal("ending", ground="breach"))
    actions.conclude(by, agreement.pk, ending.pk)
    for number in (later.pk, again.pk):
        with pytest.raises(InvalidError):
            actions.conclude(by, agreement.pk, number)
    agreement.refresh_from_db()
    assert agreement.end_ground == "breach"
    assert agreement.ends == carried_out().ends


def test_a_change_that_waits_for_its_day_does_not_wake_an_agreement_that_has_ended() -> None:
    by, agreement = coordinator(), carried_out()
    named = {"name": "Kabupaten Tabalong", "kind": "PEMDA", "region_code": "63.09"}
    waits = agreed(by, agreement, proposal("joining", effective=TOMORROW, after={"party": named}))
    actions.conclude(by, agreement.pk, waits.pk)
    ending = actions.propose(by, agreement.pk, proposal("ending", ground="breach"))
    actions.conclude(by, agreement.pk, ending.pk)
    with pytest.raises(InvalidError):
        actions.take_effect_on_its_day(operator(Channel.WORKER), waits.pk, TOMORROW)
    assert agreement.parties.count() == 3


def test_of_three_parties_two_do_not_withdraw() -> None:
    by, agreement = coordinator(), carried_out()
    first, second, _third = agreement.parties.all()
    both = [agreed(by, agreement, proposal("leaving", party=one.pk)) for one in (first, second)]
    actions.conclude(by, agreement.pk, both[0].pk)
    with pytest.raises(InvalidError):
        actions.conclude(by, agreement.pk, both[1].pk)
    assert agreement.parties.filter(left_on=None).count() == 2


def test_a_party_does_not_leave_twice() -> None:
    by, agreement = coordinator(), carried_out(parties=4)
    first = agreement.parties.first()
    heir = {"name": "Kota Banjarbaru", "kind": "PEMDA", "region_code": "63.72"}
    leaves = agreed(by, agreement, proposal("leaving", party=first.pk))
    passes = agreed(by, agreement, proposal("transfer", party=first.pk, after={"party": heir}))
    actions.conclude(by, agreement.pk, leaves.pk)
    with pytest.raises(InvalidError):
        actions.conclude(by, agreement.pk, passes.pk)


def test_days_that_no_longer_fit_are_told_and_no_fault_of_the_table() -> None:
    by, agreement = coordinator(), carried_out()
    last = TODAY + timedelta(days=30)
    first = agreed(by, agreement, proposal("addendum", after={"begins": TODAY}))
    second = agreed(by, agreement, proposal("addendum", after={"ends": TODAY - timedelta(days=1)}))
    actions.conclude(by, agreement.pk, first.pk)
    with pytest.raises(InvalidError):
        actions.conclude(by, agreement.pk, second.pk)
    agreement.refresh_from_db()
    assert agreement.ends != last


@pytest.mark.parametrize(
    ("kind", "after", "field"),
    [
        ("extension", {"ends": date(9999, 12, 31)}, "ends"),
        ("addendum", {"ends": date(9999, 12, 31)}, "ends"),
        ("addendum", {"begins": date(2, 1, 1)}, "begins"),
    ],
)
def test_days_that_cannot_be_meant_are_refused(kind, after, field) -> None:
    by, agreement = coordinator(), carried_out()
    with pytest.raises(InvalidError) as refused:
        actions.propose(by, agreement.pk, proposal(kind, after=after))
    assert set(refused.value.fields) == {field}


@pytest.mark.parametrize("name", ["on", "effective"])
def test_a_cause_before_the_republic_and_an_effect_after_centuries_are_refused(name) -> None:
    by, agreement = coordinator(), carried_out(begins=None)
    days = {"on": date(1, 1, 1)} if name == "on" else {"effective": date(9999, 1, 1)}
    with pytest.raises(InvalidError) as refused:
        actions.propose(by, agreement.pk, proposal("dispute", **days))
    assert set(refused.value.fields) == {name}


@pytest.mark.parametrize("kind", ["joining", "transfer"])
@pytest.mark.parametrize(
    ("named", "field"),
    [
        ({"name": "Kabupaten 2", "kind": "PEMDA", "region_code": "63.02"}, "name"),
        ({"name": "Desa Sungai Tabuk", "kind": "PEMDA", "region_code": ""}, "region_code"),
        ({"name": "PT Air Bersih", "kind": "PIHAK_KETIGA", "region_code": "63.05"}, "region_code"),
    ],
)
def test_nobody_comes_in_twice_or_without_being_entitled(kind, named, field) -> None:
    by, agreement = coordinator(), carried_out()
    first = agreement.parties.first().pk if kind == "transfer" else None
    with pytest.raises(InvalidError) as refused:
        actions.propose(by, agreement.pk, proposal(kind, party=first, after={"party": named}))
    assert set(refused.value.fields) == {field}


def test_a_party_does_not_succeed_itself() -> None:
    by, agreement = coordinator(), carried_out()
    first = agreement.parties.first()
    heirs = [{"region_code": first.region_code, "name": first.name}]
    details = proposal("succession", party=first.pk, after={"successors": heirs, "stays": False})
    with pytest.raises(InvalidError) as refused:
        actions.propose(by, agreement.pk, details)
    assert set(refused.value.fields) == {"successors"}


def test_an_agreement_is_not_replaced_by_one_that_was_put_away() -> None:
    by, agreement = coordinator(), carried_out()
    change = agreed(by, agreement, proposal("renewal", title="Kerja sama tahap kedua"))
    Agreement.objects.filter(pk=change.successor_id).update(deleted_at="2026-01-01T00:00:00Z")
    with pytest.raises(InvalidError):
        actions.conclude(by, agreement.pk, change.pk)
    agreement.refresh_from_db()
    assert agreement.state == "living"


def test_a_memorandum_binds_where_no_agreement_follows_it() -> None:
    row = an_agreement(family="KSDPL", stage="signing_memorandum")
    a_party(row, "Kota Banjarmasin", region_code="63.71")
    paper = Document.objects.create(agreement=row, kind="kb", title="MoU", signed_version=1)
    assert facts_of(row).signed
    Agreement.objects.filter(pk=row.pk).update(family="KSDD")
    row.refresh_from_db()
    assert not facts_of(row).signed, f"{paper} is followed by an agreement"


def test_who_spoke_for_a_party_is_told_to_the_person_and_forgotten_with_it() -> None:
    agreement = carried_out()
    ani = person("Ani", ("analyst", bureau()))
    change = actions.propose(asks(ani), agreement.pk, proposal("addendum", text="Jadwal"))
    party = agreement.parties.first()
    actions.answer(asks(ani), agreement.pk, change.pk, party.pk, agrees=True, note="Setuju")
    told = export_person(asks(ani), ani)["words_on_changes"]
    assert [(one["agrees"], one["note"]) for one in told] == [(True, "Setuju")]
    erase_person(asks(ani), ani)
    change.refresh_from_db()
    said = change.answers[str(party.pk)]
    assert (said["by"], said["person"], said["agrees"]) == ("", None, True)


def test_the_public_learns_of_a_change_and_not_who_said_what_to_it(client: Client) -> None:
    by, agreement = coordinator(), public(carried_out())
    change = actions.propose(by, agreement.pk, proposal("renewal", title="Tahap kedua rahasia"))
    party = agreement.parties.first()
    actions.answer(by, agreement.pk, change.pk, party.pk, agrees=False, note="Terlalu mahal")
    client.force_login(Person.objects.get(pk=stranger().person_id))
    page = client.get(reverse("agreements:change", args=[agreement.pk, change.pk]))
    told = page.content.decode()
    assert page.status_code == 200
    assert "Terlalu mahal" not in told
    assert by.name not in told
    assert change.successor.get_absolute_url() not in told
    listed = client.get(reverse("agreements:changes", args=[agreement.pk])).content.decode()
    assert party.name not in listed.split("h-perubahan")[1].split("h-sengketa")[0]


def test_the_public_learns_what_all_judged_and_not_what_one_party_did(client: Client) -> None:
    agreement = public(carried_out())
    days = {"first": TODAY, "last": TODAY, "on": TODAY, "verdict": "stop"}
    made = [
        Evaluation.objects.create(agreement=agreement, party=one, reason=f"Sebab {n}", **days)
        for n, one in enumerate((None, agreement.parties.first()))
    ]
    client.force_login(Person.objects.get(pk=stranger().person_id))
    listed = client.get(reverse("agreements:evaluations", args=[agreement.pk]))
    assert [one for one, _told in listed.context["evaluations"]] == [made[0]]
    codes = [
        client.get(reverse("agreements:evaluation", args=[agreement.pk, one.pk])).status_code
        for one in made
    ]
    assert codes == [200, 404]
    assert panel(stranger(), agreement)[1]["one"] == made[0]
