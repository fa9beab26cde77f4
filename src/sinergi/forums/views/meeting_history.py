"""The history of a forum as its page tells it: in words, and no more than the reader may know."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sinergi.accounts.audit.history import Deed, history_for
from sinergi.accounts.principal import Principal
from sinergi.accounts.views.history_lines import Line, lines
from sinergi.forums import words
from sinergi.forums.models import AgendaItem, Ballot, Delegation, Forum, Point
from sinergi.forums.queries.meetings import documents
from sinergi.reference.moments import day

LABELS: dict[str, dict[str, Any]] = {
    "stage": dict(Forum.Stages.choices),
    "answer": dict(Delegation.Answer.choices),
    "fate": dict(Point.Fates.choices),
    "method": dict(Ballot.Method.choices),
    "quorum_rule": dict(Ballot.QuorumRule.choices),
    "quorum_base": dict(Ballot.QuorumBase.choices),
    "kind": dict(AgendaItem.Kind.choices),
    "type": {**dict(Forum.Type.choices), **dict(Point.Type.choices)},
}
DAYS = frozenset({"begins", "ends", "day", "due", "review"})


def history_lines(principal: Principal, forum: Forum) -> list[Line]:
    """Return the history of a forum as lines."""
    deeds = history_for(principal, forum)
    titles = _titles(principal, forum, deeds)

    def subject(deed: Deed) -> str:
        return _subject(deed) or titles.get(deed.part, "")

    return lines(principal, deeds, field_name=_field_name, shown=_shown, subject=subject)


def _titles(principal: Principal, forum: Forum, deeds: Iterable[Deed]) -> dict[str, str]:
    """Return what parts are called whose title a deed did not change, as far as the reader may know them."""
    kinds = {one.part.partition(":")[0] for one in deeds if one.part and not _subject(one)}
    found: dict[str, str] = {}
    if "agenda" in kinds:
        found |= {f"agenda:{one.pk}": one.title for one in forum.agenda.all()}
    if "document" in kinds:
        found |= {f"document:{one.pk}": one.title for one in documents(principal, forum)}
    return found


def _field_name(name: str) -> str:
    more = {
        "filename": _("file"),
        "contact": _("whom to ask"),
        "letters": pgettext("that are sent", "letters"),
        "letters_again": _("letters written again"),
        "letters_to": _("address for letters"),
        "office": _("office"),
        "quorum_base": _("of whom the quorum is counted"),
        "quorum_rule": _("quorum"),
        "sha256": _("fingerprint (SHA-256)"),
        "time_zone": _("time zone"),
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
