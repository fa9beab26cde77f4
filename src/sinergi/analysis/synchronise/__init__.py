"""What does not fit across plans: tables of lines in, findings out."""

from sinergi.analysis.synchronise.run import synchronise
from sinergi.analysis.synchronise.shaping import comparable
from sinergi.analysis.synchronise.tables import (
    AMOUNTS,
    FINDINGS,
    JOINT,
    LINES,
    NEAR,
    PAIRS,
    PLANS,
    PROMISES,
    STAGES,
    Law,
    Settings,
)
from sinergi.analysis.synchronise.weight import KINDS, NOTES

__all__ = [
    "AMOUNTS",
    "FINDINGS",
    "JOINT",
    "KINDS",
    "LINES",
    "NEAR",
    "NOTES",
    "PAIRS",
    "PLANS",
    "PROMISES",
    "STAGES",
    "Law",
    "Settings",
    "comparable",
    "synchronise",
]
