"""Which line of a new version is which of the one before: so that what was said of it stays with it."""

import secrets
import time
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from uuid import UUID

import polars as pl

Key = tuple[str, ...]


def keys(
    external: Sequence[str],
    codes: Sequence[str],
    agencies: Sequence[str],
    titles: Sequence[str],
    places: Sequence[str],
) -> list[Key]:
    """Return by what each line is known again: its own number, or its code, agency, title and place."""
    whose, what, where = _plain(agencies), _plain(titles), _plain(places)
    return [
        ("id", number) if number else (code, agency, title, place)
        for number, code, agency, title, place in zip(
            external, codes, whose, what, where, strict=True
        )
    ]


def _plain(texts: Sequence[str]) -> list[str]:
    """Return texts in small letters, without marks."""
    small = pl.Series(texts, dtype=pl.String).str.to_lowercase()
    return small.str.replace_all(r"[^0-9a-z]+", " ").str.strip_chars().to_list()


def numbered(found: Iterable[Key]) -> list[tuple[Key, int]]:
    """Return each key with how often it came before: equal lines are kept apart by their order."""
    seen: Counter[Key] = Counter()
    numbers = []
    for key in found:
        numbers.append((key, seen[key]))
        seen[key] += 1
    return numbers


def matched(
    new: list[Key],
    before: list[Key],
    identities: Sequence[UUID],
    told: Sequence[str] = (),
    held: Collection[UUID] = (),
) -> list[UUID]:
    """Return an identity for each new line: that of the line that it was, or one of its own.

    What a file tells goes before what its words tell, each identity once. An identity that is none of the
    plan's is passed over: what was said of a line of another plan is not said of this one.

    Parameters
    ----------
    before, identities
        Keys and identities of the lines of the version before, in their order.
    told
        Identities as the file tells them.
    held
        All identities that the plan ever had.
    """
    kept = _told(told, held, len(new))
    taken = set(kept)
    known = {
        key: one for key, one in zip(numbered(before), identities, strict=True) if one not in taken
    }
    own = ordered()
    return [
        one or known.get(key) or next(own) for one, key in zip(kept, numbered(new), strict=True)
    ]


def _told(told: Sequence[str], held: Collection[UUID], number: int) -> list[UUID | None]:
    """Return the identities that a file tells and the plan has, each at its first line."""
    if not held:
        return [None] * number
    left = {str(one): one for one in held}
    return [left.pop(text.strip().lower(), None) for text in told]


def ordered() -> Iterator[UUID]:
    """Yield new identities, each larger than the one before: an index takes them faster than scattered ones.

    They are of version 7 of RFC 9562: 48 bits of milliseconds, then 74 bits that begin at random and go on
    by a random step (its section 6.2, method 2).
    """
    milliseconds, rest = time.time_ns() // 1_000_000, secrets.randbits(73)
    while True:
        rest += 1 + secrets.randbits(32)
        high, low = rest >> 62, rest & ((1 << 62) - 1)
        yield UUID(int=milliseconds << 80 | 7 << 76 | high << 64 | 2 << 62 | low)
