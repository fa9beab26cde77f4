"""The page of one issue, and withdrawing it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sinergi.accounts.audit.history import Deed as Recorded
from sinergi.accounts.errors import ConflictError, InvalidError, UnseenError
from sinergi.accounts.principal import Principal
from sinergi.accounts.requests import principal_of, revision_of, why_of
from sinergi.accounts.views.history_lines import lines
from sinergi.accounts.vocabulary import Right
from sinergi.forums import permissions, words
from sinergi.forums.actions import issues as actions
from sinergi.forums.errors import ForumError
from sinergi.forums.forms.issues import region_names, shown
from sinergi.forums.models import Delegation, Descent, Forum, StrategicIssue
from sinergi.forums.queries import issues as queries
from sinergi.forums.queries.forums import get_forum
from sinergi.forums.queries.lineage import Node
from sinergi.forums.stages import Deed
from sinergi.forums.views.frame import UNPROCESSABLE, frame
from sinergi.forums.views.issue_evidence import evidence_of
from sinergi.forums.views.origins import family
from sinergi.forums.views.timing import not_now


@require_safe
def issue(request: HttpRequest, forum_id: int, issue_id: int) -> HttpResponse:
    """Show an issue: what is asked of whom, its themes, what became of it."""
    principal = principal_of(request)
    row = queries.get_issue(principal, get_forum(principal, forum_id), issue_id)
    return render(request, "forums/issue.html", issue_page(principal, row))


def issue_page(
    principal: Principal, row: StrategicIssue, *, why: str = "", refusal: str = ""
) -> dict[str, Any]:
    """Return what the page of an issue shows.

    Parameters
    ----------
    why, refusal
        The reason that somebody gave for withdrawing it, and what is wrong with it.
    """
    forum = row.forum
    around = frame(principal, forum, "issues")
    own = row.raised_by_id is not None and principal.has(Right.READ, row.raised_by_id)
    told = own or around["frame"].prepares
    deeds = queries.history_of_part(forum, f"issue:{row.pk}") if told else []
    return {
        **around,
        "written": queries.written(row, queries.themes_of(forum).get(row.pk)),
        "issue": row,
        "may_edit": may_edit(principal, forum, row, around["frame"].mine),
        "not_now": not_now(forum, Deed.RAISE),
        "family": family(principal, Node(Descent.Kind.ISSUE.value, row.pk)),
        **evidence_of(principal, row),
        "told": told,
        "lines": lines(principal, deeds, field_name=words.field_name, shown=_told),
        "why": why,
        "refusal": refusal,
    }


def _told(name: str, value: Any, deed: Recorded) -> str:
    """Return a value of the history in words."""
    if name == "regions" and isinstance(value, list):
        return shown(name, region_names(value))
    return shown(name, " ".join(value) if isinstance(value, list) else value)


def may_edit(
    principal: Principal, forum: Forum, row: StrategicIssue, mine: tuple[Delegation, ...]
) -> bool:
    """Whether somebody speaks for the delegation that raised an issue; see `actions.issues`."""
    if row.withdrawn_at is not None:
        return False
    if any(one.organisation_id == row.raised_by_id for one in mine):
        return True
    raised = forum.delegations.filter(organisation=row.raised_by) if row.raised_by_id else None
    return permissions.prepares(principal, forum) and not (raised and raised.exists())


@require_POST
def withdraw_issue(request: HttpRequest, forum_id: int, issue_id: int) -> HttpResponse:
    """Withdraw an issue; what was made of it keeps its origin. A reason that is too long is shown again."""
    principal, why = principal_of(request), why_of(request)
    try:
        actions.withdraw_issue(
            principal, forum_id, issue_id, revision=revision_of(request), reason=why
        )
    except UnseenError:
        raise
    except InvalidError as error:
        row = queries.get_issue(principal, get_forum(principal, forum_id), issue_id)
        context = issue_page(principal, row, why=why, refusal=" ".join(error.fields.values()))
        return render(request, "forums/issue.html", context, status=UNPROCESSABLE)
    except (ForumError, ConflictError) as error:
        messages.error(request, error.message)
        return redirect("forums:issue", forum_id, issue_id)
    messages.success(request, _("The issue was withdrawn. What was made of it keeps its origin."))
    return redirect("forums:issues", forum_id)
