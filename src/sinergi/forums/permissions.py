"""Who may do what in a forum, as predicates over who asks; when is asked of `stages`.

A forum is owned like everything else: its organisation is the secretariat, those that it is shared with for
editing help it, and those that are invited may read it. What is in it follows the forum – except a point once
it is sealed: those it is addressed to and its owner read it, and nothing else of the forum.
"""

from sinergi.accounts import rules
from sinergi.accounts.principal import Principal
from sinergi.accounts.vocabulary import Right
from sinergi.forums.models import Delegation, Forum, Point, StrategicIssue
from sinergi.forums.stages import Stage

SEALED = tuple(one.value for one in (Stage.SEALED, Stage.FOLLOWING_UP, Stage.CLOSED))
"""Stages in which what was agreed is told to those it is addressed to."""


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


def reads_point(by: Principal, point: Point) -> bool:
    """Whether somebody may read a point: with its forum, or because it concerns an organisation of his.

    `queries.reading.readable` says the same of many.
    """
    if rules.may(by, rules.OBJECT_READ, point.forum):
        return True
    sealed = point.struck_at is None and point.forum.stage in SEALED
    return sealed and _concerns(by, point, Right.READ)


def follows(by: Principal, point: Point) -> bool:
    """Whether somebody may say what became of a point: secretariat, owner, those it is addressed to."""
    return prepares(by, point.forum) or _concerns(by, point, Right.EDIT)


def is_asked(by: Principal, point: Point) -> bool:
    """Whether somebody speaks of a point only for those it is addressed to: no secretariat, no owner."""
    mine = set(by.organisations(Right.EDIT))
    if point.owner_id in mine or prepares(by, point.forum):
        return False
    return point.addressees.filter(organisation__in=mine).exists()


def _concerns(by: Principal, point: Point, right: Right) -> bool:
    """Whether a point is addressed to, or owned by, an organisation in which a right is held."""
    mine = set(by.organisations(right))
    if not mine:
        return False
    return point.owner_id in mine or point.addressees.filter(organisation__in=mine).exists()
