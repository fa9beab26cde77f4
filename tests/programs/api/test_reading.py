"""What programs read of findings, funding, rankings and portfolios: as pages tell it, and no more."""

from typing import Any

import pytest
from django.test import Client

from sinergi.accounts.models import Kept, Person, Visibility
from sinergi.accounts.principal import Principal
from sinergi.programs.actions import judging
from sinergi.programs.actions import priority as actions
from sinergi.programs.actions.sync_decisions import Decision, decide
from sinergi.programs.models import Outcome, PortfolioRun
from sinergi.programs.priority.rules import CriterionDetails
from tests.people import signed_in
from tests.programs.making import (
    a_line,
    a_plan,
    a_version,
    many_lines,
    office,
    planner,
    public,
    stranger,
)
from tests.programs.priority.ranked import a_ranking, filled, of_line
from tests.programs.sync.playing import same_bridge
from tests.site.matrix.programs import portfolio

pytestmark = pytest.mark.django_db


def asked(path: str, by: Principal | None = None, status: int = 200) -> Any:
    """What the API answers somebody; a visitor, when nobody is named."""
    client = Client()
    if by is not None:
        signed_in(client, Person.objects.get(pk=by.person_id))
    answer = client.get(f"/api/v1{path}", headers={"Accept-Language": "en"})
    assert answer.status_code == status, answer.content
    return answer.json()


def opened(thing: Kept) -> None:
    """Let everybody read something, but not what it is made of."""
    type(thing).objects.filter(pk=thing.pk).update(visibility=Visibility.PUBLIC)


def test_findings_are_told_with_their_lines_and_what_was_decided() -> None:
    by, run, finding = same_bridge()
    decide(by, run.pk, finding.pk, Decision(Outcome.DISMISS, "Dua jembatan"))

    told = asked(f"/sync-runs/{run.pk}", by)
    assert [one["lines"] for one in told["compared"]] == [1, 1]
    assert (told["state"], told["hidden_versions"], told["hidden_findings"]) == ("done", 0, 0)
    listed = asked(f"/sync-runs/{run.pk}/findings?rule=same_across", by)["items"]
    assert [one["id"] for one in listed] == [finding.pk]
    assert listed[0]["standing"] == "dismissed"
    assert [one["amount"] for one in listed[0]["lines"]] == ["1000000000.00"] * 2
    whole = asked(f"/sync-runs/{run.pk}/findings/{finding.pk}", by)
    assert [(d["outcome"], d["text"], d["by"]) for d in whole["decisions"]] == [
        ("dismiss", "Dua jembatan", by.name)
    ]
    assert asked(f"/sync-runs/{run.pk}/findings?standing=open&rule=same_across", by)["total"] == 0
    asked(f"/sync-runs/{run.pk}/findings?standing=maybe", by, 422)


def test_findings_of_plans_that_may_not_be_read_are_counted_and_not_told() -> None:
    _by, run, finding = same_bridge()
    opened(run)

    told = asked(f"/sync-runs/{run.pk}")
    assert (told["compared"], told["hidden_versions"], told["findings"]) == ([], 2, 0)
    assert told["hidden_findings"] > 0
    assert asked(f"/sync-runs/{run.pk}/findings")["total"] == 0
    asked(f"/sync-runs/{run.pk}/findings/{finding.pk}", None, 404)
    for version in run.compared.all():
        public(version.version.plan)
    whole = asked(f"/sync-runs/{run.pk}/findings/{finding.pk}")
    assert whole["kind"] == "duplicate"


def test_lines_are_found_by_the_programme_above_them() -> None:
    version = a_version(public(a_plan()))
    a_line(version, "Ruas", program_name="PROGRAM PENYELENGGARAAN JALAN")
    a_line(version, "Obat", program_name="PROGRAM KESEHATAN")

    told = asked(f"/plans/{version.plan_id}/versions/1/lines?program=penyelenggaraan")

    assert [one["title"] for one in told["items"]] == ["Ruas"]


def test_a_line_is_told_what_channels_say_each_with_its_source() -> None:
    version = a_version(public(a_plan()))
    line = a_line(version, "Pembangunan Jembatan Citarum")
    address = f"/plans/{version.plan_id}/versions/1/lines/{line.identity}/funding"

    told = asked(address)

    assert told["year"] == 2025
    assert {one["may"] for one in told["channels"]} <= {"yes", "depends", "not_known", "no"}
    assert all(reason["source"] for one in told["channels"] for reason in one["reasons"])
    assert asked(f"{address}?year=2026")["year"] == 2026
    asked(f"{address}?year=soon", None, 422)


