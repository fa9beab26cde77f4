from datetime import date

import polars as pl
import pytest

from sinergi.analysis.errors import InputError
from sinergi.analysis.methods.reading import Role, read

ROLES = (
    Role("region", "Region", "name", key=True),
    Role("value", "Value", "amount"),
    Role("growth", "Growth", "number", required=False),
)
TABLE = pl.DataFrame({"kode": ["63.71", "63.72"], "nilai": ["1.5", " "], "laju": [-2.0, None]})
COLUMNS = {"region": "kode", "value": "nilai", "growth": "laju"}


def refusal(table, columns):
    with pytest.raises(InputError) as caught:
        read(table, columns, ROLES)
    return caught.value


def test_columns_come_back_by_role_as_text_and_numbers_with_gaps_kept():
    clean = read(TABLE, COLUMNS, ROLES)

    assert clean.to_dict(as_series=False) == {
        "region": ["63.71", "63.72"],
        "value": [1.5, None],
        "growth": [-2.0, None],
    }


def test_an_optional_role_may_be_left_out():
    assert read(TABLE, {"region": "kode", "value": "nilai"}, ROLES).columns == ["region", "value"]


def test_whole_numbers_as_names_lose_their_decimal_point():
    table = pl.DataFrame({"kode": [2020.0, 2021.0], "nilai": [1, 2]})

    clean = read(table, {"region": "kode", "value": "nilai"}, ROLES)
    assert clean["region"].to_list() == ["2020", "2021"]


def test_a_column_that_is_not_there_is_answered_with_those_that_are():
    error = refusal(TABLE, COLUMNS | {"value": "pdrb"})

    assert error.where == "value"
    assert "“pdrb”" in error.what
    assert "kode, nilai, laju" in error.remedy


def test_a_required_role_without_a_column_is_named():
    error = refusal(TABLE, {"region": "kode"})

    assert (error.where, "kode, nilai, laju" in error.remedy) == ("value", True)


def test_a_role_that_the_method_does_not_have_is_answered_with_its_roles():
    assert "region, value, growth" in refusal(TABLE, COLUMNS | {"sector": "kode"}).remedy


@pytest.mark.parametrize("cell", ["1.234,5", "n/a", "-", "satu"])
def test_a_cell_that_is_no_number_is_named_with_its_row(cell):
    error = refusal(TABLE.with_columns(nilai=pl.Series(["1", cell])), COLUMNS)

    assert error.what == f"Data row 2 holds “{cell}”, which is not a number."
    assert error.where == "nilai"


def test_a_date_is_not_taken_for_a_number_of_days():
    table = TABLE.with_columns(laju=pl.Series([None, date(2024, 3, 1)]))

    assert "Data row 2 holds “2024-03-01”" in refusal(table, COLUMNS).what


def test_infinity_is_no_number_either():
    table = TABLE.with_columns(laju=pl.Series([float("inf"), 1.0]))

    assert "Data row 1" in refusal(table, COLUMNS).what


def test_a_negative_amount_is_named_with_its_row_but_growth_may_fall():
    error = refusal(TABLE.with_columns(nilai=pl.Series([3.0, -4.0])), COLUMNS)

    assert "Data row 2 holds -4.0" in error.what


@pytest.mark.parametrize("name", [None, "  "])
def test_a_row_without_a_name_is_refused(name):
    error = refusal(TABLE.with_columns(kode=pl.Series(["A", name])), COLUMNS)

    assert "Data row 2 has no region" in error.what


def test_repeated_keys_are_listed_with_their_rows():
    table = pl.DataFrame({"kode": ["A", "B", "A"], "nilai": [1, 2, 3]})
    error = refusal(table, {"region": "kode", "value": "nilai"})

    assert error.what == "Data rows 1, 3 are for the same region (A)."


def test_without_key_columns_rows_may_repeat():
    roles = (Role("value", "Value", "amount"),)

    assert read(pl.DataFrame({"v": [1, 1]}), {"value": "v"}, roles).height == 2


def test_an_empty_table_is_refused():
    assert "no rows" in refusal(TABLE.clear(), COLUMNS).what
