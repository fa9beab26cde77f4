"""The language in which issues and points are compared: Indonesian, with the places of the country pack."""

import re
from collections.abc import Iterable
from functools import lru_cache

from sinergi.analysis.texts import INDONESIAN, Language
from sinergi.reference import queries as reference

KINDS = frozenset(["kota", "kabupaten", "kab", "provinsi", "prov"])
"""Words before the name of a region that tell what it is."""

_WORD = re.compile(r"[^\W_]+")


def language() -> Language:
    """Return what is known for comparing texts; a place tells who asks, not what for."""
    return _of(reference.catalogue_version())


@lru_cache(maxsize=4)
def _of(_version: str) -> Language:
    pack = reference.pack()
    names = [one.name for one in pack.regions if one.parent] + [one.alias for one in pack.aliases]
    return INDONESIAN._replace(places=frozenset(_bare(names)), kinds_of_place=KINDS)


def _bare(names: Iterable[str]) -> Iterable[str]:
    """Yield names in small letters without the word that tells what kind of region it is."""
    for name in names:
        words = _WORD.findall(name.casefold())
        while words and words[0] in KINDS:
            words = words[1:]
        if len("".join(words)) > 2:
            yield " ".join(words)
