"""What is filled in of what was kept before it was asked whose plans are in it."""

from importlib import import_module

import pytest
from django.apps import apps

from sinergi.programs.actions import portfolio_projects as actions
from sinergi.programs.actions.sync_decisions import Decision, decide
from sinergi.programs.models import FindingDecision, Outcome, PairLabel, PortfolioRun
from tests.people import person
from tests.programs.making import office, planner
from tests.programs.portfolio.made import knapsack
from tests.programs.sync.playing import same_bridge
from tests.site.matrix import programs

pytestmark = pytest.mark.django_db
fill = import_module("sinergi.programs.migrations.0010_readers_of_what_is_kept").fill


def test_a_decision_gets_the_run_of_its_finding():
    by, run, found = same_bridge()
    decide(by, run.pk, found.pk, Decision(Outcome.DISMISS, "Jembatan lain"))
    FindingDecision.objects.update(run=None)
    fill(apps, None)
    assert FindingDecision.objects.get().run == run


def test_a_judged_pair_gets_the_plans_of_its_lines():
    _by, _run, found = same_bridge()
    a, b = found.lines.all()
    label = programs.label(office(), person("Ani", ("analyst", office())))
    PairLabel.objects.update(a={"identity": str(a.identity)}, b={"identity": str(b.identity)})
    fill(apps, None)
    label.refresh_from_db()
    assert label.plans == sorted(one.version.plan_id for one in (a, b))


def test_a_run_of_a_portfolio_gets_the_plans_that_were_ever_in_it():
    by = planner()
    one = knapsack(by)
    plan = one.projects.first().plan_id
    run = PortfolioRun.objects.create(portfolio=one, asked={})
    actions.remove_projects(by, one.pk, list(one.projects.values_list("pk", flat=True)))
    fill(apps, None)
    run.refresh_from_db()
    assert run.plans == [plan]
