"""Puts the profile of one region together."""

import threading
from collections import OrderedDict
from typing import NamedTuple

from sinergi.opportunities import queries
from sinergi.opportunities.ground import Ground
from sinergi.opportunities.missing import missing
from sinergi.opportunities.profile.economy import economy
from sinergi.opportunities.profile.facts import facts
from sinergi.opportunities.profile.indicators import indicators
from sinergi.opportunities.profile.needs import affairs
from sinergi.opportunities.profile.partners import opportunities, partners, places_of, taking_part
from sinergi.opportunities.profile.records import AffairStanding, Facts, Partner, RegionProfile
from sinergi.opportunities.results import Opportunity
from sinergi.opportunities.settings import MapSettings

TOP = 12
"""Opportunities shown of one region or province."""
KEPT = 64
"""Profiles kept: a page, its tables and the other language ask for the same one."""

_lock = threading.Lock()
_kept: OrderedDict[tuple[str, str, str, str], RegionProfile] = OrderedDict()


def profile(code: str, settings: MapSettings | None = None) -> RegionProfile:
    """Return everything Sinergi can say of a province, regency or city.

    Parameters
    ----------
    code
        Kemendagri code.
    settings
        Under which map needs, opportunities and partners are told; which regions the settings ask for is
        left aside. Of a province, partners are sought among its own regions.

    Raises
    ------
    UnknownRegion
        When there is no such region; the nation has no profile.
    SettingsError
        As `queries.computed_map`.
    """
    chosen = (settings or MapSettings()).but(regions=(), top=TOP)
    base = queries.ground()
    key = (base.evidence_version, base.catalogue_version, code, chosen.digest)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    found = _build(base, code, chosen)
    with _lock:
        _kept[key] = found
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return found


def _build(base: Ground, code: str, chosen: MapSettings) -> RegionProfile:
    about = facts(code)
    mapped = (_of_province if about.level == "province" else _of_region)(about, chosen)
    return RegionProfile(
        facts=about,
        economy=economy(code),
        indicators=indicators(code),
        affairs=mapped.affairs,
        opportunities=mapped.opportunities,
        opportunities_total=mapped.total,
        groups=mapped.groups,
        partners=mapped.partners,
        missing=tuple(missing(code)),
        evidence_version=base.evidence_version,
        evidence_as_of=base.as_of,
        catalogue_version=base.catalogue_version,
    )


class _Mapped(NamedTuple):
    """What the map says of a region."""

    affairs: tuple[AffairStanding, ...]
    opportunities: tuple[Opportunity, ...]
    total: int
    groups: int
    partners: tuple[Partner, ...]


def _of_region(about: Facts, settings: MapSettings) -> _Mapped:
    computed = queries.computed_map(settings)
    return _Mapped(
        affairs=affairs(computed, about.code, taking_part(computed, about.code)),
        opportunities=opportunities(computed, about.code, settings.top),
        total=len(places_of(computed, about.code)),
        groups=len(computed.order),
        partners=partners(computed, about.code),
    )


def _of_province(about: Facts, settings: MapSettings) -> _Mapped:
    found = queries.opportunity_map(settings.but(within=(about.code,)))
    return _Mapped((), found.opportunities, found.total, found.total, ())
