"""What is to be procured against what is budgeted: packages above a line, agencies above their budget."""

import polars as pl

from sinergi.analysis.synchronise.shaping import plain, shaped
from sinergi.analysis.synchronise.tables import BUDGET, FINDINGS, PACKAGES, Settings, empty

SEVERAL = 3
FIGURES = ("office_name", "year", "packages", "budget", "n", "exceeded")
OF_NOTHING = 0.75
"""Firmness of packages against a budget of 0: to settle, but the money may stand under another line."""


def over_budget(lines: pl.DataFrame, settings: Settings) -> pl.DataFrame:
    """Return packages of one government, agency and year that exceed what its budget holds for them.

    Three comparisons, each on what both documents say: packages and lines with the same code; packages that
    are called as a budget line is; and all packages of an agency with its whole budget. A package that the
    code tells of is not compared by name; an agency is left out where lines of it are told to be exceeded by
    as much as its whole budget, or more. Packages over several years are left out. `SEVERAL` or more lines of
    one agency that are exceeded by less than `Settings.small` are told together.
    """
    of_year = lines.filter(pl.col("first_year") == pl.col("last_year")).with_columns(
        office=plain("agency"), called=plain("activity")
    )
    bought = of_year.filter(pl.col("stage") == PACKAGES)
    budgeted = of_year.filter(pl.col("stage") == BUDGET)
    if bought.is_empty() or budgeted.is_empty():
        return empty(FINDINGS)
    by_code = _compared("code", bought, budgeted, "code", "code")
    told = by_code.select(id=pl.col("lines")).explode("id").unique()
    left = bought.join(told, on="id", how="anti")
    by_name = _compared("name", left, budgeted, "words_of_title", "called")
    whole = _compared("agency", bought, budgeted, None, None)
    of_agency = ["home", "office", "first_year"]
    finer = pl.concat([one.select(*of_agency, "stake") for one in (by_code, by_name)])
    finer = finer.group_by(of_agency).agg(finer=pl.col("stake").sum())
    whole = whole.join(finer, on=of_agency, how="left", maintain_order="left")
    more = whole.filter(pl.col("stake") > pl.col("finer").fill_null(0))
    return pl.concat(
        [
            _exceeded(by_code, "code", settings),
            _exceeded(by_name, "name", settings),
            shaped("agency_over_budget", more, FIGURES),
            _unbudgeted(bought, budgeted),
        ]
    )


def _compared(
    how: str,
    bought: pl.DataFrame,
    budgeted: pl.DataFrame,
    package_key: str | None,
    line_key: str | None,
) -> pl.DataFrame:
    shared = ["home", "first_year", "office"]
    ours, theirs = shared.copy(), shared.copy()
    if package_key is not None and line_key is not None:
        bought = bought.filter(pl.col(package_key) != "").with_columns(key=pl.col(package_key))
        budgeted = budgeted.filter(pl.col(line_key) != "").with_columns(key=pl.col(line_key))
        ours.append("key")
        theirs.append("key")
    spent = bought.filter(pl.col("office") != "").group_by(ours).agg(
        packages=pl.col("amount").sum(), ids=pl.col("id"), of=pl.col("plan"), n=pl.len(),
        largest=pl.col("id").sort_by("amount", "id", descending=[True, False]).head(5),
        office_name=pl.col("agency").first(),
    )  # fmt: skip
    may = budgeted.group_by(theirs).agg(
        budget=pl.col("amount").sum(), line_ids=pl.col("id"), in_plans=pl.col("plan"),
    )  # fmt: skip
    over = spent.join(may, on=ours, how="inner").filter(pl.col("packages") > pl.col("budget"))
    which = [pl.lit(":"), pl.col("key")] if "key" in over.columns else []
    all_lines = pl.concat_list("ids", "line_ids")
    top = pl.col("line_ids").list.head(1)
    told = over.with_columns(
        lines=all_lines if how != "agency" else pl.concat_list("largest", top),
        plans=pl.concat_list("of", "in_plans"), actors=pl.concat_list("home"),
        stake=pl.col("packages") - pl.col("budget"), year=pl.col("first_year"),
        subject=pl.concat_str(pl.lit(f"{how}:"), "office", pl.lit(":"), pl.col("first_year"), *which),
    ).sort("home", "office", "first_year")  # fmt: skip
    return told.with_columns(
        exceeded=pl.lit(1, pl.Int64),
        nothing=pl.col("budget") == 0,
        firmness=pl.when(pl.col("budget") == 0)
        .then(OF_NOTHING)
        .otherwise(0.9 if how == "name" else 1.0),
    )


def _exceeded(told: pl.DataFrame, how: str, settings: Settings) -> pl.DataFrame:
    firm = _small_together(told, how, settings)
    return pl.concat(
        [
            shaped("package_over_line", firm.filter(~pl.col("nothing")), FIGURES),
            shaped("package_without_budget", firm.filter("nothing"), FIGURES),
        ]
    )


def _small_together(told: pl.DataFrame, how: str, settings: Settings) -> pl.DataFrame:
    """Return findings, small ones of one agency as one where there are several."""
    by = ["home", "office", "year", "firmness", "nothing"]
    marked = told.with_columns(little=pl.col("stake") < settings.small)
    many = pl.col("little") & (pl.col("little").sum().over(by) >= SEVERAL)
    kept = ["lines", "plans", "actors", "stake", "subject", "firmness", "office_name", "year", "packages",
            "budget", "n", "exceeded", "nothing"]  # fmt: skip
    together = marked.filter(many).group_by(by).agg(
        lines=pl.col("lines").explode(), plans=pl.col("plans").explode(), actors=pl.col("home"),
        stake=pl.col("stake").sum(), office_name=pl.col("office_name").first(), n=pl.col("n").sum(),
        packages=pl.col("packages").sum(), budget=pl.col("budget").sum(), exceeded=pl.col("exceeded").sum(),
        subject=pl.concat_str(pl.lit(f"{how}:"), "office", "year", "firmness").first(),
    ).sort(by)  # fmt: skip
    return pl.concat(
        [marked.filter(~many).select(kept), together.select(kept)], how="vertical_relaxed"
    )


def _unbudgeted(bought: pl.DataFrame, budgeted: pl.DataFrame) -> pl.DataFrame:
    """Return agencies that procure and of which the budget of their government knows nothing."""
    known = budgeted.select("home", "first_year").unique()
    offices = budgeted.select("home", "first_year", "office").unique()
    there = bought.filter(pl.col("office") != "").join(known, on=["home", "first_year"], how="semi")
    lost = there.join(offices, on=["home", "first_year", "office"], how="anti")
    in_plans = budgeted.group_by("home", "first_year").agg(searched=pl.col("plan").unique())
    told = lost.group_by("home", "first_year", "office").agg(
        lines=pl.col("id").sort_by("amount", "id", descending=[True, False]).head(5),
        of=pl.col("plan"), stake=pl.col("amount").sum(), n=pl.len(),
        office_name=pl.col("agency").first(),
    ).join(in_plans, on=["home", "first_year"])  # fmt: skip
    made = told.with_columns(
        plans=pl.concat_list("of", "searched"), actors=pl.concat_list("home"),
        subject=pl.concat_str("office", pl.lit(":"), pl.col("first_year")),
        year=pl.col("first_year"), firmness=pl.lit(0.6),
    ).sort("home", "office", "year")  # fmt: skip
    return shaped("agency_without_budget", made, ("office_name", "year", "n"))
