"""The words of a country pack: what law and map say, as values that never change while the program runs."""

from dataclasses import dataclass, field
from typing import Literal

Level = Literal["nation", "province", "regency", "city"]
Side = Literal["need", "strength"]
Normaliser = Literal["peer_rank", "national_rank", "standard"]
"""Rank among cities or among regencies, rank among both together, or distance to a standard."""
Kind = Literal["measure", "proxy"]
Logic = Literal[
    "ADJACENT",
    "HUB_SPOKE",
    "COMPLEMENTARY",
    "PEER",
    "WATERSHED",
    "CLUSTER",
    "NETWORK",
    "CORRIDOR",
    "MIGRATION_LINK",
]


@dataclass(frozen=True, slots=True)
class Named:
    """Anything with an Indonesian and an English name."""

    code: str
    name_id: str
    name_en: str

    def name(self, language: str) -> str:
        """Return the name in `language`; Indonesian unless the language is English."""
        return self.name_en if language.startswith("en") else self.name_id


@dataclass(frozen=True, slots=True)
class Affair(Named):
    """A government affair (urusan) or a supporting element, by its two-part code."""

    group: str


@dataclass(frozen=True, slots=True)
class IndicatorUse:
    """How one indicator speaks for the need or the strength of a region in one cooperation object."""

    side: Side
    indicator: str
    normaliser: Normaliser
    rises: bool
    """True when a higher value means more need (or more strength)."""
    weight: float
    kind: Kind
    good: float | None = None
    """With `standard`: the value at which the score is 0 (need) or 1 (strength)."""
    bad: float | None = None
    """With `standard`: the value at which the score is 1 (need) or 0 (strength)."""
    max_age: int = 8
    """Years after which an observation is too old to count as coverage."""
    note_id: str = ""
    note_en: str = ""
    provenance: str = ""


@dataclass(frozen=True, slots=True)
class CostCurve:
    """Yearly cost of serving a quantity: `coefficient * quantity ** exponent`, plus transport."""

    quantity: str
    """Indicator that holds the quantity a region brings, per year."""
    unit: str
    coefficient: float
    """IDR per year at quantity 1."""
    exponent: float
    """Below 1: economies of scale."""
    transport: float
    """IDR per unit of quantity and km."""
    source_id: str
    source: str
    provenance: str


@dataclass(frozen=True, slots=True)
class FreightMargin:
    """A supply pays only where the price gap exceeds freight and losses."""

    price: str
    """Indicator with the retail price, IDR per kg."""
    freight: float
    """IDR per kg and km."""
    loss: float
    """Share of the goods lost on the way, 0-1."""
    source_id: str
    source: str
    provenance: str


@dataclass(frozen=True, slots=True)
class CooperationObject(Named):
    """Something regions can do together, with everything that decides who fits whom."""

    affair: str
    secondary_affairs: tuple[str, ...]
    activity: str
    family: str
    document: str
    logic: Logic
    secondary_logic: Logic | None
    computed_logic: Logic
    """The logic that the shipped evidence allows; differs from `logic` where the latter lacks evidence."""
    adjacency: Literal["required", "preferred", "none"]
    reach_km: float
    authority: tuple[str, ...]
    """PUSAT, PROVINSI, KABKOTA."""
    authority_joint: bool
    """True when every level in `authority` must be a party (`PROVINSI+KABKOTA`)."""
    legal_class: Literal["wajib_if_trigger", "sukarela"]
    trigger_id: str
    trigger_en: str
    funding: tuple[str, ...]
    physical: bool
    members_min: int
    members_max: int
    caveat_id: str
    caveat_en: str
    need_words: str
    potential_words: str
    lacks_id: str
    lacks_en: str
    provenance: str
    indicators: tuple[IndicatorUse, ...] = ()
    cost_curve: CostCurve | None = None
    margin: FreightMargin | None = None
    defaults: tuple[str, ...] = ()
    """Names of the fields above whose value is an expert default and not a sourced fact."""

    @property
    def computable(self) -> bool:
        """Whether the evidence catalogue honestly supports this object."""
        return bool(self.indicators)

    def uses(self, side: Side) -> tuple[IndicatorUse, ...]:
        """Return the indicators that speak for one side."""
        return tuple(use for use in self.indicators if use.side == side)


@dataclass(frozen=True, slots=True)
class DerivedIndicator(Named):
    """An indicator computed from others by a method that `analysis.derive` knows."""

    unit: str
    better: Literal["higher", "lower", "neither"]
    method: str
    inputs: tuple[str, ...]
    parameters: dict[str, float | str] = field(hash=False)
    flag: Literal["official", "estimate", "imputed", "default"]
    """The least that the result can claim; it also inherits the weakest flag of its inputs."""
    formula: str
    source: str
    provenance: str


