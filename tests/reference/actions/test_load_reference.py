"""Loading the pack is idempotent, follows the files and is all or nothing."""

import gzip
from datetime import date
from pathlib import Path

import pytest

from sinergi.reference import queries
from sinergi.reference.actions import load_reference
from sinergi.reference.models import Border, PackLoad, Region, RegionShape, Succession
from sinergi.reference.pack import PackError


def test_a_load_fills_the_tables(loaded):
    assert Region.objects.count() == 553
    assert Border.objects.count() == 990
    assert RegionShape.objects.count() == 514
    assert str(Region.objects.get(code="63.72")) == "63.72 Kota Banjarbaru"


def test_regions_hang_together_from_city_to_nation(loaded):
    city = Region.objects.select_related("parent__parent").get(code="63.72")
    assert [city.parent.code, city.parent.parent.code, city.parent.parent.parent] == [
        "63",
        "ID",
        None,
    ]


def test_the_split_of_papua_is_in_the_tables(loaded):
    merauke = Succession.objects.get(predecessor="91.01")
    assert (merauke.successor.code, merauke.kind) == ("93.01", "recoded")
    assert Region.objects.get(code="93").valid_from == date(2022, 7, 25)
    assert str(merauke).startswith("91.01 → ")


def test_a_second_load_changes_nothing(loaded, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        report = load_reference()
    assert not report.changed
    assert PackLoad.objects.count() == 1


def test_progress_is_told_for_every_step(loaded):
    PackLoad.objects.all().delete()
    steps = []
    load_reference(lambda step, done, total: steps.append((step, done, total)))
    assert {step for step, _, _ in steps} == {"regions", "borders", "shapes"}
    assert all(0 < done <= total for _, done, total in steps)


def test_a_corrected_file_reaches_the_tables_and_keys_stay(loaded, copy: Path, use_pack):
    before = Region.objects.get(code="63.72")
    path = copy / "regions.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(f",{before.population},", ",300000,"), encoding="utf-8")
    use_pack(copy)
    report = load_reference()
    after = Region.objects.get(code="63.72")
    assert report.changed
    assert (after.pk, after.population) == (before.pk, 300_000)
    assert queries.loaded_version() == report.version


def test_a_broken_pack_leaves_the_tables_as_they_were(loaded, copy: Path, use_pack):
    path = copy / "regions.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace(",city,", ",town,", 1), encoding="utf-8"
    )
    use_pack(copy)
    with pytest.raises(PackError):
        load_reference()
    assert Region.objects.count() == 553
    assert PackLoad.objects.count() == 1


def test_broken_cells_leave_the_tables_as_they_were(loaded, copy: Path, use_pack):
    (copy / "cells.csv.gz").write_bytes(gzip.compress(b"region,cell\n63.72,zzz\n"))
    use_pack(copy)
    with pytest.raises(PackError):
        load_reference()
    assert RegionShape.objects.count() == 514


def test_the_check_finds_nothing_wrong_with_the_shipped_pack(loaded):
    findings = queries.check_reference()
    kinds = {(one.severity, one.message_code) for one in findings}
    assert kinds == {
        ("warning", "area_off"),
        ("note", "capital_point_missing"),
        ("note", "not_computable"),
    }
    assert sum(one.message_code == "not_computable" for one in findings) == 42


def test_the_check_tells_that_nothing_is_loaded(loaded):
    PackLoad.objects.all().delete()
    assert queries.check_reference()[0].message_code == "not_loaded"


def test_the_check_tells_that_the_files_are_newer(loaded, copy: Path, use_pack):
    (copy / "affairs.csv").write_text((copy / "affairs.csv").read_text(encoding="utf-8") + "\n")
    use_pack(copy)
    assert "version_differs" in {one.message_code for one in queries.check_reference()}


def test_the_check_tells_every_issue_of_a_broken_pack(loaded, copy: Path, use_pack):
    (copy / "borders.csv").write_text("a,b,km,source\n11.01,11.01,1,x\n11.01,11.02,x,x\n")
    use_pack(copy)
    found = queries.check_reference()
    assert [(one.subject, one.message_code) for one in found] == [
        ("borders.csv:2", "borders_itself"),
        ("borders.csv:3", "not_a_number"),
    ]


def test_the_check_tells_which_regions_are_not_drawn(loaded):
    RegionShape.objects.filter(region__code="63.72").delete()
    found = [one for one in queries.check_reference() if one.message_code == "no_cells"]
    assert [one.subject for one in found] == ["63.72 Kota Banjarbaru"]
