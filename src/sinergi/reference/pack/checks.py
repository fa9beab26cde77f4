"""Checks what the files of a pack say about each other."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from sinergi.analysis.derive import DERIVATIONS
from sinergi.reference.catalogue import CooperationObject
from sinergi.reference.pack.agreement_stages import check_agreement_stages
from sinergi.reference.pack.agreements import check_agreements
from sinergi.reference.pack.issues import Issues
from sinergi.reference.pack.records import Pack

FACTS = ("fact.population", "fact.area_km2", "fact.ports", "fact.airports")
"""Facts of regions that derived indicators may use as inputs."""
ACTIVITY = re.compile(r"\d\.\d{2}\.\d{2}\.([1-8])\.\d{2}")
SEGMENT_AUTHORITY = {"1": "PROVINSI", "2": "KABKOTA"}
PARENT_LEVEL = {"province": "nation", "regency": "province", "city": "province"}


class _Known:
    """The codes that other files may name."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack

    @cached_property
    def regions(self) -> frozenset[str]:
        return frozenset(self.pack.region)

    @cached_property
    def affairs(self) -> frozenset[str]:
        return frozenset(affair.code for affair in self.pack.affairs)

    @cached_property
    def channels(self) -> frozenset[str]:
        return frozenset(channel.code for channel in self.pack.funding_channels)

    @cached_property
    def activities(self) -> frozenset[str]:
        return frozenset(activity.code for activity in self.pack.activities)

    @cached_property
    def indicators(self) -> frozenset[str]:
        return frozenset(one.code for one in (*self.pack.indicators, *self.pack.derived))

    @cached_property
    def sources(self) -> frozenset[str]:
        return frozenset(self.pack.source)


def check_pack(pack: Pack, issues: Issues) -> None:
    """Note everything in which the files contradict each other."""
    known = _Known(pack)
    _unique(pack, issues)
    _regions(pack, known, issues)
    _successions(pack, known, issues)
    _neighbours(pack, known, issues)
    _groups(pack, known, issues)
    _law(pack, known, issues)
    _funding(pack, known, issues)
    _matching(pack, known, issues)
    check_agreements(pack, issues)
    check_agreement_stages(pack.agreement_stages, known.sources, issues)
    _derived(pack, known, issues)
    for line, one in enumerate(pack.objects, start=2):
        _object(line, one, known, issues)


def _each(
    file: str, column: str, line: int, codes: Iterable[str], known: frozenset[str], issues: Issues
) -> None:
    """Note the codes of one cell that nobody declared."""
    for code in codes:
        if code not in known:
            issues.add(file, line, column, "unknown_code", value=code)


def _unique(pack: Pack, issues: Issues) -> None:
    files = {
        "regions.csv": [region.code for region in pack.regions],
        "affairs.csv": [affair.code for affair in pack.affairs],
        "islands.csv": [island.code for island in pack.islands],
        "associations.csv": [one.code for one in pack.associations],
        "funding_channels.csv": [channel.code for channel in pack.funding_channels],
        "funding_origins.csv": [one.channel for one in pack.funding_origins],
        "activities.csv": [activity.code for activity in pack.activities],
        "indicators.csv": [one.code for one in pack.indicators],
        "derived_indicators.csv": [one.code for one in pack.derived],
        "objects.csv": [one.code for one in pack.objects],
        "agreement_families.csv": [one.code for one in pack.agreement_families],
        "airports.csv": [one.code for one in pack.airports],
        "ports.csv": [one.code for one in pack.ports],
    }
    for file, codes in files.items():
        seen: Counter[str] = Counter()
        for line, code in enumerate(codes, start=2):
            seen[code] += 1
            if seen[code] > 1:
                issues.add(file, line, "code", "code_twice", value=code)
    both = {one.code for one in pack.indicators} & {one.code for one in pack.derived}
    for line, one in enumerate(pack.derived, start=2):
        if one.code in both:
            issues.add("derived_indicators.csv", line, "code", "code_twice", value=one.code)


def _regions(pack: Pack, known: _Known, issues: Issues) -> None:
    for line, region in enumerate(pack.regions, start=2):
        _each("regions.csv", "source", line, region.source, known.sources, issues)
        wanted = PARENT_LEVEL.get(region.level)
        parent = pack.region.get(region.parent)
        if wanted and (parent is None or parent.level != wanted):
            issues.add("regions.csv", line, "parent", "parent_missing", value=region.parent)
        if not wanted and region.parent:
            issues.add("regions.csv", line, "parent", "nation_has_parent", value=region.parent)
        if region.level != "nation" and (region.lat is None or region.lon is None):
            issues.add("regions.csv", line, "lat", "empty")


def _successions(pack: Pack, known: _Known, issues: Issues) -> None:
    for line, alias in enumerate(pack.aliases, start=2):
        _each("aliases.csv", "region", line, [alias.region], known.regions, issues)
    for line, one in enumerate(pack.successions, start=2):
        _each("successions.csv", "successor", line, [one.successor], known.regions, issues)
        _each("successions.csv", "source", line, one.source, known.sources, issues)
        if one.kind == "recoded" and one.predecessor in known.regions:
            issues.add("successions.csv", line, "predecessor", "still_valid", value=one.predecessor)


def _neighbours(pack: Pack, known: _Known, issues: Issues) -> None:
    for line, border in enumerate(pack.borders, start=2):
        _each("borders.csv", "a", line, [border.a, border.b], known.regions, issues)
        levels = {pack.region[code].level for code in (border.a, border.b) if code in known.regions}
        if levels - {"regency", "city"}:
            issues.add("borders.csv", line, "a", "border_of_a_province", a=border.a, b=border.b)
    for file, facilities in (("airports.csv", pack.airports), ("ports.csv", pack.ports)):
        for line, facility in enumerate(facilities, start=2):
            _each(file, "region", line, [facility.region], known.regions, issues)


