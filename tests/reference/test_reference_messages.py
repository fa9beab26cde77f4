"""Every message code of the room has a text that its details fit."""

import ast
from pathlib import Path

import pytest
from django.utils import translation

import sinergi.reference
from sinergi.reference.errors import FileProblem
from sinergi.reference.messages import MESSAGES, issue_text, message, problem_text
from sinergi.reference.pack import PackIssue

POSITION = {"wrong": 1, "Finding": 1, "PackIssue": 3, "FileProblem": 0}


def used_codes() -> set[str]:
    """Collect the codes that the source of the room gives to issues, problems and findings."""
    found = set()
    for path in Path(sinergi.reference.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                owner = getattr(getattr(node.func, "value", None), "id", "")
                at = (
                    {"issues": 3, "problems": 0}.get(owner) if name == "add" else POSITION.get(name)
                )
                if at is not None and len(node.args) > at:
                    told = node.args[at]
                    found |= {one.value for one in ast.walk(told) if isinstance(one, ast.Constant)}
    return {code for code in found if isinstance(code, str)}


def test_every_code_that_is_used_has_a_text_and_every_text_is_used():
    extra = {"not_a_subactivity", "no_name", "subactivity_twice"}
    used = used_codes() | extra
    assert used - set(MESSAGES) == set()
    assert set(MESSAGES) - used == set()


@pytest.mark.parametrize(("language", "word"), [("id", "baris 3"), ("en", "line 3")])
def test_an_issue_is_told_in_the_language_of_the_reader(language: str, word: str):
    issue = PackIssue(
        "regions.csv", 3, "lat", "out_of_range", {"value": "316", "low": "-90", "high": "90"}
    )
    with translation.override(language):
        text = issue_text(issue)
    assert text.startswith(f"regions.csv, {word} [lat]: 316")


def test_a_problem_names_sheet_row_and_column():
    problem = FileProblem(
        "no_name", "Sheet1", 7, "nama_subkegiatan", {"value": "1.01.02.1.01.0001"}
    )
    with translation.override("en"):
        assert problem_text(problem).startswith(
            "sheet Sheet1, row 7, nama_subkegiatan: The name of"
        )


def test_what_an_object_lacks_is_told_in_the_language_of_the_reader():
    details = {"lacks_id": "indeks SPBE", "lacks_en": "e-government index"}
    with translation.override("en"):
        assert "e-government index" in message("not_computable", details)
    with translation.override("id"):
        assert "indeks SPBE" in message("not_computable", details)


def test_an_unknown_code_is_shown_as_it_is():
    assert message("something_else", {}) == "something_else"


def test_a_text_whose_details_are_missing_is_still_shown():
    assert "%(value)s" in message("not_a_number", {})
