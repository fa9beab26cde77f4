import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergi.evidence.imports.numbers import is_missing, parse_numbers, unambiguous


def read(*texts: str, numbers: str = "auto") -> list[tuple[float | None, str | None]]:
    frame, _ = parse_numbers(pl.Series(list(texts), dtype=pl.String), numbers)
    return list(zip(frame["value"], frame["fault"], strict=True))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1.234.567", 1234567),
        ("1,234,567", 1234567),
        ("12,5", 12.5),
        ("12.5", 12.5),
        ("0,123", 0.123),
        ("0.123", 0.123),
        ("1234.567", 1234.567),
        ("-4,5", -4.5),
        ("−4,5", -4.5),
        ("Rp 12.000,00", 12000),
        ("45 %", 45),
        ("1 234,5", 1234.5),
        ("1e3", 1000),
        ("2.5e-3", 0.0025),
        (".5", 0.5),
    ],
)
def test_a_number_that_can_be_read_in_one_way_is_read_so(text: str, value: float) -> None:
    assert read(text) == [(pytest.approx(value), None)]


@pytest.mark.parametrize("text", ["1.234", "1,234", "-12.345"])
def test_a_number_that_can_be_read_in_two_ways_is_a_fault(text: str) -> None:
    assert read(text) == [(None, "ambiguous_number")]


def test_other_numbers_of_the_file_settle_how_it_writes_them() -> None:
    assert read("1.234", "12,5")[0] == (1234, None)
    assert read("1.234", "12.5")[0] == (1.234, None)


def test_a_chosen_convention_settles_it_too() -> None:
    assert read("1.234", numbers="id") == [(1234, None)]
    assert read("1.234", numbers="en") == [(1.234, None)]


def test_a_number_against_the_chosen_convention_is_a_fault() -> None:
    assert read("12.5", numbers="id")[0][1] == "number_convention"
    assert read("1.234,5", numbers="en")[0][1] == "number_convention"


@pytest.mark.parametrize(
    "text", ["abc", "12a", "1.2.3", "1,23,4", "--5", "1.234.56", "e5", "12 orang"]
)
def test_what_is_no_number_is_a_fault(text: str) -> None:
    assert read(text) == [(None, "not_a_number")]


def test_a_file_that_writes_both_ways_is_found_out() -> None:
    _, convention = parse_numbers(pl.Series(["12,5", "12.5"]), "auto")
    assert convention.mixed
    assert convention.shown == "auto"


@pytest.mark.parametrize("text", ["-", "n/a", "N/A", "…", "tad", "Tidak ada data", "#N/A"])
def test_the_usual_marks_of_a_missing_value_are_known(text: str) -> None:
    assert pl.DataFrame({"v": [text]}).select(is_missing("v")).item()


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1))
def test_numbers_that_sinergi_writes_read_back_as_they_were(values: list[float]) -> None:
    assert [value for value, _ in read(*map(unambiguous, values))] == values
