"""Where a line lies, found from what is written: regions named in the text, within the region of the plan."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from sinergi.programs.models import PlaceCertainty
from sinergi.programs.rules import LineDetails
from sinergi.reference import queries as reference

PREFIX = re.compile(r"^(?:kabupaten|kota|provinsi|daerah istimewa|dki)\s+", re.IGNORECASE)
SMALLER = re.compile(
    r"\b(?i:kec(?:amatan)?|desa|kel(?:urahan)?|dusun|nagari|gampong|kampung)\b\.?\s+"
    r"[A-Z][\w'’-]*(?:\s+[A-Z][\w'’-]*){0,2}"
)
KINDS = {
    "kab": "Kabupaten",
    "kab.": "Kabupaten",
    "kabupaten": "Kabupaten",
    "kota": "Kota",
    "prov": "Provinsi",
    "prov.": "Provinsi",
    "provinsi": "Provinsi",
}
SHORT = 4
"""A name shorter than this is taken only behind its kind: too many words are spelled so."""


@dataclass(frozen=True, slots=True)
class Place:
    """What a text says of where it is.

    Attributes
    ----------
    region_code
        Empty where no region is named, or several are.
    candidates
        Codes that the text fits, in the order of codes.
    mentions
        Districts and villages that it names, which the country pack has no codes for.
    """

    region_code: str
    certainty: PlaceCertainty
    candidates: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()


def find_place(text: str, plan_region: str) -> Place:
    """Return which region within that of the plan a text names, and how sure that is.

    A name that a regency and a city share (`Bandung`) fits both unless its kind stands before it. What
    names nothing lies somewhere in the region of the plan; a district or a village is told as a mention.
    """
    names = _names(plan_region)
    found: dict[str, None] = {}
    for match in names.pattern.finditer(text) if names.pattern else ():
        kind = KINDS.get((match["kind"] or "").lower(), "")
        bare = _bare(match["name"])
        for code, full in names.codes[bare]:
            if kind and not full.startswith(kind):
                continue
            if not kind and len(bare) < SHORT:
                continue
            found[code] = None
    mentions = tuple(dict.fromkeys(match[0].strip() for match in SMALLER.finditer(text)))
    if len(found) == 1:
        return Place(next(iter(found)), PlaceCertainty.FOUND, tuple(found), mentions)
    if found:
        return Place("", PlaceCertainty.AMBIGUOUS, tuple(sorted(found)), mentions)
    return Place("", PlaceCertainty.PLAN, (), mentions)


def placed(plan_region: str, details: LineDetails) -> tuple[LineDetails, list[str]]:
    """Return the details of a line with region and certainty filled from point or text, and the remarks."""
    if details.lat is not None and details.lon is not None:
        code = reference.nearest_region(details.lat, details.lon) or ""
        point = replace(
            details,
            region_code=code or details.region_code,
            place_certainty=PlaceCertainty.POINT.value,
        )
        outside = bool(code) and not lies_in(code, plan_region)
        return point, ["place_outside"] if outside else []
    if details.region_code:
        typed = details.place_certainty == PlaceCertainty.FOUND
        certainty = PlaceCertainty.FOUND if typed else PlaceCertainty.TYPED
        outside = not lies_in(details.region_code, plan_region)
        found = replace(details, place_certainty=certainty.value)
        return found, ["place_outside"] if outside else []
    place = find_place(f"{details.place} ; {details.title}", plan_region)
    certain = replace(details, region_code=place.region_code, place_certainty=place.certainty.value)
    ambiguous = place.certainty == PlaceCertainty.AMBIGUOUS
    return certain, ["place_ambiguous"] if ambiguous else []


def lies_in(code: str, region: str) -> bool:
    """Whether a region is another one, or lies in it, or holds it."""
    if "ID" in (code, region) or code == region:
        return True
    return code.startswith(f"{region}.") or region.startswith(f"{code}.")


@dataclass(frozen=True, slots=True)
class _Names:
    codes: dict[str, list[tuple[str, str]]]
    pattern: re.Pattern[str] | None


def _bare(name: str) -> str:
    return re.sub(r"\s+", " ", PREFIX.sub("", name)).lower()


def _names(plan_region: str) -> _Names:
    return _built(plan_region, reference.region_table().codes)


@lru_cache(maxsize=64)
def _built(plan_region: str, there: tuple[str, ...]) -> _Names:
    """Return the regencies and cities of a region by their bare name; `there` follows the pack."""
    table = reference.region_table()
    codes: dict[str, list[tuple[str, str]]] = {}
    for row, code in enumerate(there):
        local = "." in code
        inside = plan_region in ("ID", code) or code.startswith(f"{plan_region}.")
        if inside and (local or plan_region == "ID"):
            codes.setdefault(_bare(table.names[row]), []).append((code, table.names[row]))
    if not codes:
        return _Names({}, None)
    longest = sorted(codes, key=len, reverse=True)
    words = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in longest)
    kinds = r"kabupaten|kab\.?|kota|provinsi|prov\.?"
    return _Names(
        codes,
        re.compile(rf"(?:\b(?P<kind>{kinds})\s+|\b)(?P<name>{words})\b", re.IGNORECASE),
    )
