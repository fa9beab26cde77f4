"""Derived indicators: values computed from recorded ones by a named, documented method.

How a caller uses it (the evidence room, or a notebook)::

    derived = derive("ratio", DerivationInput(
        inputs=("production.rice_paddy", "population"),   # order matters: numerator, denominator
        series={"production.rice_paddy": array_regions_by_periods},
        periods={"production.rice_paddy": np.array([2023.0, 2024.0])},
        facts={"population": array_regions},
        parameters={"factor": 1000},
    ))
    derived.values, derived.period_from, derived.period_to      # each of shape (regions,)

Rules that hold for every method:

- `inputs` names what is computed from, in the order the catalogue declares. A name is looked up in
  `series` first and in `facts` second; an unknown name is an `InputError`.
- Missing is NaN, in and out. Nothing is filled in, with one declared exception: `frequency`.
- The period of a result is the span of the observations that made it, in fractional years (2024 is
  2024.0, March 2024 is 2024 + 2/12). Facts have no period unless `fact_periods` gives one.
- Parameters come from the catalogue: numbers, or text with commas for lists.

`DERIVATIONS` maps each method's name to its function; `derive` looks it up and checks the input.
"""

from sinergi.analysis.derive.frame import DerivationInput, Derived
from sinergi.analysis.derive.levels import (
    difference,
    gap_to_national_median,
    lq,
    normative_balance,
    ratio,
    scale,
    share,
    total,
)
from sinergi.analysis.derive.registry import DERIVATIONS, derive
from sinergi.analysis.derive.trends import change, frequency, growth, mean_recent, volatility

__all__ = [
    "DERIVATIONS",
    "DerivationInput",
    "Derived",
    "change",
    "derive",
    "difference",
    "frequency",
    "gap_to_national_median",
    "growth",
    "lq",
    "mean_recent",
    "normative_balance",
    "ratio",
    "scale",
    "share",
    "total",
    "volatility",
]
