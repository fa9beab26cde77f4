import csv
import shutil
from pathlib import Path

import polars as pl
import pytest

from sinergi.accounts.principal import operator
from sinergi.evidence import shipped as shipped_files
from sinergi.evidence.actions import load_import, load_shipped_evidence
from sinergi.evidence.models import Flag, ImportBatch, Indicator, Observation
from sinergi.evidence.rules import is_period, within_bounds

FRAME = pl.read_parquet(shipped_files.DATA / "observations.parquet")


def test_all_shipped_observations_are_loaded_once(shipped: None) -> None:
    batch = ImportBatch.objects.get()
    assert batch.rows == Observation.objects.count() == FRAME.height == 263_245
    assert load_shipped_evidence() == batch
    assert Observation.objects.count() == FRAME.height


def test_every_shipped_value_is_a_period_inside_the_bounds_of_its_indicator() -> None:
    with (shipped_files.DATA / "indicators.csv").open(encoding="utf-8") as file:
        bounds = {row["code"]: (row["minimum"], row["maximum"]) for row in csv.DictReader(file)}
    assert all(map(is_period, FRAME["period"].cast(pl.String).unique()))
    ends = FRAME.group_by("indicator").agg(
        pl.col("value").min().alias("a"), pl.col("value").max().alias("b")
    )
    for code, lowest, highest in ends.iter_rows():
        low, high = (float(text) if text else None for text in bounds[code])
        assert within_bounds(lowest, low, high), code
        assert within_bounds(highest, low, high), code


def test_prices_are_marked_as_imputed_and_nothing_else_is(shipped: None) -> None:
    imputed = Observation.objects.filter(flag=Flag.IMPUTED)
    assert set(imputed.values_list("indicator__group", flat=True).distinct()) == {"prices"}
    assert (
        imputed.count()
        == FRAME.filter(pl.col("indicator").cast(pl.String).str.starts_with("price.")).height
    )
    others = Observation.objects.exclude(flag=Flag.IMPUTED)
    assert set(others.values_list("flag", flat=True).distinct()) == {Flag.OFFICIAL}


def test_every_indicator_has_both_names_a_source_and_a_licence(shipped: None) -> None:
    for one in Indicator.objects.select_related("source"):
        assert one.name_id
        assert one.name_en
        assert one.unit
        assert one.source.licence
        assert one.source.publisher


@pytest.fixture
def newer_edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data"
    shutil.copytree(shipped_files.DATA, folder)
    changed = FRAME.with_columns(
        value=pl.when(
            (pl.col("indicator") == "poverty") & pl.col("region").is_in(["63.71", "63.72"])
        )
        .then(1.25)
        .otherwise("value")
    )
    changed.write_parquet(folder / "observations.parquet")
    functions = ("fingerprint", "store_sources", "store_indicators", "observations")
    for name in functions:
        function = getattr(shipped_files, name)
        monkeypatch.setattr(
            shipped_files, name, lambda *given, _do=function: _do(*given, folder=folder)
        )
    return folder


def test_a_newer_edition_replaces_its_own_figures_and_no_one_elses(
    shipped: None, csv_file, newer_edition: Path
) -> None:
    load_import(
        operator(),
        csv_file("kode,indikator,tahun,nilai", "63.72,poverty,2021,9.5"),
        on_existing="replace",
    )
    batch = load_shipped_evidence()
    active = Observation.objects.filter(indicator__code="poverty", active=True, period="2021")
    values = dict(active.values_list("region__code", "value"))
    assert (values["63.71"], values["63.72"]) == (1.25, 9.5)
    assert (batch.rows, batch.replaced, batch.skipped) == (1, 1, FRAME.height - 1)
