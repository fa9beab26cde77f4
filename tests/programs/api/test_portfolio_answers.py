"""What programs read of a run besides its best choice: as it was stored, if one may read every plan in it."""

from typing import Any

import pytest
from django.test import Client

from sinergi.accounts.models import Person, Visibility
from sinergi.accounts.principal import Principal
from sinergi.programs.actions import portfolio_limits as limits
from sinergi.programs.models import Decision, Measure, Portfolio, PortfolioRun
from sinergi.programs.portfolio.rules import RunDetails
from tests.people import signed_in
from tests.programs.making import a_line, a_plan, a_version, office, planner, public, stranger
from tests.programs.portfolio.made import knapsack, scored
from tests.site.matrix.programs import portfolio

pytestmark = pytest.mark.django_db
QUICK = RunDetails(seconds=10, others=2)
PARTS = ("others", "prices", "wishes", "conflict")


def asked(path: str, by: Principal | None = None, status: int = 200) -> Any:
    client = Client()
    if by is not None:
        signed_in(client, Person.objects.get(pk=by.person_id))
    answer = client.get(f"/api/v1{path}", headers={"Accept-Language": "en"})
    assert answer.status_code == status, answer.content
    return answer.json()


def address(run: PortfolioRun, part: str) -> str:
    return f"/portfolios/{run.portfolio_id}/runs/{run.pk}/{part}"


def test_what_a_solved_run_found_is_read_as_it_was_stored() -> None:
    by = planner()
    one = knapsack(by)
    run = limits.begin_run(by, one.pk, QUICK)
    bridge = one.projects.get(title="Jembatan Citarum")
    wish = limits.begin_wish(by, one.pk, run.pk, bridge.pk, True)

    others = asked(address(run, "others"), by)
    assert others["total"] == len(run.result["others"]) > 0
    best = others["items"][0]
    assert (best["score"], best["lost"]) == (10.0, 0.0)
    assert [row["title"] for row in best["chosen"]] == ["Jalan Soreang", "Puskesmas Ciwidey"]
    assert best["chosen"][0]["amounts"] == [{"year": 2025, "channel": "", "amount": "5000000.00"}]
    assert best["regions"][0]["money"] == "10000000.00"

    prices = asked(address(run, "prices"), by)
    assert prices["total"] == len(run.result["prices"]) > 0
    price, kept = prices["items"][0], run.result["prices"][0]
    assert (price["kind"], price["year"], price["channel"]) == ("ceiling", 2025, "")
    assert price["step"] == "1000000000.00"
    assert price["region_code"] is None
    for name in ("change", "low", "high", "hint", "came", "went"):
        assert price[name] == kept[name], name

    [told] = asked(address(run, "wishes"), by)["items"]
    assert (told["run"], told["project"], told["wanted"]) == (wish.pk, bridge.pk, True)
    assert (told["change"], told["came"], len(told["went"])) == (-4.0, [bridge.pk], 2)
    assert told["against"] == []
    assert asked(address(run, "conflict"), by) == {"proven": None, "relaxed": [], "against": []}


def test_what_must_give_way_is_told_in_words_and_numbers() -> None:
    by = planner()
    one = knapsack(by)
    for project in one.projects.all():
        scored(by, one, project, project.score, decision=Decision.IN)
    run = limits.begin_run(by, one.pk, QUICK)

    conflict = asked(address(run, "conflict"), by)

    [row] = conflict["relaxed"]
    assert row["kind"] == "pin"
    assert row["projects"] == [one.projects.get(title="Jembatan Citarum").pk]
    assert "What was decided by hand on “Jembatan Citarum” cannot be kept." in row["text"]
    [ceiling] = conflict["against"]
    assert (ceiling["kind"], ceiling["year"], ceiling["amount"]) == (
        "ceiling",
        2025,
        "6000000.00",
    )
    assert asked(address(run, "others"), by)["items"] == []


def a_run() -> PortfolioRun:
    """A run of a portfolio of one project; everybody may read both and the plan."""
    plan = public(a_plan(office()))
    a_line(a_version(plan))
    made = portfolio(office(), plan)
    Portfolio.objects.filter(pk=made.pk).update(visibility=Visibility.PUBLIC)
    PortfolioRun.objects.update(plans=[plan.pk])
    return PortfolioRun.objects.get()


