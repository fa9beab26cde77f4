"""Deliberation: voting rules, how firm their results are, where voters differ, and whether in camps.

`conclude` turns a finished ballot into one result; the other names are its parts.
"""

from sinergi.analysis.deliberation.ballots import (
    Ballots,
    Kind,
    approval_ballots,
    ranking_ballots,
)
from sinergi.analysis.deliberation.camps import Camps, Verdict, find_camps
from sinergi.analysis.deliberation.differences import Difference, by_chance, differences
from sinergi.analysis.deliberation.firmness import Firmness, ItemFirmness
from sinergi.analysis.deliberation.outcome import CampSummary, Outcome, Rule, conclude
from sinergi.analysis.deliberation.places import Choice

__all__ = [
    "Ballots",
    "CampSummary",
    "Camps",
    "Choice",
    "Difference",
    "Firmness",
    "ItemFirmness",
    "Kind",
    "Outcome",
    "Rule",
    "Verdict",
    "approval_ballots",
    "by_chance",
    "conclude",
    "differences",
    "find_camps",
    "ranking_ballots",
]
