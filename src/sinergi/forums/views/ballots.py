"""Pages of the ballots of a forum: open, close, cancel, the result, and the check of a vote."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sinergi.accounts import rules
from sinergi.accounts.errors import AccountsError, ForbiddenError, UnseenError
from sinergi.accounts.middleware import status_of
from sinergi.accounts.requests import principal_of
from sinergi.forums import permissions, results, tasks
from sinergi.forums.actions import ballots as actions
from sinergi.forums.counting import APPROVALS
from sinergi.forums.models import Ballot
from sinergi.forums.queries import ballots as queries
from sinergi.forums.queries.forums import get_forum
from sinergi.forums.quorum import quorum_of, tally
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
    coming = queries.coming(forum) if row.state == Ballot.State.DRAFT else 0
    context = {
        **frame(principal, forum, "ballots"),
        "ballot": row,
        "rule": results.rule_of(row.method),
        "options": list(row.options.all()),
        "rights": rights,
        "turnout": tally(row.pk),
        "quorum": quorum_of(row),
        "mine": mine if principal.signed_in else [],
        "coming": coming,
        "few": actions.few_told(coming) if row.secret and 0 < coming < actions.FEW else "",
        "result": results.result_of(row),
        "votes": _votes(row),
        "counting": row.state == Ballot.State.CLOSED and row.outcome is None,
        "waits": queries.waits_too_long(row),
        "trouble": trouble,
        "reason": request.POST.get("mengapa", ""),
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
        lambda: actions.open_ballot(
            principal, forum_id, ballot_id, revision=seen, few_accepted="sedikit" in request.POST
        ),
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
    principal, seen = principal_of(request), _revision(request)
    reason = request.POST.get("mengapa", "")
    if not reason.strip():
        told = _("Say why: the reason is kept, the votes are not.")
        return _page(request, forum_id, ballot_id, trouble=told, status=UNPROCESSABLE)
    return _done(
        request,
        forum_id,
        ballot_id,
        lambda: actions.cancel_ballot(principal, forum_id, ballot_id, reason=reason, revision=seen),
        _("The ballot was cancelled; its votes are deleted."),
    )


@require_POST
def count_ballot(request: HttpRequest, forum_id: int, ballot_id: int) -> HttpResponse:
    """Have a closed ballot counted beside this request, where no worker did; the result is the same."""
    principal = principal_of(request)
    forum = get_forum(principal, forum_id)
    rules.require(principal, rules.OBJECT_EDIT, forum)
    row = queries.get_ballot(principal, forum, ballot_id)
    if queries.waits_too_long(row):
        tasks.count_aside(row.pk)
        messages.success(
            request, _("The ballot is being counted here. It takes seconds; look again.")
        )
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
