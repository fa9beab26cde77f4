"""One project of a portfolio, changed on its page: what is not touched stays as it is."""

import pytest
from django.test import Client

from sinergi.programs.models import Decision, PortfolioProject
from sinergi.programs.queries.words import channel_name
from tests.people import asks, person, signed_in
from tests.programs.making import office
from tests.programs.portfolio.made import knapsack

pytestmark = pytest.mark.django_db


@pytest.fixture
def someone():
    return person("Ani", ("analyst", office()))


@pytest.fixture
def reader(client: Client, someone) -> Client:
    return signed_in(client, someone)


@pytest.fixture
def bridge(someone) -> PortfolioProject:
    return knapsack(asks(someone)).projects.get(title="Jembatan Citarum")


def address(project: PortfolioProject) -> str:
    return f"/portofolio/{project.portfolio_id}/proyek/{project.pk}/"


def as_shown(reader: Client, project: PortfolioProject) -> dict[str, object]:
    """What a browser sends when nothing is touched."""
    form = reader.get(address(project)).context["form"]
    told = {name: form[name].value() for name in form.fields}
    hidden = {
        form[name].html_initial_name: form[name].value()
        for name, field in form.fields.items()
        if field.show_hidden_initial
    }
    return {name: "" if value is None else value for name, value in (told | hidden).items()}


@pytest.mark.parametrize("score", [63.721, 1e6, 63.72141592, 0.0, 0.25], ids=str)
def test_a_score_that_nobody_touched_stays_as_it_was(reader, bridge, score):
    PortfolioProject.objects.filter(pk=bridge.pk).update(score=score, score_source="Peringkat 2025")
    told = {**as_shown(reader, bridge), "decision": "in"}
    assert reader.post(address(bridge), told).status_code == 302
    bridge.refresh_from_db()
    assert (bridge.score, bridge.score_source) == (score, "Peringkat 2025")
    assert bridge.decision == Decision.IN


def test_a_score_that_was_typed_is_of_whoever_typed_it(reader, bridge, someone):
    told = {**as_shown(reader, bridge), "score": "7,5"}
    assert reader.post(address(bridge), told).status_code == 302
    bridge.refresh_from_db()
    assert (bridge.score, bridge.score_source) == (7.5, someone.name)


def test_the_second_of_two_who_change_a_project_overwrites_nothing(reader, bridge):
    mine, other = as_shown(reader, bridge), as_shown(reader, bridge)
    told = {**other, "decision": "in", "part-0": ["-", "DAK_FISIK"]}
    assert reader.post(address(bridge), told).status_code == 302
    answer = reader.post(address(bridge), {**mine, "score": "9"})
    assert answer.status_code == 409
    decided, paid = answer.context["met"]
    assert (decided.present, decided.both) == (Decision.IN.label, False)
    assert (paid.present.endswith(channel_name("DAK_FISIK")), paid.both) == (True, False)
    form = answer.context["form"]
    again = {name: form[name].value() for name in form.fields}
    assert again["part-0"] == ["-", "DAK_FISIK"]
    again = {name: "" if value is None else value for name, value in again.items()}
    assert reader.post(address(bridge), again).status_code == 302
    bridge.refresh_from_db()
    assert (bridge.score, bridge.decision) == (9.0, Decision.IN)
    assert bridge.parts[0]["channels"] == ["", "DAK_FISIK"]


def test_channels_that_both_changed_are_left_to_the_second(reader, bridge):
    mine, other = as_shown(reader, bridge), as_shown(reader, bridge)
    reader.post(address(bridge), {**other, "part-0": ["DAK_FISIK"]})
    answer = reader.post(address(bridge), {**mine, "part-0": ["DAU_SG"]})
    assert answer.status_code == 409
    assert [one.both for one in answer.context["met"]] == [True]
    assert "part-0" in answer.context["form"].errors
    bridge.refresh_from_db()
    assert bridge.parts[0]["channels"] == ["DAK_FISIK"]


def test_two_who_change_two_projects_do_not_meet(reader, bridge):
    road = bridge.portfolio.projects.get(title="Jalan Soreang")
    mine = as_shown(reader, bridge)
    assert reader.post(address(road), {**as_shown(reader, road), "score": "3"}).status_code == 302
    assert reader.post(address(bridge), {**mine, "score": "4"}).status_code == 302
