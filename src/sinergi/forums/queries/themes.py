"""Reads of themes: those in use, the issues in them, and proposals of what seems alike."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from sinergi.analysis.texts import Mark, Word
from sinergi.analysis.texts import themes as drawn_together
from sinergi.forums.models import Descent, Forum, Remark, StrategicIssue, Theme
from sinergi.forums.queries.language import language


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


def former_of_all(forum: Forum) -> dict[int, set[int]]:
    """Return theme number to the numbers of the themes it was merged or split from, however long ago."""
    kind = Descent.Kind.THEME
    own = forum.themes.order_by().values("pk")
    rows = Descent.objects.filter(earlier_kind=kind, later_kind=kind, later__in=own)
    before: dict[int, set[int]] = defaultdict(set)
    for later, earlier in rows.values_list("later", "earlier"):
        before[later].add(earlier)
    found: dict[int, set[int]] = {}
    for theme in before:
        waiting, seen = [theme], set[int]()
        while waiting:
            new = before.get(waiting.pop(), set()) - seen
            seen |= new
            waiting += new
        found[theme] = seen
    return found


def remarks_on(theme: Theme) -> QuerySet[Remark]:
    """Return the comments and amendments on a theme and on the themes it was merged or split from."""
    former = former_of_all(theme.forum).get(theme.pk, set())
    rows = Remark.objects.filter(theme__in={theme.pk, *former})
    return rows.select_related("organisation", "theme")


def waiting_amendments(forum: Forum, themes_asked: Iterable[Theme]) -> dict[int, int]:
    """Return theme number to how many amendments wait on it, those on its former themes included."""
    rows = Remark.objects.filter(theme__forum=forum, state=Remark.State.OPEN).exclude(wording="")
    waiting = dict(rows.order_by().values_list("theme").annotate(n=Count("pk")))
    former = former_of_all(forum) if waiting else {}
    return {
        one.pk: sum(waiting.get(number, 0) for number in {one.pk, *former.get(one.pk, ())})
        for one in themes_asked
    }


@dataclass(frozen=True, slots=True)
class Proposal:
    """Issues that seem alike.

    Attributes
    ----------
    words
        Words that they share, the weightiest first, with other words that were read as the same.
    wording
        Title of the issue that is most like the others: a first wording.
    likeness
        In [0, 1]: how similar two of its issues are on average.
    differs
        What its issues plainly differ in, though they seem alike: negations, opposites, numbers.
    """

    issues: tuple[StrategicIssue, ...]
    words: tuple[Word, ...]
    wording: str
    likeness: float
    differs: tuple[Mark, ...] = ()


def text_of(issue: StrategicIssue) -> str:
    """Return what an issue says, for comparing it with others."""
    return "\n".join(part for part in (issue.title, issue.text, issue.asked_for) if part)


def proposals(issues: Iterable[StrategicIssue]) -> tuple[list[Proposal], list[StrategicIssue]]:
    """Draw issues together that seem alike; return proposed themes, and issues that stay alone.

    Raises
    ------
    sinergi.analysis.errors.InputError
        When there are more than can be drawn together at once.
    """
    rows = list(issues)
    found = drawn_together([text_of(one) for one in rows], language=language())
    made = [
        Proposal(
            tuple(rows[number] for number in theme.rows),
            theme.words,
            rows[theme.central].title,
            theme.likeness,
            theme.differs,
        )
        for theme in found.themes
    ]
    return made, [rows[number] for number in found.alone]
