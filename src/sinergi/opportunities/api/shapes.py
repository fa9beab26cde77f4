"""Shapes of what the map says, for the OpenAPI document."""

from typing import Any, Literal

from ninja import Field, Schema

from sinergi.opportunities.results import Change, LegalNotes, Link, Reason


class EvidenceVersion(Schema):
    """From which evidence and which catalogue something was computed."""

    version: str = Field(examples=["b61b5f9c0d3e"])
    as_of: str = Field(description="Last period of any observation in use.", examples=["2024"])
    catalogue: str


class Names(Schema):
    """A name in both languages."""

    id: str
    en: str


class GroupMember(Schema):
    """A region in an opportunity."""

    code: str = Field(examples=["63.72"])
    name: str = Field(examples=["Kota Banjarbaru"])
    role: str = Field(examples=["host"])


class MemberInFull(GroupMember):
    """A region in an opportunity, with what it brings."""

    adds: float = Field(description="What the group loses in link scores without it.")
    need: float | None = Field(description="0-1; null without enough evidence.")
    strength: float | None = Field(description="0-1; null without enough evidence.")
    coverage: float = Field(description="Share of the evidence that is there, 0-1.")
    saves: float | None = Field(description="IDR a year that the group loses without it.")


class Savings(Schema):
    """Savings by a cost curve, IDR a year; always an estimate."""

    alone: float
    together: float
    source: str
    saving: float


class OpportunityLine(Schema):
    """A cooperation object and a group of regions that would gain from it."""

    rank: int
    object: str = Field(examples=["TPA_REGIONAL"])
    object_name: Names
    affair: str = Field(examples=["2.11"])
    logic: str = Field(examples=["ADJACENT"])
    members: list[GroupMember]
    score: float = Field(description="0-1.")
    parts: dict[str, float] = Field(description="need, strength, proximity, gain; 0-1 each.")
    weights: dict[str, float] = Field(description="Weight of each part; they add up to 1.")
    coverage: float
    acceptability: float | None = Field(
        description="Share of weight draws in which it stays in the top ten."
    )
    mandatory_candidate: bool = Field(description="A person decides; it is never declared.")
    geographic_type: str
    province_required: list[str]
    links: list[Link]
    money: Savings | None


class OpportunityWithReasons(OpportunityLine):
    """An opportunity of the map with the observations that made its score."""

    reasons: list[Reason]


class MapDocument(Schema):
    """The ranked map, as the page offers it for download."""

    evidence: EvidenceVersion
    settings: dict[str, Any]
    total: int = Field(description="How many opportunities there are under these settings.")
    opportunities: list[OpportunityWithReasons]


class ExplanationDocument(OpportunityLine):
    """One opportunity in full: the contributions add up to the score."""

    evidence: EvidenceVersion
    settings: dict[str, Any]
    members: list[MemberInFull]  # type: ignore[assignment]
    contributions: dict[str, float] = Field(description="Points of each part.")
    reasons: list[Reason]
    missing: list[Reason]
    legal: LegalNotes
    changes: list[Change]
    vetoes: list[str]
    defaults: list[str]
    caveat: Names
    provenance: str


class GeoCollection(Schema):
    """A feature collection (RFC 7946): a line for each opportunity, between the seats of its members."""

    type: Literal["FeatureCollection"]
    features: list[dict[str, Any]]


class RegionOnMap(Schema):
    """What the map shows of one region."""

    code: str
    name: str
    level: str
    province: str = Field(description="Code of its province.")
    need: float | None = Field(description="For the one object that is asked for; otherwise null.")
    strength: float | None
    coverage: float | None
    opportunities: int
    best: float | None = Field(description="Score of the best opportunity it takes part in.")
