"""Plans in files, read as an import reads them and held against each other without being stored."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

from sinergi.analysis.synchronise import AMOUNTS, LINES, Settings, comparable, synchronise
from sinergi.analysis.synchronise.tables import OTHER, PLANS, WHOLE
from sinergi.programs.imports.context import PlanFacts
from sinergi.programs.imports.guessing import details_from
from sinergi.programs.imports.lines import Lines
from sinergi.programs.imports.preview import PlanPreview, preview_file
from sinergi.programs.models import PlanKind
from sinergi.programs.synchronise.law import CENTRE, level_of
from sinergi.programs.synchronise.likeness import alike
from sinergi.programs.synchronise.limits import limited_law
from sinergi.programs.synchronise.tables import STAGE, WHOLE_KINDS, near_table

TEXTS = ("code", "title", "activity", "agency", "place", "unit")
MORE = {"lat": pl.Float64, "lon": pl.Float64}


class UnreadError(Exception):
    """A file that holds no plan that can be read.

    Attributes
    ----------
    seen
        What is known of it, with its problems.
    """

    def __init__(self, seen: PlanPreview) -> None:
        super().__init__(seen.filename)
        self.seen = seen


def found_in_files(
    paths: Sequence[Path], regions: Sequence[str], settings: Settings
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the lines of files, each a plan of one government, and the findings among them.

    Parameters
    ----------
    regions
        Code of the government of each file; empty or missing: what the file says.

    Raises
    ------
    UnreadError
        At the first file that cannot be read or has an error.
    """
    lines, told, paid, last = [], [], [], 0
    for number, path in enumerate(paths, 1):
        home = regions[number - 1] if number <= len(regions) else ""
        seen, about = _read(path, home)
        if seen.lines is None:
            raise UnreadError(seen)
        lines.append(_table(seen.lines, number, last + 1, about["home"]))
        paid.append(_amounts(seen.lines, last + 1))
        told.append({"plan": number, **about})
        last += len(seen.lines)
    table, plans = pl.concat(lines), pl.DataFrame(told, schema={**PLANS, **WHOLE})
    law = limited_law()
    certain = comparable(table, plans, law, settings)
    pairs = alike(certain, None, settings, several=plans["home"].n_unique() > 1)
    found = synchronise(
        table,
        plans,
        pairs=pairs,
        amounts=pl.concat(paid),
        near=near_table(table, plans),
        law=law,
        settings=settings,
    )
    return table, found


def _read(path: Path, home: str) -> tuple[PlanPreview, dict[str, Any]]:
    """Return what is known of a file, and of its plan as far as the file tells."""
    seen = preview_file(path, plan=PlanFacts(home))
    details = details_from(seen, None)
    if not home and details.region_code:
        home = details.region_code
        seen = preview_file(path, seen.reading, plan=PlanFacts(home))
    headed = bool(
        seen.reading.header_row
    )  # without headings only a person can say what columns mean
    if seen.problems.errors or seen.lines is None or not len(seen.lines) or not headed:
        raise UnreadError(seen)
    years = [one for one in _years(seen.lines) if one]
    about = {
        "home": home,
        "level": level_of(home) if home else "",
        "stage": STAGE.get(PlanKind(details.kind), OTHER),
        "whole": details.kind in WHOLE_KINDS and not details.agency,
        "first_year": details.first_year or min(years, default=0),
        "last_year": details.last_year or max(years, default=0),
    }
    return seen, about


def _years(lines: Lines) -> list[int]:
    return [*lines.fields["first_year"], *lines.fields["last_year"]]


def _table(lines: Lines, plan: int, first: int, home: str) -> pl.DataFrame:
    fields, count = lines.fields, len(lines)
    nowhere = "" if not home or level_of(home) == CENTRE else home
    columns: dict[str, Any] = {
        "id": range(first, first + count),
        "plan": [plan] * count,
        **{name: fields[name] for name in TEXTS},
        "region": [one or nowhere for one in fields["region_code"]],
        "object": fields["object_code"],
        "first_year": fields["first_year"],
        "last_year": fields["last_year"],
        "amount": fields["total"],
        "target": [None if one is None else float(one) for one in fields["target"]],
        "is_transfer": fields["is_transfer"],
        **{name: fields[name] for name in MORE},
    }
    schema = {**LINES, **MORE}
    return pl.DataFrame(columns, schema_overrides=schema).select(list(schema))


def _amounts(lines: Lines, first: int) -> pl.DataFrame:
    rows = [
        (first + place, year, channel, minor)
        for place, held in enumerate(lines.amounts)
        for (year, channel), minor in held.items()
    ]
    return pl.DataFrame(rows, schema=AMOUNTS, orient="row")
