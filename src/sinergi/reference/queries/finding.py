"""Finds the region that a person meant: by code, BPS code, former code or name, or by a point."""

import re
from functools import lru_cache

import h3
from rapidfuzz import fuzz, process

from sinergi.reference.errors import Suggestion
from sinergi.reference.models import RegionShape
from sinergi.reference.pack import Pack, RegionRecord
from sinergi.reference.pack.cells import RESOLUTION
from sinergi.reference.queries.loads import boundary_version
from sinergi.reference.queries.packs import pack
from sinergi.reference.shapes.codec import unpack_cells

PREFIX = re.compile(
    r"^(?P<kind>provinsi|propinsi|prov|kabupaten administrasi|kabupaten adm|kabupaten|kab adm|kab"
    r"|kota administrasi|kota adm|kota madya|kotamadya|kota|city of|regency of)\s+"
)
SIMILAR = 76.0
"""Below this likeness (rapidfuzz ratio) two names are not the same name spelled differently."""
LIMIT = 5
RINGS = 12
"""How many rings of cells around a point off the coast are searched: about 25 km."""


def find_region(text: str, limit: int = LIMIT) -> tuple[Suggestion, ...]:
    """Return the regions that `text` could mean, the likeliest first.

    Parameters
    ----------
    text
        A Kemendagri code (`63.71`, also `6371`), a BPS code, a code from before a split (`91.01`), or
        a name in any common spelling (`Palangkaraya`, `Kab. Banjar`).
    """
    index = _index(pack())
    told = text.strip()
    found = index.by_code(told)
    if not found:
        found = index.by_name(told)
    best: dict[str, Suggestion] = {}
    for one in sorted(found, key=lambda one: (-one.score, one.code)):
        best.setdefault(one.code, one)
    return tuple(best.values())[:limit]


def nearest_region(lat: float, lon: float) -> str | None:
    """Return the code of the regency or city in whose cells a point lies.

    Accurate to about 1.2 km. A point up to about 25 km off the coast belongs to the nearest cells; one
    farther away, or no point on Earth, to nobody.
    """
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        return None
    owner = _owners(boundary_version())
    here = h3.latlng_to_cell(lat, lon, RESOLUTION)
    for distance in range(RINGS + 1):
        for cell in h3.grid_ring(here, distance) if distance else [here]:
            code = _owner(owner, cell)
            if code is not None:
                return code
    return None


def _owner(owner: dict[int, str], cell: str) -> str | None:
    for resolution in range(RESOLUTION, -1, -1):
        code = owner.get(h3.str_to_int(h3.cell_to_parent(cell, resolution)))
        if code is not None:
            return code
    return None


@lru_cache(maxsize=1)
def _owners(version: str) -> dict[int, str]:
    """Return cell to region; `version` makes it follow what was loaded."""
    shapes = RegionShape.objects.values_list("region__code", "cells")
    return {cell: code for code, cells in shapes for cell in unpack_cells(cells).tolist()}


@lru_cache(maxsize=4096)
def _plain(name: str) -> tuple[str, str]:
    """Return a name without its kind, spaces and signs, and the level that its kind tells."""
    words = " ".join(re.sub(r"[^a-z0-9]+", " ", name.lower()).split())
    words = re.sub(r"\bkepulauan\b", "kep", words)
    match = PREFIX.match(words)
    if match is None:
        return words.replace(" ", ""), ""
    kind = match["kind"]
    level = "city" if kind.startswith(("kota", "city")) else "regency"
    if kind.startswith(("prov", "prop")):
        level = "province"
    return words[match.end() :].replace(" ", ""), level


class _Index:
    """All ways to name a region of one pack."""

    def __init__(self, one: Pack) -> None:
        self.regions = {region.code: region for region in one.regions}
        self.bps = {region.bps_code: region for region in one.regions if region.bps_code}
        self.former = {s.predecessor: s.successor for s in one.successions if s.kind == "recoded"}
        self.plain = {code: _plain(region.name) for code, region in self.regions.items()}
        self.aliases = {_plain(alias.alias)[0]: alias.region for alias in one.aliases}

    def by_code(self, told: str) -> list[Suggestion]:
        """Return what a code could be; several where the codes of two offices collide."""
        code = told.upper()
        if code in self.regions:
            return [_suggest(self.regions[code], "code", 100)]
        if code in self.former:
            return [_suggest(self.regions[self.former[code]], "former_code", 99)]
        digits = re.sub(r"[.\s]", "", told)
        if not digits.isdigit():
            return []
        dotted = f"{digits[:2]}.{digits[2:]}"
        found = []
        if digits in self.bps:
            found.append(_suggest(self.bps[digits], "bps_code", 95))
        if dotted in self.regions:
            found.append(_suggest(self.regions[dotted], "code", 94))
        return found

    def by_name(self, told: str) -> list[Suggestion]:
        """Return the regions of that name, otherwise those of similar names."""
        name, level = _plain(told)
        if not name:
            return []
        if name in self.aliases:
            return [_suggest(self.regions[self.aliases[name]], "name", 98)]
        exact = [code for code, (plain, _) in self.plain.items() if plain == name]
        if exact:
            return [self._scored(code, level, "name", 100.0) for code in exact]
        names = {code: plain for code, (plain, _) in self.plain.items()}
        near = process.extract(
            name, names, scorer=fuzz.ratio, score_cutoff=SIMILAR, limit=2 * LIMIT
        )
        return [self._scored(code, level, "similar", score) for _, score, code in near]

    def _scored(self, code: str, level: str, reason: str, score: float) -> Suggestion:
        region = self.regions[code]
        fits = not level or region.level == level
        prefers = 0.0 if level or region.level != "regency" else 1.0
        return _suggest(region, reason, score - (0.0 if fits else 10.0) - prefers)


def _suggest(region: RegionRecord, reason: str, score: float) -> Suggestion:
    return Suggestion(region.code, region.name, reason, round(score, 1))


@lru_cache(maxsize=2)
def _index(one: Pack) -> _Index:
    return _Index(one)
