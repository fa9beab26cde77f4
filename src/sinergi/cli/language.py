"""Which language the command line speaks, and its words; knows no Django, so that help is fast."""

import gettext as catalogues
import math
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

Language = Literal["id", "en"]
LANGUAGES: tuple[Language, ...] = ("id", "en")
LOCALE = Path(__file__).resolve().parent / "locale"
LOCALES = (LOCALE, LOCALE.parents[1] / "analysis" / "locale")
"""Words of the command line, and of the methods that it runs without Django."""
VARIABLES = ("SINERGI_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


class _Speech:
    """The language of this process; English needs no catalogue."""

    language: Language = "id"
    words: catalogues.NullTranslations | None = None


def guess(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """Return the language asked for: by `--language`, by the environment, otherwise Indonesian.

    Parameters
    ----------
    arguments
        Arguments of the command line; `--language en` and `--language=en` are looked for.
    environment
        `SINERGI_LANGUAGE`, `LC_ALL`, `LC_MESSAGES` and `LANG` are read, in this order.
    """
    for place, argument in enumerate(arguments):
        name, _, value = argument.partition("=")
        if name == "--language":
            told = value or (arguments[place + 1] if place + 1 < len(arguments) else "")
            if told in LANGUAGES:
                return told
    for variable in VARIABLES:
        told = environment.get(variable, "")[:2].lower()
        if told in LANGUAGES:
            return told
    return "id"


def without_choice(arguments: Sequence[str]) -> list[str]:
    """Return the arguments without a `--language` that `guess` understood, wherever it stood."""
    left: list[str] = []
    skip = False
    for place, argument in enumerate(arguments):
        name, _, value = argument.partition("=")
        following = arguments[place + 1] if place + 1 < len(arguments) else ""
        if skip:
            skip = False
        elif name == "--language" and (value or following) in LANGUAGES:
            skip = not value
        else:
            left.append(argument)
    return left


def choose(language: Language) -> None:
    """Speak `language` from now on."""
    _Speech.language = language
    _Speech.words = None


def chosen() -> Language:
    """Return the language spoken."""
    return _Speech.language


def _words() -> catalogues.NullTranslations:
    if _Speech.words is None:
        _Speech.words = catalogues.NullTranslations()
        if _Speech.language != "en":
            for place in LOCALES:
                found = catalogues.translation("django", place, [_Speech.language], fallback=True)
                _Speech.words.add_fallback(found)
    return _Speech.words


def gettext(text: str) -> str:
    """Return `text` in the language spoken."""
    return _words().gettext(text) if text else ""


def gettext_noop(text: str) -> str:
    """Return `text` as it is; marks what is translated later, when it is shown."""
    return text


def pgettext(context: str, text: str) -> str:
    """Return `text` as it is meant in `context`, in the language spoken."""
    return _words().pgettext(context, text)


def ngettext(one: str, many: str, count: int) -> str:
    """Return the form for `count` in the language spoken."""
    return _words().ngettext(one, many, count)


def number(value: float | None, decimals: int = 0) -> str:
    """Return a number as readers write it: `1.234,5` in Indonesian, `1,234.5` in English; – if missing."""
    if value is None or math.isnan(value):
        return "–"
    text = f"{value:,.{decimals}f}"
    return text if _Speech.language == "en" else text.translate(str.maketrans(",.", ".,"))


def of_environment() -> Language:
    """Return the language that the environment asks for."""
    return guess((), os.environ)
