"""Secret ballots: votes sealed while voting goes on, and written without any trace of their voter at closing.

Each ballot has a key of its own, kept sealed with the key of the installation, which is not in the database.
A vote is padded to one length and encrypted; its row holds no time and no voter. At closing all votes are
opened, shuffled and written anew in one transaction, and the sealed ones and the key are deleted: what order
rows had, what transaction wrote them, or what an old copy of the database holds leads to nothing readable.
See ADR 21 for what this does not protect against.
"""

import hashlib
import hmac
import json
import logging
import secrets
from collections.abc import Mapping

from cryptography.fernet import Fernet
from django.db import DatabaseError, connection, transaction

from sinergi.accounts.sealing import seal, unseal
from sinergi.forums.models import Ballot

log = logging.getLogger("sinergi.forums")
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
    # Fernet writes a time in the clear: the same one for all, or it would tell who voted when.
    box = Fernet(unseal(key))
    return box.encrypt_at_time(text.ljust(LENGTH).encode(), 0).decode("ascii")


def opened_votes(key: str, contents: list[str]) -> list[tuple[str, dict[str, int]]]:
    """Return receipts and places of sealed votes in an order by chance."""
    box = Fernet(unseal(key))
    found = [json.loads(box.decrypt(content)) for content in contents]
    SHUFFLE.shuffle(found)
    return [(one["receipt"], one["places"]) for one in found]


def wipe(ballot: Ballot) -> None:
    """Delete the sealed votes of a ballot, and what databases keep of deleted rows, as far as they let us.

    Call it in the transaction that forgets the key, before the key is overwritten.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")
    ballot.sealed_votes.all().delete()
    if ballot.secret:
        transaction.on_commit(sweep)


def sweep() -> None:
    """Have the database give up what it still keeps of deleted votes and former keys; never an error."""
    try:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA busy_timeout")
                [usual] = cursor.fetchone()
                # Somebody who reads may keep the log of the file from being emptied: it is not waited for.
                cursor.execute("PRAGMA busy_timeout = 0")
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                cursor.execute(f"PRAGMA busy_timeout = {int(usual)}")
            else:
                cursor.execute("VACUUM forums_sealedvote, forums_ballot")
    except DatabaseError as error:
        log.warning("what a database keeps of deleted votes was not swept: %s", error)
