"""Writes labelled lines another way, so that a model learns what people do to a title besides copying it."""

import random
from collections.abc import Container, Sequence
from typing import Any

import polars as pl

SEED = 20251122
WEIGHT = 0.2
"""What a copy that is written another way weighs beside the pair as it stands."""
SHORTENED, SHORTER = 0.5, 0.3
"""Share of titles with short forms, and of their ordinary words that are shortened."""
MISTYPED, DROPPED, TURNED, LED = 0.3, 0.2, 0.15, 0.15
NO_CODE, UPPER_CODE = 0.25, 0.25
NO_AMOUNT, OTHER_AMOUNT = 0.2, 0.3
WHOLE_PROVINCE = 0.1
SAME_AMOUNT = 0.3
"""Share of like lines of another object that cost the same."""
LEADS = ("Belanja", "Kegiatan", "Pekerjaan", "Paket")
_LETTERS = "aeioubdgklmnprst"
_LEAST = 5
"""Letters of a word that is shortened or mistyped."""


def rewritten(lines: pl.DataFrame, ordinary: Container[str], seed: int = SEED) -> pl.DataFrame:
    """Return lines of pairs, one side of each pair written another way; the other side stays.

    What both say is shortened, mistyped, left out or turned round, and code, amount and region become
    those of another document: so that what was the same work still is, and what was not is not. Years stay,
    of which lines of one year teach nothing. The same lines come from the same seed.

    Parameters
    ----------
    lines
        As `matching.lines_of` returns them, the two of a pair behind each other.
    ordinary
        Words that may be shortened and left out.
    """
    chance = random.Random(seed)  # noqa: S311 (makes lines, no secrets)
    rows = lines.to_dicts()
    for first in range(0, len(rows), 2):
        side = first + chance.randrange(2)
        other = rows[2 * first + 1 - side]
        rows[side] |= _written(rows[side], other["title"], ordinary, chance)
    return pl.DataFrame(rows, schema=lines.schema)


def alike(lines: pl.DataFrame, ordinary: Container[str], seed: int = SEED) -> pl.DataFrame:
    """Return each line beside one that is alike but of another object, with the place of its pair in `pair`.

    One of its names stands for another that some other line has; lines without a name are left out. The
    same lines come from the same seed.
    """
    chance = random.Random(seed)  # noqa: S311 (makes lines, no secrets)
    rows = _placed(lines)
    names = {
        row["id"]: [word for word in row["title"].split() if _is_name(word, ordinary)]
        for row in rows
    }
    every = sorted({name for some in names.values() for name in some})
    found = []
    for row in rows:
        if not names[row["id"]]:
            continue
        old, new = chance.choice(names[row["id"]]), chance.choice(every)
        if new.lower() == old.lower():
            continue
        title = " ".join(new if word == old else word for word in row["title"].split())
        same = chance.random() < SAME_AMOUNT
        amount = row["amount"] if same else int(row["amount"] * chance.uniform(0.5, 2.0))
        found += [row, row | {"title": title, "amount": amount, "plan": row["plan"] + 10}]
    return _numbered(found, lines.schema)


def doubled(lines: pl.DataFrame) -> pl.DataFrame:
    """Return each line beside itself in another plan, with the place of its pair in `pair`."""
    rows = _placed(lines)
    return _numbered(
        [one for row in rows for one in (row, row | {"plan": row["plan"] + 10})], lines.schema
    )


def _placed(lines: pl.DataFrame) -> list[dict[str, Any]]:
    return lines.with_columns(pair=pl.int_range(pl.len()) // 2).to_dicts()


def _numbered(rows: list[dict[str, Any]], schema: pl.Schema) -> pl.DataFrame:
    told = {**schema, "pair": pl.Int64()}
    return pl.DataFrame([row | {"id": place} for place, row in enumerate(rows)], schema=told)


def _is_name(word: str, ordinary: Container[str]) -> bool:
    return len(word) >= _LEAST and word.isalpha() and word.lower() not in ordinary


def _written(
    line: dict[str, Any], other: str, ordinary: Container[str], chance: random.Random
) -> dict[str, Any]:
    code, amount, lot = line["code"], line["amount"], chance.random()
    if lot < NO_CODE:
        code = ""
    elif lot < NO_CODE + UPPER_CODE:
        code = code.rpartition(".")[0]
    lot = chance.random()
    if lot < NO_AMOUNT:
        amount = 0
    elif lot < NO_AMOUNT + OTHER_AMOUNT:
        amount = int(amount * chance.uniform(0.8, 1.25))
    return {
        "title": _title(line["title"].split(), set(other.lower().split()), ordinary, chance),
        "code": code,
        "amount": amount,
        "region": line["region"][:2] if chance.random() < WHOLE_PROVINCE else line["region"],
    }


def _title(
    words: Sequence[str], both: Container[str], ordinary: Container[str], chance: random.Random
) -> str:
    written = list(words)
    may = [at for at, word in enumerate(written) if at and word.lower() in both]
    may = [at for at in may if written[at].lower() in ordinary]
    if may and chance.random() < DROPPED:
        del written[chance.choice(may)]
    if chance.random() < SHORTENED:
        written = [
            _short(word, chance) if word.lower() in ordinary and chance.random() < SHORTER else word
            for word in written
        ]
    long = [at for at, word in enumerate(written) if len(word) >= _LEAST and word.isalpha()]
    if long and chance.random() < MISTYPED:
        at = chance.choice(long)
        written[at] = _mistyped(written[at], chance)
    if len(written) > 3 and chance.random() < TURNED:
        cut = chance.randrange(1, len(written))
        written = [*written[cut:], *written[:cut]]
    if chance.random() < LED:
        written = [chance.choice(LEADS), *written]
    return " ".join(written)


def _short(word: str, chance: random.Random) -> str:
    """Return a short form: the first letters, or the consonants."""
    if len(word) < _LEAST or not word.isalpha():
        return word
    bones = word[0] + "".join(sign for sign in word[1:] if sign.lower() not in "aiueo")
    form = chance.choice((word[:3], word[:4], word[:5], bones, bones[:4], bones[:3]))
    return form + chance.choice(("", "."))


def _mistyped(word: str, chance: random.Random) -> str:
    """Return a word with a letter too few, too much or wrong, or with two exchanged."""
    at = chance.randrange(1, len(word) - 1)
    sign = chance.choice(_LETTERS)
    return chance.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + sign + word[at:],
            word[:at] + sign + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
    )
