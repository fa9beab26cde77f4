"""What programs store about a person is in the document with all personal data, and goes with the person."""

import json

import pytest

from sinergi.accounts.actions.personal import erase_person, export_person
from sinergi.accounts.models import Person
from sinergi.programs.actions.sync_decisions import Decision, decide
from sinergi.programs.models import (
    CriterionValue,
    FindingDecision,
    Outcome,
    PairLabel,
    Weighting,
)
from tests.people import asks, person
from tests.programs.making import office
from tests.programs.sync.playing import a_run, line, neighbours, same_bridge
from tests.site.matrix import programs

pytestmark = pytest.mark.django_db
HEADINGS = (
    "weights_of_rankings",
    "values_of_rankings",
    "pairs_of_lines",
    "decisions_on_findings",
    "runs_of_programs",
)


def who_did_everything(**of_office: object) -> Person:
    """Somebody who weighed, rated, judged a pair, began a run and decided on a finding."""
    home = office(**of_office)
    ani = person("Ani", ("approver", home))
    ranked = programs.ranking(home, programs.plan(home))
    Weighting.objects.create(
        ranking=ranked, person=ani, method="equal", weights={"need": 1.0}, said={}
    )
    CriterionValue.objects.update(person=ani)
    programs.label(home, ani)
    one, two = neighbours(home)
    line(one)
    line(two)
    by = asks(ani, second_factor=True)
    run = a_run(by, home, (one, two))
    found = run.findings.filter(rule="same_across").get()
    decide(by, run.pk, found.pk, Decision(Outcome.DISMISS, "Jembatan lain"))
    return ani


def test_what_somebody_said_of_plans_is_in_the_document() -> None:
    ani = who_did_everything()
    told = export_person(asks(ani), ani)
    assert {name: len(told[name]) for name in HEADINGS} == dict.fromkeys(HEADINGS, 1)
    assert told["weights_of_rankings"][0]["weights"] == {"need": 1.0}
    assert told["decisions_on_findings"][0]["text"] == "Jembatan lain"
    assert "Jembatan lain" in json.dumps(told, default=str)


def test_a_session_in_which_not_all_roles_count_tells_no_plan() -> None:
    ani = who_did_everything(requires_second_factor=True)
    told = export_person(asks(ani), ani)
    assert {name: told[name] for name in HEADINGS} == {name: [] for name in HEADINGS}


def test_with_a_person_go_weights_and_name_and_what_was_said_stays() -> None:
    ani = who_did_everything()
    erase_person(asks(ani), ani)
    assert not Weighting.objects.exists()
    assert CriterionValue.objects.get().person is None
    assert PairLabel.objects.get().person is None
    kept = FindingDecision.objects.get()
    assert (kept.by, kept.by_name, kept.text) == (None, "", "Jembatan lain")


def test_decisions_of_others_keep_their_name() -> None:
    by, run, found = same_bridge()
    decide(by, run.pk, found.pk, Decision(Outcome.DISMISS, "Jembatan lain"))
    erase_person(asks(leaving := person("Pergi")), leaving)
    assert FindingDecision.objects.get().by_name == by.name
