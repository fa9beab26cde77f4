"""Evidence as a Polars frame."""

import numpy as np
import polars as pl

from sinergi.cli.failures import CommandError
from sinergi.cli.language import gettext as _
from sinergi.evidence.queries import Readings, indicator_catalogue, readings
from sinergi.opportunities.reasons import FLAGS
from sinergi.reference.queries import RegionTable, region_table


def latest(codes: list[str]) -> pl.DataFrame:
    """Return the latest value of each indicator for each region that has one, one value a row.

    Raises
    ------
    CommandError
        When there is no such indicator.
    """
    known = indicator_catalogue()
    for code in codes:
        if code not in known:
            raise CommandError(_("There is no indicator “{code}”.").format(code=code))
    table = region_table()
    found = readings(codes, table)
    rows, columns = np.nonzero(np.isfinite(found.values))
    order = np.lexsort((rows, columns))
    return pl.DataFrame(
        [_row(found, table, int(rows[at]), int(columns[at])) for at in order],
        schema=dict.fromkeys(("region", "name", "level", "province", "indicator"), pl.String)
        | {"value": pl.Float64, "period": pl.String, "flag": pl.String, "source": pl.String},
        orient="row",
    )


def _row(found: Readings, table: RegionTable, row: int, column: int) -> tuple[object, ...]:
    source = found.source(row, column)
    return (
        table.codes[row],
        table.names[row],
        table.levels[row],
        table.parents[row],
        found.codes[column],
        float(found.values[row, column]),
        str(found.periods[row, column]),
        FLAGS[int(found.flags[row, column])],
        source.name if source else "",
    )
