"""What the profile of a region says, as values; what is missing is None, never zero."""

from dataclasses import dataclass

from sinergi.opportunities.missing import MissingEvidence
from sinergi.opportunities.results import Opportunity, Reason


@dataclass(frozen=True, slots=True)
class Place:
    """A region that another one refers to."""

    code: str
    name: str
    level: str


@dataclass(frozen=True, slots=True)
class Label:
    """A group a region belongs to: an island group or an association."""

    code: str
    name_id: str
    name_en: str

    def name(self, language: str) -> str:
        """Return the name in `language`; Indonesian unless the language is English."""
        return self.name_en if language.startswith("en") else self.name_id


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A region across the land border."""

    code: str
    name: str
    province: str
    """Name of its province."""
    km: float
    """Length of the shared border, km."""


@dataclass(frozen=True, slots=True)
class Origin:
    """How the code of a region came about, or what left it."""

    predecessor: str
    predecessor_name: str
    """Empty where no region has the code any more."""
    successor: str
    name: str
    """Name of the successor."""
    date: str
    """ISO date."""
    kind: str
    """split, reduced, recoded, merged or renamed."""
    source: str
    provenance: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What the pack knows of a region."""

    code: str
    name: str
    level: str
    """province, regency or city."""
    bps_code: str
    population: int
    population_date: str
    area_km2: float
    density: float
    """People per km²."""
    capital: str
    province: Place | None
    island: Label | None
    associations: tuple[Label, ...]
    neighbours: tuple[Neighbour, ...]
    parts: tuple[Place, ...]
    """Regencies and cities of a province; empty otherwise."""
    ports: tuple[str, ...]
    airports: tuple[str, ...]
    origins: tuple[Origin, ...]
    autonomous: bool
    """False for the cities and the regency of a province that alone is autonomous."""
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One sector of a region against the same sector of a reference economy."""

    lq: float | None
    dlq: float | None
    """Above 1: the sector's share grew faster than in the reference over the period."""
    share: float | None
    """Share of the sector in the reference economy, 0-1."""
    growth: float | None
    """Compound growth of the sector in the reference economy, percent per year."""
    national: float | None
    """Shift-share: growth of the whole reference economy, billion IDR."""
    mix: float | None
    """Shift-share: industry mix, billion IDR."""
    competitive: float | None
    """Shift-share: competitive share, billion IDR."""
    quadrant: str
    """developed, stagnant, developing, lagging or unknown."""


@dataclass(frozen=True, slots=True)
class Sector:
    """One of the industries of GRDP."""

    code: str
    indicator: str
    name_id: str
    name_en: str
    value: float | None
    """Billion IDR at constant prices, in the last year."""
    share: float | None
    growth: float | None
    """Compound, percent per year."""
    change: float | None
    """Billion IDR from the first year to the last."""
    against: dict[str, Comparison]
    """By reference: `province`, `nation`."""

    def name(self, language: str) -> str:
        """Return the name in `language`; Indonesian unless the language is English."""
        return self.name_en if language.startswith("en") else self.name_id


@dataclass(frozen=True, slots=True)
class ReferenceEconomy:
    """The sum that a region is compared with."""

    kind: str
    """province or nation."""
    code: str
    name: str
    regions: int
    """Regencies and cities summed: those with every sector in both years."""
    regions_all: int
    total: float
    """Billion IDR in the last year."""
    growth: float | None
    """Compound, percent per year."""
    per_head: float | None
    """Million IDR per person."""
    recorded: float | None
    """Total of the row that the source records for the province or the nation; None where there is none."""
    recorded_gap: float | None
    """(recorded - sum) / sum."""
    quadrant: str
    """Klassen quadrant of the region against this economy."""


@dataclass(frozen=True, slots=True)
class PartEconomy:
    """A regency or city beside the others of its province."""

    code: str
    name: str
    total: float
    """Billion IDR in the last year."""
    per_head: float
    """Million IDR per registered resident."""
    growth: float | None
    """Compound, percent per year."""
    quadrant: str
    """Klassen quadrant against the sum of the province."""


