"""Runs of portfolios: only who reads every plan that went in learns of them, and each is computed once."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from sinergi.accounts.audit.history import history_for
from sinergi.accounts.errors import InvalidError, UnseenError
from sinergi.accounts.models import Share, Visibility
from sinergi.programs.actions import portfolio_limits as limits
from sinergi.programs.actions import portfolio_projects as actions
from sinergi.programs.models import Measure, PortfolioRun, RunState
from sinergi.programs.portfolio import tasks
from sinergi.programs.portfolio.rules import RunDetails, ShareDetails
from sinergi.programs.queries import portfolio as queries
from tests.people import asks, organisation, person, signed_in
from tests.programs.making import office, planner, public
from tests.programs.portfolio.made import knapsack, with_hidden

pytestmark = pytest.mark.django_db
QUICK = RunDetails(seconds=5, others=1)


@pytest.fixture
def left():
    """Somebody, a public portfolio whose projects were taken out after a run, that run and their plan."""
    by = planner()
    one = knapsack(by)
    plan = one.projects.first().plan
    run = limits.begin_run(by, one.pk, QUICK)
    one.refresh_from_db()
    one.visibility = Visibility.PUBLIC
    one.save()
    actions.remove_projects(by, one.pk, list(one.projects.values_list("pk", flat=True)))
    return by, one, run, plan


def reader_of(one):
    """Somebody of another office with whom the portfolio is shared."""
    other = organisation("kota-cimahi")
    Share.objects.create(kind=one.KIND, object_id=one.pk, organisation=other, level="read")
    return planner(other)


def test_a_run_stays_hidden_when_the_hidden_projects_were_taken_out(left):
    by, one, run, plan = left
    reader = reader_of(one)
    assert not queries.hidden_projects(reader, one)
    with pytest.raises(UnseenError):
        queries.run(reader, one, run.pk)
    assert queries.run(by, one, run.pk) == run
    public(plan)
    assert queries.run(reader, one, run.pk) == run


def test_the_history_of_projects_taken_out_stays_hidden(left):
    by, one, _run, plan = left
    reader = reader_of(one)

    def parts(who):
        return [deed for deed in history_for(who, one) if deed.part.startswith("project:")]

    assert parts(by)
    assert not parts(reader)
    public(plan)
    assert parts(reader)


def test_a_run_keeps_the_plans_that_came_in_before_it_was_computed():
    by = planner()
    one = knapsack(by)
    run = PortfolioRun.objects.create(
        portfolio=one, asked={"seconds": 5, "gap": 0.0, "solver": "highs", "others": 1}
    )
    tasks.compute_now(run, by)
    run.refresh_from_db()
    assert run.plans == [one.projects.first().plan_id]


def test_a_task_that_is_delivered_twice_is_done_once(monkeypatch):
    by = planner()
    run = PortfolioRun.objects.create(
        portfolio=knapsack(by), asked={}, state=RunState.RUNNING, by_id=by.person_id
    )
    monkeypatch.setattr(tasks, "compute_run", lambda *_given: pytest.fail("computed twice"))
    tasks.compute.call(run.pk, False, "")
    tasks.compute_now(run, by)
    run.refresh_from_db()
    assert run.state == RunState.RUNNING


def test_hidden_projects_are_taken_out_by_their_number_alone(client):
    someone = person("Ani", ("analyst", office()))
    by = asks(someone)
    one = with_hidden(by)
    address = f"/en/portofolio/{one.pk}/proyek/"
    page = signed_in(client, someone).get(address).content.decode()
    assert "Take out the 1 hidden project" in page
    assert "Rahasia" not in page
    client.post(address, {"tersembunyi": "2"})
    assert queries.hidden_projects(by, one) == 1
    client.post(address, {"tersembunyi": "1"})
    assert not queries.hidden_projects(by, one)
    assert not one.rules.exists()
    assert one.projects.count() == 3
    assert limits.begin_run(by, one.pk, QUICK).state == RunState.DONE


def test_limits_tell_no_region_and_no_channel_of_hidden_projects(client):
    someone = person("Ani", ("analyst", office()))
    by = asks(someone)
    one = with_hidden(by)
    context = signed_in(client, someone).get(f"/portofolio/{one.pk}/batas/").context
    assert [code for code, _name in context["share_form"].fields["region_code"].choices] == [
        "32.04"
    ]
    assert [row["channel"] for row in context["rows"]] == [""]
    with pytest.raises(InvalidError) as refused:
        limits.set_share(by, one.pk, ShareDetails("32.77", Measure.SPENT, Decimal(5)))
    assert "region_code" in refused.value.fields


def test_a_long_run_is_never_stored_without_its_task(monkeypatch):
    by = planner()
    one = knapsack(by)

    def killed(*_given):
        raise KeyboardInterrupt

    monkeypatch.setattr(limits, "compute", SimpleNamespace(enqueue=killed))
    with pytest.raises(KeyboardInterrupt):
        limits.begin_run(by, one.pk, RunDetails(seconds=60, others=1))
    assert not one.runs.exists()
