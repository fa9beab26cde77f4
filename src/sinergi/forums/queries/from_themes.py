"""Reads of the points that were made of themes, directly or by way of points of lower forums."""

from django.db.models import QuerySet

from sinergi.accounts.principal import Principal
from sinergi.forums.models import Descent, Theme
from sinergi.forums.queries.forums import forums

THEME, POINT = Descent.Kind.THEME.value, Descent.Kind.POINT.value
MOST_THEMES = 200
"""Titles of themes that are offered to choose from."""
CHUNK = 400
"""Things named in one query, so that no database runs out of parameters."""


def _readable(by: Principal) -> QuerySet[Theme]:
    """Return the themes of forums that somebody may read: titles of others are told by no filter."""
    return Theme.objects.filter(forum__in=forums(by).order_by().values("pk")).order_by()


def theme_titles(by: Principal) -> list[str]:
    """Return titles of themes that somebody may read and of which points were made; one query."""
    made = Descent.objects.filter(earlier_kind=THEME, later_kind=POINT).order_by()
    rows = _readable(by).filter(pk__in=made.values("earlier"))
    return sorted(set(rows.values_list("title", flat=True)[:MOST_THEMES]), key=str.casefold)


def made_of_themes(by: Principal, title: str) -> set[int]:
    """Return the numbers of all points that came from themes with some words in their titles.

    Parameters
    ----------
    title
        Part of the title of a theme that somebody may read, as it is or as it was before it was merged.
    """
    start = _readable(by).filter(title__icontains=title).values_list("pk", flat=True)
    seen: dict[str, set[int]] = {THEME: set(start), POINT: set()}
    waiting = {THEME: set(seen[THEME]), POINT: set[int]()}
    while any(waiting.values()):
        found: dict[str, set[int]] = {THEME: set(), POINT: set()}
        for kind, numbers in waiting.items():
            for later_kind, later in _later(kind, sorted(numbers)):
                if later_kind in found:
                    found[later_kind].add(later)
        waiting = {kind: numbers - seen[kind] for kind, numbers in found.items()}
        for kind, numbers in waiting.items():
            seen[kind] |= numbers
    return seen[POINT]


def _later(kind: str, numbers: list[int]) -> list[tuple[str, int]]:
    """Return what was made of things of a kind; a query for each `CHUNK` of them."""
    found: list[tuple[str, int]] = []
    for first in range(0, len(numbers), CHUNK):
        rows = Descent.objects.filter(
            earlier_kind=kind, earlier__in=numbers[first : first + CHUNK]
        ).order_by()
        found += rows.values_list("later_kind", "later")
    return found
