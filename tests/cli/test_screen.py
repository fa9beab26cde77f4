"""Tables and progress: plain when piped, drawn on a terminal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergi.cli import language, screen, tables
from sinergi.cli.tables import Column

COLUMNS = (
    Column("name", "Region"),
    Column("value", "Value", "number", 1),
    Column("hidden", "Hidden", screen=False),
    Column("flags", "Flags", "list"),
    Column("sure", "Sure", "yes_no"),
)
ROWS = [("Banjar", 1234.56, "x", ("a", "b"), True), ("Kota", None, "y", (), False)]


@pytest.fixture
def table():
    language.choose("en")
    return tables.table(COLUMNS, ROWS, "Regions")


def test_plain_text_is_aligned_and_cut_nowhere(table):
    assert screen.plain(table).splitlines() == [
        "Regions",
        "Region    Value  Flags  Sure",
        "Banjar  1,234.6  a; b   yes",
        "Kota          –",
    ]


def test_a_table_without_labels_has_no_heading_line():
    facts = tables.table((Column("a", ""), Column("b", "")), [("Score", "1")])
    assert screen.plain(facts) == "Score  1\n"


@given(st.lists(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1), min_size=1))
def test_no_cell_is_lost_in_plain_text(cells):
    told = screen.plain(tables.table((Column("a", "A"),), [(cell,) for cell in cells]))
    assert told.splitlines()[1:] == cells


def test_records_keep_every_column_also_those_not_shown(table):
    assert table.records()[0]["hidden"] == "x"


def test_a_terminal_gets_a_drawn_table(table, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("FORCE_COLOR", "1")
    screen.show(table)
    told = capsys.readouterr().out
    assert "─" in told or "━" in told
    assert "Banjar" in told


def test_a_pipe_gets_no_colour_codes(table, capsys):
    screen.show(table)
    assert "\x1b" not in capsys.readouterr().out


def test_progress_down_a_pipe_is_one_line_a_step(capsys):
    language.choose("en")
    with screen.progress("file.csv") as report:
        for done in range(3):
            report("read", done, 3)
        report("load", 3, 3)
    assert capsys.readouterr().err == "file.csv: reading\nfile.csv: storing\n"


def test_progress_on_a_terminal_is_a_bar(monkeypatch, capsys):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with screen.progress("file.csv") as report:
        report("read", 3, 3)
    assert "3/3" in capsys.readouterr().err
