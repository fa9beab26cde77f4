"""Results as files: formats, safe cells, all or nothing."""

import csv
import io
import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from sinergi.cli import files, language, tables
from sinergi.cli.failures import CommandError
from sinergi.cli.files import TableFormat
from sinergi.cli.tables import Column

COLUMNS = (
    Column("code", "Code"),
    Column("count", "Count", "count"),
    Column("value", "Value", "number", 1),
    Column("members", "Members", "list"),
    Column("sure", "Sure", "yes_no"),
)
ROWS = [("63.71", 3, 0.25, ("a", "b"), True), ('=HYPERLINK("x")', None, None, (), False)]


@pytest.fixture
def table():
    language.choose("en")
    return tables.table(COLUMNS, ROWS, "Regions")


def test_csv_has_a_mark_for_excel_and_safe_cells(table):
    text = files.csv_bytes(table).decode("utf-8-sig")
    head, first, second = csv.reader(io.StringIO(text))
    assert head == ["code", "count", "value", "members", "sure"]
    assert first == ["63.71", "3", "0.25", "a; b", "True"]
    assert second[0] == '\'=HYPERLINK("x")'


def test_excel_keeps_numbers_as_numbers_and_formulas_as_text(table):
    sheet = openpyxl.load_workbook(io.BytesIO(files.xlsx_bytes([table])))["Regions"]
    assert [cell.value for cell in sheet[1]] == ["Code", "Count", "Value", "Members", "Sure"]
    assert [cell.value for cell in sheet[2]] == ["63.71", 3, 0.25, "a; b", True]
    assert (sheet["A3"].value, sheet["A3"].data_type) == ('\'=HYPERLINK("x")', "s")
    assert sheet["C3"].value is None


def test_an_excel_table_without_rows_is_only_its_heading():
    empty = tables.table(COLUMNS, [], "Regions")
    sheet = openpyxl.load_workbook(io.BytesIO(files.xlsx_bytes([empty])))["Regions"]
    assert sheet.max_row == 1


def test_parquet_keeps_kinds_lists_and_what_is_missing(table):
    frame = pl.read_parquet(io.BytesIO(files.parquet_bytes(table)))
    assert frame.schema["count"] == pl.Int64
    assert frame["members"].to_list() == [["a", "b"], []]
    assert frame["value"].to_list() == [0.25, None]


def test_json_says_null_where_a_number_is_not_one():
    assert json.loads(files.json_bytes({"a": float("nan"), "b": (1, {"c"})})) == {
        "a": None,
        "b": [1, ["c"]],
    }


@pytest.mark.parametrize(
    ("given", "out", "expected"),
    [
        (None, None, "table"),
        (None, "a.CSV", "csv"),
        (None, "a.txt", "table"),
        ("json", "a.csv", "json"),
    ],
)
def test_the_name_of_the_file_tells_the_format(tmp_path, given, out, expected):
    form = TableFormat(given) if given else None
    assert files.pick(form, tmp_path / out if out else None, TableFormat) == expected


def test_a_name_that_tells_no_format_is_refused(tmp_path):
    with pytest.raises(CommandError, match="--format"):
        files.pick(None, tmp_path / "a.doc", TableFormat)


def test_writing_replaces_the_file_as_a_whole_and_leaves_nothing_else(tmp_path, table):
    out = tmp_path / "a.csv"
    out.write_text("old")
    files.write_table(table, "csv", out)
    assert out.read_bytes() == files.csv_bytes(table)
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize("stop", [KeyboardInterrupt, RuntimeError])
def test_whatever_stops_the_writing_leaves_what_was_there_and_nothing_else(tmp_path, stop):
    out = tmp_path / "a.csv"
    out.write_text("old")

    def parts():
        yield b"new"
        raise stop

    with pytest.raises(stop):
        files.deliver_parts(parts(), out)
    assert out.read_text() == "old"
    assert list(tmp_path.iterdir()) == [out]


def test_a_file_that_others_cannot_read_stays_so(tmp_path, table):
    out = tmp_path / "a.csv"
    out.write_text("old")
    out.chmod(0o600)
    files.write_table(table, "csv", out)
    assert out.stat().st_mode & 0o777 == 0o600


def test_a_folder_that_is_not_there_is_named(tmp_path, table):
    out = tmp_path / "none" / "a.csv"
    with pytest.raises(OSError, match="none") as refused:
        files.write_table(table, "csv", out)
    assert refused.value.filename == str(out)


def test_binary_formats_are_not_put_on_a_terminal(monkeypatch, table):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    with pytest.raises(CommandError):
        files.write_table(table, "xlsx", None)


def test_a_link_keeps_leading_to_its_file(tmp_path):
    kept, link = tmp_path / "kept.csv", tmp_path / "link.csv"
    kept.write_bytes(b"old")
    link.symlink_to(kept)
    files.deliver(b"new", "csv", link)
    assert link.is_symlink()
    assert kept.read_bytes() == b"new"


def test_a_device_stays_a_device_and_its_error_is_told():
    with pytest.raises(OSError, match="/dev/full"):
        files.deliver(b"new", "csv", Path("/dev/full"))
    assert Path("/dev/full").is_char_device()


def test_a_pipe_takes_what_is_written(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as pool:
        read = pool.submit(pipe.read_bytes)
        files.deliver(b"new", "csv", pipe)
        assert read.result(60) == b"new"
    assert pipe.is_fifo()


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json", "parquet"])
def test_a_command_that_needs_no_workspace_writes_files(process, tmp_path, ending):
    given = tmp_path / "proyek.csv"
    given.write_text("Proyek;Manfaat;Kesiapan\nJalan A;80;100\nJalan B;60;50\n", encoding="utf-8")
    out = tmp_path / f"urutan.{ending}"
    ran = process("prioritise", given, "--out", out)
    assert ran.code == 0, ran.err
    assert out.stat().st_size > 100


def test_a_file_that_others_may_not_read_stays_so_also_while_it_is_written(tmp_path):
    out = tmp_path / "audit.csv"
    out.write_bytes(b"old")
    out.chmod(0o600)
    modes = []

    def parts():
        modes.extend(one.stat().st_mode & 0o777 for one in tmp_path.iterdir())
        yield b"new"

    files.deliver_parts(parts(), out)
    assert modes == [0o600, 0o600]
    assert (out.read_bytes(), out.stat().st_mode & 0o777) == (b"new", 0o600)
