"""What pages, the command line and notebooks ask: the map, one opportunity, scores of one object."""

import threading
from collections import OrderedDict
from concurrent.futures import Executor

import numpy as np
from numpy.typing import NDArray

from sinergi.evidence import queries as evidence
from sinergi.evidence.queries.columns import keep_few
from sinergi.evidence.scope import current
from sinergi.opportunities.compute import Computed, compute
from sinergi.opportunities.describe import known, opportunity
from sinergi.opportunities.explain import explain_members
from sinergi.opportunities.ground import Ground, lay_ground
from sinergi.opportunities.results import Explanation, OpportunityMap
from sinergi.opportunities.settings import MapSettings, SettingsError
from sinergi.reference import queries as reference

KEPT_MAPS = 32

_lock = threading.RLock()
_grounds: OrderedDict[tuple[str, str], Ground] = OrderedDict()
_computed: OrderedDict[tuple[str, str, str], Computed] = OrderedDict()


def ground() -> Ground:
    """Return the evidence and geography of today, in the scope that is open; the last few are kept."""
    key = (evidence.evidence_version(), reference.catalogue_version())
    with _lock:
        if key not in _grounds:
            found = lay_ground()
            _grounds[(found.evidence_version, found.catalogue_version)] = found
            keep_few(_grounds)
            _forget_maps()
            return found
        _grounds.move_to_end(key)
        return _grounds[key]


def _forget_maps() -> None:
    """Drop the maps of grounds that are not kept any more."""
    for key in [key for key in _computed if key[:2] not in _grounds]:
        del _computed[key]


def computed_map(settings: MapSettings, executor: Executor | None = None) -> Computed:
    """Return all groups under the settings; equal settings on equal evidence are computed once.

    Raises
    ------
    SettingsError
        When the settings name an object, affair, region or area that does not exist or cannot be used.
    """
    base = ground()
    _check_scope(settings)
    whole = settings.but(top=1)
    key = (base.evidence_version, base.catalogue_version, whole.digest)
    with _lock:
        if key in _computed:
            _computed.move_to_end(key)
            return _computed[key]
    check_codes(settings, base)
    found = compute(base, whole, universe(base, settings), executor)
    with _lock:
        if base in _grounds.values():
            _computed[key] = found
        while len(_computed) > KEPT_MAPS:
            _computed.popitem(last=False)
    return found


def is_kept(settings: MapSettings) -> bool:
    """Whether a map under these settings was computed lately, so that asking again costs little."""
    digest = settings.but(top=1).digest
    with _lock:
        return any(digest in key for key in _computed)


def _check_scope(settings: MapSettings) -> None:
    """Refuse settings that name other evidence than what is read: the result would say what it is not."""
    if settings.evidence and settings.evidence != current().code:
        raise SettingsError("evidence", settings.evidence, "unknown_code")


def opportunity_map(settings: MapSettings, executor: Executor | None = None) -> OpportunityMap:
    """Return the ranked opportunities under the settings.

    Scores per region are given for the objects that `settings.objects` names.

    Raises
    ------
    SettingsError
        As `computed_map`.
    """
    found = computed_map(settings, executor)
    base = found.ground
    total = len(found.listed)
    shown = tuple(opportunity(found, place) for place in range(min(settings.top, total)))
    named = [code for code in settings.objects if code in found.scores]
    count, best = _by_region(found)
    return OpportunityMap(
        evidence_version=base.evidence_version,
        evidence_as_of=base.as_of,
        catalogue_version=base.catalogue_version,
        opportunities=shown,
        total=total,
        need={code: _table(base, found.scores[code].field.need) for code in named},
        strength={code: _table(base, found.scores[code].field.strength) for code in named},
        coverage={code: _table(base, found.scores[code].coverage) for code in named},
        count=count,
        best=best,
    )


def explain(
    object_code: str, region_codes: tuple[str, ...] | list[str], settings: MapSettings | None = None
) -> Explanation:
    """Return one opportunity in full: any set of at least two regions, on the map or not.

    The rank is the one among the opportunities of the same object under the other settings.

    Raises
    ------
    SettingsError
        When the object or a region is unknown, the object has no evidence, or regions are too few or
        named twice.
    """
    base = ground()
    chosen = (settings or MapSettings()).but(objects=(object_code,), affairs=(), regions=())
    check_codes(chosen.but(regions=tuple(region_codes)), base)
    members = tuple(sorted(base.position[code] for code in region_codes))
    if len(set(members)) < 2 or len(set(members)) != len(members):
        raise SettingsError("regions", "+".join(region_codes), "too_few_or_twice")
    return explain_members(computed_map(chosen), object_code, members)


def check_codes(settings: MapSettings, known_ground: Ground | None = None) -> None:
    """Refuse settings that name what does not exist or cannot be used.

    Raises
    ------
    SettingsError
        With what could have been meant in `allowed`.
    """
    base = known_ground or ground()
    catalogue = reference.catalogue()
    for name, codes, there in (
        ("objects", settings.objects, catalogue),
        ("affairs", settings.affairs, reference.affairs()),
        ("regions", settings.regions, base.table.position),
        ("indicator_weights", settings.indicator_weights, catalogue),
    ):
        for code in codes:
            if code not in there:
                raise SettingsError(name, code, "unknown_code")
    for code in settings.objects:
        if code not in base.objects:
            raise SettingsError("objects", code, "not_computable")
    for code in settings.regions:
        if code not in base.position:
            raise SettingsError("regions", code, "not_a_member")
    for code in settings.within:
        try:
            reference.region_codes_within(code)
        except LookupError as error:
            raise SettingsError("within", code, "unknown_code") from error
    _check_indicators(settings, base)


def _check_indicators(settings: MapSettings, base: Ground) -> None:
    """Refuse weights for indicators that do not speak for their object."""
    for code, given in settings.indicator_weights.items():
        uses = base.objects[code].indicators if code in base.objects else ()
        there = [f"{use.side}:{use.indicator}" for use in uses]
        for name in given:
            if name not in there:
                where = f"indicator_weights.{code}"
                raise SettingsError(where, name, "unknown_indicator", ", ".join(there))


def universe(base: Ground, settings: MapSettings) -> NDArray[np.bool_]:
    """Return which regions partners are sought among, as a mask (n,)."""
    inside = base.population >= settings.population_min
    if settings.population_max is not None:
        inside = inside & (base.population <= settings.population_max)
    for code in settings.within:
        members = reference.region_codes_within(code)
        inside = inside & np.array([region in members for region in base.codes])
    return inside


def _table(base: Ground, values: NDArray[np.float64]) -> dict[str, float]:
    """Return region code to value, without what is missing."""
    return {
        code: value
        for code, value in zip(base.codes, map(known, values.tolist()), strict=True)
        if value is not None
    }


def _by_region(found: Computed) -> tuple[dict[str, int], dict[str, float]]:
    """Return for each region in how many opportunities it takes part, and the best score among them."""
    count: dict[str, int] = {}
    best: dict[str, float] = {}
    codes = found.ground.codes
    for row in found.order.tolist():
        _, _, group, _ = found.group(row)
        for member in group.members:
            code = codes[member]
            count[code] = count.get(code, 0) + 1
            best.setdefault(code, float(found.score[row]))
    return count, best
