"""Country packs: law and geography as files that a person can read and correct."""

from sinergi.reference.pack.cells import CellTable, read_cells
from sinergi.reference.pack.issues import Issues, PackError, PackIssue
from sinergi.reference.pack.load import load_pack, read_pack
from sinergi.reference.pack.matching import (
    Abbreviation,
    LabelledLine,
    LabelledPair,
    MatchingModel,
    MatchingWord,
    read_labelled_pairs,
    read_matching_model,
    read_ordinary_words,
)
from sinergi.reference.pack.records import (
    ActivityRecord,
    AuthorityRule,
    BorderRecord,
    Facility,
    MeasuredIndicator,
    Pack,
    PartnerTypeRule,
    RegionRecord,
    Source,
    SpmService,
    SuccessionRecord,
)

__all__ = [
    "Abbreviation",
    "ActivityRecord",
    "AuthorityRule",
    "BorderRecord",
    "CellTable",
    "Facility",
    "Issues",
    "LabelledLine",
    "LabelledPair",
    "MatchingModel",
    "MatchingWord",
    "MeasuredIndicator",
    "Pack",
    "PackError",
    "PackIssue",
    "PartnerTypeRule",
    "RegionRecord",
    "Source",
    "SpmService",
    "SuccessionRecord",
    "load_pack",
    "read_cells",
    "read_labelled_pairs",
    "read_matching_model",
    "read_ordinary_words",
    "read_pack",
]
