"""The board of what became of points: filters in the address, totals, pages, and the same as a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sinergi.accounts import rules
from sinergi.accounts.requests import principal_of
from sinergi.accounts.texts import printable, small_number
from sinergi.forums.exports import board as exports
from sinergi.forums.fates import Fate
from sinergi.forums.forms.points import affair_choices
from sinergi.forums.models import Forum, Point
from sinergi.forums.queries.board import OLDEST, SORTS, USUAL_SORT, Board, Narrowed, Totals
from sinergi.forums.queries.from_themes import theme_titles
from sinergi.forums.views.board_summary import summary
from sinergi.reference import queries as reference

LONGEST_NAME = 160
AGES = (30, 90, 180, 365, 730)
TEXTS = {
    "kata": "words",
    "tema": "theme",
    "pihak": "addressee",
    "urusan": "affair",
    "jenis": "type",
    "macam": "kind",
}
FLAGS = {"kami": "ours", "tanpa_kabar": "untouched", "lewat": "overdue", "berulang": "recurring"}
NUMBERS = {"forum": "forum", "sejak": "older", "serupa": "like"}
"""What the address calls a filter, and the field of `Narrowed`."""


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is set, and the query string of the board without it."""

    label: str
    query: str


def narrowed(query: QueryDict) -> Narrowed:
    """Return the filters of an address; what cannot be is passed over."""
    kept: dict[str, Any] = {
        field: printable(query.get(name, ""))[:LONGEST_NAME]
        for name, field in TEXTS.items()
        if field in ("words", "theme", "addressee")
    }
    kept |= {
        "fates": tuple(one for one in Fate if one.value in query.getlist("status")),
    }
    for name, allowed in (
        ("urusan", reference.affairs()),
        ("jenis", Point.Type.values),
        ("macam", Forum.Type.values),
    ):
        value = query.get(name, "")
        kept[TEXTS[name]] = value if value in allowed else ""
    for name, field in FLAGS.items():
        kept[field] = query.get(name) == "1"
    for name, field in NUMBERS.items():
        kept[field] = small_number(query.get(name, ""))
    if (kept["older"] or 0) > OLDEST:
        kept["older"] = OLDEST
    sort = query.get("urut", "")
    return Narrowed(**kept, sort=sort if sort in SORTS else USUAL_SORT)


def query_of(wanted: Narrowed) -> str:
    """Return the shortest query string of filters; `narrowed` reads it."""
    pairs = [(name, getattr(wanted, field)) for name, field in (TEXTS | NUMBERS).items()]
    pairs = [(name, value) for name, value in pairs if value not in ("", None)]
    pairs += [("status", fate) for fate in wanted.fates]
    pairs += [(name, "1") for name, field in FLAGS.items() if getattr(wanted, field)]
    if wanted.sort != USUAL_SORT:
        pairs.append(("urut", wanted.sort))
    return urlencode(pairs)


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Show what became of the points of all forums that the reader may see."""
    principal = principal_of(request)
    wanted = narrowed(request.GET)
    found = Board(principal, wanted, timezone.localdate())
    page = found.page(request.GET.get("halaman"))
    forum = found.forums.get(wanted.forum) if wanted.forum else None
    reads_forum = forum is not None and rules.may(principal, rules.OBJECT_READ, forum)
    context = {
        "page": page,
        "rows": found.rows(list(page.object_list)),
        "totals": found.totals,
        "statuses": _statuses(wanted, found.totals),
        "chips": chips(wanted, found),
        "query": query_of(wanted),
        "wanted": wanted,
        "forum": forum,
        "reads_forum": reads_forum,
        "summary": summary(found, forum) if forum is not None and reads_forum else [],
        "withheld": bool(principal.withheld),
        "choices": _choices(found),
    }
    return render(request, "forums/board.html", context)


def _statuses(wanted: Narrowed, totals: Totals) -> list[tuple[str, int, str]]:
    """Return each status that there is: its name, how many points, and the query string of these alone."""
    return [
        (str(Point.Fates(fate.value).label), n, query_of(wanted.but(fates=(fate,))))
        for fate, n in totals.by_fate
    ]


def _choices(found: Board) -> dict[str, Any]:
    """Return what the form offers."""
    return {
        "addressees": found.addressees(),
        "themes": theme_titles(found.by),
        "affairs": affair_choices()[1:],
        "types": Point.Type.choices,
        "fates": Point.Fates.choices,
        "kinds": Forum.Type.choices,
        "forums": [(number, one.title) for number, one in found.forums.items()],
        "ages": [(days, _age(days)) for days in AGES],
        "sorts": [
            ("usia", _("longest without news first")),
            ("terbaru", _("latest news first")),
            ("tinjau", _("next review first")),
            ("nomor", _("forum and number")),
        ],
    }


def _age(days: int) -> str:
    return _("no news for %(days)s days") % {"days": days}


def chips(wanted: Narrowed, found: Board) -> list[Chip]:
    """Return the filters that are set, each with the address of the same board without it."""
    labels = [*_chosen(wanted, found), *_flags(wanted)]
    return [Chip(label, query_of(wanted.but(**drop))) for label, drop in labels]


def _chosen(wanted: Narrowed, found: Board) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what is shown of each filter that was chosen from several, and what takes it away."""
    if wanted.words:
        yield _("words “%(words)s”") % {"words": wanted.words}, {"words": ""}
    if wanted.theme:
        yield _("from the theme “%(name)s”") % {"name": wanted.theme}, {"theme": ""}
    if wanted.addressee:
        yield _("addressed to “%(name)s”") % {"name": wanted.addressee}, {"addressee": ""}
    if wanted.affair:
        name = reference.affairs()[wanted.affair].name(get_language() or "id")
        yield f"{wanted.affair} {name}", {"affair": ""}
    if wanted.type:
        yield str(Point.Type(wanted.type).label), {"type": ""}
    for fate in wanted.fates:
        rest = tuple(one for one in wanted.fates if one != fate)
        yield str(Point.Fates(fate).label), {"fates": rest}
    if wanted.forum is not None:
        there = found.forums.get(wanted.forum)
        yield there.title if there else _("a forum that you may not see"), {"forum": None}
    if wanted.kind:
        yield str(Forum.Type(wanted.kind).label), {"kind": ""}
    if wanted.older is not None:
        yield _age(wanted.older), {"older": None}


def _flags(wanted: Narrowed) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what is shown of each filter that is on or off, and what takes it away."""
    for field, label, off in (
        ("ours", _("addressed to us"), False),
        ("untouched", _("long without news"), False),
        ("overdue", _("overdue"), False),
        ("recurring", _("seems like an earlier one"), False),
        ("like", _("seems like one point"), None),
    ):
        if getattr(wanted, field):
            yield label, {field: off}


@require_safe
def board_file(request: HttpRequest, kind: str) -> HttpResponse:
    """Send the points that the filters of the address leave, as a file in the language of the page."""
    principal = principal_of(request)
    found = Board(principal, narrowed(request.GET), timezone.localdate())
    base = request.build_absolute_uri("/")
    name, content = exports.export_board(found, kind, base)
    response = HttpResponse(content, content_type=exports.CONTENT_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
