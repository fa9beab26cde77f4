"""Translations of all rooms: words that would lead a reader to do something else than what is meant."""

import re
from pathlib import Path

import polib
import pytest

import sinergi

CATALOGUES = sorted(Path(sinergi.__file__).parent.rglob("locale/id/LC_MESSAGES/*.po"))
AWAY = re.compile(r"\bput\b.*\baway\b", re.IGNORECASE | re.DOTALL)
SAVED = re.compile(r"\b(?:simpan|disimpan|menyimpan)\b", re.IGNORECASE)


def named(path: Path) -> str:
    """Return the room of a catalogue."""
    return f"{path.parents[3].name}-{path.stem}"


@pytest.mark.parametrize("path", CATALOGUES, ids=named)
def test_to_put_away_is_never_to_save(path: Path) -> None:
    wrong = [
        entry.msgid
        for entry in polib.pofile(str(path))
        if AWAY.search(entry.msgid) and SAVED.search(entry.msgstr)
    ]
    assert not wrong


def test_the_catalogues_of_rooms_were_found() -> None:
    assert {"programs-django", "forums-django"} <= set(map(named, CATALOGUES))
