"""What is known of a line as far as funding asks for it; what is not known stays unknown."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from sinergi.reference import queries as reference
from sinergi.reference.catalogue import WorkWord

SEGMENTS = {"1": "PROVINSI", "2": "KABKOTA"}
"""Fourth segment of an activity code; others exist in special autonomy and tell nothing here."""
CODE = re.compile(r"\d\.\d{2}\.\d{2}\.(\d)(?:\.|$)")
AFFAIR = re.compile(r"\d\.\d{2}(?=\.|$)")
SUPPORT = re.compile(r"\d\.\d{2}\.01(?=\.|$)")
"""The programme of every affair that runs its office: “Penunjang Urusan Pemerintahan Daerah”."""
ROUTINE = (
    "gaji", "tunjangan", "penyediaan gaji", "pembayaran gaji", "belanja gaji", "belanja pegawai",
    "honorarium", "tambahan penghasilan", "administrasi keuangan", "administrasi kepegawaian",
    "administrasi umum", "penyediaan jasa penunjang", "penyediaan jasa komunikasi",
    "penyediaan peralatan dan perlengkapan kantor", "penyediaan alat tulis kantor",
    "belanja perjalanan dinas", "rapat",
)  # fmt: skip
"""Words with which names of routine work begin; an expert default, as the rules that ask for it."""
FEES = (
    "iuran", "belanja iuran", "pembayaran iuran", "tipping fee", "pembayaran tipping fee",
    "kompensasi jasa pelayanan",
)  # fmt: skip
"""Words with which names of yearly payments for a service begin; an expert default."""
APART = re.compile(r"[\s/]+")
LEVELS = {"nation": "PUSAT", "province": "PROVINSI", "regency": "KABKOTA", "city": "KABKOTA"}


@dataclass(frozen=True, slots=True)
class LineFacts:
    """A line as funding sees it.

    Attributes
    ----------
    level
        Of the government that would receive the money: PUSAT, PROVINSI, KABKOTA; empty: not known.
    authority
        Level that holds what is done; empty: not known.
    further
        Levels whose part of the affair the receiving government holds besides its own.
    affair, code
        Two-part code of the affair, and the activity code; empty: not known.
    physical
        Whether something is built or bought to last; None: not known.
    physical_from
        How that is known: `object`, `words`, `typed`; empty where it is not.
    year
        In which it would be paid.
    land, design, permits
        Values of `Readiness`.
    cooperation, village
        Whether regions do it together; whether it is done by a village; None: not known.
    amount
        Minor units.
    channels
        Channels that pay already, besides the one that is asked about.
    usual
        Channels that the catalogue names for its cooperation object; empty: it has none, or none is named.
    routine
        Whether it pays staff or runs an office; None: not known.
    """

    level: str = ""
    authority: str = ""
    affair: str = ""
    code: str = ""
    physical: bool | None = None
    physical_from: str = ""
    year: int | None = None
    land: str = ""
    design: str = ""
    permits: str = ""
    cooperation: bool | None = None
    village: bool | None = None
    amount: int | None = None
    channels: tuple[str, ...] = ()
    usual: tuple[str, ...] = ()
    routine: bool | None = None
    further: tuple[str, ...] = ()

    @property
    def held_by(self) -> str:
        """The level that holds what is done: that of the receiving government where it holds this, too."""
        return self.level if self.authority in self.further else self.authority


def authority_of(code: str) -> str:
    """Return the level whose activity a code is; empty where the code does not tell."""
    found = CODE.match(code)
    return SEGMENTS.get(found[1], "") if found else ""


def affair_of(code: str) -> str:
    """Return the two-part code of the affair; empty where the code has none."""
    found = AFFAIR.match(code)
    return found[0] if found else ""


def routine_of(code: str, names: Iterable[str], *, physical: bool | None) -> bool | None:
    """Return whether work pays staff or runs an office, by its programme and its words; None: not known.

    What is built under the supporting programme, such as an office, is no routine.
    """
    if physical:
        return False
    if SUPPORT.match(code):
        return True
    return True if _begins(names, ROUTINE) else None


def is_fee(title: str) -> bool:
    """Return whether a line pays for a service and builds nothing, by the words its title begins with."""
    return _begins((title,), FEES)


def _begins(names: Iterable[str], words: tuple[str, ...]) -> bool:
    return any(f"{_plain(name)} ".startswith(f"{one} ") for name in names for one in words)


def _plain(name: str) -> str:
    """Return a name in small letters, its words divided by spaces where a slash divides them, too."""
    return " ".join(APART.split(name.casefold().strip()))


def level_of(region: str) -> str:
    """Return the level of the government of a region; empty where the region is not known.

    A city that is no government of its own is run by its province.
    """
    known = reference.pack().region.get(region)
    if known is None:
        return ""
    run = known.parent in reference.pack().administrative_provinces
    return "PROVINSI" if run else LEVELS[known.level]


def further_of(region: str, affair: str) -> tuple[str, ...]:
    """Return the levels whose part of an affair the government of a region holds besides its own."""
    province, level = region.partition(".")[0], level_of(region)
    return tuple(
        one.holds
        for one in reference.pack().further_levels
        if province in one.provinces and one.level == level and one.affair in ("", affair)
    )


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases with which names of works begin, and whether such work is physical."""

    physical: dict[str, bool]
    longest: int
    """Words of the longest phrase."""

    def tell(self, names: Iterable[str]) -> bool | None:
        """Return what `physical_of` does."""
        for name in names:
            words = _plain(name).split()
            for number in range(min(self.longest, len(words)), 0, -1):
                physical = self.physical.get(" ".join(words[:number]))
                if physical is not None:
                    return physical
        return None


def physical_of(names: Iterable[str], words: tuple[WorkWord, ...]) -> bool | None:
    """Return whether work is physical by the phrase its first telling name begins with; None: not known.

    Only the beginning counts, and the longest phrase: “Perencanaan pembangunan jembatan” builds nothing.
    """
    return phrases_of(words).tell(names)


@lru_cache(maxsize=4)
def phrases_of(words: tuple[WorkWord, ...]) -> Phrases:
    """Return phrases ready to be looked up; whoever asks for many lines keeps them."""
    phrases = {_plain(one.phrase): one.physical for one in words}
    return Phrases(phrases, max((len(one.split()) for one in phrases), default=0))
