"""What others do to a portfolio meanwhile: shares met, rules sent twice, wishes that waited, hidden lines."""

import json
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import translation

from sinergi.accounts.audit.history import history as audit_history
from sinergi.accounts.errors import ConflictError, InvalidError
from sinergi.accounts.models import AuditRecord
from sinergi.programs.actions import portfolio_limits as limits
from sinergi.programs.actions import portfolio_projects as placing
from sinergi.programs.actions.portfolio import edit_portfolio
from sinergi.programs.models import Measure, RuleKind, RunState
from sinergi.programs.portfolio import tasks
from sinergi.programs.portfolio.giving_way import relaxed
from sinergi.programs.portfolio.problem import problem_of
from sinergi.programs.portfolio.rules import PortfolioDetails, RuleDetails, RunDetails, ShareDetails
from sinergi.programs.views.portfolio_history import _titles_of_projects, told_value
from tests.people import asks, person, signed_in
from tests.programs.making import office, planner, stranger
from tests.programs.portfolio.made import empty, knapsack, scored
from tests.programs.priority.ranked import filled

pytestmark = pytest.mark.django_db
TWENTY = ShareDetails("32.04", Measure.AVAILABLE, minimum=Decimal(20))
CHANGED = "The portfolio changed since this run. Run it again first."
FORTY = ShareDetails("32.04", Measure.AVAILABLE, maximum=Decimal(40))


@pytest.fixture
def someone():
    return person("Ani", ("analyst", office()))


@pytest.fixture
def reader(client: Client, someone) -> Client:
    return signed_in(client, someone)


def test_a_share_that_was_set_meanwhile_is_not_replaced_unseen():
    by = planner()
    one = knapsack(by)
    one.refresh_from_db()
    old = one.revision
    limits.set_share(by, one.pk, TWENTY, revision=old)
    with pytest.raises(ConflictError):
        limits.set_share(by, one.pk, FORTY, revision=old)
    assert one.shares.get().minimum == 200_000
    limits.set_share(by, one.pk, TWENTY, revision=old)
    one.refresh_from_db()
    limits.set_share(by, one.pk, FORTY, revision=one.revision)
    last = AuditRecord.objects.order_by("pk").last()
    place = {"region_code": "32.04", "measure": "available"}
    assert json.loads(last.before) == {**place, "minimum": "20", "maximum": None}
    assert json.loads(last.after) == {**place, "minimum": None, "maximum": "40"}


def test_the_page_of_limits_keeps_a_share_that_an_older_page_did_not_show(reader, someone):
    one = knapsack(asks(someone))
    address = f"/portofolio/{one.pk}/batas/"
    one.refresh_from_db()
    sent = {"do": "share", "region_code": "32.04", "measure": "available"}
    old = {**sent, "revision": one.revision}
    assert reader.post(address, {**old, "minimum": "20"}).status_code == 302
    answer = reader.post(address, {**old, "maximum": "40"})
    assert answer.status_code == 409
    assert answer.context["share_form"].non_field_errors()
    assert (one.shares.get().minimum, one.shares.get().maximum) == (200_000, None)
    one.refresh_from_db()
    hidden = f'name="do" value="share"><input type="hidden" name="revision" value="{one.revision}"'
    assert hidden in answer.content.decode()
    again = {**sent, "revision": one.revision, "minimum": "20", "maximum": "40"}
    assert reader.post(address, again).status_code == 302
    assert one.shares.get().maximum == 400_000


def test_the_form_of_a_rule_that_is_sent_twice_adds_one_rule(reader, someone):
    one = knapsack(asks(someone))
    address = f"/en/portofolio/{one.pk}/batas/"
    page = reader.get(address)
    token = page.context["rule_form"]["once"].value()
    assert f'value="{token}"' in page.content.decode()
    sent = {"do": "rule", "kind": "together", "projects": "1, 2", "lag": "1", "once": token}
    assert [reader.post(address, sent).status_code for _time in range(2)] == [302, 302]
    assert one.rules.count() == 1
    answer = reader.post(address, {**sent, "once": "another", "projects": "2, 1"})
    assert answer.status_code == 422
    assert "this very rule" in answer.content.decode()
    assert reader.post(address, {**sent, "projects": "1, 3"}).status_code == 302
    assert one.rules.count() == 2


