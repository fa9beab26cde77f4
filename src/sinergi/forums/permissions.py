"""Who may do what in a forum, as predicates over who asks; when is asked of `stages`.

A forum is owned like everything else: its organisation is the secretariat, those that it is shared with for
editing help it, and those that are invited may read it. What is in it follows the forum.
"""

from sinergi.accounts import rules
from sinergi.accounts.principal import Principal
from sinergi.accounts.vocabulary import Right
from sinergi.forums.models import Delegation, Forum, Point, StrategicIssue


def prepares(by: Principal, forum: Forum) -> bool:
    """Whether somebody does the work of the secretariat."""
    return rules.may(by, rules.OBJECT_EDIT, forum)


def seals(by: Principal, forum: Forum) -> bool:
    """Whether somebody moves the forum on and seals its minutes: coordinators and approvers."""
    return rules.may(by, rules.OBJECT_REMOVE, forum)


def speaks_for(by: Principal, delegation: Delegation) -> bool:
    """Whether somebody answers, raises, comments and votes for a delegation that has not left."""
    return delegation.left_at is None and by.has(Right.EDIT, delegation.organisation_id)


def reads_issue(by: Principal, issue: StrategicIssue) -> bool:
    """Whether a reader of the forum may read an issue: submitted ones, and those of the own organisation."""
    if issue.submitted_at is not None:
        return True
    return issue.raised_by_id is not None and by.has(Right.READ, issue.raised_by_id)


def follows(by: Principal, point: Point) -> bool:
    """Whether somebody may say what became of a point: secretariat, owner, those it is addressed to."""
    if prepares(by, point.forum):
        return True
    concerned = {point.owner_id, *point.addressees.values_list("organisation", flat=True)}
    return any(number is not None and by.has(Right.EDIT, number) for number in concerned)
