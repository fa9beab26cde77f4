import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergi.evidence.imports.periods import parse_period
from sinergi.evidence.rules import is_period


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2021", "2021"),
        ("2,021", "2021"),
        ("2.021", "2021"),
        ("2021.0", "2021"),
        ("2021,00", "2021"),
        ("Tahun 2021", "2021"),
        ("2021*", "2021"),
        ("2021-08", "2021-08"),
        ("2021-8", "2021-08"),
        ("202108", "2021-08"),
        ("2021M08", "2021-08"),
        ("08/2021", "2021-08"),
        ("Agustus 2021", "2021-08"),
        ("Ags 2021", "2021-08"),
        ("Aug-2021", "2021-08"),
        ("2021 Desember", "2021-12"),
        ("2021-08-17", "2021-08"),
    ],
)
def test_periods_are_read_as_people_write_them(text: str, period: str) -> None:
    assert parse_period(text) == period


@pytest.mark.parametrize(
    "text", ["", "21", "20x", "1234", "2021-13", "Foo 2021", "2021.5", "12,5", "3021"]
)
def test_what_is_no_period_is_none(text: str) -> None:
    assert parse_period(text) is None


@given(st.text(max_size=20))
def test_whatever_is_read_is_a_period(text: str) -> None:
    found = parse_period(text)
    assert found is None or is_period(found)


@given(st.integers(1900, 2100), st.integers(1, 12))
def test_a_proper_period_reads_as_itself(year: int, month: int) -> None:
    assert parse_period(f"{year}") == f"{year}"
    assert parse_period(f"{year}-{month:02d}") == f"{year}-{month:02d}"
