"""Reads of the room: the seam that other rooms call."""

from sinergi.reference.errors import Suggestion, UnknownRegion
from sinergi.reference.queries.checking import Finding, check_reference
from sinergi.reference.queries.finding import find_region, nearest_region
from sinergi.reference.queries.geography import (
    border_pairs,
    region_codes_within,
    region_table,
)
from sinergi.reference.queries.loads import (
    ActivityLine,
    activities,
    boundary_version,
    loaded_version,
)
from sinergi.reference.queries.packs import (
    affairs,
    agreement_families,
    agreement_stages,
    agreement_terms,
    associations,
    authority_rules,
    catalogue,
    catalogue_version,
    channel_aliases,
    clauses,
    derived,
    forget_packs,
    funding_channels,
    funding_origins,
    funding_rules,
    islands,
    pack,
    partner_type_rules,
    work_words,
)
from sinergi.reference.tables import BorderPairs, RegionTable

__all__ = [
    "ActivityLine",
    "BorderPairs",
    "Finding",
    "RegionTable",
    "Suggestion",
    "UnknownRegion",
    "activities",
    "affairs",
    "agreement_families",
    "agreement_stages",
    "agreement_terms",
    "associations",
    "authority_rules",
    "border_pairs",
    "boundary_version",
    "catalogue",
    "catalogue_version",
    "channel_aliases",
    "check_reference",
    "clauses",
    "derived",
    "find_region",
    "forget_packs",
    "funding_channels",
    "funding_origins",
    "funding_rules",
    "islands",
    "loaded_version",
    "nearest_region",
    "pack",
    "partner_type_rules",
    "region_codes_within",
    "region_table",
    "work_words",
]
