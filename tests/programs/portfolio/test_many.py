"""Portfolios of very many projects: pages of tables, wishes by number, and the state asked for alone."""

import pytest
from django.test import Client

from sinergi.programs.models import PortfolioProject, PortfolioRun, RunState
from sinergi.programs.queries.portfolio import digest_now
from sinergi.programs.views import portfolio_runs as views
from tests.people import person, signed_in
from tests.programs.making import office
from tests.programs.portfolio.made import stored_run

pytestmark = pytest.mark.django_db


@pytest.fixture
def someone():
    return person("Ani", ("analyst", office()))


@pytest.fixture
def reader(client: Client, someone) -> Client:
    return signed_in(client, someone)


@pytest.fixture
def crowded(someone, monkeypatch):
    """A run that chose two of three projects, where a wish offers one to take in and one to leave out."""
    monkeypatch.setattr(views, "OFFERED", 1)
    monkeypatch.setattr(views, "A_PAGE", 1)
    monkeypatch.setattr(views, "AT_FIRST", 0)
    run = stored_run(someone)
    run.digest = digest_now(run.portfolio)
    run.save()
    return run


def test_of_many_projects_some_are_offered_and_each_is_named_by_its_number(reader, crowded):
    address = crowded.get_absolute_url()
    answer = reader.get(f"/en{address}")
    page = answer.content.decode()
    assert '<select id="proyek"' not in page
    assert page.count("<option ") == 2
    assert '<option value="1">Jembatan Citarum – not chosen</option>' in page
    assert '<option value="2">Jalan Soreang – chosen</option>' in page
    reader.post(f"{address}keinginan/", {"nomor": "3."})
    asked = crowded.wishes.get().asked
    third = crowded.portfolio.projects.get(title="Puskesmas Ciwidey")
    assert (asked["project"], asked["chosen"]) == (third.pk, False)


@pytest.mark.parametrize(
    "number", ["99", "dua", "", "9" * 5000], ids=["none", "word", "empty", "long"]
)
def test_a_number_that_no_project_has_is_told(reader, crowded, number):
    address = f"/en{crowded.get_absolute_url()}"
    page = reader.post(f"{address}keinginan/", {"nomor": number}, follow=True).content.decode()
    assert f"There is no project number “{number[:20]}”." in page
    assert not crowded.wishes.exists()


def test_few_projects_are_offered_in_one_list(reader, someone):
    run = stored_run(someone)
    run.digest = digest_now(run.portfolio)
    run.save()
    page = reader.get(run.get_absolute_url()).content.decode()
    assert '<select id="proyek"' in page
    assert page.count("<option ") == 3
    assert "Halaman 1 dari" not in page


def test_long_tables_have_pages(reader, crowded):
    first = crowded.portfolio.projects.first()
    PortfolioProject.objects.filter(pk=first.pk).update(title="Pertama")
    chosen = crowded.result["chosen"]
    crowded.result["chosen"] = chosen[:1]
    crowded.save()
    address = crowded.get_absolute_url()
    answer = reader.get(address)
    assert [one.title for one in answer.context["left_out"]] == ["Pertama"]
    assert 'href="?sisa=2#tak-dipilih"' in answer.content.decode()
    answer = reader.get(f"{address}?sisa=2")
    assert [one.title for one in answer.context["left_out"]] == ["Puskesmas Ciwidey"]
    assert 'id="tak-dipilih" open' in answer.content.decode()
    crowded.result["chosen"] = chosen
    crowded.save()
    assert 'href="?dipilih=2#sisa-dipilih"' in reader.get(address).content.decode()
    [row] = reader.get(f"{address}?dipilih=2").context["rest"]
    assert row["project"].title == "Puskesmas Ciwidey"


def test_while_a_wish_is_computed_the_page_asks_for_the_state_alone(reader, crowded):
    address = crowded.get_absolute_url()
    wish = PortfolioRun.objects.create(
        portfolio=crowded.portfolio,
        base=crowded,
        asked={"project": crowded.portfolio.projects.first().pk, "chosen": True, "seconds": 5},
        plans=crowded.plans,
    )
    answer = reader.get(address)
    assert 'hx-get="?keadaan"' in answer.content.decode()
    assert answer["Refresh"] == views.SECONDS_WITHOUT_SCRIPTS
    state = reader.get(f"{address}?keadaan")
    assert (state.status_code, state.content) == (204, b"")
    assert "HX-Refresh" not in state
    PortfolioRun.objects.filter(pk=wish.pk).update(state=RunState.DONE)
    assert reader.get(f"{address}?keadaan")["HX-Refresh"] == "true"
    assert "hx-get" not in reader.get(address).content.decode().partition("</h1>")[2]
    assert Client().get(f"{address}?keadaan").status_code == 404


@pytest.mark.parametrize("part", ["", "/others", "/prices", "/wishes", "/conflict"])
def test_answers_about_a_run_leave_amounts_of_projects_where_they_are(
    reader, crowded, django_assert_max_num_queries, part
):
    address = f"/api/v1/portfolios/{crowded.portfolio_id}/runs/{crowded.pk}{part}"
    with django_assert_max_num_queries(30) as asked:
        answer = reader.get(address)
    assert answer.status_code == 200
    of_projects = [one["sql"] for one in asked.captured_queries if '"title"' in one["sql"]]
    of_projects = [sql for sql in of_projects if 'FROM "programs_portfolioproject"' in sql]
    assert of_projects
    assert not [sql for sql in of_projects if '"parts"' in sql]
