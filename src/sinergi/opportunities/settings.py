"""What a person may set about the map: which objects and regions, how much each part weighs."""

import hashlib
import math
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import orjson

PARTS = ("need", "strength", "proximity", "gain")
DEFAULT_WEIGHTS = {"need": 0.4, "strength": 0.2, "proximity": 0.15, "gain": 0.25}
MOST_MEMBERS = 12
MOST_TOP = 10_000
MOST_PEOPLE = 10**10
MOST_WEIGHT = 1e6


class SettingsError(ValueError):
    """A setting is outside what it may be.

    Attributes
    ----------
    field, value
        The setting and what was given for it.
    code
        Why it is refused; `sinergi.opportunities.messages` has the words.
    allowed
        What it may be, for the message.
    """

    def __init__(self, field: str, value: object, code: str, allowed: str = "") -> None:
        self.field, self.value, self.code, self.allowed = field, value, code, allowed
        super().__init__(f"{field}={value!r}: {code} {allowed}".strip())


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
    """Codes of provinces, island groups or associations; partners are sought among their regions only.

    Several codes narrow each other: a province and an association give the members in that province.
    """
    members_min: int = 2
    members_max: int = MOST_MEMBERS
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
    each: int = 3
    """Most opportunities listed of one object, so that a list over many objects shows more than one kind;
    0 for no limit. Does not apply where objects are named."""
    top: int = 50
    evidence: str = ""
    """Code of the organisation whose evidence is laid above the common one; empty: only the common one."""

    def __post_init__(self) -> None:
        """Refuse values that no map can be computed for."""
        _check_range("members_min", self.members_min, 2, MOST_MEMBERS)
        _check_range("members_max", self.members_max, self.members_min, MOST_MEMBERS)
        _check_range("population_min", self.population_min, 0, MOST_PEOPLE)
        if self.population_max is not None:
            _check_range("population_max", self.population_max, self.population_min, MOST_PEOPLE)
        if self.max_km is not None:
            _check_range("max_km", self.max_km, 1, 6000)
        _check_range("join_threshold", self.join_threshold, 0, 1)
        _check_range("min_coverage", self.min_coverage, 0, 1)
        _check_range("each", self.each, 0, MOST_TOP)
        _check_range("top", self.top, 1, MOST_TOP)
        self._check_weights()

    def _check_weights(self) -> None:
        for part, weight in self.weights.items():
            if part not in PARTS:
                raise SettingsError("weights", part, "unknown", ", ".join(PARTS))
            _check_range(f"weights.{part}", weight, 0, MOST_WEIGHT)
        if set(self.weights) != set(PARTS):
            missing = ", ".join(sorted(set(PARTS) - set(self.weights)))
            raise SettingsError("weights", missing, "missing", ", ".join(PARTS))
        if sum(self.weights.values()) <= 0:
            raise SettingsError("weights", 0, "all_zero")
        for code, given in self.indicator_weights.items():
            if not isinstance(given, dict):
                raise SettingsError(f"indicator_weights.{code}", given, "not_a_table")
            for indicator, weight in given.items():
                _check_range(f"indicator_weights.{code}.{indicator}", weight, 0, MOST_WEIGHT)

    @property
    def shares(self) -> dict[str, float]:
        """Return the weights of the parts, scaled to add up to 1."""
        total = sum(self.weights.values())
        return {part: self.weights[part] / total for part in PARTS}

    def but(self, **changes: Any) -> "MapSettings":
        """Return the same settings with some of them changed."""
        return replace(self, **changes)

    def as_dict(self) -> dict[str, Any]:
        """Return plain values for JSON; the evidence is named where it is not the common one alone."""
        values = asdict(self)
        if not self.evidence:
            del values["evidence"]
        return values

    @property
    def digest(self) -> str:
        """Return a short hash: equal settings have equal ones."""
        return hashlib.sha256(
            orjson.dumps(self.as_dict(), option=orjson.OPT_SORT_KEYS)
        ).hexdigest()[:16]

    @classmethod
    def from_dict(cls, given: dict[str, Any]) -> "MapSettings":
        """Return the settings of a settings file.

        Raises
        ------
        SettingsError
            For a name that is not a setting, a value of the wrong kind or outside its range.
        """
        known = cls.__dataclass_fields__
        for name, value in given.items():
            if name not in known:
                raise SettingsError(name, value, "unknown", ", ".join(known))
        values: dict[str, Any] = {name: _read(name, value) for name, value in given.items()}
        if "weights" in values:
            values["weights"] = {**DEFAULT_WEIGHTS, **values["weights"]}
        return cls(**values)


KINDS: dict[str, tuple[type, str]] = {
    "evidence": (str, "unknown_code"),
    "weights": (dict, "not_a_table"),
    "indicator_weights": (dict, "not_a_table"),
}
"""What kind of value some settings have, and what is said of another."""


def _read(name: str, value: object) -> object:
    """Return one value of a settings file in the kind the setting has."""
    if name in {"objects", "affairs", "regions", "within"}:
        if not isinstance(value, list | tuple) or not all(isinstance(x, str) for x in value):
            raise SettingsError(name, value, "not_a_list")
        return tuple(value)
    if name in KINDS:
        kind, code = KINDS[name]
        if not isinstance(value, kind):
            raise SettingsError(name, value, code)
        return value
    if value is None and name in {"population_max", "max_km"}:
        return None
    return _read_number(name, value)


def _read_number(name: str, value: object) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise SettingsError(name, value, "not_a_number")
    if not math.isfinite(value):
        raise SettingsError(name, value, "not_a_number")
    whole = name.startswith(("members", "population")) or name in {"top", "each"}
    if whole and value != int(value):
        raise SettingsError(name, value, "not_a_whole_number")
    return int(value) if whole else float(value)


def _check_range(name: str, value: float, low: float, high: float) -> None:
    """Raise unless `low <= value <= high`; also for NaN and for what is no number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise SettingsError(name, value, "not_a_number")
    if not low <= value <= high:
        raise SettingsError(name, value, "out_of_range", f"{low:.12g}–{high:.12g}")
