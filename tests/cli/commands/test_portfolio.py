"""`portfolio`: a spreadsheet of projects chosen within ceilings, without a database."""

import json

import pytest

from sinergi.analysis.portfolio.variety import Variety
from sinergi.cli.commands.portfolio import _money
from sinergi.cli.failures import CommandError
from sinergi.cli.language import choose
from sinergi.cli.render.portfolio import _others
from sinergi.programs.models import Decision
from tests.programs.making import planner
from tests.programs.portfolio.made import knapsack, scored

PROJECTS = (
    "name,score,channel,region,2026,2027\n"
    "Jembatan,6,pad,32.04,6000000,\n"
    "Jalan,5,pad,32.04,5000000,\n"
    "Puskesmas,5,pad|dak,32.05,5.000.000,\n"
)
CEILINGS = "channel,2026,2027\npad,10000000,0\ndak,0,0\n"


@pytest.fixture
def tables(tmp_path):
    (tmp_path / "projects.csv").write_text(PROJECTS, encoding="utf-8")
    (tmp_path / "ceilings.csv").write_text(CEILINGS, encoding="utf-8")
    return tmp_path


def asked(tables, *more: str) -> list[str]:
    files = [str(tables / "projects.csv"), "--ceilings", str(tables / "ceilings.csv")]
    return ["portfolio", *files, "--seconds", "60", *more]


@pytest.mark.parametrize(
    ("cell", "units"),
    [(None, 0), ("", 0), ("-", 0), (5, 500), ("1.250.000", 125_000_000), ("Rp 1.000,50", 100_050)],
    ids=["none", "empty", "dash", "number", "dots", "comma"],
)
def test_amounts_are_read_as_people_write_them(cell, units):
    assert _money(cell, 0, "2026") == units


@pytest.mark.parametrize(
    "cell", ["-5", "banyak", "1.005", "nan", "inf", "1" + "0" * 20, "1e999999"]
)
def test_what_is_no_amount_is_refused_with_its_cell(cell):
    if cell == "1.005":
        assert _money(cell, 0, "2026") == 100_500
        return
    with pytest.raises(CommandError, match="2026"):
        _money(cell, 3, "2026")


def test_a_spreadsheet_is_chosen_within_its_ceilings(run, tables):
    ran = run(*asked(tables, "--format", "json"))
    chosen = {row["name"]: row for row in json.loads(ran.out)}
    assert [name for name, row in chosen.items() if row["chosen"]] == ["Jalan", "Puskesmas"]
    assert chosen["Jalan"]["start"] == "2026"


def test_what_cannot_be_is_told(run, tables):
    ran = run(*asked(tables, "--least", "32.04=99"))
    assert ran.code
    told = " ".join((ran.err + ran.out).replace("│", " ").split())
    assert "Nothing was chosen: proven that nothing keeps all limits and rules." in told
    assert "infeasible" not in told


def test_least_shares_above_all_the_money_are_told_first(run, tables):
    ran = run(*asked(tables, "--least", "32.04=60", "--least", "32.05=60"))
    told = " ".join(ran.out.replace("│", " ").split())
    assert "The least shares of regions add up to 120% of all money" in told
    assert told.index("add up to 120%") < told.index("The least share of")


@pytest.mark.parametrize(
    ("language", "head", "told"),
    [
        ("en", "Must give way", "The least share of Kabupaten Bandung (99%) exceeds"),
        ("id", "Harus dilonggarkan", "Bagian terkecil Kabupaten Bandung (99%) melebihi"),
    ],
    ids=["en", "id"],
)
def test_what_must_give_way_is_told_in_the_words_of_the_page(run, tables, language, head, told):
    ran = run("--language", language, *asked(tables, "--least", "32.04=99"))
    text = " ".join(ran.out.replace("│", " ").split())
    assert ran.code
    assert head in text
    assert told in text
    assert "minimum" not in text
    assert "inf " not in text


@pytest.mark.django_db
def test_what_was_decided_by_hand_in_a_stored_portfolio_is_told_by_its_title(run):
    by = planner()
    one = knapsack(by)
    for project in one.projects.all():
        scored(by, one, project, project.score, decision=Decision.IN)
    ran = run("portfolio", "--portfolio", one.pk)
    text = " ".join(ran.out.replace("│", " ").split())
    assert ran.code
    assert "What was decided by hand on “Jembatan Citarum” cannot be kept." in text
    assert "pin" not in text


@pytest.mark.parametrize(
    "options",
    [["--least", "nowhere=5"], ["--portfolio", "3"]],
    ids=["unknown region", "file and stored"],
)
def test_options_that_mean_nothing_are_refused(run, tables, options):
    assert run(*asked(tables, *options)).code


def test_a_solver_that_does_not_exist_is_refused(run, tables):
    ran = run(*asked(tables, "--solver", "gurobi"))
    assert ran.code
    assert "gurobi" in ran.err


def test_fewer_choices_than_asked_for_say_why(run, tables):
    ran = run(*asked(tables, "--choices", "3"))
    assert ran.code == 0
    assert "1" in ran.out
    assert "2%" in ran.out.replace("\n", " ")


