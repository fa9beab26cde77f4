"""The ballot on a phone: a light page of its own, a vote that may be sent again, and how that stands."""

import secrets
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sinergi.accounts.errors import AccountsError, InvalidError
from sinergi.accounts.middleware import status_of
from sinergi.accounts.principal import Principal
from sinergi.accounts.requests import principal_of
from sinergi.forums import errors, results
from sinergi.forums.actions import votes as actions
from sinergi.forums.counting import APPROVALS
from sinergi.forums.forms.ballots import SentVote, sent_vote
from sinergi.forums.models import Ballot, Option, VotingRight
from sinergi.forums.queries import ballots as queries
from sinergi.forums.queries.forums import get_forum
from sinergi.forums.views.frame import UNPROCESSABLE

LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
"""Of codes: 32, so that each says 5 bits and none is taken for another."""
CODE_LENGTH = 20
UNKNOWN = 401


def new_code() -> str:
    """Return a code for a vote; a browser with scripts makes its own, so that nobody else ever has it."""
    return "".join(secrets.choice(LETTERS) for _number in range(CODE_LENGTH))


@require_http_methods(["GET", "HEAD", "POST"])
def vote(request: HttpRequest, forum_id: int, ballot_id: int) -> HttpResponse:
    """Show the ballot to vote in; POST votes: told as JSON to a script, as a page to everybody else."""
    principal = principal_of(request)
    if _is_script(request):
        return _vote_of_script(request, principal, forum_id, ballot_id)
    forum = get_forum(principal, forum_id)
    row = queries.get_ballot(principal, forum, ballot_id)
    if request.method == "POST":
        return _vote_of_form(request, principal, row)
    return _page(request, principal, row)


def _is_script(request: HttpRequest) -> bool:
    return request.method == "POST" and not request.accepts("text/html")


def _vote_of_script(
    request: HttpRequest, principal: Principal, forum_id: int, ballot_id: int
) -> HttpResponse:
    """Cast a vote; whatever hinders it is told as JSON, so that a phone knows whether to try again."""
    if not principal.signed_in:
        return JsonResponse({"state": "sign_in"}, status=UNKNOWN)
    try:
        method = queries.method_of(forum_id, ballot_id)
        sent = sent_vote(request.POST, method, lambda: _options(ballot_id))
        if _lacking(sent):
            queries.get_ballot(principal, get_forum(principal, forum_id), ballot_id)
            raise _refusal(sent)
        new = actions.vote(principal, forum_id, ballot_id, sent.delegation, sent.places, sent.code)
    except AccountsError as error:
        told = {"state": "refused", "why": error.message}
        return JsonResponse(told, status=status_of(error))
    return JsonResponse({"state": "counted", "new": new})


def _options(ballot_id: int) -> list[int]:
    return list(Option.objects.filter(ballot=ballot_id).values_list("pk", flat=True))


def _lacking(sent: SentVote) -> bool:
    return bool(sent.faults) or (sent.blank and not sent.blank_meant)


def _refusal(sent: SentVote) -> InvalidError:
    if sent.faults:
        return InvalidError({"places": _("A place is a whole number, such as 1.")})
    return InvalidError({"places": _("Nothing is chosen. Confirm that the vote is blank.")})


def _vote_of_form(request: HttpRequest, principal: Principal, row: Ballot) -> HttpResponse:
    """Ask back what a form says, and cast it when it was confirmed."""
    sent = sent_vote(request.POST, row.method, lambda: _options(row.pk))
    try:
        if sent.faults or (sent.confirmed and _lacking(sent)):
            raise _refusal(sent)
        if not sent.confirmed:
            return _page(request, principal, row, sent=sent, step="check")
        actions.vote(principal, row.forum_id, row.pk, sent.delegation, sent.places, sent.code)
    except (InvalidError, errors.VoteError) as error:
        return _page(
            request, principal, row, sent=sent, trouble=error.message, status=UNPROCESSABLE
        )
    return _page(request, principal, row, sent=sent, step="counted")


def _page(
    request: HttpRequest,
    principal: Principal,
    row: Ballot,
    *,
    sent: SentVote | None = None,
    step: str = "choose",
    trouble: str = "",
    status: int = 200,
) -> HttpResponse:
    rights = queries.my_rights(principal, row)
    options = list(row.options.all())
    context = {
        "ballot": row,
        "forum": row.forum,
        "rule": results.rule_of(row.method),
        "approvals": row.method in APPROVALS,
        "options": [(option, _given(sent, option)) for option in options],
        "summary": _summary(sent, options),
        "rights": rights,
        "waiting": [right for right in rights if not right.used],
        "chosen": _chosen(sent, rights),
        "code": sent.code if sent and sent.code else new_code(),
        "sent": sent,
        "step": step,
        "trouble": trouble,
        "signed_in": principal.signed_in,
        "sign_in_url": f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': request.path})}",
    }
    return render(request, "forums/vote.html", context, status=status)


def _given(sent: SentVote | None, option: Option) -> int | None:
    return sent.places.get(option.pk) if sent else None


def _summary(sent: SentVote | None, options: list[Option]) -> list[tuple[int, str]]:
    """Return what a vote says, best first: place and option; of approvals those approved."""
    if sent is None:
        return []
    found = [(sent.places.get(option.pk, 0), option.text) for option in options]
    return sorted((one for one in found if one[0]), key=lambda one: one[0])


def _chosen(sent: SentVote | None, rights: list[VotingRight]) -> VotingRight | None:
    """Return the right that is voted with: the one sent, or the first that has not voted yet."""
    if sent is not None:
        return next((one for one in rights if one.delegation_id == sent.delegation), None)
    return next((one for one in rights if not one.used), None)


@require_GET
def vote_state(request: HttpRequest, forum_id: int, ballot_id: int) -> HttpResponse:
    """Tell a phone whether its session goes on, with a fresh token for what it still has to send."""
    principal = principal_of(request)
    if not principal.signed_in:
        return JsonResponse({"state": "sign_in"}, status=UNKNOWN)
    row = queries.get_ballot(principal, get_forum(principal, forum_id), ballot_id)
    rights = queries.my_rights(principal, row)
    told: dict[str, Any] = {
        "state": row.state,
        "token": get_token(request),
        "voted": {str(right.delegation_id): right.used for right in rights},
        "address": reverse("forums:vote", args=[forum_id, ballot_id]),
    }
    return JsonResponse(told)
