"""Secrets that must be read again are sealed: encrypted with a key derived from that of the installation.

Fernet (AES-128-CBC with HMAC-SHA-256); the key is derived by HKDF-SHA-256 from `SECRET_KEY`. Former keys in
`SECRET_KEY_FALLBACKS` still open what they sealed.
"""

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext as _

from sinergi.accounts.errors import AccountsError


class SealError(AccountsError):
    """What was sealed cannot be opened: the key of the installation was changed, or the text damaged."""


@lru_cache(maxsize=4)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str) -> bytes:
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"sinergi sealing 1")
    return base64.urlsafe_b64encode(derivation.derive(key.encode()))


def _ours() -> MultiFernet:
    return _box((settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


def seal(text: str) -> str:
    """Return a text encrypted; equal texts give different results."""
    return _ours().encrypt(text.encode()).decode("ascii")


def unseal(sealed: str) -> str:
    """Return the text that was sealed.

    Raises
    ------
    SealError
    """
    try:
        return _ours().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise SealError(
            _(
                "A secret of this installation cannot be opened: its key was changed. Tell whoever runs it."
            )
        ) from error