@pytest.mark.parametrize(
    ("least", "language", "told"),
    [
        (None, "en", "no other is possible that differs in a fifth, where each of two holds 5%"),
        (None, "id", "tidak mungkin ada pilihan lain yang berbeda seperlima, dengan 5%"),
        (0.034, "en", "where each of two holds 5% of its own, loses more than 2%"),
        (0.034, "id", "pada masing-masing dari dua pilihan, kehilangan lebih dari 2%"),
    ],
    ids=["none, en", "none, id", "lossy, en", "lossy, id"],
)
def test_a_loss_is_told_only_of_choices_that_are_possible(least, language, told):
    found = Variety((), None, 3, "lossy", least, 1.0)
    choose(language)
    [(_head, text)] = _others(found)
    assert told in text
    assert ("2%" in text) == (least is not None)


def test_choices_side_by_side_are_columns(run, tmp_path):
    scores = (10.0, 9.95, 9.9, 9.85)
    rows = "".join(f"Proyek {n},{score},pad,32.04,5\n" for n, score in enumerate(scores))
    (tmp_path / "projects.csv").write_text(f"name,score,channel,region,2026\n{rows}", "utf-8")
    (tmp_path / "ceilings.csv").write_text("channel,2026\npad,10\n", "utf-8")
    told = json.loads(run(*asked(tmp_path, "--choices", "2", "--format", "json")).out)
    first = {row["name"] for row in told if row["chosen"]}
    second = {row["name"] for row in told if row["choice_2"]}
    assert first == {"Proyek 0", "Proyek 1"}
    assert len(second) == 2
    assert first != second


@pytest.mark.parametrize(
    ("latest", "told"),
    [
        pytest.param("nanti", "“nanti” is none of 2026, 2027", id="a word"),
        pytest.param("2040", "“2040” is none of 2026, 2027", id="beyond"),
        pytest.param("2025", "“2025” is none of 2026, 2027", id="before"),
        pytest.param("9" * 5000, "is none of 2026, 2027", id="five thousand digits"),
    ],
)
def test_a_last_start_that_is_no_year_of_the_ceilings_is_refused_with_its_row(
    run, tables, latest, told
):
    text = f"name,score,channel,last start,2026\nJembatan,6,pad,{latest},6000000\n"
    (tables / "projects.csv").write_text(text, encoding="utf-8")
    ran = run(*asked(tables))
    assert ran.code == 2
    assert "Row 2, column “last start”" in ran.err
    assert told in " ".join(ran.err.split())


def test_a_last_start_lets_a_project_wait(run, tables):
    projects = "name,score,channel,last start,2026\nA,6,pad,,8000000\nB,5,pad,2027,8000000\n"
    (tables / "projects.csv").write_text(projects, encoding="utf-8")
    limits = "channel,2026,2027\npad,10000000,10000000\n"
    (tables / "ceilings.csv").write_text(limits, encoding="utf-8")
    ran = run(*asked(tables, "--format", "json"))
    assert {row["name"]: row["start"] for row in json.loads(ran.out)} == {"A": "2026", "B": "2027"}


@pytest.mark.parametrize(
    ("scores", "told"),
    [
        pytest.param(("1.250", "3"), "can be read in two ways", id="two ways"),
        pytest.param(("dua", "3"), "“dua” is no score", id="a word"),
        pytest.param(("", "3"), "“” is no score", id="none"),
    ],
)
def test_a_score_that_is_none_is_refused_with_its_row(run, tables, scores, told):
    rows = "".join(f"P,{one},pad,6000000\n" for one in scores)
    (tables / "projects.csv").write_text(f"name,score,channel,2026\n{rows}", encoding="utf-8")
    ran = run(*asked(tables))
    assert ran.code == 2
    assert "Row 2" in ran.err
    assert told in " ".join(ran.err.split())


def test_thousands_of_a_score_are_read_as_thousands(run, tables):
    text = "name;score;channel;2026\nA;1.250;pad;8000000\nB;300,5;pad;8000000\n"
    (tables / "projects.csv").write_text(text, encoding="utf-8")
    chosen = json.loads(run(*asked(tables, "--format", "json")).out)
    assert {row["name"]: row["score"] for row in chosen} == {"A": 1250.0, "B": 300.5}


def test_a_region_without_a_project_is_named(run, tables):
    ran = run(*asked(tables, "--least", "99.99=20"))
    assert ran.code == 2
    told = " ".join((ran.err + ran.out).replace("│", " ").split())
    assert "--least 99.99=20: no project of the file is in region 99.99." in told


@pytest.mark.parametrize(
    ("language", "score", "status"),
    [("en", "10.000", "proven to be the best"), ("id", "10,000", "terbukti yang terbaik")],
    ids=["en", "id"],
)
def test_a_proven_choice_tells_its_score_as_readers_write_it_and_no_gap(
    run, tables, language, score, status
):
    told = run("--language", language, *asked(tables)).out
    assert score in told
    assert status in told
    assert "%" not in told


def test_a_ceiling_that_is_no_amount_is_refused_with_its_row(run, tables):
    (tables / "ceilings.csv").write_text("channel,2026\npad,1\ndak,banyak\n", encoding="utf-8")
    ran = run(*asked(tables))
    assert "Row 3, column “2026”" in " ".join(ran.err.replace("│", " ").split())
