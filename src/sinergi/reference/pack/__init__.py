"""Country packs: law and geography as files that a person can read and correct."""

from sinergi.reference.pack.cells import CellTable, read_cells
from sinergi.reference.pack.issues import Issues, PackError, PackIssue
from sinergi.reference.pack.load import load_pack, read_pack
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
    "ActivityRecord",
    "AuthorityRule",
    "BorderRecord",
    "CellTable",
    "Facility",
    "Issues",
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
    "read_pack",
]
