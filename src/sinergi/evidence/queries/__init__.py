"""What other rooms and pages read of the evidence."""

from sinergi.evidence.queries.batches import as_of, batch, batches, evidence_version
from sinergi.evidence.queries.catalogue import IndicatorInfo, indicator_catalogue
from sinergi.evidence.queries.readings import Readings, peer_values, readings
from sinergi.evidence.queries.rows import (
    ObservationFilter,
    ObservationRow,
    history,
    observation_rows,
)
from sinergi.evidence.queries.series import series
from sinergi.evidence.queries.world import SourceLabel
from sinergi.evidence.units import unit_label

__all__ = [
    "IndicatorInfo",
    "ObservationFilter",
    "ObservationRow",
    "Readings",
    "SourceLabel",
    "as_of",
    "batch",
    "batches",
    "evidence_version",
    "history",
    "indicator_catalogue",
    "observation_rows",
    "peer_values",
    "readings",
    "series",
    "unit_label",
]
