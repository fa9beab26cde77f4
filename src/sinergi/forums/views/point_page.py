"""What the page of one point shows, whatever was refused on it."""

from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sinergi.accounts import rules
from sinergi.accounts.audit.history import Deed
from sinergi.accounts.principal import Principal
from sinergi.accounts.views.history_lines import NOTHING, lines
from sinergi.forums import outcomes, permissions, words
from sinergi.forums.fates import NEEDS_EVIDENCE, SETTLED, Fate, next_review
from sinergi.forums.forms.points import NewsForm, WatchForm
from sinergi.forums.meaning import coded
from sinergi.forums.models import Descent, Forum, Point
from sinergi.forums.queries import points as queries
from sinergi.forums.queries.ancestry import ancestry
from sinergi.forums.queries.lineage import Node, lineage_from
from sinergi.forums.queries.notices import is_taken_up
from sinergi.forums.queries.reading import concerned
from sinergi.forums.queries.similar import earlier, text_of_point
from sinergi.forums.stages import Deed as ForumDeed
from sinergi.forums.stages import Stage, allows
from sinergi.forums.views.frame import frame
from sinergi.opportunities.lists.snapshot import Snapshot
from sinergi.reference import queries as reference

MOST_ALIKE = 5


def point_page(
    principal: Principal,
    point: Point,
    *,
    news: NewsForm | None = None,
    watch: WatchForm | None = None,
) -> dict[str, Any]:
    """Return what the page of a point shows: without the forum to those who read the point alone.

    Parameters
    ----------
    point
        Of `queries.points.get_point` or `get_readable`.
    news, watch
        Forms that were refused, with what was sent.
    """
    today, forum = timezone.localdate(), point.forum
    reads_forum = rules.may(principal, rules.OBJECT_READ, forum)
    [one] = queries.shown([point], today)
    may_report = allows(Stage(forum.stage), ForumDeed.FOLLOW_UP) and permissions.follows(
        principal, point
    )
    taken = permissions.prepares(principal, forum) and is_taken_up(point)
    if may_report and news is None:
        again = next_review(point.touched, point.review, today)
        initial: dict[str, Any] = {"revision": point.revision, "day": today, "review": again}
        initial |= {"fate": Fate.SENT.value} if taken else {}
        asked = permissions.is_asked(principal, point)
        news = NewsForm(initial=initial, now=Fate(point.fate), asked=asked)
    if watch is None:
        initial = {"revision": point.revision, "due": point.due, "review": point.review}
        watch = WatchForm(initial=initial)
    deeds = queries.history_of(principal, forum, point.pk) if reads_forum else []
    return {
        **frame(principal, forum, "points"),
        "base": "forums/base.html" if reads_forum else "forums/point_base.html",
        "reads_forum": reads_forum,
        "concerned": concerned(principal, point),
        "proposers": [] if reads_forum else queries.proposers(point),
        "one": one,
        "meant": any(name.code for name in (*one.addressees, one.owner)),
        "point": point,
        "affair": _affair(point.affair),
        "objects": objects_of(point),
        "ancestry": ancestry(principal, point),
        "news": [(row, Fate(row.fate) in SETTLED) for row in queries.news_of(point)],
        "entries": [
            (link.entry, Snapshot(link.entry.snapshot).name)
            for link in queries.entries_of(principal, point)
        ],
        "outcomes": outcomes.outcomes_of(principal, point),
        "onward": outcomes.onward(point) if principal.signed_in else [],
        "alike": alike(principal, forum, point),
        "links": point.links.split(),
        "taken": taken,
        "news_form": news if may_report else None,
        "watch_form": watch,
        "need_evidence": ", ".join(
            str(Point.Fates(fate.value).label) for fate in Fate if fate in NEEDS_EVIDENCE
        ),
        "lines": lines(principal, deeds, field_name=words.field_name, shown=_written),
    }


def alike(principal: Principal, forum: Forum, point: Point) -> list[Any]:
    """Return points of other forums that seem alike, as far as they may be read; not those of its family."""
    found = earlier(principal, forum, text_of_point(point), 2 * MOST_ALIKE)
    here = Node(Descent.Kind.POINT.value, point.pk)
    graph = lineage_from([here])
    kin = {
        one.number
        for one in (*graph.ancestors(here), *graph.descendants(here))
        if one.kind == here.kind
    }
    return [one for one in found if one.is_point and one.row.pk not in kin][:MOST_ALIKE]


def objects_of(point: Point) -> list[tuple[str, str]]:
    """Return code and name of the cooperation objects that a point names."""
    language, catalogue = get_language() or "id", reference.catalogue()
    return [
        (code, catalogue[code].name(language) if code in catalogue else code)
        for code in point.objects_named
    ]


def _affair(code: str) -> str:
    found = reference.affairs().get(code)
    return f"{code} {found.name(get_language() or 'id')}" if found else code


LABELS = {"fate": Point.Fates, "type": Point.Type}
NUMBERS = frozenset({"themes", "issues", "points", "entry", "priority_list", "forum"})
"""Recorded as numbers, which tell people nothing; the page shows what they stand for."""


def _written(name: str, value: Any, deed: Deed) -> str:
    """Return a recorded value in words."""
    if name in NUMBERS:
        return NOTHING
    if name == "meant" and isinstance(value, list):
        return "; ".join(coded(*map(str, one)) for one in value) or NOTHING
    if name in LABELS and value in LABELS[name].values:
        return str(LABELS[name](value).label)
    if isinstance(value, list):
        return "; ".join(map(str, value)) or NOTHING
    return str(value) if not isinstance(value, bool) else _("yes") if value else _("no")
