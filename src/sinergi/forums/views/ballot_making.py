"""Pages on which the secretariat prepares a ballot, and changes it until it is opened."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sinergi.accounts import rules
from sinergi.accounts.errors import AccountsError, ConflictError, ForbiddenError, UnseenError
from sinergi.accounts.middleware import status_of
from sinergi.accounts.once import once, seal
from sinergi.accounts.principal import Principal
from sinergi.accounts.requests import principal_of
from sinergi.forums import results
from sinergi.forums.actions import ballots as actions
from sinergi.forums.errors import VoteError
from sinergi.forums.forms.ballot_change import BallotChangeForm
from sinergi.forums.forms.ballots import BallotForm
from sinergi.forums.models import Ballot, Forum
from sinergi.forums.queries import ballots as queries
from sinergi.forums.queries.forums import get_forum
from sinergi.forums.queries.themes import themes
from sinergi.forums.views.frame import UNPROCESSABLE, frame
from sinergi.opportunities.lists.merging import Met, in_words, merge, remember


def _shown(
    request: HttpRequest, forum: Forum, form: BallotForm, status: int, **more: Any
) -> HttpResponse:
    told = [(method.label, results.rule_of(method)) for method in Ballot.Method]
    context = {**frame(principal_of(request), forum, "ballots"), "form": form, "rules": told}
    return render(request, "forums/ballot_new.html", {**context, **more}, status=status)


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
    return _shown(request, forum, form, status)


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


@require_http_methods(["GET", "HEAD", "POST"])
def edit_ballot(request: HttpRequest, forum_id: int, ballot_id: int) -> HttpResponse:
    """Show and save a ballot in preparation; on conflict show what somebody else changed meanwhile."""
    principal = principal_of(request)
    forum = get_forum(principal, forum_id)
    rules.require(principal, rules.OBJECT_EDIT, forum)
    row = queries.get_ballot(principal, forum, ballot_id)
    if row.state != Ballot.State.DRAFT:
        told = _("Only a ballot in preparation can be changed. Cancel it and prepare another one.")
        messages.error(request, told)
        return redirect("forums:ballot", forum_id, ballot_id)
    form, met, status = _form(forum, row), list[Met](), 200
    if request.method == "POST":
        form, status = _form(forum, row, request.POST), UNPROCESSABLE
        if form.is_valid():
            try:
                _change(principal, forum_id, ballot_id, form)
            except (ForbiddenError, UnseenError):
                raise
            except AccountsError as error:
                status = status_of(error)
                if isinstance(error, VoteError):
                    messages.error(request, error.message)
                    return redirect("forums:ballot", forum_id, ballot_id)
                form, met = _again(request, forum, form, error, ballot_id)
            else:
                messages.success(request, _("The ballot was saved."))
                return redirect("forums:ballot", forum_id, ballot_id)
    return _shown(request, forum, form, status, ballot=row, met=met)


def _form(forum: Forum, row: Ballot, data: Any = None) -> BallotChangeForm:
    form = BallotChangeForm(data, ballot=row, themes=themes(forum))
    remember(form)
    return form


def _change(principal: Principal, forum_id: int, ballot_id: int, form: BallotChangeForm) -> None:
    details, numbers = form.changed()
    seen = form.cleaned_data["revision"] or 0
    actions.edit_ballot(principal, forum_id, ballot_id, details, numbers=numbers, revision=seen)


def _again(
    request: HttpRequest, forum: Forum, form: BallotChangeForm, error: AccountsError, number: int
) -> tuple[BallotChangeForm, list[Met]]:
    """Return the form for another try, and what somebody else changed where that was why."""
    if not isinstance(error, ConflictError):
        form.refuse(error)
        return form, []
    form = _form(forum, forum.ballots.get(pk=number), request.POST)
    form.is_valid()
    form.refuse(error)
    now = form.present()
    return form, merge(form, now, form.initial["revision"], _word)


def _word(name: str, value: Any) -> str:
    """Return a value of the form in words."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    choices = {
        "method": Ballot.Method,
        "quorum_rule": Ballot.QuorumRule,
        "quorum_base": Ballot.QuorumBase,
    }
    if name in choices and value in choices[name].values:
        return str(choices[name](value).label)
    return in_words(name, value)
