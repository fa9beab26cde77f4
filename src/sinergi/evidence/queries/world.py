"""What one process has read of the evidence: columns, series and the labels of their sources."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sinergi.evidence.models import ImportBatch
from sinergi.evidence.queries.series_matrix import FloatArray, IntArray, SeriesMatrix
from sinergi.evidence.store import origin
from sinergi.reference.catalogue import DerivedIndicator
from sinergi.reference.queries import RegionTable


@dataclass(frozen=True, slots=True)
class SourceLabel:
    """Where a value comes from, as it is shown.

    Attributes
    ----------
    batch
        The import that brought it; 0 for what ships with Sinergi and for what was derived.
    imported
        Whether it, or something it is derived from, was imported.
    owner
        The organisation on whose shelf it stands; empty for the common evidence.
    """

    name: str
    licence: str
    batch: int = 0
    imported: bool = False
    owner: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """The latest values of one indicator; arrays follow `World.codes`."""

    values: FloatArray
    years: FloatArray
    """Fractional year of the end of the period; NaN where there is no value."""
    periods: NDArray[np.object_]
    ends: IntArray
    """End of the period as year * 100 + month; 0 where there is none."""
    flags: NDArray[np.uint8]
    sources: IntArray
    """Index into `World.labels`; -1 where there is no value."""


@dataclass(slots=True, eq=False)
class World:
    """Everything read so far under one version of the evidence."""

    codes: tuple[str, ...]
    keys: tuple[int, ...]
    row: dict[str, int]
    indicators: dict[str, int]
    declared: dict[str, DerivedIndicator]
    table: RegionTable
    labels: list[SourceLabel]
    label_of: dict[int, int]
    columns: dict[str, Column] = field(default_factory=dict)
    matrices: dict[str, SeriesMatrix] = field(default_factory=dict)


def empty_column(count: int) -> Column:
    """Return a column in which every region is missing."""
    return Column(
        values=np.full(count, np.nan),
        years=np.full(count, np.nan),
        periods=np.full(count, "", dtype=object),
        ends=np.zeros(count, dtype=np.int64),
        flags=np.zeros(count, dtype=np.uint8),
        sources=np.full(count, -1, dtype=np.int64),
    )


def label_index(here: World, key: int) -> int:
    """Return the index of the label of a source as `store.READ` names it; -1 for one that is not known.

    Values of an import have a label of their own, made at first use, that says which batch brought them.
    """
    if key not in here.label_of:
        source, batch = origin(key)
        if not batch or source not in here.label_of:
            return -1
        plain = here.labels[here.label_of[source]]
        owner = ImportBatch.objects.values_list("organisation__name", flat=True).get(pk=batch)
        here.label_of[key] = len(here.labels)
        here.labels.append(SourceLabel(plain.name, plain.licence, batch, True, owner or ""))
    return here.label_of[key]
