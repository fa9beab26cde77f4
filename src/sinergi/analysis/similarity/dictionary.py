"""What is known about the language of plan lines; data that the caller gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field

NUMBER_CODES = ("stage", "package", "section", "station")
"""Kinds of numbers whose difference has a code of its own; all others are told as `number_differs`."""

PLACE_CODES = ("village", "district")
"""Kinds of place words after which a name is read that has to agree; other kinds only weigh little."""


@dataclass(frozen=True)
class Dictionary:
    """Words of plan lines in lower case; an empty one works, less well.

    Keys of `abbreviations` and `synonyms` may be several words with one space between ("s d"): that is how
    "s/d" and "S.D." read after normalising. Chains are followed once: an expansion is not
    looked up again as an abbreviation, but its words are as synonyms.
    """

    abbreviations: Mapping[str, str] = field(default_factory=dict)
    """Short forms to what they stand for: "jl" to "jalan", "rkb" to "ruang kelas baru"."""
    synonyms: Mapping[str, str] = field(default_factory=dict)
    """Words to the one that stands for all of the same meaning."""
    stop_words: frozenset[str] = frozenset()
    """Boilerplate and function words; they weigh nothing. Several words: only as this phrase."""
    place_words: Mapping[str, str] = field(default_factory=dict)
    """Words before the name of a place, to its kind: "desa" to "village", "kecamatan" to "district",
    "kabupaten" to "region", "dusun" to "hamlet"; see `PLACE_CODES`."""
    number_words: Mapping[str, str] = field(default_factory=dict)
    """Words before a number that names a part, to its kind: "tahap" to "stage", "paket" to "package", "ruas"
    to "section", "sta" and "km" to "station", "rt" to "rt"; see `NUMBER_CODES`."""
    name_words: Mapping[str, str] = field(default_factory=dict)
    """Words before the name of a single thing, to its kind: "jalan" to "road", "puskesmas" to "clinic";
    different names of one kind are told as `name_differs`."""
    unit_words: frozenset[str] = frozenset()
    """Units ("m2", "unit", "buah"): a number before one is an amount of work and names no part."""
    connectors: frozenset[str] = frozenset()
    """Words between numbers of one kind: "dan", "sampai"; they are no names."""
    ordinary: Mapping[str, float] = field(default_factory=dict)
    """Words of the nomenclature, to the share of its titles that hold them, in (0, 1]: they are not names,
    and few lines can be weighed as if they were many."""

    def known(self) -> frozenset[str]:
        """Return the words that are no names: a rare word that is nearly one of them is a mistake."""
        leads = (self.place_words, self.number_words, self.name_words, self.ordinary)
        return self.stop_words.union(*leads, self.connectors, self.unit_words)
