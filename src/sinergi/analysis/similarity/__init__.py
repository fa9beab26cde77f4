"""Which plan lines are the same work: candidates, separate evidence, vetoes and a probability."""

from sinergi.analysis.similarity.dictionary import Dictionary
from sinergi.analysis.similarity.matching import evidence, match, match_exhaustively
from sinergi.analysis.similarity.model import DEFAULT, EVIDENCE, FEATURES, Model, design
from sinergi.analysis.similarity.vetoes import VETOES

__all__ = [
    "DEFAULT",
    "EVIDENCE",
    "FEATURES",
    "VETOES",
    "Dictionary",
    "Model",
    "design",
    "evidence",
    "match",
    "match_exhaustively",
]
