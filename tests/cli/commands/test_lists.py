"""Priority lists from the command line: start, fill, export."""

import json
import zipfile

import pytest

from sinergi.opportunities.models import PriorityEntry, PriorityList
from tests.people import organisation, person

pytestmark = pytest.mark.usefixtures("shipped")


@pytest.fixture
def pemko(shipped):
    return organisation("kota-banjarbaru", name="Pemko Banjarbaru")


@pytest.fixture
def number(run, pemko):
    told = run("new-list", "RKPD 2028", "--organisation", pemko.code, "--document", "RKPD 2028")
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


def test_a_list_without_a_name_is_refused(run, pemko):
    answer = run("new-list", " ", "--organisation", pemko.code)
    assert answer.code == 2
    assert not PriorityList.objects.exists()


def test_a_list_is_handed_in_by_its_organisation_unless_it_says_otherwise(run, number, pemko):
    assert PriorityList.objects.get(pk=number).owner == "Pemko Banjarbaru"
    told = run("new-list", "Lain", "--organisation", pemko.code, "--owner", "Wali Kota")
    assert PriorityList.objects.get(pk=int(told.out.split()[1].rstrip(":"))).owner == "Wali Kota"


def test_a_machine_without_organisations_gets_a_workspace(run, shipped):
    assert run("new-list", "RKPD 2028").code == 0
    assert PriorityList.objects.get().organisation.code == "ruang-kerja"


def test_an_organisation_that_is_not_there_gets_no_list(run, pemko):
    assert run("new-list", "RKPD", "--organisation", "tidak-ada").code == 2
    assert not PriorityList.objects.exists()


def test_a_person_does_only_what_the_roles_allow(run, number, pemko):
    person("Vira", ("viewer", pemko))
    person("Tono", ("approver", organisation("kota-lain")))
    vira, tono = (("--as", f"{name}@contoh.test") for name in ("vira", "tono"))
    assert run(*vira, "export-list", number, "--format", "csv").code == 0
    assert run(*vira, "add-to-list", number, "TPA_REGIONAL", "63.71", "63.72").code == 2
    for command in (
        ["export-list", number, "--format", "csv"],
        ["list-history", number],
        ["share-list", number, "--public"],
    ):
        assert str(number) in run(*tono, *command).err
    assert json.loads(run(*tono, "lists", "--format", "json").out) == []


def test_a_shared_list_is_read_by_others_until_the_share_is_ended(run, number):
    other = organisation("kota-lain")
    person("Tono", ("analyst", other))
    tono = ("--as", "tono@contoh.test")
    add(run, number)
    told = run("share-list", number, "--with", other.code, "--level", "edit", "--why", "bersama")
    assert "kota-lain (edit)" in told.out
    assert run(*tono, "export-list", number, "--format", "csv").code == 0
    assert run("share-list", number, "--with", other.code, "--end").code == 0
    assert run(*tono, "export-list", number, "--format", "csv").code == 2


def test_a_list_is_made_public_and_private_again(run, number):
    assert "everybody" in run("share-list", number, "--public").out
    assert "kota-banjarbaru" in run("share-list", number, "--private").out


def test_sharing_with_nobody_says_what_is_missing(run, number):
    answer = run("share-list", number)
    assert answer.code == 2
    assert "--with" in answer.err


def test_the_history_tells_who_did_what_and_why(run, number):
    add(run, number, "--note", "baru")
    run("share-list", number, "--public", "--why", "rapat terbuka")
    deeds = json.loads(run("list-history", number, "--format", "json").out)
    assert [deed["what"] for deed in deeds] == ["made public", "added an entry", "created"]
    assert (deeds[0]["why"], deeds[0]["who"]) == ("rapat terbuka", "operator")
    assert "baru" in deeds[1]["after"]


def test_lists_of_one_organisation_are_listed_alone(run, number, pemko):
    other = organisation("kota-lain")
    run("new-list", "Lain", "--organisation", other.code)
    listed = json.loads(run("lists", "--organisation", pemko.code, "--format", "json").out)
    assert [(one["list"], one["organisation"]) for one in listed] == [(number, pemko.code)]


@pytest.mark.parametrize(
    "command", [["export-list", "4711"], ["add-to-list", "4711", "TPA_REGIONAL", "63.71", "63.72"]]
)
def test_a_list_that_is_not_there_is_named(run, command):
    answer = run(*command)
    assert answer.code == 2
    assert "4711" in answer.err
