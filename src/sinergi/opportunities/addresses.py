"""The address is the state: settings to and from the query string of a page."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.http import QueryDict

from sinergi.opportunities.settings import DEFAULT_WEIGHTS, PARTS, MapSettings, SettingsError

LISTS = {"objek": "objects", "urusan": "affairs", "wilayah": "regions", "dalam": "within"}
NUMBERS: dict[str, tuple[str, Callable[[str], float]]] = {
    "penduduk_min": ("population_min", int),
    "penduduk_maks": ("population_max", int),
    "jarak": ("max_km", float),
    "ambang": ("join_threshold", float),
    "cakupan": ("min_coverage", float),
    "tiap": ("each", int),
    "atas": ("top", int),
}
WEIGHT = "bobot_"
INDICATOR_WEIGHT = "bobot_indikator"
EVIDENCE = "bukti"


def settings_from_query(query: QueryDict) -> MapSettings:
    """Return the settings a query string stands for; names that are not settings are left alone.

    Raises
    ------
    SettingsError
        When a value is no number, or outside its range; `field` is the name in the query string.
    """
    values: dict[str, object] = {}
    for name, setting in LISTS.items():
        values[setting] = tuple(x for x in query.getlist(name) if x)
    for name, (setting, kind) in NUMBERS.items():
        if text := query.get(name, "").strip():
            values[setting] = _number(name, text, kind)
    if text := query.get("anggota", "").strip():
        values["members_min"], values["members_max"] = _span("anggota", text)
    values["weights"] = {part: _weight(query, part) for part in PARTS}
    values["indicator_weights"] = _indicator_weights(query.getlist(INDICATOR_WEIGHT))
    values["evidence"] = query.get(EVIDENCE, "").strip()
    try:
        return MapSettings(**values)  # type: ignore[arg-type]
    except SettingsError as error:
        error.field = name_in_query(error.field)
        raise


def settings_to_query(settings: MapSettings) -> str:
    """Return the shortest query string for the settings: what is as usual is left out."""
    usual = MapSettings()
    pairs: list[tuple[str, object]] = []
    for name, setting in LISTS.items():
        pairs += [(name, code) for code in getattr(settings, setting)]
    if (settings.members_min, settings.members_max) != (usual.members_min, usual.members_max):
        pairs.append(("anggota", f"{settings.members_min}..{settings.members_max}"))
    for name, (setting, _) in NUMBERS.items():
        value = getattr(settings, setting)
        if value != getattr(usual, setting):
            pairs.append((name, f"{value:g}" if isinstance(value, float) else value))
    if settings.shares != usual.shares:
        scale = 100 / max(1.0, *settings.weights.values())
        pairs += [(WEIGHT + part, f"{settings.weights[part] * scale:.4g}") for part in PARTS]
    for code, given in settings.indicator_weights.items():
        pairs += [(INDICATOR_WEIGHT, f"{code}:{name}:{weight:g}") for name, weight in given.items()]
    if settings.evidence:
        pairs.append((EVIDENCE, settings.evidence))
    return urlencode(pairs)


def _indicator_weights(texts: list[str]) -> dict[str, dict[str, float]]:
    """Return the weights that `STUNTING:need:stunting:2` gives: object, side, indicator and weight."""
    found: dict[str, dict[str, float]] = {}
    for text in texts:
        indicator, _, weight = text.rpartition(":")
        code, _, name = indicator.partition(":")
        found.setdefault(code, {})[name] = _number(INDICATOR_WEIGHT, weight, float)
    return found


def _weight(query: QueryDict, part: str) -> float:
    """Return the weight of a part, given as 0-100 in the address."""
    text = query.get(WEIGHT + part, "").strip()
    if not text:
        return DEFAULT_WEIGHTS[part]
    weight = _number(WEIGHT + part, text, float)
    if not 0 <= weight <= 100:
        raise SettingsError(WEIGHT + part, text, "out_of_range", "0–100")
    return weight / 100


def _number(name: str, text: str, kind: Callable[[str], float]) -> float:
    try:
        return kind(text)
    except ValueError:
        code = "not_a_whole_number" if kind is int else "not_a_number"
        raise SettingsError(name, text, code) from None


def _span(name: str, text: str) -> tuple[int, int]:
    """Return both ends of `2..5`, or twice the same of `3`."""
    low, dots, high = text.partition("..")
    try:
        first = int(low)
        return first, int(high) if dots else first
    except ValueError:
        raise SettingsError(name, text, "not_a_span", "2..12") from None


def name_in_query(setting: str) -> str:
    """Return the name in the query string of a setting."""
    if setting.startswith("members"):
        return "anggota"
    if setting.startswith("weights"):
        return "bobot"
    if setting.startswith("indicator_weights"):
        return INDICATOR_WEIGHT
    if setting == "evidence":
        return EVIDENCE
    names = {**{s: n for n, s in LISTS.items()}, **{s: n for n, (s, _) in NUMBERS.items()}}
    return names.get(setting, setting)
