"""Words that everybody here would guess: a password is not made of them alone.

What counts: the words below, names of regions, names and codes of organisations, the name and address of the
person, years, and what is on the list of common passwords. docs/security.md tells people of it.
"""

import re
from functools import lru_cache
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from sinergi.accounts.models import Organisation
from sinergi.reference import queries as reference

LEAST = 8
"""Letters and digits that must remain once all such words are taken out."""
SHORTEST = 4
"""Shorter words are in too many others."""
LISTED = """
sinergi kerjasama kerja sama daerah antardaerah prioritas daftar peta urusan sandi katasandi rahasia masuk
selamat datang admin administrator pengelola analis koordinator pejabat walikota bupati gubernur sekda
pemerintah pemprov pemkot pemkab pemda provinsi kabupaten kota kecamatan bappeda bappenas dinas badan biro
kementerian kemendagri kemenkeu apeksi apkasi komwil tkksd indonesia jakarta nusantara merdeka
password passphrase passwort secret welcome login user system test demo contoh qwerty asdfgh
"""
WORDS = frozenset(LISTED.split())
YEAR = re.compile(r"(19|20)[0-9]{2}")
RUN = re.compile(r"(0?123456789|12345678|1234567|123456|12345|1234|123|abcdef|abcd|abc)")
PLAIN = re.compile(r"[^a-z0-9]+")
LIKE = str.maketrans("013457@$", "oieastas")
"""What is written for letters."""


def folded(text: str) -> str:
    """Return letters and digits of a text, small."""
    return PLAIN.sub("", text.lower())


@lru_cache(maxsize=1)
def _regions() -> frozenset[str]:
    names = {folded(region.name) for region in reference.pack().regions}
    bare = {re.sub("^(kota|kabupaten|provinsi)", "", name) for name in names}
    return frozenset(name for name in names | bare if len(name) >= SHORTEST)


@lru_cache(maxsize=1)
def _common() -> CommonPasswordValidator:
    return CommonPasswordValidator()


def guessable(person: Any) -> frozenset[str]:
    """Return the words that are guessed for a person, as `folded` gives them."""
    names = [str(getattr(person, "name", "") or ""), str(getattr(person, "email", "") or "")]
    own = {folded(part) for name in names for part in re.split(r"[\s@._-]+", name)}
    own |= {folded(name) for name in names}
    theirs = {
        folded(text)
        for pair in Organisation.objects.filter(deleted_at=None).values_list("name", "code")
        for text in pair
    }
    return frozenset(word for word in WORDS | _regions() | own | theirs if len(word) >= SHORTEST)


def rest_of(password: str, words: frozenset[str]) -> str:
    """Return what remains of a folded password when words, years and runs of digits are taken out."""
    rest = password
    for word in sorted((word for word in words if word in password), key=len, reverse=True):
        rest = rest.replace(word, " ")
    return RUN.sub("", YEAR.sub("", rest)).replace(" ", "")


class GuessableWordsValidator:
    """Refuses passwords that hold little besides words that are guessed here."""

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse a password that anybody who knows us would try.

        Raises
        ------
        ValidationError
        """
        words = guessable(user)
        for shape in (folded(password), folded(password.lower().translate(LIKE))):
            rest = rest_of(shape, words)
            stem = re.sub("[^a-z]", "", shape)
            if (len(rest) < LEAST and rest != shape) or stem in _common().passwords:
                raise ValidationError(
                    _(
                        "This password is made of words that others would guess: names of regions, "
                        "organisations, yours, or usual passwords. Take several words that have nothing "
                        "to do with your work."
                    ),
                    code="password_guessable",
                )

    def get_help_text(self) -> str:
        """Return the rule in words."""
        return _("It must not be made of names of regions, organisations or people you work with.")
