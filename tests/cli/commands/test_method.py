"""`method`: every method on the user's own table."""

import json

import polars as pl
import pytest

from sinergi.analysis.methods.registry import METHODS
from sinergi.cli.commands.method import NAMES, pairs
from sinergi.cli.failures import CommandError

SECTORS = pl.DataFrame(
    {
        "kabkota": ["A", "A", "B", "B"] * 2,
        "lapangan": ["tani", "industri"] * 4,
        "tahun": [2019] * 4 + [2023] * 4,
        "pdrb": [80.0, 20.0, 30.0, 70.0, 90.0, 30.0, 35.0, 90.0],
    }
)
OF_SECTORS = ("--region", "kabkota", "--sector", "lapangan", "--value", "pdrb")
PLACES = pl.DataFrame(
    {
        "region": ["A", "B", "C"],
        "value": [40.0, 55.0, 30.0],
        "growth": [5.0, 4.0, 6.0],
        "population": [100, 50, 250],
        "latitude": [-3.3, -3.4, -2.2],
        "longitude": [114.6, 114.8, 113.9],
        "production": [10.0, 5.0, 0.0],
        "need": [8.0, 6.0, 1.0],
    }
)


@pytest.fixture
def sectors(tmp_path):
    SECTORS.filter(tahun=2019).write_csv(tmp_path / "sectors.csv")
    return tmp_path / "sectors.csv"


def test_the_names_in_help_are_those_of_the_methods():
    assert NAMES.split(", ") == list(METHODS)


def test_a_quotient_is_computed_from_named_columns(run, sectors):
    told = run("method", "lq", "--input", sectors, *OF_SECTORS, "--format", "json")
    assert told.code == 0, told.err
    assert [round(row["lq"], 2) for row in json.loads(told.out)] == [1.45, 0.44, 0.55, 1.56]


@pytest.mark.parametrize("method", ["lq", "dlq", "shift-share", "rca", "eci", "scalogram"])
@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet"])
def test_methods_of_sectors_take_every_kind_of_file(run, tmp_path, method, ending):
    path = tmp_path / f"sectors.{ending}"
    {"csv": SECTORS.write_csv, "xlsx": SECTORS.write_excel, "parquet": SECTORS.write_parquet}[
        ending
    ](path)
    told = run("method", method, "-i", path, *OF_SECTORS, "--period", "tahun", "-f", "json")
    assert told.code == 0, told.err
    assert json.loads(told.out)


@pytest.mark.parametrize(
    "method", ["klassen", "williamson", "theil", "gini", "gravity", "food-balance"]
)
def test_columns_that_have_the_usual_names_are_found(run, tmp_path, method):
    path = tmp_path / "places.csv"
    PLACES.write_csv(path)
    told = run("method", method, "--input", path)
    assert told.code == 0, told.err
    assert len(told.out.splitlines()) > 1


def test_settings_of_a_method_are_options(run, sectors):
    given = ("method", "rca", "--input", sectors, *OF_SECTORS, "--format", "json", "--symmetric")
    assert all(-1 <= row["rca"] <= 1 for row in json.loads(run(*given).out))


def test_without_input_a_method_says_what_it_takes(run):
    told = run("method", "lq")
    assert told.code == 0
    assert "--region" in told.out
    assert "--absent-is-zero" in told.out


def test_semicolons_and_old_encodings_are_read(run, tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(
        "region;value;population\nKepulauan Aru é;10;5\nB;20;5\n".encode("windows-1252")
    )
    told = run("method", "gini", "--input", path, "--format", "json")
    assert told.code == 0, told.err


def test_the_result_goes_to_a_file(run, sectors, tmp_path):
    out = tmp_path / "lq.parquet"
    assert run("method", "lq", "--input", sectors, *OF_SECTORS, "--out", out).code == 0
    assert pl.read_parquet(out).height == 4


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["lqq"], "Choose one of: lq"),
        (["lq", "--input", "none.csv"], "none.csv"),
        (["lq", "stray"], "stray"),
    ],
)
def test_what_cannot_be_run_is_refused(run, arguments, told):
    answer = run("method", *arguments)
    assert answer.code == 2
    assert told in answer.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--regio", "kabkota"], "--regio"),
        (["--region", "kota", "--sector", "lapangan", "--value", "pdrb"], "kabkota"),
        ([], "region"),
    ],
)
def test_a_column_that_is_not_there_is_told_with_those_that_are(run, sectors, arguments, told):
    answer = run("method", "lq", "--input", sectors, *arguments)
    assert answer.code == 2
    assert told in answer.err
    assert answer.err.count("\n") == 1


def test_a_cell_that_is_no_number_is_named(run, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("region,value,population\nA,banyak,1\n")
    answer = run("--language", "id", "method", "gini", "--input", path)
    assert answer.code == 2
    assert "banyak" in answer.err


def test_a_file_that_is_no_table_and_a_sheet_that_is_not_there_are_told(run, tmp_path):
    broken = tmp_path / "a.xlsx"
    broken.write_bytes(b"no workbook")
    assert str(broken) in run("method", "gini", "--input", broken).err
    PLACES.write_excel(tmp_path / "b.xlsx", worksheet="Data")
    answer = run("method", "gini", "--input", tmp_path / "b.xlsx", "--sheet", "Other")
    assert "Data" in answer.err


def test_options_are_paired_with_their_values():
    given = ["--value=pdrb", "--absent-is-zero", "--region", "kab"]
    assert pairs(given) == {"value": "pdrb", "absent_is_zero": "true", "region": "kab"}
    with pytest.raises(CommandError):
        pairs(["--region", "kab", "kota"])
