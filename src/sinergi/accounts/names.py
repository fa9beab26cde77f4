"""Names of organisations, people and lists: cleaned, and checked for characters that deceive the eye.

The script of a letter is read from its Unicode name; which letters look alike is a table of the letters that
are drawn like Latin ones. It knows Cyrillic, Greek and Armenian letters and the look-alikes within Latin, not
all of Unicode: ADR 10.
"""

import re
import unicodedata

from django.utils.translation import gettext as _

from sinergi.accounts.errors import InvalidError

LENGTH = 160
MARKS = 3
"""More combining marks in a row than any language needs cover the lines above and below."""
INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters, marks and symbols that show nothing."""
LOOK = dict(
    zip(
        "АВЕЅІЈКМНОРСТУХаеѕіјорсухԁԛԝһӏгпԍвкмнтЁёЇї",
        "ABESIJKMHOPCTYXaesijopcyxdqwhlrngbkmhtEeIi",
        strict=True,
    )
) | dict(
    zip(
        "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορτυχγηωϲϳՕՏԱօոսցհյզ",
        "ABEZHIKMNOPTYXaiknoptuxynwcjOSUonugnjq",
        strict=True,
    )
)
"""Letters of other scripts that are drawn like a Latin one."""
SAME = str.maketrans({"0": "o", "1": "l", "i": "l", "|": "l", "5": "s", "ı": "l"})
"""What is hard to tell apart in most typefaces, in lower case."""
SPACE = re.compile(r"\s+")


def clean_name(text: str, field: str = "name", length: int = LENGTH) -> str:
    """Return a name in normal form: NFC, single spaces, none around.

    Parameters
    ----------
    field
        Under which a fault is reported.

    Raises
    ------
    InvalidError
        When it is empty or too long, or has a character that does not show, turns the direction of writing,
        imitates another, or letters of scripts that imitate each other; says which.
    """
    name = SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()
    if fault := _fault(name, length):
        raise InvalidError({field: fault})
    return name


def _fault(name: str, length: int) -> str:
    if not name:
        return _("Write a name.")
    if len(name) > length:
        return _("The name is too long: at most %(length)s characters.") % {"length": length}
    for character in name:
        if fault := _fault_of(character):
            return fault
    if re.search(_run_of_marks(name), name):
        return _("The name has too many accents on one letter.")
    return _mixture(name)


def _run_of_marks(name: str) -> str:
    marks = "".join({re.escape(one) for one in name if unicodedata.category(one) == "Mn"})
    return f"[{marks}]{{{MARKS + 1},}}" if marks else r"(?!)"


def _fault_of(character: str) -> str:
    """Return what is wrong with a character by itself."""
    category = unicodedata.category(character)
    told = {"character": _told(character)}
    if (
        category in {"Cc", "Cf", "Co", "Cn", "Cs"}
        or character in INVISIBLE
        or "VARIATION SELECTOR" in unicodedata.name(character, "")
    ):
        return (
            _("The name has a character that does not show or turns the text: %(character)s.")
            % told
        )
    if category.startswith("L") and unicodedata.normalize("NFKC", character) != character:
        return _("The name has a letter that only imitates another: %(character)s.") % told
    return ""


def _told(character: str) -> str:
    """Return a character in words that can be shown: never the character itself, which may not show."""
    number = f"U+{ord(character):04X}"
    name = unicodedata.name(character, "")
    return f"{number} {name}".strip()


def script_of(character: str) -> str:
    """Return the script of a letter, as the first word of its Unicode name; empty for what is no letter."""
    if not unicodedata.category(character).startswith("L"):
        return ""
    return unicodedata.name(character, "").partition(" ")[0]


def _mixture(name: str) -> str:
    """Return a fault when letters of several scripts stand together and one of them imitates another."""
    letters = {character: script_of(character) for character in name}
    scripts = {script for script in letters.values() if script}
    if len(scripts) < 2:
        return ""
    odd = next((one for one, script in letters.items() if script != "LATIN" and one in LOOK), "")
    if not odd:
        return ""
    text = _(
        "The name mixes letters of several scripts; one looks like a Latin letter but is "
        "%(character)s."
    )
    return text % {"character": _told(odd)}


def skeleton(name: str) -> str:
    """Return what a name looks like: equal for names that a reader would take for each other.

    Accents, capitals, spaces and signs do not count; letters that are drawn alike are one.
    """
    plain = unicodedata.normalize("NFKD", "".join(LOOK.get(one, one) for one in name))
    letters = "".join(LOOK.get(one, one) for one in plain if unicodedata.category(one) != "Mn")
    kept = "".join(one for one in letters.casefold() if one.isalnum() or one == "|")
    return kept.translate(SAME).replace("rn", "m").replace("vv", "w")
