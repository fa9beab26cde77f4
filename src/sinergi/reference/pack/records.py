"""What a loaded pack holds: geography, law and catalogue of one country."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Literal

from sinergi.reference.catalogue import (
    Affair,
    AgreementFamily,
    AgreementTerm,
    Association,
    ChannelAlias,
    CooperationObject,
    DerivedIndicator,
    FundingChannel,
    FundingOrigin,
    FundingRule,
    IslandGroup,
    Level,
    Named,
    WorkWord,
)
from sinergi.reference.clauses import ShippedClause
from sinergi.reference.pack.matching import Abbreviation, MatchingWord
from sinergi.reference.stages import AgreementStage

SuccessionKind = Literal["split", "reduced", "recoded", "merged", "renamed"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where facts come from, and under which terms they may be used."""

    code: str
    title: str
    period: str
    licence: str
    url: str


@dataclass(frozen=True, slots=True)
class RegionRecord:
    """A region as the pack knows it."""

    code: str
    name: str
    level: Level
    parent: str
    bps_code: str
    lat: float | None
    lon: float | None
    area_km2: float
    population: int
    population_date: str
    capital: str
    capital_lat: float | None
    capital_lon: float | None
    valid_from: date | None
    """None: since before the records of the pack begin."""
    valid_to: date | None
    """None: still valid."""
    source: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SuccessionRecord:
    """How one code followed another when regions changed."""

    predecessor: str
    successor: str
    date: date
    kind: SuccessionKind
    """split: a part became a region of its own; reduced: the same code went on with less land;
    recoded: the same land got a new code."""
    name: str
    source: tuple[str, ...]
    provenance: str


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of a region: an abbreviation or an older name."""

    alias: str
    region: str


@dataclass(frozen=True, slots=True)
class BorderRecord:
    """A land border between two regencies or cities; `a` sorts before `b`."""

    a: str
    b: str
    km: float


@dataclass(frozen=True, slots=True)
class Facility:
    """A port or an airport."""

    code: str
    name: str
    lat: float
    lon: float
    region: str
    iata: str = ""
    """Of an airport; empty where it has no code, as most military fields."""


@dataclass(frozen=True, slots=True)
class TimeZoneRecord:
    """In which zone the clocks of a province are read."""

    province: str
    zone: str
    """Its name in the database of the IANA, such as `Asia/Makassar`."""
    source: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AuthorityRule:
    """Which level acts, by a criterion of the object's size or place."""

    topic: str
    affair: str
    criterion_id: str
    level: str
    activity: str
    rule: str
    provenance: str


@dataclass(frozen=True, slots=True)
class FurtherLevel:
    """What governments of a level hold in some provinces that elsewhere another level holds."""

    provinces: tuple[str, ...]
    level: str
    """Of the government that holds more."""
    holds: str
    """The level whose affairs it holds, too."""
    affair: str
    """Empty: all affairs of that level."""
    source: str
    provenance: str


@dataclass(frozen=True, slots=True)
class PartnerTypeRule:
    """Which family of cooperation follows from who the partner is and what is done."""

    partner_type: str
    object_kind: str
    object_codes: tuple[str, ...]
    """The same as codes of the term `object_kind`; one rule may stand for several."""
    family: str
    """A family of agreements, or a term `other_way` where it is no cooperation of regions."""
    rule: str
    provenance: str


@dataclass(frozen=True, slots=True)
class SpmService:
    """A service under the minimum service standards (SPM)."""

    affair: str
    level: str
    service: str
    indicator: str
    provenance: str


@dataclass(frozen=True, slots=True)
class ActivityRecord:
    """An activity (kegiatan) of the nomenclature that objects or rules name."""

    code: str
    name: str
    level: str


@dataclass(frozen=True, slots=True)
class MeasuredIndicator(Named):
    """An indicator that the shipped evidence measures."""

    unit: str


@dataclass(frozen=True, eq=False)
class Pack:
    """Everything that the files of a country pack say, checked."""

    folder: Path
    version: str
    country: str
    name: str
    date: str
    language: str
    administrative_provinces: frozenset[str]
    """Provinces whose regencies and cities are not autonomous and cannot be a party themselves."""
    sources: tuple[Source, ...]
    regions: tuple[RegionRecord, ...]
    aliases: tuple[Alias, ...]
    successions: tuple[SuccessionRecord, ...]
    borders: tuple[BorderRecord, ...]
    islands: tuple[IslandGroup, ...]
    time_zones: tuple[TimeZoneRecord, ...]
    associations: tuple[Association, ...]
    airports: tuple[Facility, ...]
    ports: tuple[Facility, ...]
    affairs: tuple[Affair, ...]
    authority_rules: tuple[AuthorityRule, ...]
    further_levels: tuple[FurtherLevel, ...]
    funding_channels: tuple[FundingChannel, ...]
    partner_type_rules: tuple[PartnerTypeRule, ...]
    spm_services: tuple[SpmService, ...]
    activities: tuple[ActivityRecord, ...]
    indicators: tuple[MeasuredIndicator, ...]
    derived: tuple[DerivedIndicator, ...]
    objects: tuple[CooperationObject, ...]
    funding_rules: tuple[FundingRule, ...] = ()
    funding_origins: tuple[FundingOrigin, ...] = ()
    work_words: tuple[WorkWord, ...] = ()
    channel_aliases: tuple[ChannelAlias, ...] = ()
    agreement_families: tuple[AgreementFamily, ...] = ()
    agreement_terms: tuple[AgreementTerm, ...] = ()
    abbreviations: tuple[Abbreviation, ...] = ()
    matching_words: tuple[MatchingWord, ...] = ()
    agreement_stages: tuple[AgreementStage, ...] = ()
    clauses: tuple[ShippedClause, ...] = ()

    @cached_property
    def region(self) -> dict[str, RegionRecord]:
        """Regions by code."""
        return {region.code: region for region in self.regions}

    @cached_property
    def zone(self) -> dict[str, str]:
        """Time zones by the code of the province."""
        return {one.province: one.zone for one in self.time_zones}

    def zone_of(self, code: str) -> str:
        """Return the time zone of a region; empty where it is not known, as for a nation with several."""
        region = self.region.get(code)
        while region is not None and region.code not in self.zone:
            region = self.region.get(region.parent)
        return self.zone[region.code] if region is not None else ""

    @cached_property
    def source(self) -> dict[str, Source]:
        """Sources by code."""
        return {source.code: source for source in self.sources}

    @property
    def computable(self) -> tuple[CooperationObject, ...]:
        """The objects that the shipped evidence supports."""
        return tuple(one for one in self.objects if one.computable)
