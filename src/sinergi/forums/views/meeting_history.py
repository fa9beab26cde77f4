"""The history of a forum as its page tells it: in words, and no more than the reader may know."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from sinergi.accounts.audit.history import Deed, history_for
from sinergi.accounts.principal import Principal
from sinergi.accounts.views.history_lines import Line, lines
from sinergi.forums import words
from sinergi.forums.models import AgendaItem, Delegation, Forum, Point
from sinergi.reference.moments import day

LABELS: dict[str, dict[str, Any]] = {
    "stage": dict(Forum.Stages.choices),
    "answer": dict(Delegation.Answer.choices),
    "fate": dict(Point.Fates.choices),
    "kind": dict(AgendaItem.Kind.choices),
    "type": {**dict(Forum.Type.choices), **dict(Point.Type.choices)},
}
DAYS = frozenset({"begins", "ends", "day", "due", "review"})


def history_lines(principal: Principal, forum: Forum) -> list[Line]:
    """Return the history of a forum as lines."""
    deeds = history_for(principal, forum)
    return lines(principal, deeds, field_name=_field_name, shown=_shown, subject=_subject)


def _field_name(name: str) -> str:
    more = {
        "filename": _("file"),
        "office": _("office"),
        "sha256": _("fingerprint (SHA-256)"),
        "weight": _("weight"),
    }
    return more.get(name) or words.field_name(name)


def _shown(name: str, value: Any, deed: Deed) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(str(one) for one in value) or "–"
    if name in DAYS and isinstance(value, str):
        return _day(value)
    labels = LABELS.get(name, {})
    return str(labels.get(value, value)) if isinstance(value, str) else str(value)


def _day(text: str) -> str:
    """Return a day in words, and a time of the agenda as it was written."""
    try:
        return day(date.fromisoformat(text))
    except ValueError:
        return text[:5]


def _subject(deed: Deed) -> str:
    """Return which part of the forum a deed was done to, by its title."""
    said = {**deed.before, **deed.after}
    return str(said.get("title") or said.get("question") or "") if deed.part else ""
