"""Histories of programs: every field has a word, and who does not see all learns nothing of single parts."""

from dataclasses import fields

import pytest

from sinergi.accounts.audit.history import history_for
from sinergi.accounts.audit.words import FIELDS, KINDS, PARTS, part_text, value_text
from sinergi.accounts.models import Kept, Organisation, Share
from sinergi.accounts.queries.kinds import kinds
from sinergi.programs import joint, models, rules
from sinergi.programs.actions.sync import RunDetails
from sinergi.programs.actions.sync_decisions import Decision, decide
from sinergi.programs.portfolio import rules as portfolio
from sinergi.programs.priority import rules as priority
from tests.people import organisation
from tests.programs.making import planner
from tests.programs.sync.playing import same_bridge

RECORDED = (
    rules.PlanDetails,
    rules.LineDetails,
    joint.TransferDetails,
    joint.JointDetails,
    priority.RankingDetails,
    priority.CriterionDetails,
    portfolio.PortfolioDetails,
    portfolio.ShareDetails,
    portfolio.RuleDetails,
    portfolio.RunDetails,
    portfolio.ProjectDetails,
    RunDetails,
)
DECIDED = {"outcome", "text", "who", "stays", "shares", "per_cent", "cost", "years"}


@pytest.mark.parametrize("details", RECORDED, ids=lambda one: f"{one.__module__}.{one.__name__}")
def test_every_field_of_a_record_has_a_word(details: type) -> None:
    assert {one.name for one in fields(details)} - set(FIELDS) == set()


def test_decisions_parts_and_kinds_have_words() -> None:
    assert DECIDED - set(FIELDS) == set()
    assert {"finding", "project", "share", "rule", "run", "ceilings", "criterion"} <= set(PARTS)
    owned = {kind for kind, model in kinds().items() if issubclass(model, Kept)}
    assert owned - set(KINDS) == set()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("outcome", models.Outcome.DISMISS),
        ("measure", models.Measure.SPENT),
        ("kind", models.RuleKind.TOGETHER),
        ("decision", models.Decision.values[-1]),
        ("method", models.WeighingMethod.AHP),
        ("origin", models.Origin.TYPED),
    ],
    ids=["outcome", "measure", "rule", "decision", "method", "origin"],
)
def test_values_of_closed_vocabularies_are_told_in_words(name: str, value: str) -> None:
    assert value_text(name, str(value)) != str(value)


def test_a_part_without_a_number_is_told_in_words() -> None:
    assert part_text("ceilings") == str(PARTS["ceilings"])


@pytest.mark.django_db
def test_a_decision_on_what_somebody_may_not_see_is_not_in_the_history_they_read() -> None:
    by, run, found = same_bridge()
    reader = planner(organisation("kota-jauh"))
    plans = [row.version.plan for row in run.compared.all()]
    far = Organisation.objects.get(code="kota-jauh")
    shares = [
        Share.objects.create(kind=one.KIND, object_id=one.pk, organisation=far)
        for one in (run, *plans)
    ]
    decide(by, run.pk, found.pk, Decision(models.Outcome.DISMISS, "Jembatan lain"))
    assert f"finding:{found.position}" in [deed.part for deed in history_for(reader, run)]
    shares[-1].delete()
    assert not [deed for deed in history_for(reader, run) if deed.part.startswith("finding:")]
    assert [deed for deed in history_for(by, run) if deed.part.startswith("finding:")]
