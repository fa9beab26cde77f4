"""`map`, `explain`, `profile` and `missing` on the shipped evidence."""

import csv
import io
import json
from dataclasses import replace

import openpyxl
import polars as pl
import pytest

from sinergi.cli import language
from sinergi.cli.render import explanation as render
from sinergi.opportunities.queries import explain
from sinergi.opportunities.results import FundingOption

pytestmark = pytest.mark.usefixtures("shipped")
LANDFILL = ("--object", "TPA_REGIONAL", "--within", "63", "--top", "3")
BANJARBAKULA = ("63.71", "63.72", "63.03", "63.04", "63.01")


def document(told):
    assert told.code == 0, told.err
    return json.loads(told.out)


def test_the_document_of_a_map_has_the_promised_shape(run):
    told = document(run("map", *LANDFILL, "--format", "json"))
    assert {"version", "as_of"} <= set(told["evidence"])
    assert told["settings"]["objects"] == ["TPA_REGIONAL"]
    first = told["opportunities"][0]
    assert {
        "rank",
        "object",
        "logic",
        "members",
        "score",
        "parts",
        "coverage",
        "mandatory_candidate",
        "province_required",
        "reasons",
    } <= set(first)
    assert {"code", "name", "role"} <= set(first["members"][0])
    assert (first["rank"], first["object"]) == (1, "TPA_REGIONAL")


def test_the_reasons_of_a_document_add_up_to_need_and_strength(run):
    for one in document(run("map", "--top", "6", "--format", "json"))["opportunities"]:
        spoken = sum(reason["contribution"] for reason in one["reasons"])
        sides = sum(
            one["weights"][part] * one["parts"][part]
            for part in ("need", "strength")
            if part in one["parts"]
        )
        assert spoken == pytest.approx(sides, abs=1e-9)


def test_reasons_are_those_that_explain_tells(run):
    one = document(run("map", *LANDFILL, "--format", "json"))["opportunities"][0]
    codes = [member["code"] for member in one["members"]]
    told = document(run("explain", "TPA_REGIONAL", *codes, "--format", "json"))
    assert [r["indicator"] for r in told["reasons"]] == [r["indicator"] for r in one["reasons"]]


def test_a_piped_table_is_plain_and_the_rest_goes_beside_it(run):
    told = run("map", *LANDFILL)
    assert told.out.splitlines()[0] == "Opportunities"
    assert "Regional landfill" in told.out
    assert "\x1b" not in told.out
    assert "evidence" in told.err
    assert "evidence" not in told.out


def test_csv_excel_and_parquet_hold_the_same_opportunities(run, tmp_path):
    for ending in ("csv", "xlsx", "parquet"):
        assert run("map", *LANDFILL, "--out", tmp_path / f"a.{ending}").code == 0
    text = (tmp_path / "a.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    frame = pl.read_parquet(tmp_path / "a.parquet")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert [row["member_codes"].split("; ") for row in rows] == frame["member_codes"].to_list()
    assert book["Opportunities"].max_row == len(rows) + 1
    assert book["Reasons"].max_row > len(rows)


def test_geojson_has_a_point_for_each_member_and_a_line_for_each_link(run):
    shown = document(run("map", *LANDFILL, "--format", "json"))["opportunities"]
    drawn = document(run("map", *LANDFILL, "--format", "geojson"))
    kinds = [feature["geometry"]["type"] for feature in drawn["features"]]
    assert kinds.count("Point") == sum(len(one["members"]) for one in shown)
    assert kinds.count("LineString") == sum(len(one["links"]) for one in shown)
    for feature in drawn["features"]:
        if feature["geometry"]["type"] == "Point":
            east, north = feature["geometry"]["coordinates"]
            assert 94 < east < 142
            assert -12 < north < 7


def test_only_groups_of_the_asked_size_are_shown(run):
    told = document(run("map", "--members", "3..4", "--top", "20", "--format", "json"))
    assert {len(one["members"]) for one in told["opportunities"]} <= {3, 4}


def test_every_group_has_a_region_that_was_asked_for(run):
    told = document(run("map", "--region", "62.71", "--top", "5", "--format", "json"))
    assert told["opportunities"]
    for one in told["opportunities"]:
        assert "62.71" in [member["code"] for member in one["members"]]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("s.json", '{"weights": {"need": 1, "strength": 0, "proximity": 0, "gain": 0}, "top": 2}'),
        ("s.toml", "top = 2\n[weights]\nneed = 1\nstrength = 0\nproximity = 0\ngain = 0\n"),
    ],
)
def test_settings_come_from_a_file_and_options_win(run, tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text)
    told = document(run("map", "--settings", path, "--format", "json"))
    assert len(told["opportunities"]) == 2
    assert all(one["score"] == one["parts"]["need"] for one in told["opportunities"])
    assert (
        len(document(run("map", "--settings", path, "--top", "1", "-f", "json"))["opportunities"])
        == 1
    )


