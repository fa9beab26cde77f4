"""The points that a board shows as CSV or Excel; that points of a private forum left is recorded."""

from collections import Counter
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from sinergi.accounts.actions.owned import record_on
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.models import Visibility
from sinergi.accounts.principal import operator
from sinergi.forums.models import FollowUp, Point
from sinergi.forums.queries.ancestry import proposers_seen
from sinergi.forums.queries.board import Board
from sinergi.forums.queries.forums import forums
from sinergi.forums.queries.points import Name, Shown
from sinergi.opportunities.exports.writing import Sheet, write_csv, write_xlsx
from sinergi.reference import queries as reference

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
AT_ONCE = 500
JOIN = "; "


def export_board(board: Board, kind: str, base: str = "") -> tuple[str, bytes]:
    """Return name and content of a file with all points that the filters of a board leave.

    Parameters
    ----------
    kind
        csv or xlsx.
    base
        How addresses of pages begin where the installation does not name its own.
    """
    sheet = board_sheet(board, base)
    content = write_csv(sheet) if kind == "csv" else write_xlsx([sheet])
    _record(board, kind)
    name = _("follow-up")
    return f"{name}-{board.today:%Y-%m-%d}.{kind}", content


def board_sheet(board: Board, base: str = "") -> Sheet:
    """Return one line for each point, with headings in the language of the reader.

    Parameters
    ----------
    base
        How addresses of pages begin where the installation does not name its own.
    """
    columns = (
        _("Forum"), _("First day"), _("Points that the sources tell of"), _("Number"), _("Point"),
        _("Text"), _("Type"), _("Affair"), _("Proposed by"),
        _("Addressed to"), _("Owner"), _("Status"), _("Last news"), _("What the last news says"),
        _("Evidence of the last news"), pgettext("of a point", "Due by"), _("Review"),
        _("Untouched since the review"), _("Overdue"), _("Source"), _("What speaks for it"), _("Links"),
        _("Address of its page"),
    )  # fmt: skip
    start = str(settings.SINERGI_BASE_URL or base).rstrip("/")
    rows: list[tuple[Any, ...]] = []
    numbers = list(board.numbers())
    for first in range(0, len(numbers), AT_ONCE):
        part = board.rows(numbers[first : first + AT_ONCE])
        proposing = _proposers(board, [one.point for one in part])
        last = _last_news(numbers[first : first + AT_ONCE])
        for one in part:
            told = proposing[one.point.pk]
            rows.append(_line(one, told, last.get(one.point.pk), start))
    return Sheet(_("Follow-up"), columns, rows)


def _proposers(board: Board, points: list[Point]) -> dict[int, list[str]]:
    """Return who proposed each point: those seen in its ancestry; all, to those who read the point alone."""
    rows = forums(board.by).select_related(None).order_by()
    there = set(rows.values_list("pk", flat=True))
    alone = [one for one in points if one.forum_id not in there]
    seen = proposers_seen(board.by, [one for one in points if one.forum_id in there])
    return seen | proposers_seen(operator(), alone)


def _last_news(numbers: list[int]) -> dict[int, FollowUp]:
    """Return point number to its last news; one query."""
    rows = FollowUp.objects.filter(point__in=numbers).order_by("day", "pk")
    return {row.point_id: row for row in rows}


def _line(one: Shown, proposers: list[str], news: FollowUp | None, start: str) -> tuple[Any, ...]:
    point, forum = one.point, one.point.forum
    affair = reference.affairs().get(point.affair)
    name = f"{point.affair} {affair.name(get_language() or 'id')}" if affair else point.affair
    shown_by = "\n".join(filter(None, (news.evidence, news.link))) if news else ""
    return (
        forum.title, forum.begins, forum.points_told, point.number, point.title, point.text,
        point.get_type_display(), name, JOIN.join(proposers),
        JOIN.join(map(_named, one.addressees)), _named(one.owner),
        point.get_fate_display(), point.touched, news.text if news else "", shown_by,
        point.due, point.review,
        _("yes") if one.marks.untouched else _("no"), _("yes") if one.marks.overdue else _("no"),
        point.source, point.evidence, point.links, f"{start}{point.get_absolute_url()}",
    )  # fmt: skip


def _named(name: Name) -> str:
    """Return a name as it was written, with what the organisation is called now."""
    return f"{name.written} ({name.now})" if name.now else name.written


@transaction.atomic
def _record(board: Board, kind: str) -> None:
    """Record for each forum that is not public how many of its points left."""
    for number, count in Counter(board.points.values_list("forum", flat=True)).items():
        forum = board.forums[number]
        if forum.visibility != Visibility.PUBLIC:
            after = {"format": kind, "points": count}
            record_on(board.by, Verb.EXPORTED, forum, after=after)
