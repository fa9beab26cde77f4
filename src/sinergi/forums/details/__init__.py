"""What people write about meetings, issues, themes, ballots and points, and what of it cannot be."""

from sinergi.forums.details.meetings import AgendaDetails, ForumDetails, agenda_faults, forum_faults
from sinergi.forums.details.points import (
    NewsDetails,
    PointDetails,
    news_faults,
    point_faults,
    too_early,
)
from sinergi.forums.details.raising import (
    MOST_CODES,
    IssueDetails,
    ThemeDetails,
    issue_faults,
    theme_faults,
)
from sinergi.forums.details.values import FIRST_YEAR, LAST_YEAR, LENGTHS, Changes, changes, plain
from sinergi.forums.details.voting import MOST_OPTIONS, MOST_PLACES, BallotDetails, ballot_faults

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "LENGTHS",
    "MOST_CODES",
    "MOST_OPTIONS",
    "MOST_PLACES",
    "AgendaDetails",
    "BallotDetails",
    "Changes",
    "ForumDetails",
    "IssueDetails",
    "NewsDetails",
    "PointDetails",
    "ThemeDetails",
    "agenda_faults",
    "ballot_faults",
    "changes",
    "forum_faults",
    "issue_faults",
    "news_faults",
    "plain",
    "point_faults",
    "theme_faults",
    "too_early",
]
