"""What somebody meets who never made a portfolio: no scores, late starts, decisions the money cannot keep."""

from decimal import Decimal

import pytest
from django.test import Client
from django.utils.translation import override

from sinergi.accounts.errors import InvalidError
from sinergi.programs.actions import portfolio_limits as limits
from sinergi.programs.models import Decision, PortfolioRun
from sinergi.programs.portfolio import words
from sinergi.programs.portfolio.rules import RunDetails
from tests.people import asks, person, signed_in
from tests.programs.making import office
from tests.programs.portfolio.made import MILLION, knapsack, scored

pytestmark = pytest.mark.django_db
QUICK = RunDetails(seconds=20, others=2)


@pytest.fixture
def someone():
    return person("Ani", ("analyst", office()))


@pytest.fixture
def by(someone):
    return asks(someone)


@pytest.fixture
def reader(client: Client, someone) -> Client:
    return signed_in(client, someone)


def test_a_run_without_any_score_is_refused_and_led_to_where_scores_are_given(reader, by):
    one = knapsack(by)
    one.projects.update(score=0)
    told = {"seconds": "20", "gap": "", "others": "2", "solver": "highs"}
    answer = reader.post(f"/en/portofolio/{one.pk}/pilih/", told)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "No project has a score, so any choice" in page
    assert f'href="/en/portofolio/{one.pk}/proyek/#ambil"' in page
    assert not PortfolioRun.objects.exists()
    with pytest.raises(InvalidError):
        limits.begin_run(by, one.pk, QUICK)


def test_a_result_tells_how_many_projects_had_no_score(reader, by):
    one = knapsack(by)
    one.projects.filter(title="Jalan Soreang").update(score=0)
    run = limits.begin_run(by, one.pk, QUICK)
    page = reader.get(f"/en/portofolio/{one.pk}/pilihan/{run.pk}/").content.decode()
    assert "1 project had no score" in page


def test_money_of_the_first_year_is_spent_before_that_of_the_last(by):
    one = knapsack(by)
    one.projects.update(latest=2026)
    limits.set_ceilings(
        by, one.pk, {(2025, ""): Decimal(6 * MILLION), (2026, ""): Decimal(20 * MILLION)}
    )
    run = limits.begin_run(by, one.pk, QUICK)
    assert run.result["status"] == "optimal"
    assert run.result["score"] == 16.0
    assert sorted(each["start"] for each in run.result["chosen"]) == [2025, 2026, 2026]


def too_dear(by):
    """The knapsack with money for none of its projects, and one of them in by hand."""
    one = knapsack(by)
    limits.set_ceilings(by, one.pk, {(2025, ""): Decimal(2 * MILLION)})
    bridge = one.projects.get(title="Jembatan Citarum")
    scored(by, one, bridge, 6.0, decision=Decision.IN)
    return one


def test_a_decision_that_the_money_cannot_keep_is_answered_with_the_rupiah_that_lack(reader, by):
    one = too_dear(by)
    run = limits.begin_run(by, one.pk, QUICK)
    assert run.result["status"] == "infeasible"
    against = run.result["conflict"]["against"]
    assert [(row["kind"], row["year"], row["amount"]) for row in against] == [
        ("ceiling", 2025, 4 * MILLION * 100)
    ]
    page = reader.get(f"/en/portofolio/{one.pk}/pilihan/{run.pk}/").content.decode()
    assert "What stands against what was decided by hand" in page
    assert "too low" in page
    assert "Nothing can be chosen" in page
    assert "What is chosen" not in page


def test_a_wish_that_cannot_be_names_the_limit_that_stops_it(reader, by):
    one = knapsack(by)
    limits.set_ceilings(by, one.pk, {(2025, ""): Decimal(5 * MILLION)})
    base = limits.begin_run(by, one.pk, QUICK)
    bridge = one.projects.get(title="Jembatan Citarum")
    run = limits.begin_wish(by, one.pk, base.pk, bridge.pk, True)
    assert [row["amount"] for row in run.result["against"]] == [MILLION * 100]
    page = reader.get(f"/en/portofolio/{one.pk}/pilihan/{base.pk}/").content.decode()
    assert "in 2025 is" in page
    assert "too low" in page


def test_where_no_other_choice_is_possible_no_loss_is_told():
    told = {"others_asked": 3, "others": [{}], "others_why": "lossy", "others_none": True}
    with override("en"):
        text = words._fewer({**told, "others_least_lost": None})
    assert "no other choice" in text
    assert "2%" not in text


def test_scores_have_a_thousands_separator_and_what_is_left_is_quiet(reader, by):
    one = knapsack(by)
    one.projects.filter(title="Jalan Soreang").update(score=1271.63)
    run = limits.begin_run(by, one.pk, QUICK)
    assert run.result["score"] == pytest.approx(1276.63)
    assert "1.276,63" in reader.get(f"/portofolio/{one.pk}/pilihan/{run.pk}/").content.decode()
    assert "1.276,63" in reader.get(f"/portofolio/{one.pk}/").content.decode()
    with override("en"):
        assert words._chart(run.result["cells"])["quiet"] == ["left under the ceiling"]
        assert words.points(1276.63) == "+1,276.63"
