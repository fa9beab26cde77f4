"""What the header and footer of every page need."""

from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

import sinergi
from sinergi.evidence import queries as evidence

NAVIGATION = (
    (_("Map"), ("opportunities:map",)),
    (_("Regions"), ("opportunities:regions",)),
    (_("Priority lists"), ("opportunities:lists",)),
    (_("Data & import"), ("evidence:imports", "evidence:indicators")),
    (_("Method"), ("site:method",)),
)
ABOUT = (
    (_("Method"), ("site:method",)),
    (_("Sources"), ("evidence:sources",)),
    (_("Data licences"), ("site:licences",)),
)
Items = tuple[tuple[Any, tuple[str, ...]], ...]


def address(name: str) -> str:
    """Return the address of a page; empty where this installation leaves the page out."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def links(items: Items, path: str) -> list[dict[str, Any]]:
    """Return label, address and `aria-current` of pages; the first name of each is where it leads."""
    home = reverse("opportunities:map")
    shown = []
    for label, names in items:
        urls = [url for url in map(address, names) if url]
        if not urls:
            continue
        inside = any(url != home and path.startswith(url) for url in urls)
        current = "page" if path == urls[0] else "true" if inside else ""
        shown.append({"label": label, "url": urls[0], "current": current})
    return shown


def languages(request: HttpRequest) -> list[dict[str, Any]]:
    """Return this same page, with its query, in every language."""
    return [
        {
            "code": code,
            "name": {"id": "Bahasa Indonesia", "en": "English"}.get(code, name),
            "url": translate_url(request.get_full_path(), code),
            "current": code == get_language(),
        }
        for code, name in settings.LANGUAGES
    ]


def evidence_as_of() -> str:
    """Return the last period of the evidence; empty when there is none or nobody can say."""
    try:
        return evidence.as_of()
    except DatabaseError:
        return ""


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: navigation, languages, version and the date of the evidence."""
    return {
        "version": sinergi.__version__,
        "evidence_as_of": evidence_as_of,
        "navigation": links(NAVIGATION, request.path),
        "about": links(ABOUT, request.path),
        "languages": languages(request),
        "home_url": reverse("opportunities:map"),
        "search_url": reverse("site:search"),
    }