def _groups(pack: Pack, known: _Known, issues: Issues) -> None:
    provinces = frozenset(one.code for one in pack.regions if one.level == "province")
    for line, island in enumerate(pack.islands, start=2):
        _each("islands.csv", "provinces", line, island.provinces, provinces, issues)
    for line, one in enumerate(pack.time_zones, start=2):
        _each("time_zones.csv", "province", line, [one.province], provinces, issues)
        _each("time_zones.csv", "source", line, one.source, known.sources, issues)
    for code in sorted(provinces - pack.zone.keys()):
        issues.add("time_zones.csv", 0, "province", "zone_missing", value=code)
    _each(
        "pack.toml", "administrative_provinces", 0, pack.administrative_provinces, provinces, issues
    )
    associations = frozenset(one.code for one in pack.associations)
    line = 2
    for body in pack.associations:
        if body.parent:
            _each("associations.csv", "parent", 0, [body.parent], associations, issues)
        for member in body.members:
            _each("association_members.csv", "region", line, [member], known.regions, issues)
            line += 1


def _law(pack: Pack, known: _Known, issues: Issues) -> None:
    for line, rule in enumerate(pack.authority_rules, start=2):
        _each("authority_rules.csv", "affair", line, [rule.affair], known.affairs, issues)
        if rule.activity:
            codes = [rule.activity]
            _each("authority_rules.csv", "activity", line, codes, known.activities, issues)
    provinces = frozenset(one.code for one in pack.regions if one.level == "province")
    for line, more in enumerate(pack.further_levels, start=2):
        _each("further_levels.csv", "province", line, more.provinces, provinces, issues)
        affairs = [more.affair] if more.affair else []
        _each("further_levels.csv", "affair", line, affairs, known.affairs, issues)
    for line, service in enumerate(pack.spm_services, start=2):
        _each("spm_services.csv", "affair", line, [service.affair], known.affairs, issues)
    for line, channel in enumerate(pack.funding_channels, start=2):
        _each("funding_channels.csv", "affairs", line, channel.affairs, known.affairs, issues)
    for line, activity in enumerate(pack.activities, start=2):
        form = ACTIVITY.fullmatch(activity.code)
        if form is None:
            issues.add("activities.csv", line, "code", "not_an_activity", value=activity.code)
        elif SEGMENT_AUTHORITY.get(form[1], activity.level) != activity.level:
            issues.add("activities.csv", line, "level", "level_disagrees", value=activity.code)


def _funding(pack: Pack, known: _Known, issues: Issues) -> None:
    for line, asked in enumerate(pack.funding_rules, start=2):
        _each("funding_rules.csv", "channel", line, [asked.channel], known.channels, issues)
        declared = {"combines": known.channels, "excludes": known.channels, "affair": known.affairs}
        if asked.kind in declared:
            _each("funding_rules.csv", "value", line, asked.values, declared[asked.kind], issues)
    for line, origin in enumerate(pack.funding_origins, start=2):
        _each("funding_origins.csv", "channel", line, [origin.channel], known.channels, issues)
    for line, alias in enumerate(pack.channel_aliases, start=2):
        _each("channel_aliases.csv", "channels", line, alias.channels, known.channels, issues)


def _matching(pack: Pack, known: _Known, issues: Issues) -> None:
    for line, short in enumerate(pack.abbreviations, start=2):
        _each("abbreviations.csv", "source", line, [short.source], known.sources, issues)
    for line, word in enumerate(pack.matching_words, start=2):
        _each("matching_words.csv", "source", line, [word.source], known.sources, issues)


def _derived(pack: Pack, known: _Known, issues: Issues) -> None:
    file = "derived_indicators.csv"
    ready = {one.code for one in pack.indicators} | set(FACTS)
    for line, one in enumerate(pack.derived, start=2):
        if one.method not in DERIVATIONS:
            issues.add(file, line, "method", "unknown_method", value=one.method)
        for code in one.inputs:
            if code in ready:
                continue
            later = code in known.indicators
            issues.add(
                file, line, "inputs", "used_before_it" if later else "unknown_code", value=code
            )
        ready.add(one.code)


def _object(line: int, one: CooperationObject, known: _Known, issues: Issues) -> None:
    file = "objects.csv"
    _each(file, "affair", line, [one.affair], known.affairs, issues)
    _each(file, "secondary_affairs", line, one.secondary_affairs, known.affairs, issues)
    _each(file, "funding", line, one.funding, known.channels, issues)
    _each(file, "activity", line, [one.activity], known.activities, issues)
    form = ACTIVITY.fullmatch(one.activity)
    if form is None:
        issues.add(file, line, "activity", "not_an_activity", value=one.activity)
    elif one.authority != ("PUSAT",) and SEGMENT_AUTHORITY.get(form[1]) not in one.authority:
        wanted = ", ".join(one.authority)
        issues.add(file, line, "activity", "level_disagrees", value=one.activity, authority=wanted)
    if one.legal_class == "wajib_if_trigger" and bool(one.trigger_id) != bool(one.trigger_en):
        issues.add(file, line, "trigger_en", "one_language_only")
    if one.computed_logic not in (one.logic, one.secondary_logic):
        issues.add(file, line, "computed_logic", "logic_not_declared", value=one.computed_logic)
    used = [use.indicator for use in one.indicators]
    if one.cost_curve:
        used.append(one.cost_curve.quantity)
    if one.margin:
        used.append(one.margin.price)
    for code in used:
        if code not in known.indicators:
            where = ("object_indicators.csv", one.code, code)
            place = issues.lines.get(where, 0)
            issues.add(where[0], place, "indicator", "unknown_code", value=code, object=one.code)
