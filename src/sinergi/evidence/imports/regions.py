"""Which region a text in a file means: a code, a BPS code, a code that lost its dot or zero, a name."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from sinergi.evidence.imports.mapping import RegionCodes
from sinergi.reference.models import Region
from sinergi.reference.queries import find_region

How = Literal["code", "written", "bps", "name"]
CODE = re.compile(r"[0-9]{2}(?:\.[0-9]{2})?")
DIGITS = re.compile(r"[0-9]{2}|[0-9]{4}")
SHORT = re.compile(r"[0-9]{2}\.[0-9]")
PREFIX = re.compile(r"^(?:kabupaten|kab|regency|kota|city|provinsi|prov|province)\b[. ]*")
KINDS = {"kabupaten": "regency", "kab": "regency", "regency": "regency", "kota": "city"}
KINDS |= {"city": "city", "provinsi": "province", "prov": "province", "province": "province"}
ADMIN = re.compile(r"\b(?:administrasi|adm)\b\.?")
NEAR_CODES = 3
NATION_NAMES = {"indonesia", "nasional", "nation"}
TOTALS = re.compile(r"^(?:jumlah|total|rata-?rata|grand total|sum|average)\b", re.IGNORECASE)
NOTES = re.compile(
    r"^(?:sumber|source|catatan|keterangan|ket|notes?|ps)\b|^(?:\*|[0-9]\))", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Place:
    """A region as it is needed here."""

    key: int
    code: str
    name: str
    level: str
    bps_code: str


@dataclass(frozen=True, slots=True)
class Match:
    """What a text was read as."""

    place: Place | None
    how: How = "code"
    other: Place | None = None
    """For a code without a dot: the region that the other reading would give."""
    candidates: tuple[Place, ...] = ()


def normal_name(text: str) -> tuple[str, str]:
    """Return a name without its kind, spaces and marks, and the level that its kind tells."""
    words = ADMIN.sub(" ", text.casefold()).strip()
    match = PREFIX.match(words)
    level = KINDS[match[0].strip(". ")] if match else ""
    bare = words[match.end() :] if match else words
    return re.sub(r"[^a-z0-9]", "", bare), level


def is_total(text: str) -> bool:
    """Return whether a row that begins with this text sums up other rows or explains the table."""
    return bool(TOTALS.match(text) or NOTES.match(text))


@dataclass(slots=True)
class RegionIndex:
    """All regions by every way of writing them."""

    places: list[Place]
    by_code: dict[str, Place] = field(default_factory=dict)
    by_bps: dict[str, Place] = field(default_factory=dict)
    by_name: dict[str, list[Place]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for place in self.places:
            self.by_code[place.code] = place
            if place.bps_code:
                self.by_bps.setdefault(place.bps_code, place)
            self.by_name.setdefault(normal_name(place.name)[0], []).append(place)

    def match_all(self, texts: Iterable[str], codes: RegionCodes) -> dict[str, Match]:
        """Read texts as regions.

        Parameters
        ----------
        texts
            Distinct texts of one column.
        codes
            What a code without a dot is; `auto`: what the texts together show, otherwise BPS.
        """
        listed = list(texts)
        chosen = self._convention(listed) if codes == "auto" else codes
        named = {normal_name(text) for text in listed}
        found = {text: self._match(text, chosen, named) for text in listed}
        provinces = {match.place.code[:2] for match in found.values() if match.place}
        if len(provinces) != 1:
            return found
        return {text: _in_province(match, provinces) for text, match in found.items()}

    def _convention(self, texts: list[str]) -> RegionCodes:
        """Tell what codes without a dot are by those that only one reading knows."""
        digits = [text for text in texts if len(text) == 4 and text.isdigit()]
        dotted = {text: f"{text[:2]}.{text[2:]}" for text in digits}
        only_bps = sum(t in self.by_bps and dotted[t] not in self.by_code for t in digits)
        only_home = sum(t not in self.by_bps and dotted[t] in self.by_code for t in digits)
        return "kemendagri" if only_home > only_bps else "bps"

    def _match(self, text: str, codes: RegionCodes, named: set[tuple[str, str]]) -> Match:
        if text in self.by_code:
            return Match(self.by_code[text])
        if DIGITS.fullmatch(text):
            return self._digits(text, codes)
        if SHORT.fullmatch(text) and text + "0" in self.by_code:
            return Match(self.by_code[text + "0"], "written")
        packed = re.sub(r"[\s.,\-]", "", text)
        if packed.isdigit() and len(packed) == 4 and f"{packed[:2]}.{packed[2:]}" in self.by_code:
            return Match(self.by_code[f"{packed[:2]}.{packed[2:]}"], "written")
        return self._named(text, named)

    def _digits(self, text: str, codes: RegionCodes) -> Match:
        home = self.by_code.get(f"{text[:2]}.{text[2:]}" if len(text) == 4 else text)
        bps = self.by_bps.get(text)
        if codes == "kemendagri":
            return Match(home, "written", bps if bps != home else None)
        if bps is not None:
            return Match(bps, "bps", home if home != bps else None)
        return Match(home, "written")

    def _named(self, text: str, named: set[tuple[str, str]]) -> Match:
        bare, level = normal_name(text)
        if bare in NATION_NAMES and "ID" in self.by_code:
            return Match(self.by_code["ID"], "name")
        found = self.by_name.get(bare, [])
        if level:
            found = [place for place in found if place.level == level]
        elif len(found) > 1 and (bare, "city") in named:
            found = [place for place in found if place.level == "regency"]
        elif len(found) > 1:
            exact = [p for p in found if p.name.casefold() == text.casefold()]
            found = exact if len(exact) == 1 else found
        if len(found) == 1:
            return Match(found[0], "name")
        if found:
            return Match(None, "name", candidates=tuple(found))
        return Match(None)

    def suggest(self, text: str) -> str:
        """Return what is most like a text that is no region: up to three codes, or a code with its name."""
        packed = re.sub(r"[\s.,\-]", "", text)
        if not (packed.isdigit() and len(packed) == 4):
            return suggest_region(text)
        told = f"{packed[:2]}.{packed[2:]}"
        near = [code for code in self.by_code if code[:2] == told[:2] and len(code) == len(told)]
        near.sort(key=lambda code: (-fuzz.ratio(told, code), abs(int(code[3:]) - int(told[3:]))))
        return " / ".join(f"{code} {self.by_code[code].name}" for code in near[:NEAR_CODES])


def _in_province(match: Match, provinces: set[str]) -> Match:
    """Settle a name that fits several regions when all others of the file lie in one province."""
    near = [place for place in match.candidates if place.code[:2] in provinces]
    return Match(near[0], "name") if len(near) == 1 else match


def suggest_region(text: str) -> str:
    """Return the code and name of the region most like a text; empty when none is near."""
    found = find_region(text, limit=1)
    return f"{found[0].code} {found[0].name}" if found else ""


def region_index() -> RegionIndex:
    """Read all regions of this installation."""
    rows = Region.objects.values_list("pk", "code", "name", "level", "bps_code")
    return RegionIndex([Place(*row[:4], row[4] or "") for row in rows])


def other_reading(match: Match) -> str:
    """Return, for a code without a dot, what the other reading would have been."""
    if match.other is None:
        return ""
    return " " + _("As a Kemendagri code it would be %(code)s %(region)s.") % {
        "code": match.other.code,
        "region": match.other.name,
    }
