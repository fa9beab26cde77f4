"""Lines that look alike, by the words of the country pack and the calibration of an organisation."""

from collections.abc import Callable

import polars as pl

from sinergi.analysis.similarity import Model, match
from sinergi.analysis.synchronise import PAIRS, Settings
from sinergi.analysis.synchronise.tables import empty
from sinergi.programs import similarity
from sinergi.programs.codes import LEVEL

WITHIN = 50_000
"""Lines up to which lines of one plan are compared with each other, too; above, only plans with plans."""
MATCHED = (
    "id", "plan", "code", "title", "place", "agency", "region", "lat", "lon", "first_year", "last_year",
    "amount",
)  # fmt: skip


def _across_levels(found: pl.DataFrame, lines: pl.DataFrame, model: Model) -> pl.DataFrame:
    """Return pairs in which codes of two levels below one programme are taken for unknown.

    The nomenclature numbers one activity otherwise for each level: that codes of a province and of a city
    part there says nothing against one work.
    """
    parts = pl.col("code").str.split(".")
    known = lines.select("id", program=parts.list.head(LEVEL).list.join("."),
                         level=parts.list.get(LEVEL, null_on_oob=True))  # fmt: skip
    both = found.join(known, left_on="a", right_on="id", how="left", maintain_order="left").join(
        known, left_on="b", right_on="id", how="left", maintain_order="left", suffix="_b"
    )
    apart = both.select(
        (
            (pl.col("program") == pl.col("program_b")) & (pl.col("level") != pl.col("level_b"))
        ).fill_null(value=False)
    ).to_series()
    if not apart.any():
        return found
    asked = found.filter(apart).with_columns(code=pl.lit(None, dtype=found.schema["code"]))
    judged = pl.Series(model.probability(asked)).cast(found.schema["probability"])
    told = asked.with_columns(probability=judged)
    return pl.concat([found.filter(~apart), told]).sort("a", "b")


def alike(
    lines: pl.DataFrame,
    organisation: int | None,
    settings: Settings,
    *,
    several: bool,
    progress: Callable[[float], None] | None = None,
) -> pl.DataFrame:
    """Return pairs of lines that look alike, with those that something tells apart.

    Of several governments pairs are returned, too, of which only the name of the work speaks for one.

    Parameters
    ----------
    organisation
        Number of the organisation whose words and calibration count.
    several
        Whether the lines are of more than one government.
    """
    if lines.height < 2:
        return empty(PAIRS)
    model = similarity.model_for(organisation)
    found = match(
        similarity.lines(lines.select(MATCHED)),
        words=similarity.dictionary(),
        model=model,
        least=min(settings.faint, settings.likely) if several else settings.likely,
        within_plans=lines.height <= WITHIN,
        vetoed=True,
        progress=progress,
    )
    found = _across_levels(found, lines, model) if several else found
    named = (pl.col("text") >= settings.same_words) & (pl.col("shared") >= settings.specific)
    open_ = pl.col("veto") == ""
    return found.filter((pl.col("probability") >= settings.likely) | (named & open_))
