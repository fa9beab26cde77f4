"""What a person may set about the map: which objects and regions, how much each part weighs."""

from dataclasses import dataclass, field

PARTS = ("need", "strength", "proximity", "gain")
DEFAULT_WEIGHTS = {"need": 0.4, "strength": 0.2, "proximity": 0.15, "gain": 0.25}


@dataclass(frozen=True)
class MapSettings:
    """Settings of one map. Equal settings give equal maps; the address of a page is one of these.

    Raises
    ------
    SettingsError
        When a value is outside its range; carries the field and the reason.
    """

    objects: tuple[str, ...] = ()
    """Object codes; empty: all computable ones."""
    affairs: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    """Only opportunities in which at least one of these takes part."""
    within: tuple[str, ...] = ()
    """Codes of provinces, island groups or associations; partners are sought among their regions only."""
    members_min: int = 2
    members_max: int = 12
    population_min: int = 0
    population_max: int | None = None
    max_km: float | None = None
    """Upper limit to the reach of every object, in km."""
    weights: dict[str, float] = field(default_factory=lambda: dict(DEFAULT_WEIGHTS))
    """Weight of each part; only their proportions matter."""
    indicator_weights: dict[str, dict[str, float]] = field(default_factory=dict)
    """Per object and side-qualified indicator (`need:stunting`), a weight instead of the catalogue's."""
    join_threshold: float = 0.5
    """A region joins a group only where its link scores at least this much."""
    min_coverage: float = 0.5
    top: int = 50
