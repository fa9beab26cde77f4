"""Minutes as plain text values, as pages and the templates of Word and PDF show them."""

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sinergi.forums.documents.numerals import full_day
from sinergi.forums.models import Forum, Minutes, Point
from sinergi.reference.moments import day, moment

Item = TypeVar("Item")
NAME_LEFT_OUT = "…………………………………………"


def values(row: Minutes) -> dict[str, Any]:
    """Return what a template can show of a version, in the active language.

    All comes from the content that was drawn up, so that a sealed version reads the same whatever happens to
    the forum, its points and its organisations afterwards.
    """
    content: dict[str, Any] = row.content
    present = content["checked_in"]
    absent = [name for name in content["coming"] if name not in set(present)]
    last = content["ends"] or content["begins"]
    where = [content["place"], day(date.fromisoformat(last)) if last else ""]
    return {
        "language": (get_language() or "id")[:2],
        "draft": row.sealed_at is None,
        "version": row.version,
        "convener": content["convener"],
        "name": content["title"],
        "type": type_name(content["type"]),
        "intro": _intro(content),
        "opening": paragraphs(content["opening"]),
        "present": pairs(present),
        "coming": pairs(absent),
        "points": [_point(point) for point in content["points"]],
        "place_and_date": ", ".join(part for part in where if part),
        "signatories": pairs(
            [
                {"office": one["office"], "name": one["name"] or NAME_LEFT_OUT}
                for one in content["signatories"]
            ]
        ),
        "words": _words(row),
    }


def type_name(code: str) -> str:
    """Return what kind of meeting it was."""
    return str(Forum.Type(code).label) if code in Forum.Type.values else code


def paragraphs(text: str) -> list[str]:
    """Return the lines of a text that are not empty."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def pairs(items: Sequence[Item]) -> list[list[Item]]:
    """Return items two by two, as two columns show them; the last may stand alone."""
    return [list(items[place : place + 2]) for place in range(0, len(items), 2)]


def _intro(content: dict[str, Any]) -> str:
    kind = type_name(content["type"])
    parts = [
        _when(content),
        _("at %(place)s") % {"place": content["place"]} if content["place"] else "",
        _("the %(type)s “%(title)s” was held") % {"type": kind, "title": content["title"]},
        _("convened by %(convener)s") % {"convener": content["convener"]},
        _("hosted by %(host)s") % {"host": content["host"]} if content["host"] else "",
        _("with the theme “%(theme)s”") % {"theme": content["theme"]} if content["theme"] else "",
    ]
    text = ", ".join(part for part in parts if part)
    return f"{text[0].upper()}{text[1:]}."


def _when(content: dict[str, Any]) -> str:
    begins, ends = content["begins"], content["ends"]
    if not begins:
        return ""
    first = full_day(date.fromisoformat(begins))
    if not ends or ends == begins:
        return _("on this day, %(day)s") % {"day": first}
    last = full_day(date.fromisoformat(ends))
    return _("from %(first)s until %(last)s") % {"first": first, "last": last}


def _point(point: dict[str, Any]) -> dict[str, Any]:
    kind = point["type"]
    label = str(Point.Type(kind).label) if kind in Point.Type.values else kind
    facts = [
        (_("Type"), label),
        (_("Addressed to"), "; ".join(point["addressees"])),
        (_("Seen to by"), point["owner"]),
        (_("Due on"), day(date.fromisoformat(point["due"])) if point["due"] else ""),
    ]
    return {
        "number": point["number"],
        "title": point["title"],
        "paragraphs": paragraphs(point["text"]),
        "facts": [f"{name}: {value}" for name, value in facts if value],
    }


def _words(row: Minutes) -> dict[str, str]:
    sealed = ""
    if row.sealed_at is not None:
        told = _("sealed %(moment)s · SHA-256 %(hash)s")
        sealed = told % {"moment": moment(row.sealed_at), "hash": row.sha256}
    version = _("Minutes, version %(version)s") % {"version": row.version}
    unsealed = _("draft, not sealed")
    return {
        "title": _("MINUTES"),
        "number": _("Number: ……………………………"),
        "draft": _("DRAFT – not sealed"),
        "mark": _("DRAFT"),
        "present": _("Present:"),
        "coming": _("Had said that they come, and were not checked in:")
        if row.content["checked_in"]
        else _("Had said that they come:"),
        "agreed": _("The participants agreed on these points:"),
        "none": _("No point was agreed."),
        "closing": _("These minutes were drawn up truthfully, to be used as needed."),
        "signed": _("Signed by:"),
        "footer": f"{version} · {sealed or unsealed}",
        "page": _("Page"),
        "of": _("of"),
    }
