"""Secret ballots: votes sealed while voting goes on, and written without any trace of their voter at closing.

Each ballot has a key of its own, kept sealed with the key of the installation, which is not in the database.
A vote is padded to one length and encrypted; its row holds no time and no voter. At closing all votes are
opened, shuffled and written anew in one transaction, and the sealed ones and the key are deleted: what order
rows had, what transaction wrote them, or what an old copy of the database holds leads to nothing readable.
See ADR 20 for what this does not protect against.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping

from cryptography.fernet import Fernet

from sinergi.accounts.sealing import seal, unseal

LENGTH = 4096
"""Bytes of an opened vote: all are as long, so that a length tells nothing."""
SHUFFLE = secrets.SystemRandom()


def new_key() -> str:
    """Return a key for a ballot, sealed."""
    return seal(Fernet.generate_key().decode("ascii"))


def receipt_of(code: str) -> str:
    """Return what is published of the code that a voter keeps: SHA-256, hexadecimal."""
    return hashlib.sha256(code.encode()).hexdigest()


def mark_of(key: str, receipt: str) -> str:
    """Return the keyed hash by which a sealed vote that is sent again is known."""
    return hmac.new(unseal(key).encode(), receipt.encode(), hashlib.sha256).hexdigest()


def sealed_vote(key: str, receipt: str, places: Mapping[str, int]) -> str:
    """Return a vote encrypted with the key of its ballot, as long as any other.

    Raises
    ------
    ValueError
        When it is longer than any vote can be.
    """
    text = json.dumps({"receipt": receipt, "places": dict(places)})
    if len(text) > LENGTH:
        raise ValueError(len(text))
    return Fernet(unseal(key)).encrypt(text.ljust(LENGTH).encode()).decode("ascii")


def opened_votes(key: str, contents: list[str]) -> list[tuple[str, dict[str, int]]]:
    """Return receipts and places of sealed votes in an order by chance."""
    box = Fernet(unseal(key))
    found = [json.loads(box.decrypt(content)) for content in contents]
    SHUFFLE.shuffle(found)
    return [(one["receipt"], one["places"]) for one in found]
