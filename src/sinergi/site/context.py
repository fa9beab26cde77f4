"""What the header and footer of every page need."""

import functools
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

import sinergi
from sinergi.accounts.requests import principal_of
from sinergi.agreements.queries import reminders as of_agreements
from sinergi.evidence import queries as evidence
from sinergi.forums.queries.notices import count
from sinergi.site.demo.secrets import is_demo_home
from sinergi.site.languages import languages

NAVIGATION = (
    (_("Map"), ("opportunities:map",)),
    (_("Regions"), ("opportunities:regions",)),
    (_("Priority lists"), ("opportunities:lists",)),
    (_("Forums"), ("forums:forums", "forums:board", "practices:practices")),
    (
        _("Programs"),
        (
            "programs:plans",
            "programs:sync",
            "programs:funding",
            "programs:money",
            "programs:rankings",
            "programs:portfolios",
        ),
    ),
    (
        _("Agreements"),
        (
            "agreements:agreements",
            "agreements:calendar",
            "agreements:reports",
            "agreements:library",
            "agreements:register-imports",
        ),
    ),
    (_("Data & import"), ("evidence:imports", "evidence:indicators")),
    (_("Method"), ("site:method",)),
)
ABOUT = (
    (_("Organisations"), ("organisations:directory",)),
    (_("Method"), ("site:method",)),
    (_("Sources"), ("evidence:sources",)),
    (_("Data licences"), ("site:licences",)),
    (_("Programming interface"), ("api-docs",)),
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


def evidence_as_of() -> str:
    """Return the last period of the evidence; empty when there is none or nobody can say."""
    try:
        return evidence.as_of()
    except DatabaseError:
        return ""


def waits(request: HttpRequest) -> int:
    """Return how many things wait for whoever is signed in; 0 when nobody is or can say. One query."""
    try:
        return count(principal_of(request), timezone.localdate())
    except DatabaseError:
        return 0


def reminders(request: HttpRequest) -> int:
    """Return how many reminders of agreements stand for somebody signed in, up to a hundred; few queries."""
    try:
        return of_agreements.count(principal_of(request))
    except DatabaseError:
        return 0


def nonce(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `csp_nonce`, which every tag of a script carries."""
    return {"csp_nonce": getattr(request, "csp_nonce", "")}


def is_demo() -> bool:
    """Whether this installation is a demo, as it was started or because demo people live in it."""
    return bool(settings.SINERGI_DEMO or is_demo_home(settings.HOME))


def demo_people() -> tuple[Any, ...]:
    """Return the people of the demo, for the page of sign-in."""
    from sinergi.site.demo.people import PEOPLE  # noqa: PLC0415 - a demo only

    return PEOPLE


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: navigation, languages, version and the date of the evidence."""
    return {
        "version": sinergi.__version__,
        "sinergi_version": sinergi.__version__,
        "evidence_as_of": functools.cache(evidence_as_of),
        "navigation": links(NAVIGATION, request.path),
        "about": links(ABOUT, request.path),
        "languages": languages(request),
        "waits": functools.partial(waits, request),
        "reminders_wait": functools.partial(reminders, request),
        "demo": is_demo,
        "demo_people": demo_people,
        "home_url": reverse("opportunities:map"),
        "search_url": reverse("site:search"),
    }
