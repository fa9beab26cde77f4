"""Portfolios: taken from plans one may read, limited, run, and asked about wishes."""

import json
from decimal import Decimal
from uuid import uuid4

import pytest

from sinergi.accounts.errors import ConflictError, ForbiddenError, InvalidError, UnseenError
from sinergi.accounts.models import AuditRecord, Visibility
from sinergi.accounts.queries.organisations import organisations_of
from sinergi.programs.actions import portfolio as actions
from sinergi.programs.actions import portfolio_limits as limits
from sinergi.programs.actions import portfolio_projects as placing
from sinergi.programs.models import Decision, Measure, PortfolioRun, RuleKind, RunState
from sinergi.programs.portfolio.problem import problem_of
from sinergi.programs.portfolio.rules import (
    PortfolioDetails,
    ProjectDetails,
    RuleDetails,
    RunDetails,
    ShareDetails,
)
from sinergi.programs.queries import portfolio as queries
from sinergi.reference import queries as reference
from tests.programs.making import a_line, a_plan, a_version, office, planner, public, stranger
from tests.programs.portfolio.made import MILLION, a_plan_of_three, empty, knapsack, scored

pytestmark = pytest.mark.django_db
QUICK = RunDetails(seconds=20, others=2)


@pytest.fixture
def by():
    return planner()


def titles(run: PortfolioRun) -> list[str]:
    chosen = {int(one["project"]) for one in run.result["chosen"]}
    return [one.title for one in run.portfolio.projects.all() if one.pk in chosen]


def test_the_best_set_within_the_money_is_chosen(by):
    run = limits.begin_run(by, knapsack(by).pk, QUICK)
    assert run.state == RunState.DONE, run.failure
    assert run.result["status"] == "optimal"
    assert run.result["score"] == 10.0
    assert titles(run) == ["Jalan Soreang", "Puskesmas Ciwidey"]
    assert run.result["cells"][0] == [2025, "", 10 * MILLION * 100, 10 * MILLION * 100]
    assert run.result["unspent"] == 0


def test_a_run_tells_what_a_billion_more_would_buy(by):
    run = limits.begin_run(by, knapsack(by).pk, QUICK)
    price = next(one for one in run.result["prices"] if one["kind"] == "ceiling")
    assert price["low"] <= 6.0 + 1e-6
    assert price["high"] is None or price["high"] >= 6.0 - 1e-6
    assert 0 <= price["change"] <= 6.0


def test_a_wish_tells_its_price_and_who_comes_and_goes(by):
    one = knapsack(by)
    base = limits.begin_run(by, one.pk, QUICK)
    bridge = one.projects.get(title="Jembatan Citarum")
    wish = limits.begin_wish(by, one.pk, base.pk, bridge.pk, True)
    assert wish.result["change"] == -4.0
    assert wish.result["came"] == [bridge.pk]
    assert len(wish.result["went"]) == 2


def test_a_wish_on_a_portfolio_that_changed_is_refused(by):
    one = knapsack(by)
    base = limits.begin_run(by, one.pk, QUICK)
    limits.set_ceilings(by, one.pk, {(2025, ""): Decimal(11 * MILLION)})
    with pytest.raises(InvalidError, match="berubah"):
        limits.begin_wish(by, one.pk, base.pk, one.projects.all()[0].pk, True)


def test_what_cannot_be_is_explained_by_the_fewest_rules(by):
    one = knapsack(by)
    for project in one.projects.all():
        scored(by, one, project, project.score, decision=Decision.IN)
    run = limits.begin_run(by, one.pk, QUICK)
    assert run.result["status"] == "infeasible"
    relaxed = run.result["conflict"]["relaxed"]
    assert [row["kind"] for row in relaxed] == ["pin"]
    assert relaxed[0]["projects"] == [one.projects.get(title="Jembatan Citarum").pk]


@pytest.mark.parametrize("years", [(2026, 2027), (2024, 2024)], ids=["before", "after"])
def test_a_start_decided_for_a_year_outside_the_portfolio_is_named_and_not_dropped(by, years):
    one = knapsack(by)
    road = one.projects.get(title="Jalan Soreang")
    scored(by, one, road, 5.0, decision=Decision.IN, decided_year=2025)
    one.projects.update(earliest=2024, latest=2027)
    actions.edit_portfolio(by, one.pk, PortfolioDetails("P", *years))
    run = limits.begin_run(by, one.pk, QUICK)
    assert run.state == RunState.FAILED
    assert "Jalan Soreang" in run.failure
    assert "Puskesmas" not in run.failure


