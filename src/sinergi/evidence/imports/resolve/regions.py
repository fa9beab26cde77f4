"""Which region each row is about."""

import polars as pl

from sinergi.evidence.imports.mapping import RegionCodes
from sinergi.evidence.imports.problems import KEPT
from sinergi.evidence.imports.regions import Match, is_total, other_reading
from sinergi.evidence.imports.resolve.steps import Context, attach, distinct, further


def read_regions(context: Context, rows: pl.DataFrame) -> pl.DataFrame:
    """Add `region_key` and leave out rows of totals and notes."""
    seen = dict(distinct(rows, "region"))
    matches = context.regions.match_all(seen, _region_codes(context, rows))
    totals = [text for text, match in matches.items() if not match.place and is_total(text)]
    for text in totals:
        context.problems.add(
            "warning", "skipped_row", row=seen[text], column=context.where.region, value=text
        )
    rows = rows.filter(~pl.col("region").is_in(totals) | pl.col("region").is_null())
    for text, match in matches.items():
        if match.place is not None:
            _tell_reading(context, text, seen[text], match)
    keys = {text: match.place.key for text, match in matches.items() if match.place}
    rows = attach(rows, "region", keys)
    _unknown_regions(context, rows.filter(pl.col("region_key").is_null()), matches)
    return _check_names(context, rows)


def _region_codes(context: Context, rows: pl.DataFrame) -> RegionCodes:
    """Let names beside the codes decide what codes without a dot mean."""
    if context.mapping.region_codes != "auto" or context.where.region_name is None:
        return context.mapping.region_codes
    pairs = rows.select("region", "region_name").drop_nulls().unique().head(2_000)
    names = context.regions.match_all(pairs["region_name"].unique().to_list(), "auto")
    agree: dict[RegionCodes, int] = {}
    readings: tuple[RegionCodes, ...] = ("bps", "kemendagri")
    for codes in readings:
        read = context.regions.match_all(pairs["region"].unique().to_list(), codes)
        agree[codes] = sum(
            read[code].place is not None and read[code].place == names[name].place
            for code, name in pairs.iter_rows()
        )
    return "kemendagri" if agree["kemendagri"] > agree["bps"] else context.mapping.region_codes


def _tell_reading(context: Context, text: str, row: int, match: Match) -> None:
    codes = {"name": "name_for_code", "bps": "bps_code", "written": "code_written_differently"}
    if match.how not in codes or match.place is None:
        return
    context.problems.add(
        "warning",
        codes[match.how],
        row=row,
        column=context.where.region,
        value=text,
        suggestion=match.place.code,
        code_read=match.place.code,
        region=match.place.name,
        other=other_reading(match),
    )


def _unknown_regions(context: Context, rows: pl.DataFrame, matches: dict[str, Match]) -> None:
    """Report each text that is no region once; each row that names none."""
    counted = rows.group_by("region", "row", maintain_order=True).agg()
    nameless = counted.filter(pl.col("region").is_null())
    column = context.where.region
    places = ((row, column, "") for row in nameless["row"].head(KEPT))
    context.problems.add_all("error", "unknown_region", places, nameless.height, more="")
    known = counted.filter(pl.col("region").is_not_null())
    texts = known.group_by("region", maintain_order=True).agg(pl.col("row").first(), pl.len())
    for text, row, count in texts.head(KEPT).iter_rows():
        candidates = matches[text].candidates
        details: dict[str, str] = {"more": further(count)}
        if candidates:
            code, suggestion = "ambiguous_region", " / ".join(one.code for one in candidates)
            details["regions"] = " / ".join(f"{one.code} {one.name}" for one in candidates)
        else:
            code, suggestion = "unknown_region", context.regions.suggest(text)
        context.problems.add(
            "error", code, row=row, column=column, value=text, suggestion=suggestion, **details
        )
    context.problems.count_more("error", "unknown_region", max(texts.height - KEPT, 0))


def _check_names(context: Context, rows: pl.DataFrame) -> pl.DataFrame:
    """Hold names beside codes against the codes."""
    if context.where.region_name is None:
        return rows
    known = rows.filter(pl.col("region_key").is_not_null() & pl.col("region_name").is_not_null())
    pairs = known.group_by("region_key", "region_name").agg(
        pl.col("row").min(), pl.col("region").first()
    )
    names = context.regions.match_all(pairs["region_name"].unique().to_list(), "auto")
    by_key = {place.key: place for place in context.regions.places}
    for key, name, row, text in pairs.sort("row").iter_rows():
        match = names[name]
        fits = match.place.key == key if match.place else not match.candidates
        if fits or key in {one.key for one in match.candidates}:
            continue
        context.problems.add(
            "error",
            "region_mismatch",
            row=row,
            column=context.where.region,
            value=text,
            region=by_key[key].name,
            name=name,
            suggestion=f"{match.place.code} {match.place.name}" if match.place else "",
        )
    return rows
