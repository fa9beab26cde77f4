"""Which language is spoken, and how numbers are written in it."""

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergi.cli import language


@pytest.mark.parametrize(
    ("arguments", "environment", "expected"),
    [
        ([], {}, "id"),
        ([], {"LANG": "C.UTF-8"}, "id"),
        ([], {"LANG": "en_GB.UTF-8"}, "en"),
        ([], {"LANG": "en_US", "LC_ALL": "id_ID.UTF-8"}, "id"),
        ([], {"SINERGI_LANGUAGE": "en", "LC_ALL": "id_ID"}, "en"),
        (["--language", "en"], {"LANG": "id_ID"}, "en"),
        (["--language=id"], {"LANG": "en_US"}, "id"),
        (["map", "--language"], {"LANG": "en_US"}, "en"),
        (["--language", "fr"], {"LANG": "en_US"}, "en"),
    ],
)
def test_the_language_is_guessed_from_option_then_environment(arguments, environment, expected):
    assert language.guess(arguments, environment) == expected


def test_numbers_are_written_as_readers_write_them():
    language.choose("id")
    assert language.number(1234567.891, 2) == "1.234.567,89"
    language.choose("en")
    assert language.number(1234567.891, 2) == "1,234,567.89"


@pytest.mark.parametrize("missing", [None, float("nan")])
def test_what_is_missing_is_a_dash_and_not_zero(missing):
    assert language.number(missing) == "–"


@given(st.floats(allow_nan=False, allow_infinity=False, width=32), st.integers(0, 4))
def test_both_languages_write_the_same_digits(value, decimals):
    language.choose("en")
    english = language.number(value, decimals)
    language.choose("id")
    swapped = english.translate(str.maketrans(",.", ".,"))
    assert language.number(value, decimals) == swapped


def test_every_translation_keeps_the_names_in_braces():
    def names(text):
        return {part.split("}")[0] for part in text.split("{")[1:]}

    for entry in polib.pofile(str(language.LOCALE / "id" / "LC_MESSAGES" / "django.po")):
        told = entry.msgstr or entry.msgstr_plural[0]
        assert names(entry.msgid) == names(told), entry.msgid


def test_words_of_the_methods_are_known_without_django():
    language.choose("id")
    assert language.gettext("Commodity") == "Komoditas"


@pytest.mark.parametrize(
    ("given", "left"),
    [
        (["map", "--language", "en", "--top", "3"], ["map", "--top", "3"]),
        (["--language=en", "map"], ["map"]),
        (["--language", "fr", "map"], ["--language", "fr", "map"]),
        (["map", "--language"], ["map", "--language"]),
    ],
)
def test_the_language_may_be_said_before_or_after_the_command(given, left):
    assert language.without_choice(given) == left
