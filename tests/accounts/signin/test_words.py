"""Passwords made of words that everybody here would guess."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from sinergi.accounts.models import Person
from sinergi.accounts.signin import words
from tests.people import PASSWORD, organisation

SARI = Person(email="sari.dewi@bappeda.contoh.test", name="Sari Dewi")


@pytest.mark.parametrize(
    "guessed",
    [
        "PalangkaRaya2026!",
        "kota-banjarmasin-123",
        "Sinergi-Rahasia-99",
        "s1n3rg1-r4h4s14!",
        "Bappeda Kalimantan Tengah",
        "saridewi-2026-sari",
        "liverpool-2024-!!",
        "i.love.you.12345",
        "Perkumpulan Air Bersih 2027",
    ],
)
def test_what_is_guessed_here_is_refused(db, guessed):
    organisation("pab", name="Perkumpulan Air Bersih")
    with pytest.raises(ValidationError) as refused:
        words.GuessableWordsValidator().validate(guessed, SARI)
    assert refused.value.code == "password_guessable"


@pytest.mark.parametrize(
    "good",
    [
        PASSWORD,
        "hutan-gambut-kering-9",
        "8d7f29c177aa31",
        "sinergi tapi kuda terbang pelan",
        "kaca jendela biru laut",
        "日本語のパスワードです長い",
        "correct horse battery staple",
        "x" * 3 + " kain tenun 🧵 dari rumah nenek " * 6,
    ],
)
def test_words_of_ones_own_pass_whatever_their_letters_and_length(db, good):
    words.GuessableWordsValidator().validate(good, SARI)


def test_every_password_that_is_set_is_checked_so(db):
    with pytest.raises(ValidationError):
        validate_password("PalangkaRaya2026!", SARI)


def test_the_rule_is_told():
    assert "daerah" in words.GuessableWordsValidator().get_help_text()
