"""Lines and amounts as tables for the methods of `analysis`, only of plans that the asker may read."""

from collections.abc import Iterable, Sequence
from typing import Any

import polars as pl
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from sinergi.accounts.principal import Principal
from sinergi.programs.models import LineAmount, PlanLine
from sinergi.programs.queries.plans import versions

LINE_COLUMNS = {
    "id": pl.Int64,
    "identity": pl.String,
    "version": pl.Int32,
    "region": pl.String,
    "code": pl.String,
    "title": pl.String,
    "activity": pl.String,
    "agency": pl.String,
    "place": pl.String,
    "lat": pl.Float64,
    "lon": pl.Float64,
    "first_year": pl.Int16,
    "last_year": pl.Int16,
    "amount": pl.Int64,
    "is_transfer": pl.Boolean,
}
_LINE_FIELDS = {
    "identity": "written",
    "version": "version_id",
    "region": "region_code",
    "amount": "total",
}
AMOUNT_COLUMNS = {
    "line": pl.Int64,
    "year": pl.Int16,
    "channel": pl.String,
    "amount": pl.Int64,
}


def readable_versions(by: Principal, version_ids: Iterable[int]) -> dict[int, tuple[int, str]]:
    """Return the versions that somebody may read, each with the number and the region of its plan."""
    rows = versions(by).filter(pk__in=list(version_ids)).order_by("pk")
    told = rows.values_list("pk", "plan_id", "plan__region_code")
    return {number: (plan, region) for number, plan, region in told}


def left_out(by: Principal, version_ids: Iterable[int]) -> int:
    """Return how many of these versions the tables leave out, because somebody may not read them."""
    wanted = set(version_ids)
    return len(wanted) - len(readable_versions(by, wanted))


def line_table(by: Principal, version_ids: Iterable[int]) -> pl.DataFrame:
    """Return the lines of versions in the order of their documents; two queries.

    Versions that `by` may not read are left out; `left_out` tells how many.

    Returns
    -------
    DataFrame
        `id` (int64), `identity` (text, with hyphens), `plan`, `version` (int32), `region` (of the line,
        otherwise of its plan), `code`, `title`, `activity`, `agency`, `place`, `lat`, `lon` (degrees, null
        where unknown), `first_year`, `last_year` (int16), `amount` (int64, the total in minor units of one
        hundredth of a rupiah), `is_transfer`.
    """
    told = readable_versions(by, version_ids)
    lines = PlanLine.objects.filter(version__in=list(told)).order_by("version", "position", "pk")
    lines = lines.annotate(written=Cast("identity", TextField()))
    table = _table(lines, [_LINE_FIELDS.get(name, name) for name in LINE_COLUMNS], LINE_COLUMNS)
    plans = pl.DataFrame(
        [(number, plan, region) for number, (plan, region) in told.items()],
        schema={"version": pl.Int32, "plan": pl.Int32, "plan_region": pl.String},
        orient="row",
    )
    own = pl.col("region") != ""
    joined = table.join(plans, on="version", how="left", maintain_order="left").with_columns(
        region=pl.when(own).then("region").otherwise("plan_region"), identity=_hyphened()
    )
    return joined.select("id", "identity", "plan", *list(LINE_COLUMNS)[2:])


def amount_table(by: Principal, version_ids: Iterable[int]) -> pl.DataFrame:
    """Return the amounts of the lines of versions; two queries.

    Versions that `by` may not read are left out; `left_out` tells how many.

    Returns
    -------
    DataFrame
        `line` (int64, `id` of `line_table`), `year` (int16), `channel` (code of the funding channel; empty
        where the plan does not say), `amount` (int64, minor units).
    """
    told = readable_versions(by, version_ids)
    rows = LineAmount.objects.filter(line__version__in=list(told))
    rows = rows.order_by("line", "year", "channel")
    return _table(rows, ["line_id", "year", "channel", "amount"], AMOUNT_COLUMNS)


def _table(rows: QuerySet[Any], fields: Sequence[str], columns: dict[str, Any]) -> pl.DataFrame:
    """Return what the database holds, as it holds it: to make a `Decimal` of each amount takes seconds.

    SQLite holds truth as 0 and 1.
    """
    try:
        sql, parameters = rows.values_list(*fields).query.sql_with_params()
    except EmptyResultSet:
        return pl.DataFrame(schema=columns)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        held = cursor.fetchall()
    loose = {name: pl.Int8 if kind == pl.Boolean else kind for name, kind in columns.items()}
    return pl.DataFrame(held, schema=loose, orient="row").cast(pl.Schema(columns))


def _hyphened() -> pl.Expr:
    """Return identities as Python writes them; SQLite holds 32 digits."""
    digits = pl.col("identity").str.replace_all("-", "")
    ends, parts = (8, 12, 16, 20, 32), []
    for start, end in zip((0, *ends), ends, strict=False):
        parts.append(digits.str.slice(start, end - start))
    return pl.concat_str(parts, separator="-")
