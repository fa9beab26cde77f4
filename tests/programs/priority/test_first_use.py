"""What somebody meets who ranks for the first time: closed plans, words of pairs, files like pages."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from sinergi.accounts.errors import InvalidError
from sinergi.accounts.models import Person
from sinergi.accounts.principal import Principal
from sinergi.programs.actions import priority as actions
from sinergi.programs.models import Alternative, Portfolio, Ranking
from sinergi.programs.queries import priority as queries
from sinergi.programs.views.priority_firmness import bar_label, label
from tests.people import asks, organisation, person, signed_in
from tests.programs.making import a_line, a_plan, a_version, office, planner, public
from tests.programs.priority.ranked import a_ranking, filled, two_criteria

pytestmark = pytest.mark.django_db


def browser(by: Principal) -> Client:
    return signed_in(Client(), Person.objects.get(pk=by.person_id))


@pytest.fixture
def of_two() -> Principal:
    """Somebody who works for two organisations."""
    other = organisation("dinas-lain")
    return asks(person("Dua Kantor", ("analyst", office()), ("analyst", other)))


def closed_line() -> Any:
    """A line of a plan that only the other organisation may read."""
    return a_line(a_version(a_plan(organisation("dinas-lain"))), "Jalan tertutup")


def test_lines_of_a_plan_that_the_organisation_may_not_read_are_refused(of_two) -> None:
    ranking, line = a_ranking(of_two), closed_line()
    address = f"/en/pemeringkatan/{ranking.pk}/baris/?rencana={line.version.plan_id}"
    shown = browser(of_two).get(address).content.decode()
    assert "its lines would not be compared" in shown
    assert 'name="baris"' not in shown
    answer = browser(of_two).post(address, {"semua": "1"}, follow=True).content.decode()
    assert "which may not read the plan" in answer
    assert "were put in" not in answer
    assert not Alternative.objects.exists()
    with pytest.raises(InvalidError, match="may not read the plan"):
        actions.add_lines(of_two, ranking.pk, line.version.plan_id, [line.identity])


def test_the_result_tells_a_closed_plan_from_a_line_that_is_gone(of_two) -> None:
    ranking, closed = a_ranking(of_two), closed_line()
    two_criteria(of_two, ranking)
    version = a_version(public(a_plan()))
    lines = [a_line(version, title) for title in ("Jalan A", "Jalan B")]
    actions.add_lines(of_two, ranking.pk, version.plan_id, [one.identity for one in lines])
    for line in (closed, closed_line()):
        plan, identity = line.version.plan, line.identity
        Alternative.objects.create(ranking=ranking, plan=plan, identity=identity)
    lines[1].delete()
    shown = browser(of_two).get(f"/en/pemeringkatan/{ranking.pk}/").content.decode()
    assert "2 lines are left out: they are of plans that Bappeda Bandung" in shown
    assert closed.version.plan.title in shown
    assert "1 line is no longer in the current version of its plan" in shown


@pytest.mark.parametrize(
    ("place", "model", "sent"),
    [
        ("pemeringkatan", Ranking, {"top": 5, "coverage": 60}),
        ("portofolio", Portfolio, {"first_year": 2026, "last_year": 2027}),
    ],
    ids=["ranking", "portfolio"],
)
def test_of_several_organisations_none_is_chosen_beforehand(of_two, place, model, sent) -> None:
    client = browser(of_two)
    assert "Choose an organisation" in client.get(f"/en/{place}/").content.decode()
    answer = client.post(f"/en/{place}/", {"title": "Baru", "organisation": "", **sent})
    assert answer.status_code == 422
    assert not model.objects.exists()


def test_a_pair_says_which_criterion_matters_more() -> None:
    by, ranking, _lines = filled()
    shown = browser(by).get(f"/en/pemeringkatan/{ranking.pk}/bobot/?cara=ahp").content.decode()
    assert ">9 – Kesiapan matters extremely more<" in shown
    assert ">1/9 – Manfaat matters extremely more<" in shown


def test_a_file_has_the_numbers_of_the_page() -> None:
    by, ranking, _lines = filled()
    client = browser(by)
    places = client.get(f"/en/pemeringkatan/{ranking.pk}/").context["places"]
    content = client.get(f"/en/pemeringkatan/{ranking.pk}/berkas.xlsx").content
    head, *rows = load_workbook(BytesIO(content)).worksheets[0].values
    told = [dict(zip(head, row, strict=True)) for row in rows]
    firm = [(f"{one['Expected ranks, from']}", f"{one['Expected ranks, to']}") for one in told]
    assert firm == [tuple(map(str, one.expected or (None, None))) for one in places]
    scores = [one.score if one.score is None else round(one.score * 100, 1) for one in places]
    assert [one["Score, 0 to 100"] for one in told] == scores


def test_a_number_with_both_separators_is_told_its_range_in_a_row_marked_as_wrong() -> None:
    by, ranking, lines = filled()
    said = ranking.criteria.get(code="manfaat")
    sent = {f"b{one.pk}-value": "" for one in lines} | {f"b{lines[0].pk}-value": "1.250,5"}
    address = f"/pemeringkatan/{ranking.pk}/nilai/?kriteria={said.pk}"
    answer = browser(by).post(address, sent)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Tanpa satuan" in shown
    assert "Masukkan sebuah bilangan" not in shown
    assert shown.count('<tr class="is-wrong">') == 1


def test_sensitivity_names_lines_whole_and_tells_twins_apart() -> None:
    by = planner()
    ranking = a_ranking(by)
    two_criteria(by, ranking)
    version = a_version(a_plan())
    long = "Pembangunan jaringan irigasi tersier di kawasan pertanian pangan berkelanjutan"
    ready = {"land": "ready", "design": "ready", "permits": "ready"}
    lines = [
        a_line(version, f"{long} tahap {n}", **(ready if n == 1 else {"land": "under_way"}))
        for n in (1, 2)
    ]
    lines += [a_line(version, "Kembar", land="absent", design="ready") for _n in range(2)]
    actions.add_lines(by, ranking.pk, version.plan_id, [one.identity for one in lines])
    client = browser(by)
    firmness = client.get(f"/en/pemeringkatan/{ranking.pk}/?bagian=kepekaan")
    assert f"{long} tahap 1" in firmness.content.decode()
    found = queries.comparison(by, ranking)
    assert len({label(found, one) for one in range(len(found.rows))}) == len(lines)
    assert bar_label("a" * 61, 3) == f"3. {'a' * 59}…"
    assert bar_label("a" * 60, 3) == f"3. {'a' * 60}"