def test_an_equal_rule_is_refused_and_one_in_another_order_is_none():
    by = planner()
    one = knapsack(by)
    first, second, third = one.projects.values_list("pk", flat=True)
    limits.add_rule(by, one.pk, RuleDetails(RuleKind.BEFORE, (first, second), 1))
    with pytest.raises(InvalidError):
        limits.add_rule(by, one.pk, RuleDetails(RuleKind.BEFORE, (first, second), 1))
    limits.add_rule(by, one.pk, RuleDetails(RuleKind.BEFORE, (second, third), 1))
    limits.add_rule(by, one.pk, RuleDetails(RuleKind.BEFORE, (third, second), 1))
    assert one.rules.count() == 3


def test_money_of_no_stated_channel_can_carry_over(reader, someone):
    by = asks(someone)
    one = knapsack(by)
    address = f"/portofolio/{one.pk}/batas/"
    one.refresh_from_db()
    sent = {
        "do": "ceilings",
        "revision": one.revision,
        "ceiling-2025-": "10.000.000",
        "carries": "",
    }
    assert reader.post(address, sent).status_code == 302
    one.refresh_from_db()
    assert one.carries == [""]
    assert problem_of(one).instance.carries.all()
    ticked = '<input type="checkbox" name="carries" value="" checked'
    assert ticked in reader.get(address).content.decode()
    edit_portfolio(by, one.pk, PortfolioDetails("Lain", 2025, 2026, "", tuple(one.carries)))
    with pytest.raises(InvalidError):
        limits.set_ceilings(by, one.pk, {}, carries=("tidak ada",))


def test_a_wish_that_waited_while_the_portfolio_changed_is_told_to_run_again():
    by = planner()
    one = knapsack(by)
    base = limits.begin_run(by, one.pk, RunDetails(seconds=20, others=1))
    bridge = one.projects.get(title="Jembatan Citarum")
    wish = limits.prepare_wish(by, one.pk, base.pk, bridge.pk, True)
    scored(by, one, one.projects.get(title="Jalan Soreang"), 4.0)
    with translation.override("en"):
        tasks.compute_now(wish, by)
    wish.refresh_from_db()
    assert wish.state == RunState.FAILED
    assert wish.failure == CHANGED
    assert not wish.result


@pytest.mark.parametrize(("language", "told"), [("id", "12,5%"), ("en", "12.5%")], ids=["id", "en"])
@pytest.mark.parametrize("least", [None, 100], ids=["unknown", "known"])
def test_a_share_that_gives_way_is_told_as_readers_write_numbers(language, told, least):
    one = {"kind": "minimum", "region": "32.04", "measure": "available"}
    one |= {"limit": 125_000, "least": least, "amount": 100}
    with translation.override(language):
        assert f"({told})" in relaxed(one, {})


@pytest.fixture
def rescored(someone):
    """A portfolio whose scores a ranking replaced, and its last record."""
    by, ranking, rows = filled(asks(someone))
    one = empty(by)
    named = {row.identity for row in rows}
    for _time in range(2):
        placing.take_lines(by, one.pk, rows[0].plan_id, named, ranking=ranking.pk)
        road = one.projects.get(title="Jalan A")
        one.projects.filter(pk=road.pk).update(score=12.5, score_source="Ani")
    placing.take_lines(by, one.pk, rows[0].plan_id, named, ranking=ranking.pk, replace_by_hand=True)
    return one, road, AuditRecord.objects.order_by("pk").last()


def test_the_record_of_scores_holds_no_titles_of_lines(rescored):
    one, road, last = rescored
    assert json.loads(last.before) == {"score_by_hand": {str(road.pk): 12.5}}
    for project in one.projects.all():
        assert project.title not in last.before + last.after


@pytest.mark.parametrize("gone", [False, True], ids=["there", "taken out"])
def test_the_history_of_scores_tells_titles_of_projects_that_one_sees(rescored, reader, gone):
    one, road, _last = rescored
    if gone:
        one.projects.filter(pk=road.pk).delete()
    page = reader.get(f"/en/portofolio/{one.pk}/").content.decode()
    assert (f"{road.position}. Jalan A: 12.50" in page) != gone
    assert ("taken out since, or not visible to you: 1" in page) == gone


def test_titles_of_a_plan_that_one_may_not_read_are_not_told(rescored):
    one, road, _last = rescored
    deeds = audit_history(one.KIND, one.pk)
    assert str(road.pk) in _titles_of_projects(planner(), one, deeds)
    assert not _titles_of_projects(stranger(), one, deeds)
    told = told_value("score", {str(road.pk): 1.5, "2. Jalan": 2.5}, {})
    assert "2. Jalan: " in told
    assert "Jalan A" not in told
