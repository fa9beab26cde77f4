"""The pages of the room that lead to each other: each page shows them as a row of tabs."""

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

TABS: list[tuple[Any, str]] = [
    (_("Plans"), "programs:plans"),
    (_("Synchronisation"), "programs:sync"),
    (_("Funding"), "programs:funding"),
    (_("Flow of money"), "programs:money"),
    (_("Joint objects"), "programs:joint-objects"),
    (_("Rankings"), "programs:rankings"),
    (_("Portfolios"), "programs:portfolios"),
]
"""Label and name of the address. A part of the room whose page does not exist is left out."""


@dataclass(frozen=True, slots=True)
class Tab:
    """A page of the room; `current` as `aria-current` says it."""

    label: str
    url: str
    current: str


def tabs(path: str) -> list[Tab]:
    """Return the tabs of the room, seen from the page at a path."""
    found = []
    for label, name in TABS:
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        inside = "true" if path.startswith(url) else ""
        found.append(Tab(str(label), url, "page" if path == url else inside))
    return found
