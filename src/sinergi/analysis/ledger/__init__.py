"""A ledger of public money: each amount has one source, one holder and one use; transfers are edges."""

from sinergi.analysis.ledger.build import build
from sinergi.analysis.ledger.cuts import LedgerOverflow, frame, totals
from sinergi.analysis.ledger.records import (
    Certainty,
    Edge,
    Entry,
    Ledger,
    Origin,
    Recorded,
    Row,
    Twice,
)
from sinergi.analysis.ledger.shares import apportion, spread
from sinergi.analysis.ledger.stages import Choice, Offer, choose

__all__ = [
    "Certainty",
    "Choice",
    "Edge",
    "Entry",
    "Ledger",
    "LedgerOverflow",
    "Offer",
    "Origin",
    "Recorded",
    "Row",
    "Twice",
    "apportion",
    "build",
    "choose",
    "frame",
    "spread",
    "totals",
]
