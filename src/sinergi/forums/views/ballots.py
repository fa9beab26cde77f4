"""Pages of the ballots of a forum: prepare, open, close, cancel, the result, and the check of a vote."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sinergi.accounts import rules
from sinergi.accounts.errors import AccountsError, ForbiddenError, UnseenError
from sinergi.accounts.middleware import status_of
from sinergi.accounts.once import once, seal
from sinergi.accounts.principal import Principal
from sinergi.accounts.requests import principal_of
from sinergi.forums import permissions, results, tasks
from sinergi.forums.actions import ballots as actions
from sinergi.forums.counting import APPROVALS
from sinergi.forums.forms.ballots import BallotForm
from sinergi.forums.models import Ballot, Forum
from sinergi.forums.queries import ballots as queries
from sinergi.forums.queries.forums import get_forum
from sinergi.forums.queries.themes import themes
from sinergi.forums.secrecy import receipt_of
from sinergi.forums.views.frame import UNPROCESSABLE, frame


@require_safe
def ballots(request: HttpRequest, forum_id: int) -> HttpResponse:
    """Show the ballots of a forum."""
    principal = principal_of(request)
    forum = get_forum(principal, forum_id)
    rows = [(row, results.rule_of(row.method)) for row in queries.ballots(principal, forum)]
    context = {**frame(principal, forum, "ballots"), "ballots": rows}
    return render(request, "forums/ballots.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_ballot(request: HttpRequest, forum_id: int) -> HttpResponse:
    """Show the form of a new ballot; POST prepares it."""
    principal = principal_of(request)
    forum = get_forum(principal, forum_id)
    rules.require(principal, rules.OBJECT_EDIT, forum)
    form = BallotForm(request.POST or None, themes=themes(forum))
    status = 200
    if request.method == "POST":
        number = _prepare(principal, forum, form) if form.is_valid() else None
        if number is not None:
            messages.success(request, _("The ballot is prepared. Nobody votes until you open it."))
            return redirect("forums:ballot", forum_id, number)
        status = UNPROCESSABLE
    told = [(method.label, results.rule_of(method)) for method in Ballot.Method]
    context = {**frame(principal, forum, "ballots"), "form": form, "rules": told}
    return render(request, "forums/ballot_new.html", context, status=status)


def _prepare(principal: Principal, forum: Forum, form: BallotForm) -> int | None:
    """Prepare the ballot of a valid form, once however often it is sent; on refusal fill the form."""
    values = form.cleaned_data
    sent = {name: value for name, value in values.items() if name != "once"}

    def prepare() -> dict[str, Any]:
        return {"ballot": actions.prepare_ballot(principal, forum.pk, form.details()).pk}

    try:
        done = once(principal, f"ballot:{forum.pk}", seal(values["once"], sent), sent, prepare)
    except (ForbiddenError, UnseenError):
        raise
    except AccountsError as error:
        form.refuse(error)
        return None
    return int(done.result["ballot"])


@require_safe
def ballot(request: HttpRequest, forum_id: int, ballot_id: int) -> HttpResponse:
    """Show a ballot: what is asked, who may vote and has voted, and its result once it is counted."""
    return _page(request, forum_id, ballot_id)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a voter asked of a published vote: its hash, and whether it is among those counted."""

    receipt: str
    found: bool


