"""Bringing plans in from the command line."""

import pytest

from sinergi.programs.models import Plan, PlanVersion
from tests.programs.making import a_plan, office

pytestmark = pytest.mark.django_db
HEADINGS = "kode;uraian;pagu;lain"
LINE = "1.03.10.2.01.0004;Pembangunan jalan;5000;7000"
NEW = ("--organisation", "bappeda-bandung", "--title", "RKPD", "--region", "32.04")


@pytest.fixture
def file(tmp_path):
    def write(*lines, headings=HEADINGS):
        path = tmp_path / "rkpd.csv"
        path.write_text("\n".join([headings, *(lines or (LINE,))]) + "\n")
        return path

    return write


@pytest.fixture(autouse=True)
def owner(db):
    return office()


def load(run, path, *more):
    return run("plans", "import", path, *NEW, "--years", "2025-2026", *more)


def test_a_file_becomes_a_plan_and_is_listed(run, file):
    told = load(run, file(), "--kind", "rkpd", "--label", "murni")
    assert told.code == 0, told.err
    version = PlanVersion.objects.get()
    assert (version.label, version.lines.get().total) == ("murni", 5000)
    assert (version.plan.first_year, version.plan.last_year) == (2025, 2026)
    assert "RKPD" in run("plans", "list").out


def test_a_dry_run_loads_nothing(run, file):
    told = load(run, file(), "--dry-run")
    assert "1 lines" in told.out + told.err
    assert not Plan.objects.exists()


def test_a_file_becomes_a_further_version(run, file):
    plan = a_plan()
    told = run("plans", "import", file(), "--plan", plan.pk)
    assert told.code == 0, told.err
    assert plan.versions.get().lines.count() == 1


def test_columns_can_be_named(run, file):
    told = load(run, file(), "--column", "C=note", "--column", "D=amount:2026:DAU_BG")
    assert told.code == 0, told.err
    line = PlanVersion.objects.get().lines.get()
    assert line.note == "5000"
    assert [str(one) for one in line.amounts.all()] == ["2026 DAU_BG 7000.00"]


@pytest.mark.parametrize("wrong", ["C", "C=warna", "=title", "CCCC=title"])
def test_a_column_that_means_nothing_is_told(run, file, wrong):
    told = load(run, file(), "--column", wrong)
    assert told.code == 2
    assert wrong in told.err
    assert not Plan.objects.exists()


def test_a_unit_is_confirmed_by_saying_it(run, file):
    path = file(LINE, headings="kode;uraian;pagu (ribu rupiah);lain")
    refused = load(run, path)
    assert refused.code == 1
    assert "Nothing was loaded" in refused.err
    assert load(run, path, "--multiplier", "1000").code == 0
    assert PlanVersion.objects.get().lines.get().total == 5_000_000


def test_amounts_that_cannot_be_taken_are_told_with_their_cell(run, file):
    path = file("1.03.10.2.01.0004;Jalan;-5;")
    told = load(run, path)
    assert told.code == 1
    assert "C2" in told.out + told.err
    assert load(run, path, "--leave-unread").code == 0
    assert "-5" in PlanVersion.objects.get().lines.get().note


def test_mistakes_of_the_command_are_told(run, file, tmp_path):
    assert "no such file" in run("plans", "import", tmp_path / "tiada.csv").err
    wrong = run("plans", "import", file(), *NEW, "--years", "dua")
    assert "2025-2029" in wrong.err