@dataclass(frozen=True, slots=True)
class FundingChannel(Named):
    """A way to pay, with the rule that says for what."""

    authorities: tuple[str, ...]
    """Authority levels of the object that the channel may pay for; empty: any."""
    recipients: tuple[str, ...]
    """Levels that can receive it: PUSAT, PROVINSI, KABKOTA."""
    affairs: tuple[str, ...]
    """Affairs it is limited to; empty: any."""
    physical: bool | None
    """True: only physical objects; False: only non-physical; None: both."""
    cooperation: bool
    """Whether it can pay for cooperation between regions at all."""
    needs_id: str
    needs_en: str
    rule: str
    access_path_id: str
    access_path: str
    """In English."""
    note: str
    provenance: str


RuleKind = Literal[
    "authority",
    "recipient",
    "affair",
    "physical",
    "own_authority",
    "cooperation_only",
    "village",
    "menu",
    "readiness",
    "circumstance",
    "unsecured",
    "document",
    "proposal",
    "no_proposal",
    "window",
    "ceiling",
    "combines",
    "excludes",
    "note",
]
Origin = Literal["nation", "province", "own", "partner", "lender", "private"]


@dataclass(frozen=True, slots=True)
class FundingRule:
    """One condition, demand, ceiling or combination of a funding channel, in one year or in every year."""

    channel: str
    year: int | None
    """None: in every year for which no rule of the same kind is given."""
    kind: RuleKind
    values: tuple[str, ...]
    """What the kind asks for: levels, affairs, `only`/`none`, what must be ready, documents, channels."""
    month_from: int | None
    """With `window`: first month of the year before, 1-12."""
    month_to: int | None
    amount: int | None
    """With `ceiling`: whole rupiah; None: not known."""
    share: str
    """With `ceiling`: share of what the value names, as written (`0.75`); empty: not known."""
    text_id: str
    text_en: str
    source: str
    provenance: str

    @property
    def default(self) -> bool:
        """Whether it is an expert default and not a sourced fact."""
        return self.provenance.startswith("expert default")


@dataclass(frozen=True, slots=True)
class FundingOrigin:
    """Where the money of a channel comes from, and whether it runs through the holder's budget."""

    channel: str
    origin: Origin
    in_budget: bool
    source: str
    provenance: str


@dataclass(frozen=True, slots=True)
class WorkWord:
    """A phrase with which the name of a work begins, and whether such work is physical."""

    phrase: str
    physical: bool
    provenance: str


@dataclass(frozen=True, slots=True)
class ChannelAlias:
    """How plans write a funding channel, and the channels it can be.

    Attributes
    ----------
    channels
        Of several, the one that fits the level of the government whose plan it is.
    certain
        False where the words leave it open, and the channel is the usual reading only.
    """

    alias: str
    channels: tuple[str, ...]
    certain: bool
    provenance: str


@dataclass(frozen=True, slots=True)
class AgreementFamily(Named):
    """A family of cooperation, such as KSDD: with whom, by which papers, approved by whom.

    Attributes
    ----------
    partners
        Codes of the term `partner_kind`: who makes it this family.
    memorandum, agreement
        Kinds of the papers with general content, and with rights and duties; empty where it has none.
    approvals
        Codes of the term `approval_kind` that may be needed.
    study_first
        Whether a feasibility study comes first.
    """

    partners: tuple[str, ...]
    memorandum: str
    agreement: str
    approvals: tuple[str, ...]
    study_first: bool
    note_id: str
    note_en: str
    source: str
    provenance: str

    def note(self, language: str) -> str:
        """Return what is to be known of it; Indonesian unless the language is English."""
        return self.note_en if language.startswith("en") else self.note_id


@dataclass(frozen=True, slots=True)
class AgreementTerm(Named):
    """A word that agreements use: a ground on which they end, a question of their evaluation.

    Attributes
    ----------
    kind
        What it is a word of: `geography`, `end_ground`, `approval_kind`, `partner_kind` …
    position
        Its place among those of its kind.
    """

    kind: str
    position: int
    note_id: str
    note_en: str
    source: str
    provenance: str

    @property
    def sourced(self) -> bool:
        """Whether all of it is from a source that can be read, and no knowledge to be verified."""
        return self.provenance.startswith("sourced") and "verify" not in self.provenance

    def note(self, language: str) -> str:
        """Return what is to be known of it; Indonesian unless the language is English."""
        return self.note_en if language.startswith("en") else self.note_id


@dataclass(frozen=True, slots=True)
class Association(Named):
    """An association or one of its commissariats, with the codes of its members."""

    parent: str
    members: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class IslandGroup(Named):
    """An island group, as the provinces in it."""

    provinces: tuple[str, ...]
