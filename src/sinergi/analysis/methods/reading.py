"""How the methods read the columns of a user's table, and what they say when they cannot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import polars as pl

from sinergi.analysis.errors import InputError


@dataclass(frozen=True, slots=True)
class Role:
    """What one column of the table is for."""

    name: str
    summary: str
    holds: Literal["name", "amount", "number"]
    """A name (text), an amount (zero or positive) or any number."""
    required: bool = True
    key: bool = False
    """Whether the columns of this kind together must identify a row."""


def read(table: pl.DataFrame, columns: Mapping[str, str], roles: Sequence[Role]) -> pl.DataFrame:
    """Check a user's table and return it with one column per role, named by the role.

    Names come back as text, amounts and numbers as floats; empty cells of numbers are null.

    Raises
    ------
    InputError
        On a role or column that does not exist, a required role without a column, an empty table, an
        empty name, a cell that is not a number, a negative amount, or two rows with the same key.
    """
    _check_columns(table, columns, roles)
    given = [role for role in roles if role.name in columns]
    clean = pl.DataFrame([_column(table[columns[role.name]], role) for role in given])
    _check_unique(clean, [role.name for role in given if role.key])
    return clean


def _check_columns(table: pl.DataFrame, columns: Mapping[str, str], roles: Sequence[Role]) -> None:
    known = {role.name for role in roles}
    available = ", ".join(table.columns) or "-"
    for name, column in columns.items():
        if name not in known:
            raise InputError(
                "The method has no use for a column “{name}”.",
                "columns",
                "It takes: {roles}.",
                name=name,
                roles=", ".join(role.name for role in roles),
            )
        if column not in table.columns:
            raise InputError(
                "The table has no column “{column}”.",
                "{role}",
                "Choose one of its columns: {available}.",
                column=column,
                role=name,
                available=available,
            )
    for role in roles:
        if role.required and role.name not in columns:
            raise InputError(
                "The method needs a column for “{role}”.",
                "{role}",
                "Say which column holds it; the table has: {available}.",
                role=role.name,
                available=available,
            )
    if not table.height:
        raise InputError("The table has no rows.", "table", "Give at least one row of data.")


def _column(cells: pl.Series, role: Role) -> pl.Series:
    return _names(cells, role) if role.holds == "name" else _numbers(cells, role)


def _names(cells: pl.Series, role: Role) -> pl.Series:
    if cells.dtype.is_float() and (cells.drop_nulls() % 1 == 0).all():
        cells = cells.cast(pl.Int64, strict=False)
    text = cells.cast(pl.String).str.strip_chars()
    empty = text.is_null() | (text == "")
    if empty.any():
        raise InputError(
            "Data row {row} has no {role}.",
            "{column}",
            "Fill the cell or leave the row out.",
            row=_first(empty),
            role=role.name,
            column=cells.name,
        )
    return text.alias(role.name)


def _numbers(cells: pl.Series, role: Role) -> pl.Series:
    if cells.dtype.is_temporal():
        cells = cells.cast(pl.String)
    if cells.dtype == pl.String:
        cells = cells.str.strip_chars().replace("", None)
    numeric = cells.cast(pl.Float64, strict=False)
    wrong = numeric.is_null() & cells.is_not_null() | numeric.is_infinite().fill_null(value=False)
    if wrong.any():
        row = _first(wrong)
        raise InputError(
            "Data row {row} holds “{cell}”, which is not a number.",
            "{column}",
            "Write numbers plainly, such as 1234.5; leave the cell empty if the value is unknown.",
            row=row,
            cell=cells[row - 1],
            column=cells.name,
        )
    negative = (numeric < 0).fill_null(value=False)
    if role.holds == "amount" and negative.any():
        row = _first(negative)
        raise InputError(
            "Data row {row} holds {cell}, which is negative.",
            "{column}",
            "Correct the value, or leave the cell empty if it is unknown.",
            row=row,
            cell=numeric[row - 1],
            column=cells.name,
        )
    return numeric.fill_nan(None).alias(role.name)


def _check_unique(clean: pl.DataFrame, key: list[str]) -> None:
    if not key:
        return
    repeated = clean.select(key).is_duplicated()
    if repeated.any():
        row = _first(repeated)
        cells = clean.select(key).row(row - 1)
        same = pl.all_horizontal(
            pl.col(name) == cell for name, cell in zip(key, cells, strict=True)
        )
        rows = clean.select(same.alias("same"))["same"].arg_true() + 1
        raise InputError(
            "Data rows {rows} are for the same {key} ({cells}).",
            "{key}",
            "Keep one row for each, or name the column that tells them apart.",
            rows=", ".join(map(str, rows[:5])),
            key=" × ".join(key),
            cells=", ".join(cells),
        )


def _first(where: pl.Series) -> int:
    return int(where.arg_true()[0]) + 1
