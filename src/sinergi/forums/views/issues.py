"""Pages of the issues of a forum: all, write with the evidence beside, change."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sinergi.accounts import rules
from sinergi.accounts.errors import ForbiddenError, InvalidError, UnseenError
from sinergi.accounts.once import once, seal
from sinergi.accounts.principal import Principal
from sinergi.accounts.requests import principal_of
from sinergi.forums.actions import issues as actions
from sinergi.forums.details import plain
from sinergi.forums.errors import ForumError
from sinergi.forums.forms.issues import IssueForm, NewIssueForm, as_written, region_names, shown
from sinergi.forums.models import Forum, StrategicIssue
from sinergi.forums.queries import issues as queries
from sinergi.forums.queries.forums import get_forum
from sinergi.forums.stages import Deed
from sinergi.forums.views.frame import UNPROCESSABLE, frame
from sinergi.forums.views.issue_evidence import evidence_beside
from sinergi.forums.views.issue_page import may_edit
from sinergi.forums.views.timing import not_now
from sinergi.opportunities.lists.merging import remember
from sinergi.opportunities.views.saving import UNTRIED, try_to_save
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
    sent = request.POST if request.method == "POST" else None
    form, tried = _edit_form(row, sent), UNTRIED

    def save(revision: int) -> None:
        _change(request, principal, forum, row, form, revision)

    def now() -> tuple[dict[str, Any], int]:
        row.refresh_from_db()
        return _values(row), row.revision

    if request.method == "POST" and SHOW not in request.POST:
        tried = try_to_save(form, save, now, shown)
        if tried.saved:
            return redirect("forums:issue", forum.pk, row.pk)
    return _form_page(request, around, form, status=tried.status, issue=row, met=tried.met)


def _values(row: StrategicIssue) -> dict[str, Any]:
    return as_written(plain(actions.details_of(row)))


def _edit_form(row: StrategicIssue, data: Any = None) -> IssueForm:
    form = IssueForm(data, initial={**_values(row), "revision": row.revision})
    remember(form)
    return form


def _change(
    request: HttpRequest,
    principal: Principal,
    forum: Forum,
    row: StrategicIssue,
    form: IssueForm,
    revision: int,
) -> None:
    submit = SUBMIT in request.POST
    details = form.details(row.source)
    saved = actions.edit_issue(
        principal, forum.pk, row.pk, details, submit=submit, revision=revision
    )
    handed_in = row.submitted_at is None and saved.submitted_at is not None
    drafted = saved.submitted_at is None
    messages.success(
        request, _submitted() if handed_in else _kept() if drafted else _("The issue was saved.")
    )
