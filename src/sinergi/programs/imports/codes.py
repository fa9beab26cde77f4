"""Activity codes as files write them, brought to the writing of the nomenclature and checked against it."""

import re
from dataclasses import dataclass
from functools import lru_cache

from sinergi.programs.codes import authority_remarks, general
from sinergi.reference.models import Activity
from sinergi.reference.queries import pack

LEVELS = (1, 2, 3, 5, 6)
"""Segments of the code of an affair group, affair, programme, activity and sub-activity."""
WIDTHS = (1, 2, 2, 1, 2, 4)
SUBACTIVITY = 6
CENTRAL_LEVEL = -1
CENTRAL = re.compile(
    r"(?:\d{3}\.(?:\d{2}\.)?)?[A-Z]{2}\.\d{4}(?:\.[A-Z]{3}(?:\.\d{3}|\.[A-Z0-9]{3})?)?"
)
LONGEST = 20
USUAL = re.compile(r"[0-9X]\.(?:[0-9]{2}|XX)\.[0-9]{2}\.[0-9]\.[0-9]{2}\.[0-9]{4}")
"""A sub-activity as the nomenclature itself writes it: nothing is left to be brought to its writing."""


@dataclass(frozen=True, slots=True)
class Code:
    """A code as the nomenclature would write it.

    Attributes
    ----------
    level
        Number of segments; 0 for a text that is no code; -1 for one of a central work plan.
    """

    text: str
    level: int


@lru_cache(maxsize=65_536)
def normalised(written: str) -> Code:
    """Bring a code to the writing of the nomenclature: zeros filled in, spaces and other marks out.

    Examples
    --------
    >>> normalised("1.03.10.2.01.04").text, normalised("1.3.10.2.1.4").text, normalised("x.xx.01").text
    ('1.03.10.2.01.0004', '1.03.10.2.01.0004', 'X.XX.01')
    >>> normalised("Jalan").level
    0
    """
    if USUAL.fullmatch(written):
        return Code(written, SUBACTIVITY)
    packed = re.sub(r"[\s\u00a0]+", "", written.upper()).strip(".,;:-")
    if CENTRAL.fullmatch(packed):
        return Code(packed, CENTRAL_LEVEL)
    parts = [one for one in re.split(r"[.,\-/]", packed) if one]
    filled = [_segment(place, part) for place, part in enumerate(parts[:SUBACTIVITY])]
    if not parts or len(parts) > SUBACTIVITY or None in filled or len(parts) not in LEVELS:
        return Code(packed, 0)
    return Code(".".join(str(one) for one in filled), len(parts))


def _segment(place: int, part: str) -> str | None:
    width = WIDTHS[place]
    if place < 2 and set(part) == {"X"} and len(part) <= width:
        return "X" * width
    if not part.isascii() or not part.isdigit():
        return None
    bare = part.lstrip("0") or "0"
    return bare.zfill(width) if len(bare) <= width else None


@dataclass(frozen=True, slots=True)
class Nomenclature:
    """The activities that an installation knows.

    Attributes
    ----------
    names
        Code to name.
    followers
        Retired code to the code that took its place.
    whole
        Whether a nomenclature was loaded; without one, that a code is missing says nothing.
    """

    names: dict[str, str]
    followers: dict[str, str]
    whole: bool

    def name_of(self, code: str) -> str | None:
        """Return the name of a code, also where the plan writes the affair of the agency for `X.XX`."""
        return self.names.get(code) or self.names.get(general(code))

    def follower_of(self, code: str) -> str:
        """Return the code that took the place of a retired one; empty where none is known."""
        found = self.followers.get(code, "")
        if not found and (follower := self.followers.get(general(code), "")):
            return f"{code[:4]}{follower[4:]}"
        return found


def nomenclature() -> Nomenclature:
    """Return the loaded nomenclature, or the subset of the country pack where none is loaded."""
    rows = list(Activity.objects.values_list("code", "name", "previous"))
    if not rows:
        names = {one.code: one.name for one in pack().activities}
        return Nomenclature(names, {}, whole=False)
    followers = {old: code for code, _, previous in rows for old in previous.split("|") if old}
    return Nomenclature({code: name for code, name, _ in rows}, followers, whole=True)


@dataclass(frozen=True, slots=True)
class Checked:
    """A code with what was found at it.

    Attributes
    ----------
    remarks
        Codes of `programs.remarks`.
    suggestion
        Another code that is probably meant.
    level
        As that of `Code`.
    """

    code: str
    remarks: tuple[str, ...] = ()
    suggestion: str = ""
    level: int = 0


def check(written: str, region_code: str, known: Nomenclature) -> Checked:
    """Bring a code to its writing and check it for a government.

    Parameters
    ----------
    region_code
        Of the plan: `ID` of the nation, two digits of a province, otherwise of a regency or city; empty
        where it is not known yet.
    """
    code = normalised(written)
    if code.level == CENTRAL_LEVEL:
        return Checked(code.text, level=CENTRAL_LEVEL)
    if not code.level:
        kept = written if len(written) <= LONGEST else ""
        return Checked(kept, ("code_malformed",))
    remarks = [] if code.text == written else ["code_written_otherwise"]
    if region_code:
        remarks += authority_remarks(code.text, region_code)
    suggestion = ""
    if known.whole and code.level == SUBACTIVITY and known.name_of(code.text) is None:
        suggestion = known.follower_of(code.text)
        remarks.append("code_retired" if suggestion else "code_unknown")
    return Checked(code.text, tuple(remarks), suggestion, code.level)
