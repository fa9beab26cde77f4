"""What differs between two versions of the minutes, in the words of a reader, with the words marked."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from sinergi.forums.documents.sheet import type_name
from sinergi.forums.minutes import Difference, differences
from sinergi.forums.models import Minutes, Point
from sinergi.forums.wordwise import Piece, marked
from sinergi.reference.moments import day


@dataclass(frozen=True, slots=True)
class Row:
    """A field that differs."""

    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """What differs in the head of the minutes, or in one point."""

    title: str
    rows: tuple[Row, ...]
    state: str = ""
    """Of a point: `new` or `gone` when only one version has it."""


def compare(before: Minutes, after: Minutes) -> list[Section]:
    """Return what differs: first the meeting and who signs, then points by their numbers."""
    found = differences(before.content, after.content)
    head = [one for one in found if one.where[0] != "points"]
    numbers = sorted({int(one.where[1]) for one in found if one.where[0] == "points"})
    sections = [Section(_("Meeting and signatures"), _rows(head))] if head else []
    had, has = (_numbers(row) for row in (before, after))
    for number in numbers:
        rows = [one for one in found if one.where[:2] == ("points", str(number))]
        state = "new" if number not in had else "gone" if number not in has else ""
        title = _("Point %(number)s") % {"number": number}
        sections.append(Section(title, _rows(rows), state))
    return sections


def _numbers(row: Minutes) -> set[int]:
    return {int(point["number"]) for point in row.content["points"]}


def _rows(found: list[Difference]) -> tuple[Row, ...]:
    rows = []
    for one in found:
        name = one.where[-1]
        texts = [_text(one.where, value) for value in (one.before, one.after)]
        if any(texts):
            rows.append(Row(labels().get(name, name), tuple(marked(*texts))))
    return tuple(rows)


def labels() -> dict[str, str]:
    """Return field of the content to what it is called."""
    return {
        "title": _("Title"),
        "type": _("Type"),
        "theme": _("Theme"),
        "convener": _("Convener"),
        "host": _("Host"),
        "place": _("Place"),
        "begins": _("First day"),
        "ends": _("Last day"),
        "opening": _("Opening text"),
        "coming": _("Said that they come"),
        "checked_in": _("Present"),
        "signatories": _("Who signs"),
        "text": _("Text"),
        "addressees": _("Addressed to"),
        "owner": _("Seen to by"),
        "due": _("Due on"),
    }


def _text(where: tuple[str, ...], value: Any) -> str:
    if not value:
        return ""
    name = where[-1]
    if name in {"begins", "ends", "due"}:
        return day(date.fromisoformat(value))
    if name == "type" and where[0] == "points":
        return str(Point.Type(value).label) if value in Point.Type.values else str(value)
    if name == "type":
        return type_name(value)
    if name == "signatories":
        return "\n".join("; ".join(filter(None, (one["office"], one["name"]))) for one in value)
    return "\n".join(value) if isinstance(value, list) else str(value)