@dataclass(frozen=True, slots=True)
class Economy:
    """Specialisation of a region over the years that its GRDP is complete."""

    start: int
    end: int
    unit: str
    sectors: tuple[Sector, ...]
    references: tuple[ReferenceEconomy, ...]
    total: float
    total_start: float
    growth: float | None
    per_head: float | None
    """Million IDR per registered resident."""
    population_date: str
    summed: int
    """Regencies and cities that were added up; 1 when the figures are the region's own."""
    gaps: tuple[int, ...]
    """Years without complete figures."""
    source: str
    flag: str
    years: tuple[int, ...]
    totals: tuple[float | None, ...]
    """Total GRDP by year of `years`."""
    parts: tuple[PartEconomy, ...]
    """Regencies and cities of the province, the region among them; empty where it stands alone."""
    disparity: tuple[float, float] | None
    """Williamson index among the parts in the first and last year, weighted by today's residents."""


@dataclass(frozen=True, slots=True)
class TrendLine:
    """One line of a chart."""

    who: str
    """region, peers or province."""
    periods: tuple[str, ...]
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """One indicator of a region among its peers."""

    code: str
    name_id: str
    name_en: str
    unit: str
    better: str
    group: str
    value: float | None
    period: str
    flag: str
    """official, estimate, imputed or default; empty when missing."""
    old: bool
    """Older than what the map still counts."""
    derived: bool
    formula: str
    rank: int | None
    """1 is the best; of an indicator without a good direction, the highest."""
    peers: int
    """Peers with a value: cities among cities, regencies among regencies, provinces among provinces."""
    peer_median: float | None
    province_median: float | None
    """Median of the regencies and cities of the province."""
    source: str
    note_id: str
    note_en: str
    trend: tuple[TrendLine, ...] = ()
    imported: bool = False
    """Whether it, or something it is derived from, was imported."""
    batch: int = 0
    """The import that brought it; 0 for what ships with Sinergi and for what is derived."""
    owner: str = ""
    """The organisation on whose shelf it stands; empty for the common evidence."""

    def name(self, language: str) -> str:
        """Return the name in `language`; Indonesian unless the language is English."""
        return self.name_en if language.startswith("en") else self.name_id

    def note(self, language: str) -> str:
        """Return the caveat in `language`; Indonesian unless the language is English."""
        return self.note_en if language.startswith("en") else self.note_id


@dataclass(frozen=True, slots=True)
class Side:
    """Need or strength of a region for one object."""

    score: float | None
    """0-1; None where the evidence does not suffice."""
    coverage: float
    rank: int | None
    """1 is the greatest among peers."""
    peers: int
    reasons: tuple[Reason, ...]
    """The strongest first."""


@dataclass(frozen=True, slots=True)
class ObjectStanding:
    """What a region needs and offers in one cooperation object."""

    code: str
    name_id: str
    name_en: str
    logic: str
    coverage: float
    need: Side | None
    """None where the object has no indicator of that side."""
    strength: Side | None
    opportunities: int
    """How many opportunities of the map it takes part in with this object."""

    def name(self, language: str) -> str:
        """Return the name in `language`; Indonesian unless the language is English."""
        return self.name_en if language.startswith("en") else self.name_id


@dataclass(frozen=True, slots=True)
class AffairStanding:
    """The objects of one affair, the most pressing first."""

    affair: Label
    objects: tuple[ObjectStanding, ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """An opportunity that the region shares with one partner."""

    object: str
    name_id: str
    name_en: str
    score: float
    rank: int
    """On the map."""
    key: str
    """Members, as in the address of the opportunity."""
    direction: str
    """ask: the partner gives; offer: the region gives; together: nobody leads."""
    role: str
    partner_role: str

    def name(self, language: str) -> str:
        """Return the name in `language`; Indonesian unless the language is English."""
        return self.name_en if language.startswith("en") else self.name_id


@dataclass(frozen=True, slots=True)
class Partner:
    """A region that shares opportunities: whom to call."""

    code: str
    name: str
    province: str
    km: float
    """Great-circle distance between the seats of government."""
    borders: bool
    weight: float
    """Sum of the scores of the opportunities shared: both their number and how strong they are."""
    shared: tuple[Shared, ...]
    """The strongest first."""


@dataclass(frozen=True, slots=True)
class RegionProfile:
    """Everything Sinergi can say of one region."""

    facts: Facts
    economy: Economy | None
    indicators: tuple[Standing, ...]
    affairs: tuple[AffairStanding, ...]
    opportunities: tuple[Opportunity, ...]
    """The best of them, ranked among all `groups`."""
    opportunities_total: int
    groups: int
    """Groups on the whole map: of the nation, or inside the province."""
    partners: tuple[Partner, ...]
    missing: tuple[MissingEvidence, ...]
    evidence_version: str
    evidence_as_of: str
    catalogue_version: str
