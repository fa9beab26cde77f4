"""`reference`: check, load, search, and official files over the pack."""

import json

import pytest

from sinergi.reference.models import Activity

pytestmark = pytest.mark.usefixtures("shipped")


def test_the_shipped_pack_has_no_errors(run):
    told = run("reference", "check", "--format", "json")
    assert told.code == 0, told.err
    found = json.loads(told.out)
    assert {one["severity"] for one in found} <= {"warning", "note"}
    assert all(one["message"] and "%(" not in one["message"] for one in found)


def test_quiet_leaves_out_notes(run):
    found = json.loads(run("reference", "check", "--quiet", "--format", "json").out)
    assert "note" not in {one["severity"] for one in found}


def test_a_broken_pack_is_an_exit_code_of_one(process, tmp_path, shipped_home):
    told = process("reference", "check", "--format", "json", SINERGI_PACK=str(tmp_path))
    assert told.code == 1
    found = json.loads(told.out)
    assert any(one["subject"].startswith("regions.csv") for one in found)


def test_loading_what_is_there_changes_nothing(run):
    told = run("reference", "load")
    assert told.code == 0
    assert "was there already" in told.out


@pytest.mark.parametrize("text", ["palangkaraya", "Kota Palangka Raya", "62.71", "6271"])
def test_a_region_is_found_by_any_of_its_names(run, text):
    found = json.loads(run("reference", "search", text, "--format", "json").out)
    assert found[0]["code"] == "62.71"


def test_nothing_found_is_a_finding(run):
    told = run("reference", "search", "xqzw")
    assert (told.code, told.out) == (1, "")
    assert "xqzw" in told.err


def test_objects_that_are_not_computable_say_what_they_lack(run):
    every = json.loads(run("reference", "objects", "--format", "json").out)
    assert len(every) == 73
    assert all(bool(one["lacks"]) != one["computable"] for one in every)
    some = json.loads(run("reference", "objects", "--computable", "--format", "json").out)
    assert [one for one in every if one["computable"]] == some


def test_a_nomenclature_is_loaded_once(run, tmp_path):
    path = tmp_path / "nomenklatur.csv"
    path.write_text(
        "kode_subkegiatan,nama_subkegiatan\n1.01.02.1.01.0001,Pembangunan Unit Sekolah Baru\n"
    )
    told = run("reference", "nomenclature", path)
    assert told.code == 0, told.err
    assert "1 sub-activities loaded" in told.out
    assert Activity.objects.filter(code="1.01.02.1.01.0001").exists()
    assert "nothing changed" in run("reference", "nomenclature", path).out


def test_boundaries_draw_their_region_anew(run, tmp_path):
    ring = [[114.5, -3.4], [114.7, -3.4], [114.7, -3.2], [114.5, -3.2], [114.5, -3.4]]
    feature = {
        "type": "Feature",
        "properties": {"kode": "63.71"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    path = tmp_path / "batas.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    told = run("reference", "boundaries", path)
    assert told.code == 0, told.err
    assert told.out.startswith("1 regions drawn anew")


def test_a_boundary_file_with_problems_lists_them(run, tmp_path):
    path = tmp_path / "batas.geojson"
    feature = {"type": "Feature", "properties": {}, "geometry": None}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    told = run("reference", "boundaries", path)
    assert told.code == 1
    assert "batas.geojson" in told.err
    assert "row 1" in told.err


@pytest.mark.parametrize("command", ["boundaries", "nomenclature"])
def test_a_file_that_is_not_there_is_named(run, command):
    answer = run("reference", command, "none.file")
    assert (answer.code, answer.err) == (2, "none.file: there is no such file.\n")