def test_rules_and_shares_limit_the_choice(by):
    one = knapsack(by)
    _bridge, road, clinic = one.projects.all()
    rule = limits.add_rule(by, one.pk, RuleDetails(RuleKind.AT_MOST_ONE, (road.pk, clinic.pk)))
    assert limits.begin_run(by, one.pk, QUICK).result["score"] == 6.0
    limits.remove_rule(by, one.pk, rule.pk)
    share = ShareDetails("32.04", Measure.AVAILABLE, maximum=Decimal(50))
    made = limits.set_share(by, one.pk, share)
    assert limits.begin_run(by, one.pk, QUICK).result["score"] == 5.0
    limits.remove_share(by, one.pk, made.pk)
    gone = AuditRecord.objects.filter(after="{}").order_by("-pk")[:2]
    told = {record.part: json.loads(record.before) for record in gone}
    assert told[f"rule:{rule.pk}"]["kind"] == rule.kind
    assert told[f"share:{made.pk}"] == {"region_code": made.region_code, "measure": made.measure}
    assert problem_of(one).instance.shares == ()


def test_a_project_may_be_paid_by_another_channel(by):
    one = knapsack(by)
    assert problem_of(one).channels == [""]
    channel = next(iter(reference.funding_channels()))
    bridge = one.projects.get(title="Jembatan Citarum")
    scored(by, one, bridge, 6.0, channels=(("", channel),))
    limits.set_ceilings(
        by, one.pk, {(2025, ""): Decimal(10 * MILLION), (2025, channel): Decimal(6 * MILLION)}
    )
    assert limits.begin_run(by, one.pk, QUICK).result["score"] == 16.0


def test_money_over_years_moves_with_the_start(by):
    version = a_version(a_plan())
    line = a_line(version, "Dua tahun", amounts={2025: 3, 2026: 4})
    one = empty(by)
    placing.take_lines(by, one.pk, version.plan.pk, {line.identity})
    project = one.projects.get()
    assert project.parts == [{"channels": [""], "amounts": [300, 400]}]
    assert (project.earliest, project.latest) == (2025, 2025)


def test_lines_of_a_plan_that_is_not_readable_are_not_taken(by):
    other = a_plan_of_three()
    outsider = stranger()
    one = actions.create_portfolio(
        outsider, next(iter(_home(outsider))), PortfolioDetails("P", 2025, 2026)
    )
    with pytest.raises(UnseenError):
        placing.take_lines(outsider, one.pk, other.pk, {uuid4()})


def _home(by):
    return organisations_of(by)


def test_results_reach_only_readers_of_every_plan(by):
    one = knapsack(by)
    run = limits.begin_run(by, one.pk, QUICK)
    one.visibility = Visibility.PUBLIC
    one.save()
    reader = stranger()
    assert queries.portfolio(reader, one.pk) == one
    assert queries.hidden_projects(reader, one) == 3
    assert not queries.projects(reader, one).exists()
    with pytest.raises(UnseenError):
        queries.run(reader, one, run.pk)
    public(one.projects.all()[0].plan)
    assert queries.run(reader, one, run.pk) == run


def test_strangers_see_and_change_nothing(by):
    one = knapsack(by)
    outsider = stranger()
    with pytest.raises(UnseenError):
        queries.portfolio(outsider, one.pk)
    with pytest.raises(UnseenError):
        limits.set_ceilings(outsider, one.pk, {})
    public_reader = stranger()
    one.visibility = Visibility.PUBLIC
    one.save()
    with pytest.raises(ForbiddenError):
        limits.begin_run(public_reader, one.pk, QUICK)