def test_a_ranking_is_told_in_its_order_with_weights_and_nothing_of_hidden_lines() -> None:
    by, ranking, _lines = filled()
    judging.weigh(by, ranking.pk, "direct", {"kesiapan": 80, "manfaat": 20})
    benefit = ranking.criteria.get(code="manfaat")
    judging.rate(by, ranking.pk, of_line(ranking, "Jalan A").pk, benefit.pk, value=90)
    seen = a_version(public(a_plan()))
    shown = a_line(seen, "Jalan Terbuka", land="under_way")
    actions.add_lines(by, ranking.pk, seen.plan_id, [shown.identity])

    whole = asked(f"/rankings/{ranking.pk}", by)
    assert whole["weighed"]
    assert [one["weight"] for one in whole["by_criterion"]] == pytest.approx([0.8, 0.2])
    order = asked(f"/rankings/{ranking.pk}/order", by)
    assert order["total"] == 6
    assert order["items"][0]["rank"] == 1
    by_title = {one["title"]: one for one in order["items"]}
    assert by_title["Jalan A"]["coverage"] == pytest.approx(1.0)
    assert by_title["Rapat E"]["rank"] is None
    assert set(by_title["Jalan A"]["ranks"]) == {"wsm", "wpm", "topsis", "promethee", "electre"}
    opened(ranking)
    told = asked(f"/rankings/{ranking.pk}/order?method=topsis&limit=10", stranger())["items"]
    assert [one["title"] for one in told if one["title"]] == ["Jalan Terbuka"]
    for one in told:
        if one["title"] is None:
            assert {name for name, value in one.items() if value is not None} <= {"rank", "band"}
    asked(f"/rankings/{ranking.pk}/order?method=dice", by, 422)


def test_a_method_that_is_not_made_for_so_many_lines_is_refused_and_not_replaced() -> None:
    by = planner()
    ranking = a_ranking(by)
    version = a_version(a_plan())
    lines = many_lines(version, 301, land="ready")
    actions.set_criterion(by, ranking.pk, CriterionDetails("Kesiapan", origin="readiness"))
    actions.add_lines(by, ranking.pk, version.plan_id, [line.identity for line in lines])

    refused = asked(f"/rankings/{ranking.pk}/order?method=electre", by, 422)

    assert "ELECTRE III" in refused["errors"][0]["detail"]
    assert asked(f"/rankings/{ranking.pk}/order?limit=2", by)["total"] == 301


def test_a_ranking_without_lines_has_an_empty_order() -> None:
    by, ranking, lines = filled()
    actions.remove_lines(by, ranking.pk, [one.pk for one in lines])
    assert asked(f"/rankings/{ranking.pk}/order", by)["items"] == []


def test_a_run_of_a_portfolio_is_told_to_readers_of_every_plan_in_it() -> None:
    owner = office()
    plan = a_plan(owner)
    line = a_line(a_version(plan))
    made = portfolio(owner, plan)
    run = PortfolioRun.objects.get()
    PortfolioRun.objects.update(plans=[plan.pk])
    opened(made)

    hidden = asked(f"/portfolios/{made.pk}")
    assert (hidden["projects"], hidden["hidden_projects"]) == (0, 1)
    assert asked(f"/portfolios/{made.pk}/projects")["total"] == 0
    assert asked(f"/portfolios/{made.pk}/runs")["total"] == 0
    asked(f"/portfolios/{made.pk}/runs/{run.pk}", None, 404)
    public(plan)
    assert asked(f"/portfolios/{made.pk}")["projects"] == 1
    [project] = asked(f"/portfolios/{made.pk}/projects")["items"]
    assert (project["identity"], project["total"]) == (str(line.identity), "1000000.00")
    assert [one["status"] for one in asked(f"/portfolios/{made.pk}/runs")["items"]] == ["optimal"]
    whole = asked(f"/portfolios/{made.pk}/runs/{run.pk}")
    assert whole["chosen"][0]["amounts"] == [{"year": 2025, "channel": "", "amount": "1000000.00"}]
    assert whole["regions"] == [
        {"region_code": "32.04", "money": "1000000.00", "score": 1.0, "projects": 1}
    ]


def test_a_run_that_is_not_done_chose_nothing() -> None:
    owner = office()
    plan = public(a_plan(owner))
    a_line(a_version(plan))
    made = portfolio(owner, plan)
    opened(made)
    PortfolioRun.objects.update(result={}, state="waiting", plans=[plan.pk])
    told = asked(f"/portfolios/{made.pk}/runs/{PortfolioRun.objects.get().pk}")
    assert (told["score"], told["chosen"], told["unspent"]) == (None, [], None)
