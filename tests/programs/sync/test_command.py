"""The command `sinergi sync` on files and on plans of an installation."""

import csv
import io

import pytest
from openpyxl import Workbook
from typer.testing import CliRunner

from sinergi.cli.app import app
from sinergi.programs.models import VersionState
from tests.programs.sync.playing import BRIDGE, line, neighbours

pytestmark = pytest.mark.django_db
HEADINGS = ("Nama paket", "Lokasi", "Tahun", "Pagu (Rp)")
ROWS = ((BRIDGE, "Jalan Cikapundung Kolot", 2025, 1_000_000_000),)


def told(*arguments):
    """The findings that the command writes as CSV."""
    done = CliRunner().invoke(app, ["--language", "en", "sync", *arguments, "--format", "csv"])
    assert done.exit_code == 0, done.output
    return list(csv.DictReader(io.StringIO(done.stdout)))


def as_csv(folder):
    path = folder / "regency.csv"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([HEADINGS, *ROWS])
    return path


def as_excel(folder):
    path, book = folder / "city.xlsx", Workbook()
    for row in (HEADINGS, *ROWS):
        book.active.append(row)
    book.save(path)
    return path


def test_spreadsheets_of_two_neighbours_tell_of_their_bridge(tmp_path):
    found = told(str(as_csv(tmp_path)), str(as_excel(tmp_path)), "--regions", "32.04,32.73")
    assert BRIDGE in str([row for row in found if "duplicate" in row.values()])


def test_plans_of_an_installation_tell_of_the_bridge_of_two_neighbours():
    one, two = neighbours()
    line(one)
    line(two)
    found = told("--plans", f"{one.plan_id},{two.plan_id}")
    assert "same_across" in str(found)


@pytest.mark.parametrize(
    "arguments", [(), ("--plans", "x"), ("nowhere.csv",)], ids=["nothing", "letters", "nowhere"]
)
def test_what_cannot_be_compared_is_told_and_nothing_is_written(arguments):
    done = CliRunner().invoke(app, ["sync", *arguments])
    assert done.exit_code != 0
    assert "Traceback" not in done.output


@pytest.mark.parametrize(
    ("asked", "named"),
    [("{here},999", "999:"), ("{draft},888", "{draft}, 888:"), ("9" * 5000, "9" * 15 + "…:")],
    ids=["one_of_two", "without_a_version", "long"],
)
def test_plans_that_cannot_be_compared_are_named(asked, named):
    here, draft = neighbours()
    draft.state = VersionState.DRAFT
    draft.save()
    numbers = {"here": here.plan_id, "draft": draft.plan_id}
    done = CliRunner().invoke(
        app, ["--language", "en", "sync", "--plans", asked.format(**numbers)], terminal_width=400
    )
    assert done.exit_code == 2, done.output
    assert named.format(**numbers) in done.output
    assert not done.stdout


def test_a_plan_may_be_named_with_leading_zeros():
    one, _two = neighbours()
    told("--plans", f"00{one.plan_id}")


def test_a_file_without_a_plan_is_told_with_its_name(tmp_path):
    path = tmp_path / "empty.csv"
    path.write_text("a,b\n1,2\n")
    done = CliRunner().invoke(app, ["sync", str(path)])
    assert done.exit_code != 0
    assert "empty.csv" in done.output
