"""Columns that are passed over, and headings that were taken for an indicator: neither happens in silence."""

import re

from sinergi.evidence.imports.grid import Grid
from sinergi.evidence.imports.headings import bears_no_figures
from sinergi.evidence.imports.indicators import IndicatorIndex
from sinergi.evidence.imports.mapping import Mapping
from sinergi.evidence.imports.melt import Places
from sinergi.evidence.imports.problems import Problems, column_letter

SAMPLE = 300
NUMBERS_LEAST = 0.5
"""Share of cells that begin like a number, from which a column of a long table may hold values."""
NUMBER = re.compile(r"[-+]?[0-9]")


def tell_headings(
    grid: Grid,
    mapping: Mapping,
    where: Places,
    indicators: IndicatorIndex,
    problems: Problems,
    filename: str = "",
) -> None:
    """Warn of columns with figures that are not read, and of headings read as an indicator by likeness.

    Parameters
    ----------
    filename
        Named where the file has no sheets.
    """
    headings = grid.row(mapping.header_row)
    told = {headings[one].casefold() for one in where.all if one is not None} - {""}
    for column, heading in enumerate(headings):
        if column in where.columns:
            _tell_reading(column, heading, mapping, where, indicators, problems)
        elif column in where.all or heading.casefold() in told:
            continue  # two columns of one heading have a message of their own
        elif _may_hold_values(grid, column, heading, mapping):
            problems.add(
                "warning",
                "unread_column",
                row=mapping.header_row or None,
                column=column,
                value=heading,
                letter=column_letter(column),
                table=grid.sheet or filename,
                suggestion="" if mapping.layout == "periods" else indicators.suggest(heading),
            )


def _tell_reading(
    column: int,
    heading: str,
    mapping: Mapping,
    where: Places,
    indicators: IndicatorIndex,
    problems: Problems,
) -> None:
    if mapping.layout != "indicators" or not heading:
        return
    measure, by_likeness = indicators.recognise(heading)
    if measure is not None and by_likeness and measure.code == where.columns[column]:
        problems.add(
            "warning",
            "indicator_name_for_code",
            row=mapping.header_row,
            column=column,
            value=heading,
            code_read=measure.label,
            suggestion=measure.code,
        )


def _may_hold_values(grid: Grid, column: int, heading: str, mapping: Mapping) -> bool:
    cells = grid.text[column][mapping.header_row :].drop_nulls().head(SAMPLE).to_list()
    if not cells or bears_no_figures(heading):
        return False
    if mapping.layout != "long":
        return True
    return sum(NUMBER.match(cell) is not None for cell in cells) >= NUMBERS_LEAST * len(cells)
