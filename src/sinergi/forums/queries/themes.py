"""Reads of themes: those in use, the issues in them, and proposals of what says the same."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from sinergi.analysis.texts import themes as drawn_together
from sinergi.forums.models import Descent, Forum, StrategicIssue, Theme


def themes(forum: Forum) -> QuerySet[Theme]:
    """Return the themes of a forum that are in use."""
    return forum.themes.filter(retired_at=None)


def submitted(forum: Forum) -> QuerySet[StrategicIssue]:
    """Return the issues of a forum that were submitted and not withdrawn."""
    rows = forum.issues.filter(submitted_at__isnull=False, withdrawn_at=None)
    return rows.select_related("raised_by")


def issues_of_all(numbers: Iterable[int]) -> dict[int, set[int]]:
    """Return theme number to the numbers of the issues in it; one query, however many.

    Whatever was merged or split, a theme has an edge from each of its own issues.
    """
    rows = Descent.objects.filter(
        later_kind=Descent.Kind.THEME, later__in=list(numbers), earlier_kind=Descent.Kind.ISSUE
    )
    found: dict[int, set[int]] = defaultdict(set)
    for theme, issue in rows.values_list("later", "earlier"):
        found[theme].add(issue)
    return found


def issues_of(theme: Theme) -> set[int]:
    """Return the numbers of the issues in a theme."""
    return issues_of_all([theme.pk])[theme.pk]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Issues that seem to say the same.

    Attributes
    ----------
    words
        Words that they share and the share of each in their likeness, the weightiest first.
    wording
        Title of the issue that is most like the others: a first wording.
    firmness
        In [-1, 1]: 1 when none is like anything outside, 0 when as like as within.
    """

    issues: tuple[StrategicIssue, ...]
    words: tuple[tuple[str, float], ...]
    wording: str
    firmness: float


def text_of(issue: StrategicIssue) -> str:
    """Return what an issue says, for comparing it with others."""
    return "\n".join(part for part in (issue.title, issue.text, issue.asked_for) if part)


def proposals(issues: Iterable[StrategicIssue]) -> tuple[list[Proposal], list[StrategicIssue]]:
    """Draw issues together that say the same; return proposed themes, and issues that stay alone.

    Raises
    ------
    sinergi.analysis.errors.InputError
        When there are more than can be drawn together at once.
    """
    rows = list(issues)
    found = drawn_together([text_of(one) for one in rows])
    made = [
        Proposal(
            tuple(rows[number] for number in theme.rows),
            tuple((word.written, word.share) for word in theme.words),
            rows[theme.central].title,
            theme.firmness,
        )
        for theme in found.themes
    ]
    return made, [rows[number] for number in found.alone]
