from collections.abc import Callable

import polars as pl
import pytest
from django.utils import timezone
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from sinergi.evidence.imports.indicators import IndicatorIndex, Measure
from sinergi.evidence.imports.peers import check_peers
from sinergi.evidence.imports.preview import Preview
from sinergi.evidence.imports.problems import Problems
from sinergi.evidence.imports.regions import Place, RegionIndex

Previewed = Callable[..., Preview]
CITIES = RegionIndex([Place(key, f"63.{70 + key}", f"Kota {key}", "city", "") for key in range(9)])
POVERTY = Measure(1, "poverty", "Penduduk miskin", "Poverty", "percent", 0, 100, 1)
STORED = pl.DataFrame(
    {"indicator": [1] * 5, "region": list(range(5)), "value": [10.0, 12.0, 14.0, 16.0, 20.0]}
)


def warned(value: float, region: int = 7, stored: pl.DataFrame = STORED) -> bool:
    rows = {"row": [2], "column": [3], "indicator": [1], "region": [region], "value": [value]}
    problems = Problems()
    check_peers(pl.DataFrame(rows), stored, CITIES, IndicatorIndex([POVERTY]), problems)
    return bool(problems.counts["warning", "unlike_peers"])


@pytest.mark.parametrize(
    ("value", "far"), [(25.0, False), (25.1, True), (5.0, False), (4.9, True), (101.0, False)]
)
def test_a_value_may_lie_half_the_range_of_its_peers_outside_it(value: float, far: bool) -> None:
    assert warned(value) is far


@given(st.floats(10, 20))
def test_a_value_among_its_peers_is_never_warned_of(value: float) -> None:
    assert not warned(value)


def test_four_peers_or_equal_ones_say_nothing() -> None:
    assert not warned(90.0, stored=STORED.head(4))
    assert not warned(90.0, stored=STORED.with_columns(value=pl.lit(10.0)))


def test_a_city_is_held_against_cities_with_their_range_in_the_language_of_the_page(
    previewed: Previewed,
) -> None:
    (one,) = previewed("63.71;poverty;2025;38,4").problems.kept
    assert (one.severity, one.code, one.cell) == ("warning", "unlike_peers", "D2")
    with override("id"):
        assert one.message().startswith("38,4 untuk 63.71 Kota Banjarmasin jauh dari")
    with override("en"):
        assert one.message().startswith("38.4 for 63.71 Kota Banjarmasin is far from its peers")


def test_a_regency_may_have_what_no_city_has(previewed: Previewed) -> None:
    assert not previewed("94.02;poverty;2025;38,4").problems.warnings


def test_a_year_to_come_is_warned_of_once_and_this_year_is_not(previewed: Previewed) -> None:
    year = timezone.localdate().year
    rows = [f"63.7{n};poverty;{when};4,5" for n in (1, 2) for when in (year, year + 1)]
    preview = previewed(*rows)
    (one,) = preview.problems.kept
    assert (one.code, one.cell, one.value) == ("future_period", "C3", str(year + 1))
    assert preview.ok


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("63.99", "63.09 Kabupaten Tabalong"),
        ("6399", "63.09 Kabupaten Tabalong"),
        ("Kota Banjarmasen", "63.71 Kota Banjarmasin"),
    ],
)
def test_an_unknown_region_is_told_once_with_what_is_nearest(
    previewed: Previewed, text: str, suggestion: str
) -> None:
    rows = [f"{text};poverty;20{year};4,5" for year in (22, 23, 24)]
    (one,) = previewed(*rows).problems.kept
    assert (one.code, one.cell) == ("unknown_region", "A2")
    assert suggestion in one.suggestion
    with override("id"):
        assert "2 baris lainnya" in one.message()


def test_rows_without_a_region_are_each_told(previewed: Previewed) -> None:
    problems = previewed(";poverty;2025;4,5", ";poverty;2024;4,5").problems
    assert [(one.code, one.cell) for one in problems.kept] == [
        ("unknown_region", "A2"),
        ("unknown_region", "A3"),
    ]
