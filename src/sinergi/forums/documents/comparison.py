"""What differs between two versions of the minutes, in the words of a reader, with the words marked."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from sinergi.forums.documents.proceedings import (
    agenda_text,
    ballot_facts,
    ballot_notes,
    cast_text,
    decided_text,
    option_text,
)
from sinergi.forums.documents.texts import type_name
from sinergi.forums.minutes import NUMBERED, Difference, differences
from sinergi.forums.models import Minutes, Point
from sinergi.forums.wordwise import Piece, marked
from sinergi.forums.zones import short
from sinergi.reference.moments import day

Contents = tuple[dict[str, Any], dict[str, Any]]
"""Of the earlier and of the later version."""


@dataclass(frozen=True, slots=True)
class Row:
    """A field that differs."""

    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """What differs in the head of the minutes, in one point or in one ballot."""

    title: str
    rows: tuple[Row, ...]
    state: str = ""
    """Of a point or a ballot: `new` or `gone` when only one version has it."""


def compare(before: Minutes, after: Minutes) -> list[Section]:
    """Return what differs: first the meeting and who signs, then points and ballots by their numbers."""
    contents = before.content, after.content
    found = differences(*contents)
    head = [one for one in found if one.where[0] not in NUMBERED]
    sections = [Section(_("Meeting and signatures"), _rows(head, contents))] if head else []
    for number in _numbers(found, "points"):
        rows = [one for one in found if one.where[:2] == ("points", str(number))]
        title = _("Point %(number)s") % {"number": number}
        sections.append(Section(title, _rows(rows, contents), _state("points", number, contents)))
    for number in _numbers(found, "ballots"):
        title = _("Ballot %(number)s") % {"number": number}
        state = _state("ballots", number, contents)
        sections.append(Section(title, _ballot_rows(number, contents), state))
    return sections


def _numbers(found: list[Difference], part: str) -> list[int]:
    return sorted({int(one.where[1]) for one in found if one.where[0] == part})


def _state(part: str, number: int, contents: Contents) -> str:
    had, has = (number in {one["number"] for one in side.get(part, ())} for side in contents)
    return "new" if not had else "gone" if not has else ""


def _rows(found: list[Difference], contents: Contents) -> tuple[Row, ...]:
    rows = []
    order = {name: place for place, name in enumerate(labels())}
    for one in sorted(found, key=lambda one: order.get(one.where[-1], len(order))):
        name = one.where[-1]
        values = zip((one.before, one.after), contents, strict=True)
        texts = [_text(one.where, value, content) for value, content in values]
        if any(texts):
            rows.append(Row(labels().get(name, name), tuple(marked(*texts))))
    return tuple(rows)


def _ballot_rows(number: int, contents: Contents) -> tuple[Row, ...]:
    """Return what differs in a ballot, in the lines in which documents tell it."""
    sides = [
        next((one for one in side.get("ballots", ()) if one["number"] == number), None)
        for side in contents
    ]
    was, now = ({} if one is None else _ballot_lines(one) for one in sides)
    return tuple(
        Row(name, tuple(marked(was.get(name, ""), now.get(name, ""))))
        for name in {**was, **now}
        if was.get(name, "") != now.get(name, "")
    )


def _ballot_lines(ballot: dict[str, Any]) -> dict[str, str]:
    lines = {
        _("Question"): [ballot["question"]],
        _("How it was held"): ballot_facts(ballot),
        _("Options"): [option_text(one) for one in ballot["options"]],
        _("Result"): ballot_notes(ballot),
        _("Votes"): [cast_text(one, weighted=ballot["weighted"]) for one in ballot["cast"]],
    }
    return {name: "\n".join(texts) for name, texts in lines.items()}


def labels() -> dict[str, str]:
    """Return field of the content to what it is called, in the order in which minutes say them."""
    return {
        "title": _("Title"),
        "type": _("Type"),
        "theme": _("Theme"),
        "convener": _("Convener"),
        "host": _("Host"),
        "place": _("Place"),
        "region": _("Region of the place"),
        "zone": _("Time zone"),
        "begins": _("First day"),
        "ends": _("Last day"),
        "opening": _("Opening text"),
        "coming": _("Said that they come"),
        "checked_in": _("Present"),
        "offices": _("Offices of those present"),
        "agenda": _("Agenda"),
        "signatories": _("Who signs"),
        "text": _("Text"),
        "proposers": _("Proposed by"),
        "ballots": _("Put to the vote"),
        "addressees": _("Addressed to"),
        "owner": _("Seen to by"),
        "due": _("Due on"),
        "review": _("Looked at again on"),
    }


def _text(where: tuple[str, ...], value: Any, content: dict[str, Any]) -> str:
    if not value:
        return ""
    name = where[-1]
    if name in {"begins", "ends", "due", "review"}:
        return day(date.fromisoformat(value))
    if name == "zone":
        return short(value)
    if name == "type" and where[0] == "points":
        return str(Point.Type(value).label) if value in Point.Type.values else str(value)
    if name == "type":
        return type_name(value)
    line = {
        "signatories": lambda one: "; ".join(filter(None, (one["office"], one["name"]))),
        "offices": lambda one: f"{one['name']}: {'; '.join(one['offices']) or '–'}",
        "agenda": agenda_text,
        "ballots": lambda one: decided_text(one, content),
    }.get(name, str)
    return "\n".join(map(line, value)) if isinstance(value, list) else str(value)
