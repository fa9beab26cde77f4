"""Every error becomes one translated line and an exit code."""

import pytest
from django.db import OperationalError

from sinergi.analysis.errors import InputError
from sinergi.cli import failures, language
from sinergi.evidence.imports.mapping import MappingError
from sinergi.opportunities.lists.errors import InvalidError
from sinergi.opportunities.settings import SettingsError
from sinergi.reference.errors import FileProblem, ReferenceFileError, Suggestion, UnknownRegion
from sinergi.reference.pack.issues import PackError, PackIssue


@pytest.fixture(autouse=True)
def english():
    language.choose("en")


def test_an_unknown_region_is_told_with_what_could_be_meant():
    error = UnknownRegion("Banjar", (Suggestion("63.03", "Kabupaten Banjar", "name", 99),))
    assert failures.tell(error) == (
        "There is no region “Banjar”. Meant: 63.03 Kabupaten Banjar?",
        failures.USAGE,
    )


def test_an_unknown_region_without_likeness_says_where_to_look():
    assert "sinergi reference search" in failures.tell(UnknownRegion("zzz"))[0]


def test_a_setting_is_told_in_the_words_of_its_room():
    text, code = failures.tell(SettingsError("top", "x", "not_a_number"))
    assert "x" in text
    assert code == 2


def test_a_method_error_is_translated_and_filled():
    language.choose("id")
    error = InputError(
        "A value is infinite.", "{role}", "Leave unknown values missing (NaN).", role="value"
    )
    text, code = failures.tell(error)
    assert text.startswith("value: Ada nilai tak hingga.")
    assert code == 2


def test_a_reference_file_lists_its_problems_and_counts_as_findings(pack_root):
    path = pack_root / "a.geojson"
    error = ReferenceFileError(str(path), (FileProblem("no_code", line=3, field="code"),))
    text, code = failures.tell(error)
    assert text.splitlines()[0] == f"{path} was not loaded:"
    assert "3" in text.splitlines()[1]
    assert code == failures.FINDINGS


def test_a_broken_pack_names_file_and_line(pack_root):
    issue = PackIssue("regions.csv", 7, "lat", "empty", {})
    text, code = failures.tell(PackError(pack_root, (issue,)))
    assert "regions.csv" in text
    assert "7" in text
    assert code == failures.FINDINGS


@pytest.mark.parametrize(
    ("why", "told"),
    [
        ("no such table: evidence_source", "sinergi setup"),
        ("database is locked", "busy"),
        ("disk I/O error", "disk I/O error"),
    ],
)
def test_the_database_says_what_to_do(why, told):
    assert told in failures.tell(OperationalError(why))[0]


def test_fields_of_a_form_are_named():
    text, _ = failures.tell(InvalidError({"target_year": "Choose a year."}))
    assert text.endswith(": Choose a year.")
    assert not text.startswith("target_year")


def test_a_file_that_cannot_be_opened_is_named():
    error = PermissionError(13, "Permission denied", "/x/y.csv")
    assert failures.tell(error) == ("/x/y.csv: Permission denied", failures.USAGE)


def test_a_mapping_names_its_field():
    assert failures.tell(MappingError("sheet", "is text"))[0] == "sheet: is text"


def test_what_nobody_foresaw_is_one_line_and_a_code_of_its_own(monkeypatch):
    monkeypatch.delenv("SINERGI_DEBUG", raising=False)
    text, code = failures.tell(ZeroDivisionError("by zero"))
    assert "ZeroDivisionError: by zero" in text
    assert code == failures.BROKEN


def test_for_developers_the_error_itself_comes_through(monkeypatch):
    monkeypatch.setenv("SINERGI_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        failures.tell(ZeroDivisionError("by zero"))


@pytest.fixture
def pack_root(tmp_path):
    return tmp_path
