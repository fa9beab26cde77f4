"""Where lines lie, from what a plan writes about it; each place is looked for once."""

import re
from dataclasses import dataclass

import polars as pl

from sinergi.evidence.imports.regions import region_index
from sinergi.programs.imports.context import Context
from sinergi.programs.models import PlaceCertainty
from sinergi.programs.places import Place, find_place, lies_in
from sinergi.reference.queries import region_table

BRACKETED = re.compile(r"^(.+?)\s*\((Kab|Kota|Prov)\.?\)$", re.IGNORECASE)
"""SiRUP writes `Bandung (Kab.)`."""


@dataclass(frozen=True, slots=True)
class Location:
    """Where a line lies, as far as that is known."""

    region_code: str = ""
    lat: float | None = None
    lon: float | None = None
    certainty: str = PlaceCertainty.UNKNOWN


def turned(name: str) -> str:
    """Return the name of a region with its kind in front.

    Examples
    --------
    >>> turned("Bandung (Kab.)"), turned("Kota Cimahi")
    ('Kab. Bandung', 'Kota Cimahi')
    """
    found = BRACKETED.match(name.strip())
    return (
        f"{found[2].title()}{'' if found[2].casefold() == 'kota' else '.'} {found[1]}"
        if found
        else name.strip()
    )


def locate(context: Context) -> list[Location]:
    """Return where each line lies, in the order of the lines.

    A code counts before the name of a region in a column of its own, and that before what the place and
    the title name in passing.
    """
    places, titles = context.texts("place"), context.texts("title")
    names, codes = context.texts("region_name"), context.texts("region_code")
    regions = region_index()
    matches = regions.match_all(sorted({turned(one) for one in names if one}), "auto")
    usual = context.plan.region_code
    passing: dict[str, Place] = {}
    texts = [f"{place} ; {title}" for place, title in zip(places, titles, strict=True)]
    named = _naming(texts, usual or "ID")
    nowhere = Location(certainty=PlaceCertainty.PLAN if usual else PlaceCertainty.UNKNOWN)
    found = []
    for row, place, title, name, code, text, names_one in zip(
        context.rows.lines, places, titles, names, codes, texts, named, strict=True
    ):
        match = matches.get(turned(name)) if name else None
        if code in regions.by_code:
            one = Location(code, certainty=PlaceCertainty.TYPED)
        elif match and match.place:
            one = Location(match.place.code, certainty=PlaceCertainty.FOUND)
        elif match and match.candidates:
            one = Location(certainty=PlaceCertainty.AMBIGUOUS)
            told = tuple(candidate.code for candidate in match.candidates)
            _tell_ambiguous(context, row, "region_name", name, told)
        else:
            if not names_one:
                found.append(nowhere)
                continue
            if text not in passing:
                passing[text] = find_place(text, usual or "ID")
            one = _passing(context, row, place or title, passing[text])
        if one.region_code and usual and not lies_in(one.region_code, usual):
            told_at = "region_name" if name else "region_code" if code else "place"
            context.tell(row, "place_outside", told_at, name or code or place, read=one.region_code)
        found.append(one)
    return found


def _naming(texts: list[str], region: str) -> list[bool]:
    """Return which texts can name a region at all: most of a hundred thousand name none."""
    table = region_table()
    inside = [
        name for code, name in zip(table.codes, table.names, strict=True) if lies_in(code, region)
    ]
    bare = {name.split(" ", 1)[-1] for name in inside} | set(inside)
    pattern = "(?i)" + "|".join(map(pl.escape_regex, sorted(bare)))
    return pl.Series(texts, dtype=pl.String).str.contains(pattern).to_list()


def _passing(context: Context, row: int, text: str, place: Place) -> Location:
    if place.certainty == PlaceCertainty.AMBIGUOUS:
        _tell_ambiguous(context, row, "place", text, place.candidates)
    certainty = place.certainty
    if certainty == PlaceCertainty.PLAN and not context.plan.region_code:
        certainty = PlaceCertainty.UNKNOWN
    return Location(place.region_code, certainty=certainty)


def _tell_ambiguous(
    context: Context, row: int, name: str, text: str, codes: tuple[str, ...]
) -> None:
    context.tell(row, "place_ambiguous", name, text, regions=", ".join(codes[:6]))
