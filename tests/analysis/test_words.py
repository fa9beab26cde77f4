"""Every text that a method shows has Indonesian words, filled from the same values."""

import ast
import re
from pathlib import Path

import polib
import pytest

import sinergi.analysis
from sinergi.analysis.methods.registry import METHODS

HOME = Path(sinergi.analysis.__file__).parent
WORDS = polib.pofile(str(HOME / "locale" / "id" / "LC_MESSAGES" / "django.po"))


ROOMS = ("methods", "derive", "ledger", "portfolio", "priority", "similarity", "synchronise")
"""Folders whose errors people read, on the command line or on a page of a run that failed."""


def texts_of_errors():
    for room in ROOMS:
        for file in sorted((HOME / room).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                name = getattr(getattr(node, "func", None), "id", "")
                if name == "InputError":
                    yield from (node.args[0], node.args[2])
                elif name == "refused":
                    yield node.args[2]


def words_of_errors():
    """Texts that stand in the code; a text that a function is given stands where it is called."""
    return (text.value for text in texts_of_errors() if isinstance(text, ast.Constant))


def texts_of_methods():
    for method in METHODS.values():
        yield method.summary
        for part in (*method.roles, *method.other_roles, *method.options):
            yield part.summary


@pytest.mark.parametrize("source", [words_of_errors, texts_of_methods])
def test_every_text_has_indonesian_words(source):
    known = {entry.msgid for entry in WORDS if entry.msgstr}
    texts = set(source())

    assert len(texts) > 40
    assert texts - known == set()


def test_a_translation_keeps_every_field_of_its_text():
    for entry in WORDS:
        fields = [sorted(re.findall(r"{[^}]*}", text)) for text in (entry.msgid, entry.msgstr)]
        assert fields[0] == fields[1], entry.msgid
