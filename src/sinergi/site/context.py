"""What the header and footer of every page need."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

import sinergi

NAVIGATION = (
    (_("Map"), ("opportunities:map",)),
    (_("Regions"), ("reference:regions",)),
    (_("Priority lists"), ("opportunities:lists",)),
    (_("Data & import"), ("evidence:imports",)),
    (_("Method"), ("site:method",)),
)
ABOUT = (
    (_("Method and sources"), ("site:method",)),
    (_("Data licences"), ("site:licences",)),
)


def address(names: tuple[str, ...]) -> str | None:
    """Return the first of these named addresses that exists, or None."""
    for name in names:
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return None


def links(items: tuple[tuple[Any, tuple[str, ...]], ...], path: str) -> list[dict[str, Any]]:
    """Return label, address and `aria-current` of the pages that exist."""
    home = address(("opportunities:map",))
    shown = []
    for label, names in items:
        if url := address(names):
            inside = url != home and path.startswith(url)
            current = "page" if path == url else "true" if inside else ""
            shown.append({"label": label, "url": url, "current": current})
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


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: navigation, languages, version and the date of the evidence."""
    return {
        "version": sinergi.__version__ if hasattr(sinergi, "__version__") else "",
        "navigation": links(NAVIGATION, request.path),
        "about": links(ABOUT, request.path),
        "languages": languages(request),
        "home_url": address(("opportunities:map",)) or "/",
        "search_url": address(("site:search",)) or "/",
    }
