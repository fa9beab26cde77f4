"""Deeds on strategic issues: write, submit, change, withdraw."""

from dataclasses import asdict, fields

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts import rules
from sinergi.accounts.actions.owned import why
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import InvalidError
from sinergi.accounts.models import Organisation
from sinergi.accounts.principal import Principal
from sinergi.accounts.texts import cleaned
from sinergi.accounts.vocabulary import Right
from sinergi.forums import errors
from sinergi.forums.actions.rows import (
    expect,
    held_delegation,
    held_forum,
    held_issue,
    in_time,
    refuse,
    refused,
    tell,
)
from sinergi.forums.codes import unknown_codes
from sinergi.forums.details import IssueDetails, changes, issue_faults, plain
from sinergi.forums.models import Forum, StrategicIssue
from sinergi.forums.stages import Deed

MOST_ISSUES = 50
"""Issues of one delegation in one forum."""


def details_of(issue: StrategicIssue) -> IssueDetails:
    """Return what is written in an issue."""
    values = {f.name: getattr(issue, f.name) for f in fields(IssueDetails)}
    values |= {name: tuple(values[name]) for name in ("regions", "objects_named")}
    return IssueDetails(**values)


def _clean(details: IssueDetails) -> IssueDetails:
    details = cleaned(details)
    refuse(
        issue_faults(details)
        | unknown_codes(
            regions=details.regions,
            objects_named=details.objects_named,
            affair=[details.affair],
        )
    )
    return details


@transaction.atomic
def raise_issue(
    by: Principal,
    forum_id: int,
    delegation_id: int,
    details: IssueDetails,
    *,
    submit: bool = True,
) -> StrategicIssue:
    """Write an issue for a delegation; until it is submitted only its organisation sees it.

    Raises
    ------
    NotFoundError, ForbiddenError, StageError, InvalidError
    """
    forum = held_forum(by, forum_id, rules.OBJECT_READ)
    delegation = held_delegation(by, forum, delegation_id)
    in_time(forum, Deed.RAISE)
    details = _clean(details)
    organisation = delegation.organisation
    if forum.issues.filter(raised_by=organisation, withdrawn_at=None).count() >= MOST_ISSUES:
        told = _("A delegation raises at most %(most)s issues.") % {"most": MOST_ISSUES}
        raise InvalidError({"title": told})
    issue = StrategicIssue.objects.create(
        forum=forum,
        raised_by=organisation,
        submitted_at=timezone.now() if submit else None,
        **asdict(details),
    )
    verb = Verb.ISSUE_SUBMITTED if submit else Verb.ISSUE_WRITTEN
    after = {"organisation": organisation.pk, **_said(issue, details)}
    tell(by, verb, forum, f"issue:{issue.pk}", after=after)
    return issue


def _said(issue: StrategicIssue, details: IssueDetails) -> dict[str, object]:
    """Return what the trail tells of an issue: what was not submitted is nobody else's business."""
    return plain(details) if issue.submitted_at is not None else {}


@transaction.atomic
def enter_issue(
    by: Principal, forum_id: int, details: IssueDetails, *, organisation: int | None = None
) -> StrategicIssue:
    """Enter an issue that sources tell of, by the secretariat; `details.source` names them.

    Parameters
    ----------
    organisation
        Number of who raised it; none where the sources do not say.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError
    """
    forum = held_forum(by, forum_id, rules.OBJECT_EDIT)
    details = _clean(details)
    if not details.source:
        raise InvalidError({"source": _("Name where this is known from.")})
    if organisation is not None and not Organisation.objects.filter(pk=organisation).exists():
        told = _("There is no organisation with the number %(number)s.") % {"number": organisation}
        raise InvalidError({"organisation": told})
    issue = StrategicIssue.objects.create(
        forum=forum, raised_by_id=organisation, submitted_at=timezone.now(), **asdict(details)
    )
    after = {"organisation": organisation, **plain(details)}
    tell(by, Verb.ISSUE_SUBMITTED, forum, f"issue:{issue.pk}", after=after)
    return issue


def _own(by: Principal, forum: Forum, issue: StrategicIssue) -> None:
    """Refuse whoever does not speak for the delegation that raised an issue."""
    rows = forum.delegations.select_related("organisation")
    delegation = rows.filter(organisation=issue.raised_by).first() if issue.raised_by_id else None
    if delegation is None:
        rules.require(by, rules.OBJECT_EDIT, forum)
    elif delegation.left_at is not None or not by.has(Right.EDIT, delegation.organisation_id):
        raise refused(delegation)


def _live(by: Principal, forum: Forum, issue_id: int) -> StrategicIssue:
    issue = held_issue(by, forum, issue_id)
    if issue.withdrawn_at is not None:
        raise errors.not_found(_("The issue"))
    _own(by, forum, issue)
    in_time(forum, Deed.RAISE)
    return issue


@transaction.atomic
def edit_issue(
    by: Principal,
    forum_id: int,
    issue_id: int,
    details: IssueDetails,
    *,
    submit: bool = False,
    revision: int | None = None,
) -> StrategicIssue:
    """Change an issue, and hand it in with `submit`; a change of nothing leaves no trace.

    Raises
    ------
    NotFoundError, ForbiddenError, StageError, InvalidError, ConflictError
    """
    forum = held_forum(by, forum_id, rules.OBJECT_READ)
    issue = _live(by, forum, issue_id)
    part = f"issue:{issue.pk}"
    expect(forum, part, issue, revision)
    details = _clean(details)
    differs = changes(plain(details_of(issue)), plain(details))
    handed_in = submit and issue.submitted_at is None
    if not differs.names and not handed_in:
        return issue
    for name, value in asdict(details).items():
        setattr(issue, name, value)
    if handed_in:
        issue.submitted_at = timezone.now()
    issue.revision += 1
    issue.save()
    if handed_in:
        tell(by, Verb.ISSUE_SUBMITTED, forum, part, after=plain(details))
    elif issue.submitted_at is not None:
        tell(by, Verb.ISSUE_CHANGED, forum, part, differs.before, differs.after)
    else:
        tell(by, Verb.ISSUE_WRITTEN, forum, part)
    return issue


@transaction.atomic
def withdraw_issue(
    by: Principal, forum_id: int, issue_id: int, *, revision: int | None = None, reason: str = ""
) -> StrategicIssue:
    """Withdraw an issue; what was made of it before keeps its origin.

    Raises
    ------
    NotFoundError, ForbiddenError, StageError, ConflictError, InvalidError
    """
    forum = held_forum(by, forum_id, rules.OBJECT_READ)
    issue = _live(by, forum, issue_id)
    expect(forum, f"issue:{issue.pk}", issue, revision)
    kept = why(reason)
    issue.withdrawn_at = timezone.now()
    issue.revision += 1
    issue.save()
    tell(by, Verb.ISSUE_WITHDRAWN, forum, f"issue:{issue.pk}", reason=kept)
    return issue
