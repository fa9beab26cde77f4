"""The content of minutes (berita acara) as values, its hash, and what differs between two versions."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django.db.models import Q

from sinergi.forums.models import Delegation, Forum, Point

FORM = 1
"""Version of the form of the content, so that later ones can read what was sealed before."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What a point says in a version that corrects it."""

    title: str
    text: str = ""


def content_of(
    forum: Forum,
    opening: str,
    signatories: Sequence[tuple[str, str]],
    wording: Mapping[int, Wording] | None = None,
) -> dict[str, Any]:
    """Return all that the minutes of a forum say, as JSON values.

    Parameters
    ----------
    wording
        Number of a point to what it says instead of what the forum holds.
    """
    said_yes = forum.delegations.filter(answer=Delegation.Answer.COMING)
    here = said_yes.filter(delegates__checked_in_at__isnull=False).distinct()
    coming = said_yes.filter(Q(left_at=None) | Q(pk__in=here.values("pk")))
    points = forum.points.filter(struck_at=None).prefetch_related("addressees")
    return {
        "form": FORM,
        "title": forum.title,
        "type": str(forum.type),
        "theme": forum.theme,
        "convener": forum.organisation.name,
        "host": forum.host,
        "place": forum.place,
        "begins": forum.begins.isoformat() if forum.begins else "",
        "ends": forum.ends.isoformat() if forum.ends else "",
        "opening": opening,
        "coming": [row.organisation.name for row in coming.select_related("organisation")],
        "checked_in": [row.organisation.name for row in here.select_related("organisation")],
        "points": [_point(one, (wording or {}).get(one.number)) for one in points],
        "signatories": [{"office": office, "name": name} for office, name in signatories],
    }


def _point(point: Point, corrected: Wording | None) -> dict[str, Any]:
    words = corrected or Wording(point.title, point.text)
    return {
        "number": point.number,
        "title": words.title,
        "text": words.text,
        "type": str(point.type),
        "addressees": [one.name for one in point.addressees.all()],
        "owner": point.owner_name,
        "due": point.due.isoformat() if point.due else "",
    }


def hash_of(content: dict[str, Any]) -> str:
    """Return SHA-256 of a content in canonical form: keys in order, no spaces, UTF-8."""
    return hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()


def file_hash(content: bytes) -> str:
    """Return SHA-256 of a file."""
    return hashlib.sha256(content).hexdigest()


@dataclass(frozen=True, slots=True)
class Difference:
    """A place at which two versions differ.

    Attributes
    ----------
    where
        Field, or `points` with the number of the point and the field.
    """

    where: tuple[str, ...]
    before: Any
    after: Any


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    """Return where two contents differ; points are held against each other by their numbers."""
    found = [
        Difference((name,), before.get(name), after.get(name))
        for name in sorted({*before, *after} - {"points", "form"})
        if before.get(name) != after.get(name)
    ]
    old = {point["number"]: point for point in before["points"]}
    new = {point["number"]: point for point in after["points"]}
    for number in sorted({*old, *new}):
        was, now = old.get(number, {}), new.get(number, {})
        found += [
            Difference(("points", str(number), name), was.get(name), now.get(name))
            for name in sorted({*was, *now} - {"number"})
            if was.get(name) != now.get(name)
        ]
    return found
