"""Numbers as people write them: `1.234,5`, `1,234.5`, `Rp 12.000`, `45 %`, `-`, `n/a`."""

from dataclasses import dataclass

import polars as pl

from sinergi.evidence.imports.mapping import Numbers

MISSING = frozenset(
    [
        *(
            "-",
            "--",
            "–",
            "—",
            "…",
            "...",
            "..",
            "x",
            "*",
            "n/a",
            "na",
            "n.a.",
            "n.a",
            "n.d.",
            "nan",
        ),
        *(
            "null",
            "none",
            "tad",
            "t.a.d",
            "tidak ada",
            "tidak ada data",
            "tidak tersedia",
            "kosong",
        ),
        *("#n/a", "#div/0!", "#ref!", "#value!"),
    ]
)
SIGN = r"^[-+]?"
PLAIN = SIGN + r"[0-9]+(?:[eE][-+]?[0-9]+)?$"
GROUPED = "[0-9]{1,3}(?:%s[0-9]{3})"
"""Thousands parted by a mark."""
DECIMALS = "[0-9]+%s(?:[0-9]{1,2}|[0-9]{4,})|0+%s[0-9]+|[0-9]{4,}%s[0-9]+"
"""A mark that cannot part thousands."""


def _decimal(mark: str, other: str) -> str:
    """Return the pattern of numbers in which `mark` can only be the decimal mark."""
    grouped = GROUPED % other
    plain = DECIMALS % (mark, mark, mark)
    return f"{SIGN}(?:{grouped}+{mark}[0-9]+|{grouped}{{2,}}|{plain})$"


EXPONENT = SIGN + r"(?:[0-9]*\.[0-9]+[eE][-+]?[0-9]+|\.[0-9]+)$"
COMMA_DECIMAL = _decimal(",", r"\.")
POINT_DECIMAL = f"{_decimal(r'[.]', ',')}|{EXPONENT}"
TWO_WAYS = SIGN + r"[1-9][0-9]{0,2}[.,][0-9]{3}$"


@dataclass(frozen=True, slots=True)
class Convention:
    """How a file writes numbers, as far as its cells show."""

    comma: int
    """Cells in which the comma can only be the decimal mark."""
    point: int
    """Cells in which the point can only be the decimal mark."""

    @property
    def shown(self) -> Numbers:
        """`id`, `en`, or `auto` when the cells show neither or both."""
        if bool(self.comma) == bool(self.point):
            return "auto"
        return "id" if self.comma else "en"

    @property
    def mixed(self) -> bool:
        """Whether cells contradict each other."""
        return bool(self.comma) and bool(self.point)


def cleaned(column: str) -> pl.Expr:
    """Return the text of a number without currency, percent sign, spaces and typographic minus."""
    return (
        pl.col(column)
        .str.replace(r"(?i)^\s*(?:rp\.?|idr)\s*", "")
        .str.replace_all(r"[\s\u00a0\u202f']|%$", "")
        .str.replace(r"^[−–](\d)", "-$1")
    )


def is_missing(column: str) -> pl.Expr:
    """Return whether a text stands for a missing value."""
    return pl.col(column).str.to_lowercase().str.strip_chars().is_in(list(MISSING))


def parse_numbers(texts: pl.Series, numbers: Numbers) -> tuple[pl.DataFrame, Convention]:
    """Read texts as numbers.

    Parameters
    ----------
    texts
        Texts, none of them standing for a missing value; null is passed over.
    numbers
        `id`: comma is the decimal mark; `en`: point is; `auto`: as the texts themselves show.

    Returns
    -------
    polars.DataFrame
        Columns `value` (null where not read) and `fault`: null, `not_a_number`, `ambiguous_number` or
        `number_convention`.
    Convention
        What the texts show.
    """
    frame = pl.DataFrame({"raw": texts}).select(text=cleaned("raw"))
    text = pl.col("text")
    frame = frame.with_columns(
        plain=text.str.contains(PLAIN),
        comma=text.str.contains(COMMA_DECIMAL),
        point=text.str.contains(POINT_DECIMAL),
        both=text.str.contains(TWO_WAYS),
    )
    convention = Convention(int(frame["comma"].sum()), int(frame["point"].sum()))
    chosen = numbers if numbers != "auto" else convention.shown
    return frame.select(_value(chosen), _fault(chosen, forced=numbers != "auto")), convention


def _value(chosen: Numbers) -> pl.Expr:
    text = pl.col("text")
    by_comma = text.str.replace_all(".", "", literal=True).str.replace(",", ".", literal=True)
    by_point = text.str.replace_all(",", "", literal=True)
    undecided = {"id": by_comma, "en": by_point, "auto": pl.lit(None, dtype=pl.String)}[chosen]
    return (
        pl.when(pl.col("plain") | pl.col("point"))
        .then(by_point)
        .when(pl.col("comma"))
        .then(by_comma)
        .when(pl.col("both"))
        .then(undecided)
        .cast(pl.Float64, strict=False)
        .alias("value")
    )


def _fault(chosen: Numbers, *, forced: bool) -> pl.Expr:
    read = pl.col("plain") | pl.col("comma") | pl.col("point") | pl.col("both")
    against = {"id": pl.col("point"), "en": pl.col("comma"), "auto": pl.lit(value=False)}[chosen]
    return (
        pl.when(~read)
        .then(pl.lit("not_a_number"))
        .when(pl.col("both") & pl.lit(chosen == "auto"))
        .then(pl.lit("ambiguous_number"))
        .when(against & pl.lit(forced))
        .then(pl.lit("number_convention"))
        .alias("fault")
    )


def unambiguous(value: float) -> str:
    """Write a number so that it reads the same under both conventions wherever that is possible.

    Examples
    --------
    >>> unambiguous(1.234), unambiguous(2021.0), unambiguous(12.5)
    ('1.2340', '2021', '12.5')
    """
    text = str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    whole, _, fraction = text.lstrip("-").partition(".")
    return text + "0" if len(fraction) == 3 and fraction.isdigit() and len(whole) <= 3 else text
