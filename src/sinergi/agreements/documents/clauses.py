"""The clauses of a version: edited, moved, taken out; merged with what others changed. Pure functions."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from sinergi.accounts.texts import printable
from sinergi.agreements.documents.placeholders import unknown_in

MOST_CLAUSES = 200
"""Of one document: a form sends three fields for each."""
MOST_HEADING, MOST_TEXT = 160, 20_000
KEY = re.compile(r"^k([1-9][0-9]{0,6})$")


@dataclass(frozen=True, slots=True)
class ClauseText:
    """A clause of a version; `key` is the same through all versions, empty for one that is new."""

    key: str
    heading: str
    text: str
    source: str = ""

    def kept(self) -> dict[str, str]:
        """Return it as a version keeps it."""
        return {
            "key": self.key,
            "heading": self.heading,
            "text": self.text,
            "source": self.source,
        }


def read(rows: Iterable[dict[str, Any]]) -> list[ClauseText]:
    """Return the clauses that a version keeps."""
    return [ClauseText(one["key"], one["heading"], one["text"], one["source"]) for one in rows]


def numbered(found: Sequence[ClauseText], used: Iterable[str]) -> list[ClauseText]:
    """Return clauses, each new one under a key that no version of the document ever used."""
    taken = [int(match[1]) for key in used if (match := KEY.match(key))]
    following = max(taken, default=0)
    made = []
    for one in found:
        if not one.key:
            following += 1
            made.append(replace(one, key=f"k{following}"))
        else:
            made.append(one)
    return made


def tidied(found: Iterable[ClauseText]) -> list[ClauseText]:
    """Return clauses without the control characters that no document may hold."""
    return [
        replace(one, heading=" ".join(printable(one.heading).split()), text=printable(one.text))
        for one in found
    ]


def faults(found: Sequence[ClauseText], known: Iterable[str]) -> dict[str, str]:
    """Return what is wrong with clauses, by `heading-k1`, `text-k1`, or `clauses`.

    Parameters
    ----------
    known
        Keys that the document has used: no other may be sent.
    """
    if not found:
        return {"clauses": _("A document needs at least one clause.")}
    if len(found) > MOST_CLAUSES:
        told = _("Too many clauses: %(have)s, at most %(most)s.")
        return {"clauses": told % {"have": len(found), "most": MOST_CLAUSES}}
    keys = [one.key for one in found if one.key]
    if len(keys) != len(set(keys)) or not set(keys) <= set(known):
        return {"clauses": _("A clause was sent twice, or is not of this document.")}
    wrong: dict[str, str] = {}
    for place, one in enumerate(found, start=1):
        wrong |= _faults_of(one, one.key or f"new{place}")
    return wrong


def _faults_of(one: ClauseText, name: str) -> dict[str, str]:
    wrong = {}
    if not one.heading or not one.text:
        field = "text" if one.heading else "heading"
        wrong[f"{field}-{name}"] = _("Write a heading and a text, or take the clause out.")
    told = _("“%(heading)s”: too long, %(have)s characters, at most %(limit)s.")
    for field, text, limit in (
        ("heading", one.heading, MOST_HEADING),
        ("text", one.text, MOST_TEXT),
    ):
        if len(text) > limit:
            values = {"heading": one.heading[:60], "have": len(text), "limit": limit}
            wrong[f"{field}-{name}"] = told % values
    if unknown := unknown_in(one.text):
        said = _("“%(heading)s”: no agreement fills {%(name)s}.")
        wrong[f"text-{name}"] = said % {"heading": one.heading[:60], "name": unknown[0][:40]}
    return wrong


@dataclass(frozen=True, slots=True)
class Merged:
    """What two wrote at the same time, put together; `both` are keys that both changed."""

    clauses: list[ClauseText]
    both: tuple[str, ...]


def merge(
    base: Sequence[ClauseText], mine: Sequence[ClauseText], theirs: Sequence[ClauseText]
) -> Merged:
    """Return my clauses with what others changed meanwhile where I changed nothing.

    Where both changed a clause mine stays and is named; nobody's new clause is lost.
    """
    was = {one.key: one for one in base}
    now = {one.key: one for one in theirs}
    made, both = [], []
    for one in mine:
        before, present = was.get(one.key), now.get(one.key)
        if before is None or present == before:
            made.append(one)
        elif one == before:
            made += [present] if present is not None else []
        else:
            made.append(one)
            both += [one.key] if one != present else []
    there = {one.key for one in mine}
    taken_out = {key for key in was if key not in there}
    for place, one in enumerate(theirs):
        if one.key in there:
            continue
        if one.key in taken_out and one == was[one.key]:
            continue
        both += [one.key] if one.key in taken_out else []
        made.insert(min(place, len(made)), one)
    return Merged(made, tuple(both))
