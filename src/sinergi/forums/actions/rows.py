"""Rows of a forum held for a deed: lock, ask whether it is allowed and time for it, compare, record."""

from typing import Any, Protocol

from django.utils.translation import gettext as _

from sinergi.accounts import rules
from sinergi.accounts.actions.owned import expect_revision, held, record_on
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import ForbiddenError, InvalidError
from sinergi.accounts.principal import Principal
from sinergi.forums import errors, permissions
from sinergi.forums.models import Delegation, Forum, StrategicIssue, Theme
from sinergi.forums.queries.standing import is_sealed
from sinergi.forums.stages import BEFORE_SEALING, Deed, Stage, allows


class Revised(Protocol):
    """A row that counts its changes."""

    pk: Any
    revision: int


def held_forum(
    by: Principal,
    forum_id: int,
    permission: str,
    deed: Deed | None = None,
    *,
    deleted: bool = False,
) -> Forum:
    """Return a forum for a deed and hold it until the transaction ends.

    Raises
    ------
    NotFoundError, ForbiddenError
    StageError
        When it is not the time for `deed`.
    """
    missing = errors.not_found(_("The forum"))
    forum = held(by, permission, Forum, forum_id, missing, deleted=deleted)
    if deed is not None:
        in_time(forum, deed)
    return forum


def in_time(forum: Forum, deed: Deed) -> None:
    """Refuse what is not done at the stage of a forum, and what its sealed minutes close.

    Raises
    ------
    StageError
    """
    stage = Stage(forum.stage)
    asks = deed in BEFORE_SEALING or deed is Deed.CORRECT
    sealed = asks and is_sealed(forum)
    if sealed and deed in BEFORE_SEALING and allows(stage, deed):
        raise errors.sealed_already()
    if not allows(stage, deed, sealed=sealed):
        raise errors.too_early_or_late(stage, deed)


def held_delegation(by: Principal, forum: Forum, delegation_id: int) -> Delegation:
    """Return a delegation for which somebody speaks, and hold it.

    Raises
    ------
    NotFoundError
    ForbiddenError
        When it is another's, or it has left.
    """
    rows = Delegation.objects.select_for_update(of=("self",)).select_related("organisation")
    delegation = rows.filter(forum=forum, pk=delegation_id).first()
    if delegation is None:
        raise errors.not_found(_("The delegation"))
    if not permissions.speaks_for(by, delegation):
        raise refused(delegation)
    return delegation


def refused(delegation: Delegation) -> ForbiddenError:
    """Return the refusal of somebody who does not speak for a delegation."""
    if delegation.left_at is not None:
        told = _("%(name)s has left this forum. The secretariat can invite it again.")
    else:
        told = _("Only analysts, coordinators and approvers of %(name)s speak for it.")
    return ForbiddenError(told % {"name": delegation.organisation.name}, rules.OBJECT_EDIT)


def held_issue(by: Principal, forum: Forum, issue_id: int) -> StrategicIssue:
    """Return an issue of a forum that somebody may read, and hold it.

    Raises
    ------
    NotFoundError
    """
    issue = StrategicIssue.objects.select_for_update().filter(forum=forum, pk=issue_id).first()
    if issue is None or not permissions.reads_issue(by, issue):
        raise errors.not_found(_("The issue"))
    return issue


def held_theme(forum: Forum, theme_id: int) -> Theme:
    """Return a theme of a forum that is in use, and hold it.

    Raises
    ------
    NotFoundError
    """
    rows = Theme.objects.select_for_update().filter(forum=forum, pk=theme_id, retired_at=None)
    theme = rows.first()
    if theme is None:
        raise errors.not_found(_("The theme"))
    return theme


def expect(forum: Forum, part: str, row: Revised, seen: int | None) -> None:
    """Refuse a change of a part of a forum made from another revision than the present; `None` does not ask.

    Raises
    ------
    ConflictError
        Names who changed it and when.
    """
    expect_revision(Forum.KIND, forum.pk, row.revision, seen, part=part)


def refuse(faults: dict[str, str]) -> None:
    """Refuse values that cannot be.

    Raises
    ------
    InvalidError
        Unless there are no faults.
    """
    if faults:
        raise InvalidError(faults)


def tell(
    by: Principal,
    verb: Verb,
    forum: Forum,
    part: str = "",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    *,
    reason: str = "",
) -> None:
    """Write the audit record of a deed in a forum; last in its transaction."""
    record_on(by, verb, forum, before, after, part=part, reason=reason)
