"""Scores of a ranking for the projects of a portfolio, and which scores they would replace."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.models import AuditRecord
from sinergi.accounts.principal import Principal
from sinergi.programs.models import Portfolio, PortfolioProject, Ranking
from sinergi.programs.queries import priority
from sinergi.programs.queries.portfolio import projects

SCALE = 100.0
"""A rank of 0–1 becomes points of 100."""


class Scores(NamedTuple):
    """What a ranking gives lines of one plan: points of 100 by identity, and its title."""

    by_line: Mapping[UUID, float]
    source: str


NO_SCORES = Scores({}, "")


class Change(NamedTuple):
    """A score that would change.

    Attributes
    ----------
    former
        Its score until now; 0 without a source is none.
    by_hand
        Whether a person wrote it.
    """

    project: PortfolioProject
    former: float
    score: float
    by_hand: bool

    @property
    def replaces(self) -> bool:
        """Whether there was a score that gives way."""
        return _written(self.project)


@dataclass(frozen=True)
class Rescoring:
    """What the scores of a ranking would change on projects that are in a portfolio already."""

    source: str
    changes: list[Change] = field(default_factory=list)

    @property
    def replaced(self) -> list[Change]:
        """The changes before which there was a score, those written by hand first."""
        return sorted(
            (one for one in self.changes if one.replaces), key=lambda one: not one.by_hand
        )

    @property
    def by_hand(self) -> int:
        """How many of the scores were written by hand."""
        return sum(one.by_hand for one in self.changes)

    @property
    def without_by_hand(self) -> list[Change]:
        """The changes that leave alone what was written by hand."""
        return [one for one in self.changes if not one.by_hand]

    @property
    def digest(self) -> str:
        """SHA-256 of all that would change, from what to what."""
        told = [[one.project.pk, one.project.revision, one.score] for one in self.changes]
        return hashlib.sha256(json.dumps([self.source, told]).encode()).hexdigest()


def scores_of(by: Principal, ranking: int, plan: int) -> Scores:
    """Return what a ranking gives the lines of a plan; lines that it does not rank are left out.

    Raises
    ------
    UnseenError
    """
    title = priority.ranking(by, ranking).title
    found = {
        one.identity: one.score * SCALE
        for one in priority.scores(by, ranking)
        if one.plan == plan and one.rank is not None
    }
    return Scores(found, title[:200])


def rescoring(
    by: Principal, one: Portfolio, plan: int, identities: Iterable[UUID], scores: Scores
) -> Rescoring:
    """Return what scores would change on those projects of some lines of a plan that somebody may see."""
    named = set(identities) & scores.by_line.keys()
    rows = [row for row in projects(by, one).filter(plan=plan) if row.identity in named]
    sources = _titles_of_rankings(one) if rows else set()
    changes = [
        Change(row, row.score, now, _written(row) and row.score_source not in sources)
        for row in rows
        if (row.score, row.score_source) != ((now := scores.by_line[row.identity]), scores.source)
    ]
    return Rescoring(scores.source, changes)


def _written(row: PortfolioProject) -> bool:
    return bool(row.score or row.score_source)


def _titles_of_rankings(one: Portfolio) -> set[str]:
    """Return every title that the rankings have or had of which scores were ever taken."""
    told = AuditRecord.objects.filter(
        kind=Portfolio.KIND,
        object_id=str(one.pk),
        verb=Verb.PROJECT_PLACED,
        part__in=("", "scores"),
    )
    after = told.order_by().values_list("after", flat=True)
    numbers = {number for text in after if (number := json.loads(text).get("ranking"))}
    former = AuditRecord.objects.filter(
        kind=Ranking.KIND, object_id__in=[str(number) for number in numbers]
    )
    now = Ranking.objects.filter(pk__in=numbers)
    names = {
        *former.order_by().values_list("name", flat=True).distinct(),
        *now.order_by().values_list("title", flat=True),
    }
    return {name[:200] for name in names}
