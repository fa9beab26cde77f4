"""The ranked map as files."""

import csv
import io

import orjson
import pytest

from sinergi.opportunities import exports, queries
from sinergi.opportunities.settings import MapSettings

QUERY = "?objek=TPA_REGIONAL&dalam=63&atas=5"


def test_the_json_has_the_shape_that_was_promised(client):
    found = orjson.loads(client.get(f"/peta.json{QUERY}").content)
    assert set(found["evidence"]) >= {"version", "as_of"}
    first = found["opportunities"][0]
    assert first["rank"] == 1
    assert first["object"] == "TPA_REGIONAL"
    assert set(first["members"][0]) == {"code", "name", "role"}
    assert set(first["parts"]) == {"need", "strength", "proximity", "gain"}
    assert first["reasons"]


def test_the_reasons_in_the_json_add_up_to_need_and_strength(client):
    found = orjson.loads(client.get(f"/peta.json{QUERY}").content)
    for one in found["opportunities"]:
        sides = sum(one["weights"][part] * one["parts"][part] for part in ("need", "strength"))
        assert sum(reason["contribution"] for reason in one["reasons"]) == pytest.approx(sides)


def test_the_json_of_the_whole_map_gives_each_opportunity_its_own_reasons(client):
    found = orjson.loads(client.get("/peta.json?tiap=1&atas=40").content)
    assert found["total"] == queries.opportunity_map(MapSettings(each=1)).total
    for one in found["opportunities"]:
        assert {reason["member"] for reason in one["reasons"]} == {
            m["code"] for m in one["members"]
        }


def test_the_csv_has_one_line_for_each_opportunity(client):
    response = client.get(f"/en/peta.csv{QUERY}")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    settings = MapSettings(objects=("TPA_REGIONAL",), within=("63",), top=5)
    shown = queries.opportunity_map(settings).opportunities
    assert [row["Member codes"] for row in rows] == [one.key for one in shown]


def test_the_geojson_draws_every_link_between_seats(client):
    found = orjson.loads(client.get(f"/peta.geojson{QUERY}").content)
    first = found["features"][0]
    members = first["properties"]["members"].split("+")
    assert first["geometry"]["type"] == "MultiLineString"
    assert len(first["geometry"]["coordinates"]) == len(members) - 1
    assert all(94 < lon < 142 for line in first["geometry"]["coordinates"] for lon, _ in line)


def test_the_excel_file_opens(client):
    response = client.get(f"/peta.xlsx{QUERY}")
    assert response.content.startswith(b"PK")
    assert "sinergi-peta.xlsx" in response["Content-Disposition"]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json", "geojson"])
def test_nonsense_is_a_bad_request(client, kind):
    assert client.get(f"/peta.{kind}?atas=banyak").status_code == 400


def test_an_unknown_kind_of_file_does_not_exist(client):
    assert client.get("/peta.exe").status_code == 404


def test_no_cell_of_an_export_is_run_by_a_spreadsheet():
    bad = ["=1+1", "+1", "-cmd", "@x", "\tx", "\rx"]
    sheet = exports.Sheet("s", ("=head",), [(text,) for text in bad])
    lines = list(csv.reader(io.StringIO(exports.write_csv(sheet).decode("utf-8-sig"))))
    assert all(line[0].startswith("'") for line in lines)


def test_cells_of_excel_are_text_and_no_formula():
    from python_calamine import CalamineWorkbook

    sheet = exports.Sheet("s", ("a", "b"), [("=1+1", 2.5), ("ok", None), ("nan", float("nan"))])
    book = CalamineWorkbook.from_filelike(io.BytesIO(exports.write_xlsx([sheet])))
    assert book.get_sheet_by_index(0).to_python()[1] == ["'=1+1", 2.5]
