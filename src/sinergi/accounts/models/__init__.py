"""Tables of the room: people, organisations, roles, invitations, tokens, shares, audit records."""

from sinergi.accounts.models.audit import AuditCheck, AuditHead, AuditRecord
from sinergi.accounts.models.entry import ApiToken, Invitation
from sinergi.accounts.models.once import DoneOnce
from sinergi.accounts.models.organisations import Affiliation, Assignment, Organisation, Role
from sinergi.accounts.models.owned import Kept, Level, Owned, OwnedQuerySet, Share, Visibility
from sinergi.accounts.models.people import Person
from sinergi.accounts.models.signin import Letter, SignInProvider
from sinergi.accounts.models.tasks import DailyRun, TaskMark, TaskWorker

__all__ = [
    "Affiliation",
    "ApiToken",
    "Assignment",
    "AuditCheck",
    "AuditHead",
    "AuditRecord",
    "DailyRun",
    "DoneOnce",
    "Invitation",
    "Kept",
    "Letter",
    "Level",
    "Organisation",
    "Owned",
    "OwnedQuerySet",
    "Person",
    "Role",
    "Share",
    "SignInProvider",
    "TaskMark",
    "TaskWorker",
    "Visibility",
]
