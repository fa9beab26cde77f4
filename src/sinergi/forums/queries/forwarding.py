"""Where points stand already, so that none is forwarded into the same forum twice."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from sinergi.forums.models import Descent, Point
from sinergi.forums.queries.lineage import Node, lineage_from

POINT = str(Descent.Kind.POINT)


def standing_in(points: Iterable[Point]) -> dict[int, dict[int, Point]]:
    """Return point number to the forums in which it stands already, each with the point that says it there.

    It stands where it, something that it came from, or something made of either was agreed and not struck.
    """
    starts = {Node(POINT, one.pk) for one in points}
    up = lineage_from(starts)
    families = {one: {one, *_points(up.ancestors(one))} for one in starts}
    earlier = {one for family in families.values() for one in family}
    down = lineage_from(earlier)
    reached = {one: {one, *_points(down.descendants(one))} for one in earlier}
    numbers = {one.number for later in reached.values() for one in later}
    rows = Point.objects.filter(pk__in=numbers, struck_at=None).in_bulk()
    return {
        start.number: {
            rows[one.number].forum_id: rows[one.number]
            for member in sorted(family)
            for one in sorted(reached[member])
            if one.number in rows
        }
        for start, family in families.items()
    }


def _points(nodes: Iterable[Node]) -> set[Node]:
    return {one for one in nodes if one.kind == POINT}


def why_not(points: Iterable[Point]) -> dict[int, str]:
    """Return the forums in which one of some points stands already, and in words which and where."""
    rows = {one.pk: one for one in points}
    told: dict[int, list[str]] = {}
    for number, forums in standing_in(rows.values()).items():
        for forum, there in forums.items():
            text = _("“%(point)s” stands in that forum already, in its point “%(there)s”.")
            told.setdefault(forum, []).append(text % {"point": rows[number], "there": there})
    return {forum: " ".join(texts) for forum, texts in told.items()}
