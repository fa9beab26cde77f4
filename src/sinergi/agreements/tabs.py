"""The pages of the room, and those of one agreement: each shows the others as a row of tabs."""

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

TABS: list[tuple[Any, str]] = [
    (pgettext_lazy("list of agreements", "Register"), "agreements:agreements"),
    (_("What waits"), "agreements:waiting"),
    (_("Calendar"), "agreements:calendar"),
    (_("Late"), "agreements:late"),
    (_("Search"), "agreements:search"),
    (_("Reports"), "agreements:reports"),
    (_("Clauses and templates"), "agreements:library"),
    (_("Bring in a register"), "agreements:register-imports"),
]
"""Label and name of the address. A part of the room whose page does not exist is left out."""
SECTIONS: list[tuple[Any, str]] = [
    (_("Overview"), "agreements:agreement"),
    (_("Parties"), "agreements:parties"),
    (_("Stages"), "agreements:stages"),
    (_("Documents"), "agreements:documents"),
    (_("Obligations"), "agreements:obligations"),
    (_("Indicators"), "agreements:measures"),
    (_("Services and bills"), "agreements:services"),
    (_("Budget"), "agreements:budget"),
    (_("Alarms"), "agreements:alarms"),
    (_("Changes"), "agreements:changes"),
    (_("Evaluation"), "agreements:evaluations"),
    (_("Files"), "agreements:files"),
]
"""The same of one agreement; each address takes its number."""


@dataclass(frozen=True, slots=True)
class Tab:
    """A page of the room; `current` as `aria-current` says it."""

    label: str
    url: str
    current: str


def _found(pages: list[tuple[Any, str]], path: str, *args: int) -> list[Tab]:
    found = []
    for label, name in pages:
        try:
            url = reverse(name, args=args)
        except NoReverseMatch:
            continue
        inside = "true" if path.startswith(url) else ""
        found.append(Tab(str(label), url, "page" if path == url else inside))
    return found


def tabs(path: str) -> list[Tab]:
    """Return the tabs of the room, seen from the page at a path; the longest that holds it is current."""
    return _one_current(_found(TABS, path))


def sections(path: str, agreement_id: int) -> list[Tab]:
    """Return the tabs of one agreement, seen from the page at a path; the longest with it is current."""
    return _one_current(_found(SECTIONS, path, agreement_id))


def _one_current(found: list[Tab]) -> list[Tab]:
    inside = [len(one.url) for one in found if one.current]
    longest = max(inside, default=0)
    return [one if len(one.url) == longest else Tab(one.label, one.url, "") for one in found]
