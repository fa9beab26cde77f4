"""Where a meeting is, in words: what is written of its place, and the region it names besides."""

from sinergi.forums.models import Forum
from sinergi.reference import queries as reference

CITIES = ("Kota Administrasi ", "Kota ")
"""What stands before the name of a city, longest first; letters are dated with the name alone."""


def region_of(forum: Forum) -> str:
    """Return the name of the region of a meeting's place; empty where none is named or known."""
    region = reference.pack().region.get(forum.region_code) if forum.region_code else None
    return region.name if region else ""


def place_of(forum: Forum) -> str:
    """Return where a meeting is: the place as it is written, and the region unless that names it already."""
    return joined(forum.place, region_of(forum))


def joined(place: str, region: str) -> str:
    """Return a place with its region, each named once.

    Examples
    --------
    >>> joined("Aula Gawi", "Kota Banjarbaru"), joined("Banjarbaru", "Kota Banjarbaru")
    ('Aula Gawi, Kota Banjarbaru', 'Kota Banjarbaru')
    """
    written, known = place.casefold(), region.casefold()
    if written in known:
        return region or place
    if not region or known in written:
        return place
    name = town_of_city(region).casefold()
    if name != known and written.endswith(f", {name}"):
        return f"{place[: -len(name)]}{region}"
    return f"{place}, {region}"


def town_of(place: str, region: str) -> str:
    """Return the town with which minutes are dated.

    Of a city that is its name. The seat of a regency is not known here: what is written of the place names
    it last, or alone; a hall is no town, so that the regency stands there.

    Examples
    --------
    >>> town_of("Aula Gawi", "Kota Banjarbaru"), town_of("Aula Bappeda, Martapura", "Kabupaten Banjar")
    ('Banjarbaru', 'Martapura')
    >>> town_of("Aula Bappeda", "Kabupaten Banjar"), town_of("Hotel Aston", "")
    ('Kabupaten Banjar', 'Hotel Aston')
    """
    if not region:
        return place
    if (name := town_of_city(region)) != region:
        return name
    parts = [one.strip() for one in place.split(",") if one.strip()]
    if len(parts) > 1 or " " not in place.strip():
        return parts[-1] if parts else region
    return region


def town_of_city(region: str) -> str:
    """Return the name of a city alone; of another region the name as it is."""
    for words in CITIES:
        if region.startswith(words):
            return region[len(words) :]
    return region
