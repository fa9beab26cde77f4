"""The content of minutes (berita acara) as values, its hash, and what differs between two versions."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django.db.models import Q

from sinergi.forums.models import Delegation, Forum, Point
from sinergi.forums.places import region_of
from sinergi.forums.proceedings import agenda_of, ballots_of, offices_of, origins_of
from sinergi.forums.zones import zone_of

FORM = 2
"""Version of the form of the content, so that later ones can read what was sealed before.

1 has no agenda, offices, ballots, proposers and days of review; what was sealed in it is shown, and
rendered byte for byte, as it was.
"""
SINCE_FORM_2 = frozenset({"agenda", "ballots", "offices", "proposers", "review"})
"""Fields of the content, and of points in it, that form 1 cannot hold."""
ADDED = frozenset({"region", "zone"})
"""Fields that came into form 2 later: what was drawn up without them says nothing of them, and is not
behind for that."""
NUMBERED = ("points", "ballots")
"""Parts of the content whose items have numbers."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What a point says in a version that corrects it; `None` leaves what it says.

    Attributes
    ----------
    addressees
        Names, in the order of the alphabet.
    """

    title: str
    text: str = ""
    addressees: tuple[str, ...] | None = None
    owner: str | None = None


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
    came = list(here.select_related("organisation").prefetch_related("delegates"))
    points = list(forum.points.filter(struck_at=None).prefetch_related("addressees"))
    ballots = ballots_of(forum)
    origins, words = origins_of(points, ballots), wording or {}
    return {
        "form": FORM,
        "title": forum.title,
        "type": str(forum.type),
        "theme": forum.theme,
        "convener": forum.organisation.name,
        "host": forum.host,
        "place": forum.place,
        "region": region_of(forum),
        "zone": zone_of(forum),
        "begins": forum.begins.isoformat() if forum.begins else "",
        "ends": forum.ends.isoformat() if forum.ends else "",
        "opening": opening,
        "coming": [row.organisation.name for row in coming.select_related("organisation")],
        "checked_in": [row.organisation.name for row in came],
        "offices": offices_of(came),
        "agenda": agenda_of(forum),
        "points": [_point(one, words.get(one.number)) | origins[one.pk] for one in points],
        "ballots": [told for _row, told in ballots],
        "signatories": [{"office": office, "name": name} for office, name in signatories],
    }


def _point(point: Point, corrected: Wording | None) -> dict[str, Any]:
    words = corrected or Wording(point.title, point.text)
    names, owner = words.addressees, words.owner
    return {
        "number": point.number,
        "title": words.title,
        "text": words.text,
        "type": str(point.type),
        "addressees": [one.name for one in point.addressees.all()] if names is None else [*names],
        "owner": point.owner_name if owner is None else owner,
        "due": point.due.isoformat() if point.due else "",
        "review": point.review.isoformat() if point.review else "",
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
        Field, or `points` or `ballots` with the number of the item and the field.
    """

    where: tuple[str, ...]
    before: Any
    after: Any


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    """Return where two contents differ; points and ballots are held against each other by their numbers.

    Of contents of different forms only what both can hold is compared.
    """
    same_form = before.get("form") == after.get("form")
    passed_over = frozenset() if same_form else SINCE_FORM_2
    unsaid = {name for name in ADDED if name not in before or name not in after}
    names = {*before, *after} - {"form", *NUMBERED} - passed_over - unsaid
    found = [
        Difference((name,), before.get(name), after.get(name))
        for name in sorted(names)
        if before.get(name) != after.get(name)
    ]
    for part in NUMBERED:
        if part not in passed_over:
            found += _numbered(part, before, after, passed_over)
    return found


def _numbered(
    part: str, before: dict[str, Any], after: dict[str, Any], passed_over: frozenset[str]
) -> list[Difference]:
    old, new = ({one["number"]: one for one in side.get(part, ())} for side in (before, after))
    found = []
    for number in sorted({*old, *new}):
        was, now = old.get(number, {}), new.get(number, {})
        found += [
            Difference((part, str(number), name), was.get(name), now.get(name))
            for name in sorted({*was, *now} - {"number"} - passed_over)
            if not _same(name, was.get(name), now.get(name))
        ]
    return found


def _same(name: str, before: Any, after: Any) -> bool:
    """Whether a field says the same; the order of names says nothing, as databases differ in it."""
    if name == "addressees" and before and after:
        return sorted(before) == sorted(after)
    return bool(before == after)
