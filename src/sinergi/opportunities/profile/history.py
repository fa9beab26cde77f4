"""Values of all regions over time, kept in the process while the evidence stands."""

import threading
import warnings
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sinergi.evidence import queries as evidence
from sinergi.evidence.queries.columns import keep_few
from sinergi.evidence.queries.series_matrix import SeriesMatrix, period_label, read_matrices
from sinergi.evidence.queries.visible import indicators
from sinergi.reference.models import Region

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """All values of one indicator."""

    periods: tuple[str, ...]
    values: Floats
    """(regions, periods) in the order of `History.regions`; NaN where nothing is recorded."""


@dataclass(slots=True, eq=False)
class History:
    """What was read of the evidence over time."""

    regions: tuple[str, ...]
    row: dict[str, int]
    keys: tuple[int, ...]
    indicators: dict[str, int]
    tracks: dict[str, Track] = field(default_factory=dict)
    medians: dict[tuple[str, str], Floats] = field(default_factory=dict)

    def read(self, codes: Sequence[str]) -> None:
        """Read the indicators that were not read before; unknown codes have no track."""
        with _lock:
            new = [c for c in codes if c in self.indicators and c not in self.tracks]
            if not new:
                return
            found = read_matrices([self.indicators[c] for c in new], self.keys)
            for code in new:
                self.tracks[code] = _track(found[self.indicators[code]])

    def rows(self, codes: Sequence[str]) -> list[int]:
        """Return the rows of the regions that are known."""
        return [self.row[code] for code in codes if code in self.row]

    def median(self, indicator: str, group: str, codes: Sequence[str]) -> Floats:
        """Return the median over regions by period (periods,); `group` names the regions for the cache."""
        key = (indicator, group)
        if key not in self.medians:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", RuntimeWarning)
                part = self.tracks[indicator].values[self.rows(codes)]
                self.medians[key] = np.nanmedian(part, axis=0)
        return self.medians[key]


_lock = threading.RLock()
_histories: OrderedDict[str, History] = OrderedDict()


def history() -> History:
    """Return what this process has read under the evidence as it stands, empty at first."""
    version = evidence.evidence_version()
    with _lock:
        if version not in _histories:
            regions = tuple(Region.objects.order_by("code").values_list("code", "pk"))
            _histories[version] = History(
                regions=tuple(code for code, _ in regions),
                row={code: row for row, (code, _) in enumerate(regions)},
                keys=tuple(key for _, key in regions),
                indicators=dict(indicators().values_list("code", "pk")),
            )
        _histories.move_to_end(version)
        keep_few(_histories)
        return _histories[version]


def _track(matrix: SeriesMatrix) -> Track:
    return Track(tuple(period_label(int(p)) for p in matrix.periods), matrix.values)
