"""What choices side by side and the sheets of a run say."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from sinergi.programs.exports.portfolio import sheets
from tests.people import asks, person, signed_in
from tests.programs.making import office
from tests.programs.portfolio.made import other_choices, stored_run

pytestmark = pytest.mark.django_db


@pytest.fixture
def someone():
    return person("Ani", ("analyst", office()))


@pytest.mark.parametrize(
    ("language", "told"),
    [("/en", "1 project is in all of them."), ("", "1 proyek ada di semuanya.")],
    ids=["en", "id"],
)
def test_one_project_in_all_choices_is_one(client, someone, language, told):
    run = stored_run(someone)
    run.result |= {"others": other_choices(run), "others_asked": 2, "others_why": ""}
    run.save()
    answer = signed_in(client, someone).get(
        f"{language}/portofolio/{run.portfolio_id}/pilihan/{run.pk}/"
    )
    assert told in answer.content.decode()


@pytest.mark.parametrize(
    ("units", "held"),
    [
        (1_250, 12.5),
        (1_200, 12),
        (123_456_789_012_345, 1_234_567_890_123.45),
        (1_234_567_890_123_456, "12345678901234,56"),
        (100_000_000_000_000_000, 10**15),
    ],
    ids=["sen", "whole", "fifteen digits", "sixteen digits", "round"],
)
def test_amounts_in_sheets_are_numbers_as_long_as_they_are_exact(someone, units, held):
    run = stored_run(someone)
    run.result["regions"] = [["32.04", units, 10.0, 2]]
    run.result["cells"] = [[2025, "", units, 0]]
    run.portfolio.projects.all().update(total=Decimal(units) / 100)
    with override("en"):
        made = {sheet.title: sheet.rows for sheet in sheets(asks(someone), run)}
    assert [row[1] for row in made["Regions"]] == [held]
    assert [row[2:] for row in made["Ceilings"]] == [(held, 0, held)]
    assert {row[7] for row in made["Projects"]} == {held}
