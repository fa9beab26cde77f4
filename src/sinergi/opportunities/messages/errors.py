"""Says what is wrong with a setting, where, what it may be and what to do."""

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process, utils

from sinergi.opportunities.messages.terms import PART_NAMES, Words
from sinergi.opportunities.settings import SettingsError
from sinergi.reference import queries as reference

MOST_SHOWN = 60
"""Characters of a refused value that are repeated; addresses can hold anything."""
SUGGESTIONS = 3
LIKE_ENOUGH = 60
"""Similarity, 0-100, below which a code is not what was meant."""

FIELDS: Words = {
    "objects": gettext_lazy("Cooperation object"),
    "affairs": gettext_lazy("Affair"),
    "regions": gettext_lazy("Region"),
    "within": gettext_lazy("Area"),
    "members_min": gettext_lazy("Smallest group"),
    "members_max": gettext_lazy("Largest group"),
    "population_min": gettext_lazy("Smallest population"),
    "population_max": gettext_lazy("Largest population"),
    "max_km": gettext_lazy("Farthest distance (km)"),
    "join_threshold": gettext_lazy("Least link score to join"),
    "min_coverage": gettext_lazy("Least coverage of the evidence"),
    "each": gettext_lazy("Most of each object"),
    "top": gettext_lazy("Number of opportunities shown"),
    "weights": gettext_lazy("Weights"),
    "indicator_weights": gettext_lazy("Indicator weight"),
    "evidence": gettext_lazy("Evidence of an organisation"),
}
"""Settings as the reader knows them."""

IN_QUERY = {
    "objek": "objects",
    "urusan": "affairs",
    "wilayah": "regions",
    "dalam": "within",
    "penduduk_min": "population_min",
    "penduduk_maks": "population_max",
    "jarak": "max_km",
    "ambang": "join_threshold",
    "cakupan": "min_coverage",
    "atas": "top",
    "bobot": "weights",
    "bobot_indikator": "indicator_weights",
    "tiap": "each",
    "bukti": "evidence",
}
"""Names in the address that stand for a setting; `anggota` stands for two."""

TEXTS: Words = {
    "not_a_number": gettext_lazy(
        "%(field)s: “%(value)s” is not a number. Write digits, with a point before decimals."
    ),
    "not_a_whole_number": gettext_lazy(
        "%(field)s: “%(value)s” is not a whole number. Write digits only."
    ),
    "out_of_range": gettext_lazy(
        "%(field)s: “%(value)s” is outside what is allowed (%(allowed)s). Choose a value in that "
        "range."
    ),
    "not_a_span": gettext_lazy(
        "%(field)s: “%(value)s” is not a size or a range of sizes. Write for example 3 or 2..5; "
        "at most 12 members."
    ),
    "unknown": gettext_lazy("%(field)s: “%(value)s” is not known here. Use one of: %(allowed)s."),
    "unknown_indicator": gettext_lazy(
        "%(field)s: no indicator “%(value)s” speaks for this object. Use one of: %(allowed)s."
    ),
    "missing": gettext_lazy(
        "%(field)s: %(value)s is missing. All of these are needed: %(allowed)s."
    ),
    "all_zero": gettext_lazy(
        "%(field)s: all weights are zero, so nothing could be ranked. Give at least one part a "
        "weight above zero."
    ),
    "not_a_list": gettext_lazy(
        "%(field)s: “%(value)s” is not a list of codes. Write the codes in square brackets, each "
        "in quotation marks."
    ),
    "not_a_table": gettext_lazy("%(field)s: “%(value)s” is not a table of names and numbers."),
    "unknown_code": gettext_lazy("%(field)s: there is no code “%(value)s”."),
    "not_computable": gettext_lazy(
        "%(field)s: “%(value)s” cannot be computed, because the evidence it needs is not "
        "available. Its page says which evidence it lacks."
    ),
    "not_a_member": gettext_lazy(
        "%(field)s: %(value)s is not a regency or a city. Members of a group are regencies and "
        "cities; where law asks for the province, it is added by itself."
    ),
    "too_few_or_twice": gettext_lazy(
        "%(field)s: “%(value)s” is not a group. Name at least two different regencies or cities, "
        "each once, joined by +."
    ),
}
"""One sentence for each code of `SettingsError`."""


def message(error: SettingsError) -> str:
    """Return what is wrong with a setting, as one or two sentences for the person who gave it."""
    template = TEXTS.get(error.code, gettext_lazy("%(field)s: “%(value)s” cannot be used here."))
    text = str(template) % {
        "field": field_name(error.field),
        "value": _shown(error.value),
        "allowed": error.allowed,
    }
    if error.code == "unknown_code" and (meant := suggestions(error)):
        text += " " + _("Did you mean: %(suggestions)s?") % {"suggestions": "; ".join(meant)}
    return text


settings_message = message
"""The same, under a name that reads well beside other kinds of messages."""


def field_name(field: str) -> str:
    """Return a setting as the reader knows it, by its name in the settings or in the address."""
    if field == "anggota":
        return _("Group size")
    setting = IN_QUERY.get(field, field)
    for start in ("weights.", "bobot_"):
        if setting.startswith(start):
            part = setting.removeprefix(start)
            return _("Weight of %(part)s") % {"part": PART_NAMES.get(part, part)}
    if setting.startswith("indicator_weights."):
        return f"{FIELDS['indicator_weights']} {setting.removeprefix('indicator_weights.')}"
    return str(FIELDS.get(setting, field))


def suggestions(error: SettingsError) -> list[str]:
    """Return what an unknown code may have meant, as code and name, the likeliest first."""
    setting, told = IN_QUERY.get(error.field, error.field), str(error.value)[:MOST_SHOWN]
    if setting in {"regions", "within"}:
        return [f"{one.code} {one.name}" for one in reference.find_region(told)][:SUGGESTIONS]
    things = reference.affairs() if setting == "affairs" else reference.catalogue()
    language = get_language() or "id"
    choices = {code: f"{code} {thing.name(language)}" for code, thing in things.items()}
    found = process.extract(
        told.replace("_", " "),
        {code: text.replace("_", " ") for code, text in choices.items()},
        scorer=fuzz.WRatio,
        processor=utils.default_process,
        limit=SUGGESTIONS,
        score_cutoff=LIKE_ENOUGH,
    )
    return [choices[code] for _text, _score, code in found]


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= MOST_SHOWN else text[: MOST_SHOWN - 1] + "…"
