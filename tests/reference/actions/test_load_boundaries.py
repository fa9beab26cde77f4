"""Official boundaries replace cells, all or none, and the map follows."""

import gzip
import json
from pathlib import Path

import pytest

from sinergi.reference import queries
from sinergi.reference.actions import load_boundaries, load_reference, shape_file
from sinergi.reference.errors import ReferenceFileError
from sinergi.reference.models import PackLoad, RegionShape
from sinergi.reference.shapes.codec import unpack_cells

SQUARE = [[[114.7, -3.6], [114.9, -3.6], [114.9, -3.4], [114.7, -3.4], [114.7, -3.6]]]


def feature(code: object, coordinates: object = SQUARE, kind: str = "Polygon", name: str = "code"):
    return {
        "type": "Feature",
        "properties": {name: code},
        "geometry": {"type": kind, "coordinates": coordinates},
    }


@pytest.fixture
def write(tmp_path: Path):
    def written(*features: object, name: str = "batas.geojson") -> Path:
        path = tmp_path / name
        content = json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()
        path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
        return path

    return written


@pytest.mark.parametrize(("code", "name"), [("63.72", "kode"), ("6372", "code"), (6372, "KODE")])
def test_a_boundary_replaces_the_cells_of_its_region(loaded, write, code: object, name: str):
    report = load_boundaries(write(feature(code, name=name)))
    shape = RegionShape.objects.get(region__code="63.72")
    assert report.regions == 1
    assert shape.official
    assert queries.nearest_region(-3.59, 114.71) == "63.72"


def test_neighbours_lose_the_cells_that_the_boundary_claims(loaded, write):
    report = load_boundaries(write(feature("63.72")))
    cells = [
        set(unpack_cells(content).tolist())
        for content in RegionShape.objects.values_list("cells", flat=True)
    ]
    assert report.trimmed > 0
    assert sum(map(len, cells)) == len(set().union(*cells))


def test_the_map_is_drawn_from_the_new_cells(loaded, write):
    before = shape_file("63").etag
    national = shape_file("nasional").etag
    load_boundaries(write(feature("63.72"), name="batas.geojson.gz"))
    assert shape_file("63").etag != before
    assert shape_file("nasional").etag != national


def test_loading_the_same_file_again_changes_nothing(loaded, write):
    path = write(feature("63.72"))
    load_boundaries(path)
    assert not load_boundaries(path).changed
    assert PackLoad.objects.filter(part=PackLoad.Part.BOUNDARIES).count() == 1


def test_official_boundaries_outlive_a_new_version_of_the_pack(loaded, write, copy: Path, use_pack):
    load_boundaries(write(feature("63.72")))
    (copy / "affairs.csv").write_text((copy / "affairs.csv").read_text(encoding="utf-8") + "\n")
    use_pack(copy)
    assert load_reference().changed
    assert RegionShape.objects.get(region__code="63.72").official


def test_a_place_smaller_than_a_cell_keeps_one(loaded, write):
    tiny = [[[114.8, -3.45], [114.801, -3.45], [114.801, -3.449], [114.8, -3.45]]]
    load_boundaries(write(feature("63.72", tiny)))
    assert len(unpack_cells(RegionShape.objects.get(region__code="63.72").cells)) == 1


@pytest.mark.parametrize(
    ("features", "code"),
    [
        ([], "no_features"),
        ([feature("63.99")], "unknown_region"),
        ([feature("63")], "unknown_region"),
        ([feature("63.72", name="id")], "no_code"),
        ([feature("63.72"), feature("63.72")], "region_twice"),
        ([feature("63.72", [114.8, -3.4], "Point")], "not_a_polygon"),
        (
            [feature("63.72", [[[700000, 9600000], [1, 1], [2, 0], [700000, 9600000]]])],
            "not_degrees",
        ),
        ([feature("63.72", [])], "bad_geometry"),
        ([feature("63.72", [[["a", 1], [1, 1], [2, 0]]])], "bad_geometry"),
        (["nonsense"], "no_code"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_stored(loaded, write, features, code: str):
    with pytest.raises(ReferenceFileError) as error:
        load_boundaries(write(*features, feature("63.71")) if features else write())
    assert error.value.problems[0].message_code == code
    assert not RegionShape.objects.filter(official=True).exists()


def test_an_unknown_name_in_the_code_gets_a_suggestion(loaded, write):
    with pytest.raises(ReferenceFileError) as error:
        load_boundaries(write(feature("63.71"), feature("Banjarbaru")))
    problem = error.value.problems[0]
    assert (problem.line, problem.field) == (2, "code")
    assert "63.72 Kota Banjarbaru" in problem.details["meant"]


def test_many_problems_of_one_kind_are_counted(loaded, write):
    with pytest.raises(ReferenceFileError) as error:
        load_boundaries(write(*[feature(f"63.{number}") for number in range(30, 60)]))
    assert len(error.value.problems) == 21
    assert error.value.problems[-1].details["value"] == "10"


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"[1, 2]", b'{"type": "Feature"}'])
def test_a_file_that_is_no_geojson_is_told(loaded, tmp_path: Path, content: bytes):
    path = tmp_path / "x.geojson"
    path.write_bytes(content)
    with pytest.raises(ReferenceFileError, match="not_geojson"):
        load_boundaries(path)


def test_a_file_that_is_not_there_is_told(loaded, tmp_path: Path):
    with pytest.raises(ReferenceFileError, match="not_readable"):
        load_boundaries(tmp_path / "nowhere.geojson")


def test_the_example_boundaries_give_the_cells_of_the_pack(loaded, shared: Path, tmp_path: Path):
    """Reads ../shared/data/boundaries; four regions of it, for time."""
    told = json.loads(gzip.decompress((shared / "boundaries" / "kabkota.geojson.gz").read_bytes()))
    wanted = {"63.71", "63.72", "63.03", "31.71"}
    told["features"] = [one for one in told["features"] if one["properties"]["code"] in wanted]
    path = tmp_path / "some.geojson"
    path.write_text(json.dumps(told))
    before = dict(
        RegionShape.objects.filter(region__code__in=wanted).values_list("region__code", "cells")
    )
    load_boundaries(path)
    after = dict(
        RegionShape.objects.filter(region__code__in=wanted).values_list("region__code", "cells")
    )
    for code in wanted:
        old, new = (set(unpack_cells(rows[code]).tolist()) for rows in (before, after))
        assert len(old & new) / len(old | new) > 0.9, code
