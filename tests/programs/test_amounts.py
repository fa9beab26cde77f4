"""Amounts as people type them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergi.programs.amounts import (
    LARGEST,
    Unclear,
    number_written,
    read_amount,
    read_number,
    unclear_text,
    written,
)


@pytest.mark.parametrize(
    ("typed", "rupiah"),
    [
        ("1.250.000.000,50", "1250000000.50"),
        ("Rp 2,5 miliar", "2500000000"),
        ("Rp2.5 milyar", "2500000000"),
        ("rp. 1.000,-", "1000"),
        ("1250000", "1250000"),
        ("1.250", "1250"),
        ("IDR 750 juta", "750000000"),
        ("1 250 000", "1250000"),
        ("1,250,000.50", "1250000.50"),
        ("12 triliun", "12000000000000"),
        ("0", "0"),
        ("500 rb", "500000"),
        ("100 rupiah", "100"),
    ],
)
def test_what_can_mean_one_thing_only_is_understood(typed: str, rupiah: str) -> None:
    assert read_amount(typed) == Decimal(rupiah)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "empty"),
        ("1,250", "separator"),
        ("1.250 miliar", "separator"),
        ("1250.500", "separator"),
        ("1.25.000", "separator"),
        ("2,5 M", "letter"),
        ("5k", "letter"),
        ("-5.000", "negative"),
        ("(5.000)", "negative"),
        ("USD 100", "foreign"),
        ("$5", "foreign"),
        ("Rp 2 juta / USD 100", "two"),
        ("Rp 5 Rp 6", "two"),
        ("dua miliar", "words"),
        ("1e9", "words"),
        ("٣٠٠", "words"),
        ("NaN", "words"),
        ("0,005", "separator"),
        ("1,2345", "fraction"),
        ("9" * 50, "large"),
        ("1.000.000.000.000.001", "large"),
        ("9" * 100, "words"),
    ],
)
def test_what_could_mean_two_things_is_refused_and_told_why(typed: str, why: str) -> None:
    with pytest.raises(Unclear) as met:
        read_amount(typed)

    assert met.value.code == why
    assert str(met.value) == unclear_text(why)


@given(st.integers(min_value=0, max_value=int(LARGEST * 100)))
def test_what_is_written_is_read_back_exactly(units: int) -> None:
    amount = Decimal(units).scaleb(-2)

    assert read_amount(written(amount)) == amount


@given(st.text(max_size=80))
def test_no_text_gives_anything_but_an_amount_or_a_reason(text: str) -> None:
    assert _met(text)


def _met(text: str) -> str:
    try:
        return str(read_amount(text))
    except Unclear as error:
        return str(error)


def test_numbers_of_targets_are_read_in_the_same_way() -> None:
    assert read_number("1.250,75") == Decimal("1250.75")
    with pytest.raises(Unclear):
        read_number("1,250")


@given(st.decimals(min_value=0, max_value=10**12, places=4))
def test_a_number_that_is_written_is_read_back_exactly(number: Decimal) -> None:
    assert read_number(number_written(number)) == number


@pytest.mark.parametrize(
    ("number", "text"), [("0.1250", "0,1250"), ("0.5000", "0,5"), ("1250.0000", "1250")]
)
def test_three_decimals_are_written_as_four(number: str, text: str) -> None:
    assert number_written(Decimal(number)) == text
