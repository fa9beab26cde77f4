"""Choose the set of projects that does the most good within the money there is."""

from sinergi.analysis.portfolio.check import Violation, check
from sinergi.analysis.portfolio.conflicts import Conflict, conflict_of, promised
from sinergi.analysis.portfolio.errors import SolverMissingError, UnknownSolverError
from sinergi.analysis.portfolio.instance import (
    FREE,
    PPM,
    Alternatives,
    Choice,
    Different,
    Instance,
    Joint,
    Pin,
    Precedence,
    RegionShare,
    score_of,
    spending,
)
from sinergi.analysis.portfolio.solving import Gap, Incumbent, Result, solve
from sinergi.analysis.portfolio.validate import validate
from sinergi.analysis.portfolio.variety import Variant, Variety, difference, variants
from sinergi.analysis.portfolio.ways import ways_of
from sinergi.analysis.portfolio.wishes import (
    Difference,
    hints,
    price_of_money,
    price_of_share,
    richer,
    wish,
)

__all__ = [
    "FREE",
    "PPM",
    "Alternatives",
    "Choice",
    "Conflict",
    "Difference",
    "Different",
    "Gap",
    "Incumbent",
    "Instance",
    "Joint",
    "Pin",
    "Precedence",
    "RegionShare",
    "Result",
    "SolverMissingError",
    "UnknownSolverError",
    "Variant",
    "Variety",
    "Violation",
    "check",
    "conflict_of",
    "difference",
    "hints",
    "price_of_money",
    "price_of_share",
    "promised",
    "richer",
    "score_of",
    "solve",
    "spending",
    "validate",
    "variants",
    "ways_of",
    "wish",
]
