import re
from pathlib import Path

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

import sinergi.evidence
from sinergi.evidence.imports.messages import MESSAGES, REMEDIES, TITLES
from sinergi.evidence.imports.problems import KEPT, Problem, Problems, column_index, column_letter


@given(st.integers(0, 16_383))
def test_a_column_letter_leads_back_to_its_column(index: int) -> None:
    assert column_index(column_letter(index)) == index


@pytest.mark.parametrize(
    ("index", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")]
)
def test_columns_are_lettered_as_spreadsheets_do(index: int, letter: str) -> None:
    assert column_letter(index) == letter


@pytest.mark.parametrize("text", ["", "A1", "ABCD", "é"])
def test_what_is_no_letter_is_no_column(text: str) -> None:
    with pytest.raises(ValueError):
        column_index(text)


def test_a_problem_names_its_cell() -> None:
    assert Problem("error", "not_a_number", row=14, column=2).cell == "C14"
    assert Problem("error", "empty_file").cell == ""


def test_every_kind_of_problem_has_a_title_a_message_and_a_remedy() -> None:
    assert set(MESSAGES) == set(TITLES) == set(REMEDIES)


def test_every_kind_that_the_code_raises_is_described() -> None:
    folder = Path(sinergi.evidence.__file__).parent
    code = " ".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py"))
    raised = set(re.findall(r'"(?:error|warning)",\s*"(\w+)"', code)) - {"error", "warning"}
    assert len(raised) > 30
    assert raised <= set(MESSAGES)


@pytest.mark.parametrize("language", ["id", "en"])
def test_messages_keep_their_places_in_every_language(language: str) -> None:
    with override("en"):
        english = {
            code: set(re.findall(r"%\((\w+)\)", str(text))) for code, text in MESSAGES.items()
        }
    with override(language):
        said = {code: set(re.findall(r"%\((\w+)\)", str(text))) for code, text in MESSAGES.items()}
    assert said == english


def test_many_problems_of_a_kind_are_counted_but_not_all_kept() -> None:
    problems = Problems()
    for row in range(KEPT + 5):
        problems.add("error", "not_a_number", row=row, column=0)
    assert len(problems.kept) == KEPT
    assert problems.errors == KEPT + 5
    ((_, number, kept),) = problems.groups()
    assert (number, len(kept)) == (KEPT + 5, KEPT)
