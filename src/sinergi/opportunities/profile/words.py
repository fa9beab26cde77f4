"""Words for the codes of a profile, in the language of the reader."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from sinergi.opportunities.profile.records import Origin

LEVELS: dict[str, Promise] = {
    "province": pgettext_lazy("level of a region", "Province"),
    "regency": pgettext_lazy("level of a region", "Regency"),
    "city": pgettext_lazy("level of a region", "City"),
}
QUADRANTS: dict[str, Promise] = {
    "developed": gettext_lazy("advanced and growing fast"),
    "stagnant": gettext_lazy("advanced but under pressure"),
    "developing": gettext_lazy("growing fast"),
    "lagging": gettext_lazy("relatively lagging"),
    "unknown": gettext_lazy("not known"),
}
QUADRANT_MEANINGS: dict[str, Promise] = {
    "developed": gettext_lazy("level and growth at or above what it is compared with"),
    "stagnant": gettext_lazy("level at or above, growth below what it is compared with"),
    "developing": gettext_lazy("level below, growth at or above what it is compared with"),
    "lagging": gettext_lazy("level and growth below what it is compared with"),
    "unknown": gettext_lazy("level or growth is missing"),
}
DIRECTIONS: dict[str, Promise] = {
    "ask": pgettext_lazy("what to do with a partner", "Ask for"),
    "offer": pgettext_lazy("what to do with a partner", "Offer"),
    "together": pgettext_lazy("what to do with a partner", "Do together"),
}
FAMILIES: dict[str, Promise] = {
    "grdp": gettext_lazy("GRDP by sector"),
    "share": gettext_lazy("Share of each sector in GRDP"),
    "lq": gettext_lazy("Location quotients, from the catalogue"),
    "growth": gettext_lazy("Growth by sector"),
    "price": gettext_lazy("Retail prices"),
    "price_gap": gettext_lazy("Price gaps to the national median"),
    "price_volatility": gettext_lazy("Price volatility"),
    "disaster": gettext_lazy("Disasters recorded"),
    "disaster_frequency": gettext_lazy("Disasters per year"),
    "production": gettext_lazy("Production"),
}
BETTER: dict[str, Promise] = {
    "higher": gettext_lazy("higher is better; 1 is the highest"),
    "lower": gettext_lazy("lower is better; 1 is the lowest"),
    "neither": gettext_lazy("no direction is better; 1 is the highest"),
}
ORDERS: dict[str, Promise] = {
    "": gettext_lazy("by province"),
    "nama": gettext_lazy("name"),
    "penduduk": gettext_lazy("population"),
    "luas": gettext_lazy("area"),
    "kepadatan": gettext_lazy("density"),
    "peluang": gettext_lazy("opportunities"),
}


def level(code: str) -> str:
    """Return the name of a level of government."""
    return str(LEVELS.get(code, code))


def quadrant(code: str) -> str:
    """Return the name of a quadrant of Klassen."""
    return str(QUADRANTS.get(code, code))


def quadrant_meaning(code: str) -> str:
    """Return what a quadrant of Klassen says."""
    return str(QUADRANT_MEANINGS.get(code, code))


def direction(code: str) -> str:
    """Return what to do with a partner."""
    return str(DIRECTIONS.get(code, code))


def family(code: str) -> str:
    """Return the name of a family of indicators, such as the prices."""
    return str(FAMILIES.get(code, code))


def better(code: str) -> str:
    """Return how a place among peers is to be read."""
    return str(BETTER.get(code, code))


def origin(one: Origin, code: str) -> str:
    """Return how one code followed another, told from the region `code`."""
    name, before = one.predecessor_name, one.predecessor
    values = {
        "before": f"{name} ({before})" if name else before,
        "after": one.successor,
        "name": one.name,
    }
    if one.kind == "split" and code == one.predecessor:
        return _("%(name)s (%(after)s) was split off.") % values
    sentences = {
        "split": _("Split off from %(before)s."),
        "reduced": _("The code %(after)s went on with less land."),
        "recoded": _("Same land, new code: before, it was %(before)s."),
        "merged": _("Merged from %(before)s."),
        "renamed": _("Renamed; before, it was %(before)s."),
    }
    return sentences[one.kind] % values
