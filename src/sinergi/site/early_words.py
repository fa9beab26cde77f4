"""Words for what goes wrong before Django has settings, read from the catalogue of this room."""

import gettext as catalogues
import os
from functools import cache
from pathlib import Path

VARIABLES = ("SINERGI_LANGUAGE", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
"""Tell the language; the command line sets `LANGUAGE` to the one it was asked for."""


@cache
def _catalogue(language: str) -> catalogues.NullTranslations:
    place = Path(__file__).resolve().parent / "locale"
    return catalogues.translation("django", place, [language], fallback=True)


def gettext(text: str) -> str:
    """Return a text in the language of the process: Indonesian unless the environment says English."""
    told = (os.environ.get(name, "")[:2].lower() for name in VARIABLES)
    language = next((one for one in told if one in {"id", "en"}), "id")
    return text if language == "en" else _catalogue(language).gettext(text)


def gettext_noop(text: str) -> str:
    """Return `text` as it is; marks what is translated later, when it is shown."""
    return text
