"""Priority lists from the command line: start, fill, export."""

import json
import zipfile

import pytest

from sinergi.opportunities.models import PriorityEntry, PriorityList

pytestmark = pytest.mark.usefixtures("shipped")


@pytest.fixture
def number(run):
    told = run("new-list", "RKPD 2028", "--owner", "Pemko Banjarbaru", "--document", "RKPD 2028")
    assert told.code == 0, told.err
    return int(told.out.split()[1].rstrip(":"))


def add(run, number, *more):
    return run("add-to-list", number, "TPA_REGIONAL", "63.71", "63.72", *more)


def test_an_entry_keeps_what_was_said_about_it(run, number):
    told = add(run, number, "--proposer", "DLH", "--year", "2028", "--note", "first")
    assert told.code == 0, told.err
    entry = PriorityEntry.objects.get(priority_list=number)
    assert (entry.proposer, entry.target_year, entry.note) == ("DLH", 2028, "first")
    assert entry.members_key == "63.71+63.72"


def test_lists_are_listed_with_their_entries(run, number):
    add(run, number)
    listed = json.loads(run("lists", "--format", "json").out)
    assert [
        (one["list"], one["name"], one["entries"]) for one in listed if one["list"] == number
    ] == [(number, "RKPD 2028", 1)]


@pytest.mark.parametrize("ending", ["xlsx", "docx"])
def test_office_files_are_whole(run, number, tmp_path, ending):
    add(run, number)
    out = tmp_path / f"list.{ending}"
    assert run("export-list", number, "--out", out).code == 0
    assert zipfile.ZipFile(out).testzip() is None


def test_a_list_comes_as_pdf_down_a_pipe(run, number):
    add(run, number)
    told = run("export-list", number, "--format", "pdf")
    assert told.raw.startswith(b"%PDF")


def test_the_language_of_the_command_is_that_of_the_annex(run, number):
    add(run, number)
    english = run("export-list", number, "--format", "csv").out
    indonesian = run("--language", "id", "export-list", number, "--format", "csv").out
    assert "Cooperation object" in english
    assert "Objek kerja sama" in indonesian


@pytest.mark.parametrize(
    ("more", "told"), [(["--year", "1999"], "Target year: "), (["--funding", "XX"], "XX")]
)
def test_what_an_entry_cannot_hold_is_named(run, number, more, told):
    answer = add(run, number, *more)
    assert answer.code == 2
    assert told in answer.err
    assert not PriorityEntry.objects.filter(priority_list=number).exists()


def test_the_same_opportunity_is_not_added_twice(run, number):
    assert add(run, number).code == 0
    answer = add(run, number)
    assert answer.code == 2
    assert "already" in answer.err


def test_a_list_without_a_name_is_refused(run):
    answer = run("new-list", " ", "--owner", "Pemko")
    assert answer.code == 2
    assert not PriorityList.objects.filter(owner="Pemko").exists()


@pytest.mark.parametrize(
    "command", [["export-list", "4711"], ["add-to-list", "4711", "TPA_REGIONAL", "63.71", "63.72"]]
)
def test_a_list_that_is_not_there_is_named(run, command):
    answer = run(*command)
    assert answer.code == 2
    assert "4711" in answer.err
