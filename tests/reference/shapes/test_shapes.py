"""Shapes are gap-free, light, keep every region, and the shipped file matches the cells."""

import gzip
import json
from pathlib import Path

import h3
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from sinergi.reference.pack import read_cells
from sinergi.reference.shapes.build import NATIONAL_FILE, build_shapes, national
from sinergi.reference.shapes.codec import pack_cells, unpack_cells
from sinergi.reference.shapes.smoothing import ring_points, simplified
from sinergi.reference.shapes.topojson import compress, encode
from sinergi.reference.shapes.topology import topology

KALSEL = [f"63.{number:02d}" for number in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 71, 72)]


@pytest.fixture(scope="module")
def kalsel(folder: Path):
    table = read_cells(folder)
    return topology({code: table.of(code) for code in KALSEL})


def polygons(shape) -> dict[str, shapely.MultiPolygon]:
    return {
        code: shapely.MultiPolygon(
            [
                (ring_points(shape, polygon[0]), [ring_points(shape, hole) for hole in polygon[1:]])
                for polygon in parts
            ]
        )
        for code, parts in shape.regions.items()
    }


def test_the_coverage_has_the_area_of_its_cells(kalsel, folder: Path):
    table = read_cells(folder)
    drawn = polygons(kalsel)["63.72"]
    cells = h3.uncompact_cells([h3.int_to_str(c) for c in table.of("63.72").tolist()], 7)
    each = [shapely.Polygon([(x, y) for y, x in h3.cell_to_boundary(c)]).area for c in cells]
    assert drawn.area == pytest.approx(sum(each), rel=1e-6)


def test_neighbours_share_their_arcs_and_do_not_overlap(kalsel):
    drawn = polygons(simplified(kalsel, 0.005, 0.0004))
    whole = shapely.union_all(list(drawn.values()))
    assert sum(one.area for one in drawn.values()) == pytest.approx(whole.area, rel=1e-3)


def test_simplifying_keeps_every_region_and_most_of_its_area(kalsel):
    before, after = polygons(kalsel), polygons(simplified(kalsel, 0.005, 0.0004))
    assert set(after) == set(before)
    for code, shape in after.items():
        assert shape.area == pytest.approx(before[code].area, rel=0.06), code


def test_a_coarser_tolerance_leaves_fewer_points(kalsel):
    counts = [
        sum(map(len, simplified(kalsel, tolerance, 0).arcs)) for tolerance in (0.001, 0.005, 0.02)
    ]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > counts[2]


def test_an_enclave_is_a_hole_of_what_surrounds_it():
    middle = h3.latlng_to_cell(-3.4, 114.8, 7)
    ring = h3.grid_ring(middle, 1)
    cells = {
        code: np.array([h3.str_to_int(cell) for cell in names], dtype=np.uint64)
        for code, names in (("63.01", ring), ("63.02", [middle]))
    }
    shape = topology(cells)
    ((outer, hole),) = shape.regions["63.01"]
    ((island,),) = shape.regions["63.02"]
    assert len(outer) == 1
    assert hole[0] in (island[0], ~island[0])


def test_topojson_lists_regions_and_the_lines_between_provinces(kalsel):
    told = json.loads(encode(kalsel, 0.001))
    regions = told["objects"]["regions"]["geometries"]
    assert [one["properties"] for one in regions] == [{"code": code} for code in KALSEL]
    assert told["objects"]["provinces"]["arcs"] == []
    assert all(len(arc) >= 2 for arc in told["arcs"])


def test_topojson_can_be_read_back_to_the_grid(kalsel):
    told = json.loads(encode(kalsel, 0.001))
    origin, step = np.array(told["transform"]["translate"]), told["transform"]["scale"][0]
    for arc, line in zip(told["arcs"], kalsel.arcs, strict=True):
        points = np.cumsum(arc, axis=0) * step + origin
        assert np.abs(points[[0, -1]] - line[[0, -1]]).max() < step


def test_the_shipped_national_file_matches_the_cells(folder: Path):
    table = read_cells(folder)
    made = json.loads(national({code: table.of(code) for code in table.codes}))
    shipped = json.loads(gzip.decompress((folder / NATIONAL_FILE).read_bytes()))
    assert made == shipped


def test_the_national_file_is_light_and_complete(folder: Path):
    content = (folder / NATIONAL_FILE).read_bytes()
    told = json.loads(gzip.decompress(content))
    assert len(content) < 300_000
    assert len(told["objects"]["regions"]["geometries"]) == 514
    assert told["objects"]["provinces"]["arcs"]


def test_building_writes_the_file_into_the_pack(tmp_path: Path):
    cell = h3.cell_to_parent(h3.latlng_to_cell(-3.4, 114.8, 7), 5)
    (tmp_path / "cells.csv.gz").write_text(f"region,cell\n63.72,{cell}\n")
    path = build_shapes(tmp_path)
    assert json.loads(gzip.decompress(path.read_bytes()))["type"] == "Topology"


def test_compressing_the_same_content_gives_the_same_bytes():
    assert compress(b"{}") == compress(b"{}")


@given(st.lists(st.integers(0, 2**63 - 1), unique=True, max_size=30))
@settings(max_examples=50, deadline=None)
def test_packing_cells_keeps_them(cells: list[int]):
    assert unpack_cells(pack_cells(np.array(cells, dtype=np.uint64))).tolist() == sorted(cells)
