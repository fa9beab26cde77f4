"""Tables that go into a synchronisation, what law says beside them, and the one shape that findings have."""

from dataclasses import dataclass, field
from typing import Any

import polars as pl

LINES: dict[str, Any] = {
    "id": pl.Int64,
    "plan": pl.Int32,
    "code": pl.String,
    "title": pl.String,
    "activity": pl.String,
    "agency": pl.String,
    "place": pl.String,
    "region": pl.String,
    "object": pl.String,
    "first_year": pl.Int16,
    "last_year": pl.Int16,
    "amount": pl.Int64,
    "unit": pl.String,
    "target": pl.Float64,
    "is_transfer": pl.Boolean,
}
"""Lines: `region` is where a line lies, a code that begins with what holds it; `amount` in minor units."""
PLANS: dict[str, Any] = {
    "plan": pl.Int32,
    "home": pl.String,
    "level": pl.String,
    "stage": pl.Int8,
    "first_year": pl.Int16,
    "last_year": pl.Int16,
}
"""Plans: `home` is the region whose government plans, `level` its level, `stage` one of `STAGES`."""
WHOLE = {"whole": pl.Boolean}
"""May stand beside `PLANS`: whether a plan is of the whole government and of a kind that holds all its lines.
Only such a plan can say that something is not planned; without the column none is left out but packages."""
OTHER, MEDIUM_TERM, ANNUAL, CEILING, BUDGET, PACKAGES = range(6)
STAGES = (OTHER, MEDIUM_TERM, ANNUAL, CEILING, BUDGET, PACKAGES)
"""A work passes through the stages of one government: to find it again there is no duplicate."""
AMOUNTS: dict[str, Any] = {
    "line": pl.Int64,
    "year": pl.Int16,
    "channel": pl.String,
    "amount": pl.Int64,
}
PAIRS: dict[str, Any] = {
    "a": pl.Int64,
    "b": pl.Int64,
    "probability": pl.Float64,
    "text": pl.Float64,
    "place": pl.Float64,
    "year": pl.Float64,
    "code": pl.Float64,
    "amount": pl.Float64,
    "shared": pl.Float64,
    "veto": pl.String,
}
"""Pairs as `similarity.match` gives them; `shared` is how much both titles say, `veto` why two lines are not
the same, empty: nothing."""
FINDINGS: dict[str, Any] = {
    "rule": pl.String,
    "lines": pl.List(pl.Int64),
    "plans": pl.List(pl.Int32),
    "subject": pl.String,
    "actors": pl.List(pl.String),
    "stake": pl.Int64,
    "firmness": pl.Float64,
    "facts": pl.String,
}
"""Findings: lines compared; all plans that it tells of; what else makes it this one; regions that should act;
rupiah at stake in minor units, null where none can be told; how firm, 0–1; and figures as JSON."""
NAMES = {"region": pl.String, "name": pl.String}
CLAIMS = {"pattern": pl.String, "affair": pl.String, "level": pl.String, "rule": pl.String}
PHASES = {"phase": pl.String, "pattern": pl.String}
PROMISES: dict[str, Any] = {
    "promise": pl.String,
    "origin": pl.String,
    "title": pl.String,
    "object": pl.String,
    "member": pl.String,
    "role": pl.String,
    "first_year": pl.Int16,
    "last_year": pl.Int16,
}
"""What somebody agreed or chose: one row for each member; years null where none were said."""
JOINT: dict[str, Any] = {"line": pl.Int64, "joint": pl.String}
"""Lines from which governments pay for, or hold, a joint work; lines of one `joint` are parts of one work."""
LIMITS: dict[str, Any] = {
    "channel": pl.String,
    "why": pl.String,
    "year": pl.Int16,
    "allowed": pl.List(pl.String),
    "source": pl.String,
    "provenance": pl.String,
    "sourced": pl.Boolean,
}
"""What a channel may pay for, and where that is from: `why` is `recipient`, `authority`, `affair`, `physical`
(`only` or `none`); `year` null: every year for which no other is given; `sourced`: not from knowledge or by
default."""
NEAR: dict[str, Any] = {"line": pl.Int64, "region": pl.String, "km": pl.Float64}


def empty(schema: dict[str, Any]) -> pl.DataFrame:
    """Return a table without rows."""
    return pl.DataFrame(schema=schema)


