"""Minutes as plain text values, as pages and the templates of Word and PDF show them."""

from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sinergi.forums.documents.numerals import full_day
from sinergi.forums.documents.proceedings import origin_facts, proceedings, review_facts
from sinergi.forums.documents.texts import pairs, paragraphs, type_name
from sinergi.forums.models import Minutes, Point
from sinergi.forums.places import joined, town_of
from sinergi.reference.moments import day, moment

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
    town = town_of(content["place"], content.get("region", ""))
    where = [town, day(date.fromisoformat(last)) if last else ""]
    told = {
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
        "points": [_point(point, content) for point in content["points"]],
        "place_and_date": ", ".join(part for part in where if part),
        "signatories": pairs(
            [
                {"office": one["office"], "name": one["name"] or NAME_LEFT_OUT}
                for one in content["signatories"]
            ]
        ),
        "words": _words(row),
    }
    return told if content["form"] == 1 else told | proceedings(content, told["words"])


def _intro(content: dict[str, Any]) -> str:
    kind = type_name(content["type"])
    place = joined(content["place"], content.get("region", ""))
    parts = [
        _when(content),
        _("at %(place)s") % {"place": place} if place else "",
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


def _point(point: dict[str, Any], content: dict[str, Any]) -> dict[str, Any]:
    kind = point["type"]
    label = str(Point.Type(kind).label) if kind in Point.Type.values else kind
    facts = [
        (_("Type"), label),
        (_("Addressed to"), "; ".join(point["addressees"])),
        (_("Seen to by"), point["owner"]),
        (_("Due on"), day(date.fromisoformat(point["due"])) if point["due"] else ""),
    ]
    if content["form"] > 1:
        facts = [*origin_facts(point, content), *facts, *review_facts(point)]
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
        # What was drawn up before minutes had a zone keeps the clock that its files were given with.
        with timezone.override(row.content.get("zone") or settings.TIME_ZONE):
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
