"""Which evidence would matter most if somebody brought it."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sinergi.evidence import queries as evidence
from sinergi.evidence.queries import IndicatorInfo
from sinergi.opportunities.ground import Ground
from sinergi.opportunities.queries import ground
from sinergi.opportunities.settings import MapSettings
from sinergi.reference import queries as reference
from sinergi.reference.catalogue import CooperationObject, IndicatorUse

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Dependence:
    """One object in which an indicator speaks."""

    object: str
    name_id: str
    name_en: str
    side: str
    """need or strength."""
    share: float
    """Share of the indicator in the weights of that side, 0-1."""
    unlocks: int
    """Regions in which the side has too little coverage now and would have enough with this evidence."""

    def name(self, language: str) -> str:
        """Return the name in `language`; Indonesian unless the language is English."""
        return self.name_en if language.startswith("en") else self.name_id


@dataclass(frozen=True, slots=True)
class MissingEvidence:
    """Evidence that is not there, and what hangs on it."""

    kind: str
    """indicator: the catalogue uses it and regions lack it; object: no evidence at all for the object."""
    code: str
    name_id: str
    name_en: str
    objects: tuple[Dependence, ...]
    """What would become firmer or computable; empty for an object."""
    missing: int
    """Regions without any value."""
    old: int
    """Regions whose value is older than the map counts."""
    regions: int
    """Regions asked about."""
    importance: float
    """Sum over objects of share * regions without a usable value / regions; 0 for an object."""
    last_period: str
    """Of the newest value among the regions; empty when there is none."""
    lacks_id: str = ""
    lacks_en: str = ""

    def name(self, language: str) -> str:
        """Return the name in `language`; Indonesian unless the language is English."""
        return self.name_en if language.startswith("en") else self.name_id

    def lacks(self, language: str) -> str:
        """Return which evidence an object lacks, in `language`."""
        return self.lacks_en if language.startswith("en") else self.lacks_id

    @property
    def unlocks(self) -> int:
        """Return how many pairs of region and side of an object would become computable."""
        return sum(one.unlocks for one in self.objects)


def missing(region: str | None = None) -> list[MissingEvidence]:
    """Return the evidence that would matter most, the most important first; then objects without any.

    Parameters
    ----------
    region
        A regency or city, or anything that stands for several (province, island group, association);
        None for the nation.

    Raises
    ------
    UnknownRegion
        With what could have been meant.
    """
    base = ground()
    wanted = None if region is None else reference.region_codes_within(region)
    inside = np.array([wanted is None or code in wanted for code in base.codes], dtype=bool)
    info = evidence.indicator_catalogue()
    found = [_indicator(base, code, inside, info[code]) for code in _used(base)]
    lacking = [one for one in found if one.missing or one.old]
    lacking.sort(key=lambda one: (-one.importance, one.code))
    return lacking + [_object(one) for one in reference.catalogue().values() if not one.computable]


def oldest_allowed(base: Ground) -> dict[str, int]:
    """Return for each indicator in use the age in years beyond which no object counts it."""
    ages: dict[str, int] = {}
    for _, use in _uses(base):
        ages[use.indicator] = max(ages.get(use.indicator, 0), use.max_age)
    return ages


def _uses(base: Ground) -> Iterator[tuple[CooperationObject, IndicatorUse]]:
    for item in base.objects.values():
        for use in item.indicators:
            yield item, use


def _used(base: Ground) -> list[str]:
    return list(dict.fromkeys(use.indicator for _, use in _uses(base)))


def _indicator(base: Ground, code: str, inside: Mask, info: IndicatorInfo) -> MissingEvidence:
    """Return what hangs on one indicator in the regions `inside` (n,)."""
    column = base.readings.codes.index(code)
    there = np.isfinite(base.readings.values[:, column])
    too_old = base.too_old(
        column, max(use.max_age for _, use in _uses(base) if use.indicator == code)
    )
    objects, importance = [], 0.0
    for item, use in _uses(base):
        if use.indicator != code:
            continue
        without = inside & ~_normalised(base, item, use)
        one = _dependence(base, item, use, without)
        objects.append(one)
        importance += one.share * int(without.sum()) / max(int(inside.sum()), 1)
    objects.sort(key=lambda one: (-one.share, one.object))
    years = np.where(inside & there, base.readings.years[:, column], -np.inf)
    newest = int(np.argmax(years))
    dated = np.isfinite(years[newest])
    return MissingEvidence(
        kind="indicator",
        code=code,
        name_id=info.name_id,
        name_en=info.name_en,
        objects=tuple(objects),
        missing=int((inside & ~there).sum()),
        old=int((inside & there & too_old).sum()),
        regions=int(inside.sum()),
        importance=importance,
        last_period=str(base.readings.periods[newest, column]) if dated else "",
    )


def _normalised(base: Ground, item: CooperationObject, use: IndicatorUse) -> Mask:
    """Return where (n,) the observation counts for the object."""
    side = base.sides[item.code][use.side]
    return np.asarray(np.isfinite(side.normalised[:, side.uses.index(use)]), dtype=bool)


def _dependence(
    base: Ground, item: CooperationObject, use: IndicatorUse, without: Mask
) -> Dependence:
    side = base.sides[item.code][use.side]
    weights = np.array([one.weight for one in side.uses])
    coverage = np.isfinite(side.normalised) @ weights / weights.sum()
    share = float(use.weight / weights.sum())
    least = MapSettings().min_coverage
    unlocked = without & (coverage < least) & (coverage + share >= least)
    return Dependence(
        object=item.code,
        name_id=item.name_id,
        name_en=item.name_en,
        side=use.side,
        share=share,
        unlocks=int(unlocked.sum()),
    )


def _object(item: CooperationObject) -> MissingEvidence:
    """Return an object that nothing shipped speaks for."""
    return MissingEvidence(
        kind="object",
        code=item.code,
        name_id=item.name_id,
        name_en=item.name_en,
        objects=(),
        missing=0,
        old=0,
        regions=0,
        importance=0.0,
        last_period="",
        lacks_id=item.lacks_id,
        lacks_en=item.lacks_en,
    )