@dataclass(frozen=True, slots=True)
class Law:
    """What law and map say, as tables; without a table its rules find nothing.

    Attributes
    ----------
    nomenclature
        `code`, `name`, `level` (`PROVINSI` …) of activities that may be planned.
    any_affair
        What stands for the affair in codes that every affair uses, such as `X.XX`.
    level_part
        Which part of a code, from 0, says the level; `levels` what its values mean.
    channels
        `channel`, `payer` (level whose money it is), `earmarked`, and lists `authorities`, `recipients`,
        `affairs`, `physical` (true: only such, false: only others, null: both); an empty list allows all.
    limits
        As `LIMITS`; a limit here takes the place of that in `channels`, of which no source is known.
    objects
        `object`, `activity` (code), `authority` (list of levels), `adjacent`, `physical`.
    borders
        `a`, `b`: regions that share a land border, each pair once.
    names
        `region`, `name`: how regions are called in texts, in lower case.
    claims
        `pattern` (regular expression), `affair` (prefix of a code), `level` that alone holds it, `rule`.
    further
        `seat`, `level`, `holds`, `affair`: governments of a level in a region that hold what elsewhere
        another level holds, in an affair (empty: in all).
    phases
        `phase` (`design`, `land`, `build`, `supervise`), `pattern`.
    works
        Regular expression of words that name something built; empty: none.
    ordinary
        Words that are no proper name, in lower case.
    successors
        `former`, `code`: which code took the place of which, as the nomenclature says.
    shares
        Channels from which a government pays its share of a work of several.
    units
        Spellings of units, in lower case with single spaces, with the one that stands for them, empty for
        words that only join; the units in a longer one ("org/bln") are looked up one by one.
    """

    nomenclature: pl.DataFrame = field(
        default_factory=lambda: empty({"code": pl.String, "name": pl.String, "level": pl.String})
    )
    any_affair: str = ""
    level_part: int = 3
    levels: tuple[tuple[str, str], ...] = ()
    channels: pl.DataFrame = field(
        default_factory=lambda: empty(
            {
                "channel": pl.String,
                "payer": pl.String,
                "earmarked": pl.Boolean,
                "authorities": pl.List(pl.String),
                "recipients": pl.List(pl.String),
                "affairs": pl.List(pl.String),
                "physical": pl.Boolean,
            }
        )
    )
    limits: pl.DataFrame = field(default_factory=lambda: empty(LIMITS))
    objects: pl.DataFrame = field(
        default_factory=lambda: empty(
            {
                "object": pl.String,
                "activity": pl.String,
                "authority": pl.List(pl.String),
                "adjacent": pl.Boolean,
                "physical": pl.Boolean,
            }
        )
    )
    borders: pl.DataFrame = field(default_factory=lambda: empty({"a": pl.String, "b": pl.String}))
    names: pl.DataFrame = field(default_factory=lambda: empty(NAMES))
    claims: pl.DataFrame = field(default_factory=lambda: empty(CLAIMS))
    phases: pl.DataFrame = field(default_factory=lambda: empty(PHASES))
    successors: pl.DataFrame = field(
        default_factory=lambda: empty({"former": pl.String, "code": pl.String})
    )

    further: tuple[tuple[str, str, str, str], ...] = ()
    works: str = ""
    ordinary: frozenset[str] = frozenset()
    shares: frozenset[str] = frozenset()
    units: tuple[tuple[str, str], ...] = ()

    def both_ways(self) -> pl.DataFrame:
        """Return borders as `home`, `other`, each pair in both directions."""
        there = self.borders.select(home="a", other="b")
        return pl.concat([there, self.borders.select(home="b", other="a")]).unique()


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run takes for enough; amounts in minor units of one hundredth of a rupiah.

    Attributes
    ----------
    likely, sure
        Least probability of a pair to be told at all, and to be called sure.
    large, small
        Stakes from which a firm finding weighs heavily, and below which it weighs little.
    within
        Least probability of two lines of one plan to be told: there twins are rarer than look-alikes.
    faint, same_words, specific
        Least probability, likeness of words and rare words shared, each 0–1, from which two governments that
        give a work one name are asked about it, where nothing else makes it likely.
    name_in
        A word is a proper name if it stands in no more lines of a run than this, and is not an ordinary one.
    commonplace
        A title that more lines of one plan have says nothing of a certain work.
    many
        More lines that hang together than this are one finding of lines to look through, not one work.
    apart
        Smallest share of the larger amount at which two amounts can be of the same work as a whole.
    name_least
        Share of common words below which a name does not belong to its code.
    year_slack
        Years by which the two sides of one work may differ.
    foreign_codes
        Share of the codes of a plan that the nomenclature lacks from which the plan follows another one.
    """

    likely: float = 0.6
    sure: float = 0.9
    within: float = 0.8
    faint: float = 0.002
    same_words: float = 0.95
    specific: float = 0.25
    name_in: int = 6
    large: int = 100_000_000_000
    small: int = 10_000_000_000
    commonplace: int = 3
    many: int = 8
    apart: float = 0.5
    name_least: float = 0.25
    year_slack: int = 1
    foreign_codes: float = 0.4