def test_a_document_is_a_settings_file_too(run, tmp_path):
    path = tmp_path / "map.json"
    assert run("map", *LANDFILL, "--out", path).code == 0
    again = run("map", "--settings", path, "--format", "json")
    assert again.out == path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--object", "TPA"], "TPA_REGIONAL"),
        (["--region", "Banjarmasin"], "63.71"),
        (["--within", "6300"], "there is no code"),
        (["--members", "many"], "many"),
        (["--members", "5..2"], "5–12"),
        (["--top", "0"], "1–10000"),
        (["--settings", "none.json"], "none.json"),
        (["--out", "map.doc"], "--format"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(run, arguments, told):
    answer = run("map", *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert told in answer.err
    assert answer.err.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("s.json", "{", "JSON"),
        ("s.toml", "top = ", "TOML"),
        ("s.json", "[1]", "no settings"),
        ("s.json", '{"topp": 3}', "topp"),
        ("s.json", '{"top": "many"}', "many"),
    ],
)
def test_a_settings_file_that_cannot_be_read_says_why(run, tmp_path, name, text, told):
    path = tmp_path / name
    path.write_text(text)
    answer = run("map", "--settings", path)
    assert answer.code == 2
    assert told in answer.err


def test_an_explanation_is_told_in_full(run):
    told = run("explain", "TPA_REGIONAL", *BANJARBAKULA)
    assert told.code == 0
    for section in ("Members", "Parts of the score", "Reasons", "Legal notes", "Funding"):
        assert f"\n{section}\n" in told.out
    assert "Kota Banjarbaru" in told.out


def test_an_explanation_speaks_indonesian(run):
    told = run("--language", "id", "explain", "TPA_REGIONAL", *BANJARBAKULA)
    assert "\nCatatan hukum\n" in told.out
    assert "Peringkat pada objek ini" in told.out


def test_an_explanation_can_be_written_to_a_file(run, tmp_path):
    out = tmp_path / "why.txt"
    assert run("explain", "TPA_REGIONAL", *BANJARBAKULA, "--out", out).code == 0
    assert "Kota Banjarbaru" in out.read_text(encoding="utf-8")


def test_the_document_of_an_explanation_adds_up(run):
    told = document(run("explain", "TPA_REGIONAL", *BANJARBAKULA, "--format", "json"))
    score = told["opportunity"]["score"]
    assert sum(told["contributions"].values()) == pytest.approx(score)
    assert {"legal", "changes", "missing", "vetoes"} <= set(told)


def test_one_region_is_no_group(run):
    answer = run("explain", "TPA_REGIONAL", "63.71")
    assert answer.code == 2
    assert "63.71" in answer.err


def test_a_group_that_the_map_would_not_form_says_why(run):
    told = run("explain", "TPA_REGIONAL", "63.71", "11.71")
    assert told.code == 0
    assert "Not on the map because" in told.out


def test_channels_that_fit_come_first():
    language.choose("en")
    told = explain("TPA_REGIONAL", BANJARBAKULA)
    option: FundingOption = told.legal.funding[0]
    mixed = (replace(option, fits=False), replace(option, fits=True))
    rows = render.funding(replace(told, legal=replace(told.legal, funding=mixed))).rows
    assert [row[1] for row in rows] == ["named", "no"]


def test_a_profile_is_told_in_parts(run):
    told = run("profile", "63.72")
    assert told.code == 0
    assert "Kota Banjarbaru" in told.out
    for section in ("Indicators among peers", "Needs and strengths", "Partners"):
        assert f"\n{section}\n" in told.out


def test_the_document_of_a_profile_has_everything(run):
    told = document(run("profile", "63.72", "--format", "json"))
    assert told["facts"]["name"] == "Kota Banjarbaru"
    assert len(told["economy"]["sectors"]) == 17
    assert {"indicators", "affairs", "opportunities", "partners", "missing"} <= set(told)


def test_a_province_has_a_profile_too(run):
    told = run("profile", "63")
    assert told.code == 0
    assert "Kalimantan Selatan" in told.out


def test_missing_evidence_of_the_nation_and_of_a_region(run):
    nation = document(run("missing", "--format", "json"))
    region = document(run("missing", "63.72", "--format", "json"))
    assert nation[0]["regions"] > region[0]["regions"] == 1
    weights = [one["importance"] for one in nation if one["kind"] == "indicator"]
    assert weights == sorted(weights, reverse=True)


@pytest.mark.parametrize("command", ["profile", "missing"])
def test_an_unknown_region_is_refused_with_what_was_meant(run, command):
    answer = run(command, "Banjarbaru")
    assert answer.code == 2
    assert "63.72" in answer.err


@pytest.mark.parametrize(
    ("language", "word"), [("en", "Mandatory candidate"), ("id", "Calon wajib")]
)
def test_the_column_of_candidates_does_not_say_that_they_are_mandatory(run, language, word):
    head = run("map", *LANDFILL, "--format", "csv", "--language", language).out.splitlines()[0]
    screen = run("map", *LANDFILL, "--language", language).out
    assert "?" not in head
    assert word.split()[0] in screen
    assert "Mandatory?" not in screen


def test_missing_evidence_names_each_object_once(run):
    for line in csv.DictReader(io.StringIO(run("missing", "--format", "csv").out)):
        names = list(line.values())[-1].partition(" (+")[0].split("; ")
        assert len(names) == len(set(names))