@pytest.mark.parametrize(
    ("details", "field"),
    [
        (PortfolioDetails("", 2025, 2026), "title"),
        (PortfolioDetails("P", 2026, 2025), "last_year"),
        (PortfolioDetails("P", 2025, 2055), "last_year"),
        (PortfolioDetails("P", None, 2026), "first_year"),
    ],
    ids=["no title", "years reversed", "too many years", "no year"],
)
def test_a_portfolio_that_means_nothing_is_refused_at_its_field(by, details, field):
    with pytest.raises(InvalidError) as refused:
        actions.create_portfolio(by, office(), details)
    assert field in refused.value.fields


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"score": -1.0}, "score"),
        ({"earliest": 2024}, "earliest"),
        ({"latest": 2030}, "latest"),
        ({"channels": (("no_such_channel",),)}, "part-0"),
        ({"channels": ((),)}, "part-0"),
        ({"decision": "in", "decided_year": 2026}, "decided_year"),
    ],
    ids=str,
)
def test_a_project_is_refused_at_its_field(by, more, field):
    one = knapsack(by)
    project = one.projects.all()[0]
    told = {"score": 1.0, "earliest": 2025, "latest": 2025, "channels": (("",),), **more}
    with pytest.raises(InvalidError) as refused:
        placing.change_project(by, one.pk, project.pk, ProjectDetails(**told))
    assert field in refused.value.fields


@pytest.mark.parametrize(
    ("details", "field"),
    [
        (ShareDetails("99.99", Measure.AVAILABLE, Decimal(5)), "region_code"),
        (ShareDetails("32.04", "other", Decimal(5)), "measure"),
        (ShareDetails("32.04", Measure.SPENT, Decimal(120)), "minimum"),
        (ShareDetails("32.04", Measure.SPENT, Decimal(60), Decimal(50)), "maximum"),
        (ShareDetails("32.04", Measure.SPENT), "minimum"),
    ],
    ids=["region", "measure", "above the whole", "reversed", "empty"],
)
def test_a_share_is_refused_at_its_field(by, details, field):
    one = knapsack(by)
    with pytest.raises(InvalidError) as refused:
        limits.set_share(by, one.pk, details)
    assert field in refused.value.fields


def test_rules_about_one_project_or_strange_ones_are_refused(by):
    one = knapsack(by)
    number = one.projects.all()[0].pk
    for members in ((number,), (number, number), (number, 10**6)):
        with pytest.raises(InvalidError):
            limits.add_rule(by, one.pk, RuleDetails(RuleKind.TOGETHER, members))


def test_a_run_without_projects_or_with_strange_settings_is_refused(by):
    one = empty(by)
    with pytest.raises(InvalidError):
        limits.begin_run(by, one.pk, QUICK)
    with pytest.raises(InvalidError) as refused:
        limits.begin_run(by, knapsack(by).pk, RunDetails(seconds=0, gap=0.9, solver="x", others=99))
    assert set(refused.value.fields) == {"seconds", "gap", "solver", "others"}


def test_projects_taken_out_take_their_rules_along(by):
    one = knapsack(by)
    first, second, _third = one.projects.all()
    limits.add_rule(by, one.pk, RuleDetails(RuleKind.TOGETHER, (first.pk, second.pk)))
    assert placing.remove_projects(by, one.pk, [first.pk]) == 1
    assert not one.rules.exists()
    assert one.projects.count() == 2


def test_an_old_revision_of_ceilings_is_a_conflict(by):
    one = knapsack(by)
    with pytest.raises(ConflictError):
        limits.set_ceilings(by, one.pk, {(2025, ""): Decimal(1)}, revision=0)


def test_every_deed_is_in_the_trail(by):
    one = knapsack(by)
    limits.begin_run(by, one.pk, QUICK)
    actions.put_portfolio_away(planner(role="coordinator"), one.pk)
    verbs = set(
        AuditRecord.objects.filter(kind="portfolio", object_id=one.pk).values_list(
            "verb", flat=True
        )
    )
    assert verbs >= {"created", "project_placed", "constraint_set", "computed"}
    with pytest.raises(UnseenError):
        queries.portfolio(by, one.pk)


def test_channels_that_carry_over_are_recorded_and_must_be_of_the_pack(by):
    row = empty(by)
    limits.set_ceilings(by, row.pk, {}, carries=("DAK_FISIK",))
    told = AuditRecord.objects.filter(verb="constraint_set").latest("sequence")
    assert json.loads(told.after) == {"carries": ["DAK_FISIK"]}
    with pytest.raises(InvalidError):
        limits.set_ceilings(by, row.pk, {}, carries=("BUKAN",))