def _page(
    request: HttpRequest,
    forum_id: int,
    ballot_id: int,
    *,
    trouble: str = "",
    checked: Checked | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render a ballot, with what could not be done where something was refused."""
    principal = principal_of(request)
    forum = get_forum(principal, forum_id)
    row = queries.get_ballot(principal, forum, ballot_id)
    rights = list(queries.rights_of(row))
    mine = [right for right in rights if permissions.speaks_for(principal, right.delegation)]
    context = {
        **frame(principal, forum, "ballots"),
        "ballot": row,
        "rule": results.rule_of(row.method),
        "options": list(row.options.all()),
        "rights": rights,
        "turnout": queries.turnout(row.pk),
        "mine": mine if principal.signed_in else [],
        "coming": queries.coming(forum) if row.state == Ballot.State.DRAFT else 0,
        "result": results.result_of(row),
        "votes": _votes(row),
        "counting": row.state == Ballot.State.CLOSED and row.outcome is None,
        "waits": queries.waits_too_long(row),
        "trouble": trouble,
        "checked": checked,
    }
    return render(request, "forums/ballot.html", context, status=status)


@dataclass(frozen=True, slots=True)
class Shown:
    """A published vote: hash of its code, whose it is in an open ballot, and what it says."""

    receipt: str
    name: str
    answer: str


def _votes(row: Ballot) -> list[Shown]:
    numbers = {str(option.pk): option.position for option in row.options.all()}
    approvals = row.method in APPROVALS
    return [
        Shown(
            vote.receipt,
            vote.right.delegation.organisation.name if vote.right else "",
            results.answer_text(vote.places, numbers, approvals=approvals),
        )
        for vote in queries.published_votes(row)
    ]


def _done(
    request: HttpRequest, forum_id: int, ballot_id: int, deed: Callable[[], object], told: str
) -> HttpResponse:
    """Do something with a ballot and lead back to it; a refusal is told on its page."""
    try:
        deed()
    except (ForbiddenError, UnseenError):
        raise
    except AccountsError as error:
        status = status_of(error)
        return _page(request, forum_id, ballot_id, trouble=error.message, status=status)
    messages.success(request, told)
    return redirect("forums:ballot", forum_id, ballot_id)


def _revision(request: HttpRequest) -> int:
    text = request.POST.get("revision", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


@require_POST
def open_ballot(request: HttpRequest, forum_id: int, ballot_id: int) -> HttpResponse:
    """Open a ballot."""
    principal, seen = principal_of(request), _revision(request)
    return _done(
        request,
        forum_id,
        ballot_id,
        lambda: actions.open_ballot(principal, forum_id, ballot_id, revision=seen),
        _("The ballot is open."),
    )


@require_POST
def close_ballot(request: HttpRequest, forum_id: int, ballot_id: int) -> HttpResponse:
    """Close a ballot and have it counted."""
    principal, seen = principal_of(request), _revision(request)
    return _done(
        request,
        forum_id,
        ballot_id,
        lambda: actions.close_ballot(principal, forum_id, ballot_id, revision=seen),
        _("The ballot is closed and is being counted."),
    )


@require_POST
def cancel_ballot(request: HttpRequest, forum_id: int, ballot_id: int) -> HttpResponse:
    """Cancel a ballot with a reason; votes that were cast are deleted."""
    principal, reason = principal_of(request), request.POST.get("mengapa", "")
    if not reason.strip():
        told = _("Say why: the reason is kept, the votes are not.")
        return _page(request, forum_id, ballot_id, trouble=told, status=UNPROCESSABLE)
    return _done(
        request,
        forum_id,
        ballot_id,
        lambda: actions.cancel_ballot(principal, forum_id, ballot_id, reason=reason),
        _("The ballot was cancelled; its votes are deleted."),
    )


@require_POST
def count_ballot(request: HttpRequest, forum_id: int, ballot_id: int) -> HttpResponse:
    """Count a closed ballot here and now, where no background worker did; the result is the same."""
    principal = principal_of(request)
    forum = get_forum(principal, forum_id)
    rules.require(principal, rules.OBJECT_EDIT, forum)
    row = queries.get_ballot(principal, forum, ballot_id)
    if queries.waits_too_long(row):
        tasks.count.call(row.pk)
    return redirect("forums:ballot", forum_id, ballot_id)


@require_POST
def check_vote(request: HttpRequest, forum_id: int, ballot_id: int) -> HttpResponse:
    """Say whether the vote of a code is among those published; nothing of it is kept."""
    principal = principal_of(request)
    row = queries.get_ballot(principal, get_forum(principal, forum_id), ballot_id)
    typed = "".join(request.POST.get("kode", "").split()).replace("-", "")
    # Our codes have small letters; whoever votes by a program may have made another one.
    receipts = [receipt_of(typed.lower()), receipt_of(typed)]
    there = {vote.receipt for vote in queries.published_votes(row)}
    found = next((one for one in receipts if one in there), "")
    checked = Checked(found or receipts[0], bool(found))
    return _page(request, forum_id, ballot_id, checked=checked)
