"""The points that a board shows as CSV or Excel; that points of a private forum left is recorded."""

from collections import Counter
from typing import Any

from django.db import transaction
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from sinergi.accounts.actions.owned import record_on
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.models import Visibility
from sinergi.forums.queries.board import Board
from sinergi.forums.queries.points import Name, Shown
from sinergi.opportunities.exports.writing import Sheet, write_csv, write_xlsx
from sinergi.reference import queries as reference

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
AT_ONCE = 500
JOIN = "; "


def export_board(board: Board, kind: str) -> tuple[str, bytes]:
    """Return name and content of a file with all points that the filters of a board leave.

    Parameters
    ----------
    kind
        csv or xlsx.
    """
    sheet = board_sheet(board)
    content = write_csv(sheet) if kind == "csv" else write_xlsx([sheet])
    _record(board, kind)
    return f"{_('follow-up')}-{board.today:%Y-%m-%d}.{kind}", content


def board_sheet(board: Board) -> Sheet:
    """Return one line for each point, with headings in the language of the reader."""
    columns = (
        _("Forum"), _("First day"), _("Number"), _("Point"), _("Text"), _("Type"), _("Affair"),
        _("Addressed to"), _("Owner"), _("Status"), _("Last news"),
        pgettext("of a point", "Due by"), _("Review"),
        _("Untouched since the review"), _("Overdue"), _("Source"),
    )  # fmt: skip
    rows: list[tuple[Any, ...]] = []
    numbers = list(board.numbers())
    for first in range(0, len(numbers), AT_ONCE):
        rows += [_line(one) for one in board.rows(numbers[first : first + AT_ONCE])]
    return Sheet(_("Follow-up"), columns, rows)


def _line(one: Shown) -> tuple[Any, ...]:
    point, forum = one.point, one.point.forum
    affair = reference.affairs().get(point.affair)
    name = f"{point.affair} {affair.name(get_language() or 'id')}" if affair else point.affair
    return (
        forum.title, _day(forum.begins), point.number, point.title, point.text,
        point.get_type_display(), name, JOIN.join(map(_named, one.addressees)), _named(one.owner),
        point.get_fate_display(), _day(point.touched), _day(point.due), _day(point.review),
        _("yes") if one.marks.untouched else _("no"), _("yes") if one.marks.overdue else _("no"),
        point.source,
    )  # fmt: skip


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


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
