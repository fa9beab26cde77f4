"""What became of the points of one forum, in sentences for whoever reads of it for the first time."""

from django.utils.translation import gettext as _

from sinergi.forums.fates import Fate
from sinergi.forums.models import Forum, Point
from sinergi.forums.queries.board import USUAL_SORT, Board, Narrowed, Totals
from sinergi.forums.queries.standing import is_published
from sinergi.reference.moments import day as written_day

UNANSWERED = frozenset({Fate.AGREED, Fate.SENT, Fate.RECEIVED})


def summary(found: Board, forum: Forum) -> list[str]:
    """Return sentences on all points of a forum; none when other filters leave some of them out."""
    wanted = found.narrowed
    if wanted.but(forum=None, sort=USUAL_SORT) != Narrowed():
        return []
    published = is_published(forum)
    told = [_agreed(forum, found.totals.all, found.worded())]
    if published:
        told.append(_("This forum is known from publications; it was not held here."))
    if found.totals.all:
        told += _became(found.totals, published=published)
        told.append(_("Last news: %(day)s.") % {"day": written_day(found.last_news())})
    return [one for one in told if one]


def _agreed(forum: Forum, here: int, worded: int) -> str:
    """Say how many points there are, and how many of them are known."""
    values = {"told": forum.points_told or 0, "here": here}
    values["rest"] = values["told"] - here
    if values["rest"] > 0 and here:
        return (
            _(
                "Publications tell of %(told)s recommendations or points of this forum. They name %(here)s "
                "of them, recorded here; of the other %(rest)s only the number is known."
            )
            % values
        )
    if values["rest"] > 0:
        return (
            _(
                "Publications tell of %(told)s recommendations or points of this forum, "
                "and word none of them."
            )
            % values
        )
    if not here:
        return ""
    if worded == here:
        return _("Points recorded of this forum, all from publications: %(here)s.") % values
    return _("Points that this forum agreed on: %(here)s.") % values


def _became(totals: Totals, *, published: bool) -> list[str]:
    """Say how many stand in which status, and whether there is any answer."""
    each = ", ".join(f"{n} {Point.Fates(fate.value).label}" for fate, n in totals.by_fate)
    told = [_("What became of them: %(each)s.") % {"each": each}]
    if all(fate is Fate.AGREED for fate, _n in totals.by_fate):
        unknown = _("Whether any of them was sent to anybody is not known from the sources.")
        none = _("That any of them was sent to anybody is not recorded.")
        told.append(unknown if published else none)
    elif all(fate in UNANSWERED for fate, _n in totals.by_fate):
        told.append(_("No answer to any of them is recorded."))
    return told
