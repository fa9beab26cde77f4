"""What the map says: opportunities, their members, parts and reasons, as values."""

from dataclasses import dataclass, field

from sinergi.reference.catalogue import CooperationObject


@dataclass(frozen=True, slots=True)
class Member:
    """A region in an opportunity."""

    code: str
    name: str
    role: str
    """host, spoke, supplier, buyer, mentor, learner, neighbour, member, stop, upstream, downstream."""
    adds: float
    """What the group's value loses when this region stays away: the sum of its link scores."""
    need: float | None
    strength: float | None
    coverage: float
    saves: float | None = None
    """With a cost curve: IDR a year that the group loses when this region stays away."""


@dataclass(frozen=True, slots=True)
class Link:
    """A line on the map: who works with whom inside a group."""

    a: str
    b: str
    score: float
    km: float
    borders: bool


@dataclass(frozen=True, slots=True)
class Money:
    """Savings by a cost curve, IDR per year. Always an estimate."""

    alone: float
    together: float
    source: str

    @property
    def saving(self) -> float:
        """Stand-alone costs minus joint cost, IDR per year."""
        return self.alone - self.together


@dataclass(frozen=True, slots=True)
class Opportunity:
    """A cooperation object and a group of regions that would gain from it."""

    rank: int
    object: CooperationObject
    logic: str
    members: tuple[Member, ...]
    score: float
    parts: dict[str, float]
    """need, strength, proximity, gain; a part the object has no evidence for is absent."""
    weights: dict[str, float]
    """Weight of each part in `parts`; they add up to 1."""
    coverage: float
    links: tuple[Link, ...]
    mandatory_candidate: bool
    """Bordering, externality by the catalogue, and cheaper together by a cost curve: a person decides."""
    cheaper: bool | None
    """Whether a cost curve shows the group cheaper than its members alone; None: no curve."""
    geographic_type: str
    """a, b, c or d of Permendagri 22/2020 for a mandatory candidate, otherwise empty."""
    province_required: tuple[str, ...]
    among: int
    """How many opportunities the map ranks; `rank` is a place among them."""
    acceptability: float | None
    """Share of weight redraws in which it stays in the top ten of the same map; None where the map has no
    more than ten, of which all would always be there."""
    money: Money | None = None

    @property
    def key(self) -> str:
        """Return the codes of the members in order, joined by `+`: with the object, its identity."""
        return "+".join(sorted(member.code for member in self.members))


@dataclass(frozen=True, slots=True)
class Reason:
    """One observation and what it contributes to the score."""

    member: str
    part: str
    """need or strength."""
    indicator: str
    name_id: str
    name_en: str
    value: float | None
    unit: str
    period: str
    source: str
    flag: str
    """official, estimate, imputed or default; empty when missing."""
    kind: str
    """measure or proxy."""
    normaliser: str
    peer_rank: int | None
    """1 is the greatest need (or strength) among peers."""
    peer_count: int
    normalised: float | None
    weight: float
    """Share of the indicator in its side, after leaving out what is missing."""
    contribution: float
    """Points of the group's score that come from this observation."""
    note_id: str = ""
    note_en: str = ""


@dataclass(frozen=True, slots=True)
class FundingOption:
    """Whether a channel can pay for an opportunity."""

    code: str
    name_id: str
    name_en: str
    fits: bool
    reasons: tuple[str, ...]
    """Codes of `rules.FUNDING_REASONS` that speak against it, or `named_by_object`."""
    needs_id: str
    needs_en: str
    access_path_id: str
    access_path: str
    provenance: str

    @property
    def verdict(self) -> str:
        """Return named (fits and named for the object), possible (on its conditions) or cannot."""
        if not self.fits:
            return "cannot"
        return "named" if "named_by_object" in self.reasons else "possible"


@dataclass(frozen=True, slots=True)
class LegalNotes:
    """What law says about an opportunity; each line a fact of the pack or a question to a person."""

    family: str
    documents: tuple[str, ...]
    authority: tuple[str, ...]
    lead: str
    """PUSAT, PROVINSI or KABKOTA."""
    province_required: tuple[str, ...]
    mandatory_candidate: bool
    """All three tests hold: a person decides."""
    mandatory_possible: bool
    """No test fails, but one is not known."""
    geographic_type: str
    tests: dict[str, bool | None]
    """bordering, externality, cheaper: True, False or None (not known)."""
    takeover: str
    """governor or centre, for a mandatory candidate; otherwise empty."""
    feasibility_study: bool
    central_approval: bool
    funding: tuple[FundingOption, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A change of weight or of an observation that would alter the rank."""

    what: str
    """A part (`need`), or `member:indicator`."""
    before: float
    after: float
    rank_before: int
    rank_after: int
    """0 where the map would no longer form this group."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """One opportunity in full: the parts add up to the score, the reasons to their parts."""

    opportunity: Opportunity
    reasons: tuple[Reason, ...]
    contributions: dict[str, float]
    """Points per part; they add up to the score."""
    legal: LegalNotes
    changes: tuple[Change, ...]
    missing: tuple[Reason, ...]
    vetoes: tuple[str, ...] = ()
    """Codes of `rules.VETOES` that speak against this group; empty for groups of the map."""
    evidence_version: str = ""
    """Version of the evidence it was computed from; a priority list keeps it with its snapshot."""
    evidence_as_of: str = ""
    catalogue_version: str = ""


@dataclass(frozen=True, slots=True)
class OpportunityMap:
    """All opportunities under one setting, ranked."""

    evidence_version: str
    evidence_as_of: str
    catalogue_version: str
    opportunities: tuple[Opportunity, ...]
    total: int
    """How many there were before `top` cut the list."""
    need: dict[str, dict[str, float]] = field(default_factory=dict)
    """Per object: region code to need, 0-1; regions without enough evidence are absent."""
    strength: dict[str, dict[str, float]] = field(default_factory=dict)
    coverage: dict[str, dict[str, float]] = field(default_factory=dict)
    count: dict[str, int] = field(default_factory=dict)
    """Region code to the number of opportunities it takes part in, over all of `total`."""
    best: dict[str, float] = field(default_factory=dict)
    """Region code to the score of the best of them."""