def found(run: PortfolioRun, **result: object) -> PortfolioRun:
    """The run with what it found."""
    PortfolioRun.objects.filter(pk=run.pk).update(result={**run.result, **result})
    return run


def share(measure: str, **told: object) -> dict[str, object]:
    return {"kind": "minimum", "region": "32.04", "measure": measure, "limit": 250_000, **told}


def test_a_wish_that_cannot_be_kept_tells_what_stands_against_it() -> None:
    base = a_run()
    project = base.portfolio.projects.get()
    against = [
        {"kind": "pin", "amount": 1, "projects": [project.pk]},
        {"kind": "ceiling", "amount": 150_060, "least": 150_050, "year": 2025, "channel": "DAU_BG"},
        share(Measure.AVAILABLE, amount=300, least=200),
        share(Measure.SCORE, amount=1_500_000, least=1_500_000),
        {"kind": "joint", "amount": 1, "rule": "together", "projects": [project.pk, 987_654]},
    ]
    PortfolioRun.objects.create(
        portfolio=base.portfolio,
        base=base,
        state="done",
        plans=base.plans,
        asked={"project": project.pk, "chosen": True},
        result={"status": "infeasible", "against": against},
    )

    [wish] = asked(address(base, "wishes"))["items"]

    assert (wish["status"], wish["change"], wish["came"]) == ("infeasible", None, [])
    ceiling, money, score, rule = wish["against"]
    assert (ceiling["amount"], ceiling["channel"], ceiling["limit"]) == ("1500.50", "DAU_BG", None)
    assert (money["region_code"], money["limit"], money["amount"]) == ("32.04", 0.25, "2.00")
    assert (score["amount"], score["points"]) == (None, 1.5)
    assert (rule["projects"], rule["amount"]) == ([project.pk], None)
    assert all(one["text"] for one in wish["against"])


def test_pages_of_results() -> None:
    run = a_run()
    price = {"kind": "share", "region": "32.04", "measure": "available", "hint": None}
    prices = [{**price, "change": float(n), "low": None, "high": None} for n in range(5)]
    found(run, prices=prices)

    first = asked(address(run, "prices") + "?limit=2")

    assert (first["total"], [one["change"] for one in first["items"]]) == (5, [0.0, 1.0])
    assert first["items"][0]["step"] is None
    rest = asked(first["next"].removeprefix("/api/v1"))
    assert [one["change"] for one in rest["items"]] == [2.0, 3.0]


@pytest.mark.parametrize("part", PARTS)
def test_of_a_plan_that_may_not_be_read_nothing_is_told(part: str) -> None:
    run = a_run()
    asked(address(run, part), stranger())
    hidden = a_plan(office())
    PortfolioRun.objects.update(plans=[*run.plans, hidden.pk])

    asked(address(run, part), stranger(), 404)
    asked(address(run, part), None, 404)
    asked(address(run, part), planner())


@pytest.mark.parametrize("part", PARTS)
def test_a_run_that_found_nothing_yet_answers_empty_and_another_portfolio_has_none(
    part: str,
) -> None:
    run = a_run()
    PortfolioRun.objects.update(result={}, state="waiting")

    told = asked(address(run, part))

    assert not any(told.get(name) for name in ("items", "relaxed", "against", "proven"))
    other = knapsack(planner())
    asked(f"/portfolios/{other.pk}/runs/{run.pk}/{part}", planner(), 404)


@pytest.mark.parametrize("part", PARTS)
def test_nothing_is_computed_while_it_is_asked_for(part: str, monkeypatch) -> None:
    def never(*_args: object, **_named: object) -> None:
        raise AssertionError

    run = a_run()
    for name in ("solve", "variants", "hints", "price_of_money", "price_of_share", "conflict_of"):
        monkeypatch.setattr(f"sinergi.programs.portfolio.compute.{name}", never)
    asked(address(run, part))
    before = PortfolioRun.objects.values().get()
    asked(address(run, part))
    assert PortfolioRun.objects.values().get() == before
