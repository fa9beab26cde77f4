"""`prioritise`: a table of alternatives by criteria."""

import json

import pytest
from openpyxl import load_workbook

from sinergi.programs.actions import priority as actions
from tests.people import person
from tests.programs.making import a_line, a_plan, a_version, office, public
from tests.programs.priority.ranked import filled

GOOD = "Proyek;Manfaat;Kesiapan;Biaya (-)\nJalan A;80;100;10\nJalan B;60;50;2,5\nPasar C;90;;7\nRapat D;;;1\n"


@pytest.fixture
def file(tmp_path):
    def make(text: str):
        path = tmp_path / "proyek.csv"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return make


def test_a_table_is_put_in_an_order_with_missing_values_told(run, file):
    ran = run("prioritise", file(GOOD), "--format", "json")

    rows = {row["name"]: row for row in json.loads(ran.out)}
    assert rows["Rapat D"]["rank"] is None
    assert rows["Rapat D"]["coverage"] == pytest.approx(1 / 3)
    assert rows["Pasar C"]["low"] < rows["Pasar C"]["high"]
    assert {"rank_topsis", "rank_promethee", "rank_electre"} <= rows["Jalan A"].keys()


def test_sensitivity_and_rank_reversals_stand_below_the_order_and_on_sheets(run, file, tmp_path):
    path = file(GOOD)
    text = run("--language", "en", "prioritise", path).out
    assert "First without it" in text
    assert "Places moved at most" in text

    out = tmp_path / "urutan.xlsx"
    run("--language", "en", "prioritise", path, "--out", str(out))
    book = load_workbook(out)
    assert book.sheetnames[1:] == ["Sensitivity", "Rank reversals"]
    _head, *rows = book.worksheets[2].iter_rows(values_only=True)
    assert [row[0] for row in rows] == ["wsm", "wpm", "topsis", "promethee", "electre"]


def test_weights_change_the_order(run, file):
    path = file(GOOD)
    ready = run("prioritise", path, "-w", "kesiapan=1", "--format", "json")
    cheap = run("prioritise", path, "-w", "biaya=1", "--format", "json")

    assert json.loads(ready.out)[0]["name"] == "Jalan A"
    assert json.loads(cheap.out)[0]["name"] == "Rapat D"


def test_thousands_with_points_are_thousands(run, file):
    text = "Proyek;Jiwa\nA;1.250\nB;300,5\nC;900\n"
    ran = run("prioritise", file(text), "--format", "json")
    assert [row["name"] for row in json.loads(ran.out)] == ["A", "C", "B"]


@pytest.mark.parametrize(
    ("text", "options", "told"),
    [
        pytest.param(GOOD.replace("2,5", "1.250"), (), "Row 3, column “Biaya", id="two ways"),
        pytest.param(GOOD.replace("2,5", "dua"), (), "dua", id="a word in a cell"),
        pytest.param(GOOD, ("-w", "Guna=1"), "Guna", id="no such criterion"),
        pytest.param(GOOD, ("-w", "Manfaat=x"), "Manfaat=x", id="no weight"),
        pytest.param("Proyek\nA\n", (), "a criterion in each other", id="no criterion"),
        pytest.param(GOOD, ("-w", "Manfaat=0"), "above zero", id="all weights zero"),
    ],
)
def test_what_cannot_be_used_is_told(run, file, text, options, told):
    ran = run("prioritise", file(text), *options)

    assert ran.code != 0
    assert told in ran.err


def test_either_a_file_or_a_ranking_is_asked_for(run, file):
    assert run("prioritise").code != 0
    assert run("prioritise", file(GOOD), "--ranking", "1").code != 0


@pytest.mark.django_db
def test_of_hidden_lines_a_stored_ranking_tells_the_place_alone(run):
    by, ranking, _lines = filled()
    ranking.refresh_from_db()
    ranking.visibility = "public"
    ranking.save()
    version = a_version(public(a_plan(office("terbuka"))))
    line = a_line(version, "Jalan Terbuka", land="ready", design="absent")
    actions.add_lines(by, ranking.pk, version.plan_id, [line.identity])
    reader = person("Tamu")

    def order(*options):
        ran = run(*options, "prioritise", "--ranking", ranking.pk, "--format", "json")
        return {row["name"]: row for row in json.loads(ran.out)}

    seen = order("--as", reader.email)
    assert set(seen) == {"Jalan Terbuka", "not visible to you"}
    assert seen["Jalan Terbuka"]["score"] is not None
    told = {name for name, value in seen["not visible to you"].items() if value is not None}
    assert told <= {"rank", "band", "name"}
    assert order()["Jalan A"]["coverage"] is not None
