"""Tables of forums: the meeting, what is raised, what is voted, what is agreed and what becomes of it."""

from sinergi.forums.models.meeting import (
    AgendaItem,
    Delegate,
    Delegation,
    Forum,
    ForumDocument,
    InvitationLetter,
)
from sinergi.forums.models.notices import NoticeChoice
from sinergi.forums.models.points import Addressee, FollowUp, Point, PointEntry
from sinergi.forums.models.practices import Practice
from sinergi.forums.models.raising import Descent, Remark, StrategicIssue, Theme
from sinergi.forums.models.records import Minutes
from sinergi.forums.models.voting import Ballot, CastVote, Option, SealedVote, VotingRight

__all__ = [
    "Addressee",
    "AgendaItem",
    "Ballot",
    "CastVote",
    "Delegate",
    "Delegation",
    "Descent",
    "FollowUp",
    "Forum",
    "ForumDocument",
    "InvitationLetter",
    "Minutes",
    "NoticeChoice",
    "Option",
    "Point",
    "PointEntry",
    "Practice",
    "Remark",
    "SealedVote",
    "StrategicIssue",
    "Theme",
    "VotingRight",
]
