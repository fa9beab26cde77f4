"""Pages of the issues of a forum: all, one, write with the evidence beside, change, withdraw."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sinergi.accounts import rules
from sinergi.accounts.audit.history import Deed as Recorded
from sinergi.accounts.errors import ConflictError, ForbiddenError, InvalidError, UnseenError
from sinergi.accounts.once import once, seal
from sinergi.accounts.principal import Principal
from sinergi.accounts.requests import principal_of
from sinergi.accounts.views.history_lines import lines
from sinergi.accounts.vocabulary import Right
from sinergi.forums import permissions, words
from sinergi.forums.actions import issues as actions
from sinergi.forums.details import plain
from sinergi.forums.errors import ForumError
from sinergi.forums.forms.issues import IssueForm, NewIssueForm, as_written, region_names, shown
from sinergi.forums.models import Delegation, Descent, Forum, StrategicIssue
from sinergi.forums.queries import issues as queries
from sinergi.forums.queries.forums import get_forum
from sinergi.forums.queries.lineage import Node
from sinergi.forums.stages import Deed
from sinergi.forums.views.frame import CONFLICT, UNPROCESSABLE, frame
from sinergi.forums.views.issue_evidence import evidence_beside
from sinergi.forums.views.origins import family
from sinergi.forums.views.timing import not_now
from sinergi.opportunities.lists.merging import Met, merge, remember
from sinergi.reference import queries as reference

A_PAGE = 100
SUBMIT, SHOW = "ajukan", "lihat"
"""Buttons of the form: hand it in, and show the evidence where no script does."""


@require_safe
def issues(request: HttpRequest, forum_id: int) -> HttpResponse:
    """Show the issues of a forum that the reader may read, by who raised them."""
    principal = principal_of(request)
    forum = get_forum(principal, forum_id)
    rows = queries.issues(principal, forum)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("halaman"))
    inside = queries.themes_of(forum)
    shown_issues = [queries.written(row, inside.get(row.pk)) for row in page.object_list]
    groups = groupby(shown_issues, key=lambda one: one.issue.raised_by)
    context = {
        **frame(principal, forum, "issues"),
        "page": page,
        "groups": [(organisation, list(found)) for organisation, found in groups],
        "not_now": not_now(forum, Deed.RAISE),
    }
    return render(request, "forums/issues.html", context)


@require_safe
def issue(request: HttpRequest, forum_id: int, issue_id: int) -> HttpResponse:
    """Show an issue: what is asked of whom, its themes, what became of it."""
    principal = principal_of(request)
    forum = get_forum(principal, forum_id)
    row = queries.get_issue(principal, forum, issue_id)
    around = frame(principal, forum, "issues")
    own = row.raised_by_id is not None and principal.has(Right.READ, row.raised_by_id)
    told = own or around["frame"].prepares
    deeds = queries.history_of_part(forum, f"issue:{row.pk}") if told else []
    context = {
        **around,
        "written": queries.written(row, queries.themes_of(forum).get(row.pk)),
        "issue": row,
        "may_edit": may_edit(principal, forum, row, around["frame"].mine),
        "not_now": not_now(forum, Deed.RAISE),
        "family": family(principal, Node(Descent.Kind.ISSUE.value, row.pk)),
        "told": told,
        "lines": lines(principal, deeds, field_name=words.field_name, shown=_told),
    }
    return render(request, "forums/issue.html", context)


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


@require_http_methods(["GET", "HEAD", "POST"])
def new_issue(request: HttpRequest, forum_id: int) -> HttpResponse:
    """Show the form of a new issue with the evidence beside it; POST keeps or submits the issue."""
    principal = principal_of(request)
    forum = get_forum(principal, forum_id)
    around = frame(principal, forum, "issues")
    mine = around["frame"].mine
    if not mine:
        told = _(
            "Only analysts, coordinators and approvers of an invited organisation raise issues."
        )
        raise ForbiddenError(told, rules.OBJECT_EDIT)
    regions = [one.organisation.region_code for one in mine if one.organisation.region_code]
    initial = {"regions": region_names(regions[:1] if len(mine) == 1 else [])}
    form, status = NewIssueForm(request.POST or None, initial=initial, delegations=mine), 200
    if request.method == "POST" and SHOW not in request.POST:
        made = _raise(request, principal, forum, form) if form.is_valid() else None
        if made is not None:
            return redirect("forums:issue", forum.pk, made)
        status = UNPROCESSABLE
    return _form_page(request, around, form, status=status)


def _form_page(
    request: HttpRequest, around: dict[str, Any], form: IssueForm, *, status: int, **more: Any
) -> HttpResponse:
    """Show a form of an issue, with the evidence for what it holds."""
    forum: Forum = around["forum"]
    row = more.get("issue")
    context = {
        **around,
        "form": form,
        "region_names": reference.region_table().names,
        "not_now": not_now(forum, Deed.RAISE),
        **evidence_beside(principal_of(request), forum, form, around["frame"].mine, row),
        **more,
    }
    return render(request, "forums/issue_form.html", context, status=status)


def _raise(
    request: HttpRequest, principal: Principal, forum: Forum, form: NewIssueForm
) -> int | None:
    """Write the issue of a valid form, once however often it is sent; on refusal fill the form."""
    values, submit = form.cleaned_data, SUBMIT in request.POST

    def write() -> dict[str, Any]:
        number = int(values["delegation"])
        made = actions.raise_issue(principal, forum.pk, number, form.details(), submit=submit)
        return {"issue": made.pk}

    sent = {**{name: value for name, value in values.items() if name != "once"}, SUBMIT: submit}
    try:
        done = once(principal, "raise_issue", seal(values["once"], sent), sent, write)
    except UnseenError:
        raise
    except (ForumError, InvalidError) as error:
        form.refuse(error)
        return None
    messages.success(request, _submitted() if submit else _kept())
    return int(done.result["issue"])


def _submitted() -> str:
    return _("The issue was submitted: all who may read the forum see it now.")


def _kept() -> str:
    return _("The draft was kept. Only your organisation sees it until you submit it.")


@require_http_methods(["GET", "HEAD", "POST"])
def edit_issue(request: HttpRequest, forum_id: int, issue_id: int) -> HttpResponse:
    """Show and save the form of an issue; on conflict show what somebody else changed meanwhile."""
    principal = principal_of(request)
    forum = get_forum(principal, forum_id)
    row = queries.get_issue(principal, forum, issue_id)
    around = frame(principal, forum, "issues")
    if not may_edit(principal, forum, row, around["frame"].mine):
        raise ForbiddenError(
            _("Only the organisation that raised an issue changes it."), rules.OBJECT_EDIT
        )
    form, met, status = _edit_form(row), list[Met](), 200
    if request.method == "POST":
        form, status = _edit_form(row, request.POST), UNPROCESSABLE
        if SHOW in request.POST:
            status = 200
        elif form.is_valid():
            try:
                _change(request, principal, forum, row, form)
            except UnseenError:
                raise
            except (ForumError, ConflictError, InvalidError) as error:
                form.refuse(error)
                if isinstance(error, ConflictError):
                    status, row = CONFLICT, queries.get_issue(principal, forum, issue_id)
                    met = merge(form, _values(row), row.revision, shown)
            else:
                return redirect("forums:issue", forum.pk, row.pk)
    return _form_page(request, around, form, status=status, issue=row, met=met)


def _values(row: StrategicIssue) -> dict[str, Any]:
    return as_written(plain(actions.details_of(row)))


def _edit_form(row: StrategicIssue, data: Any = None) -> IssueForm:
    form = IssueForm(data, initial={**_values(row), "revision": row.revision})
    remember(form)
    return form


def _change(
    request: HttpRequest, principal: Principal, forum: Forum, row: StrategicIssue, form: IssueForm
) -> None:
    submit, revision = SUBMIT in request.POST, form.cleaned_data["revision"] or 0
    details = form.details(row.source)
    saved = actions.edit_issue(
        principal, forum.pk, row.pk, details, submit=submit, revision=revision
    )
    handed_in = row.submitted_at is None and saved.submitted_at is not None
    drafted = saved.submitted_at is None
    messages.success(
        request, _submitted() if handed_in else _kept() if drafted else _("The issue was saved.")
    )


@require_POST
def withdraw_issue(request: HttpRequest, forum_id: int, issue_id: int) -> HttpResponse:
    """Withdraw an issue; what was made of it keeps its origin."""
    principal = principal_of(request)
    sent = request.POST.get("revision", "")
    try:
        actions.withdraw_issue(
            principal,
            forum_id,
            issue_id,
            revision=int(sent) if sent.isdecimal() and len(sent) < 10 else 0,
            reason=request.POST.get("mengapa", ""),
        )
    except UnseenError:
        raise
    except (ForumError, ConflictError, InvalidError) as error:
        messages.error(request, error.message)
        return redirect("forums:issue", forum_id, issue_id)
    messages.success(request, _("The issue was withdrawn. What was made of it keeps its origin."))
    return redirect(reverse("forums:issues", args=[forum_id]))
