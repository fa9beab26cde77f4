"""Deeds on the page of a theme: comment, propose another wording, take it over or not."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sinergi.accounts import rules
from sinergi.accounts.errors import ConflictError, ForbiddenError, InvalidError, UnseenError
from sinergi.accounts.once import once, seal
from sinergi.accounts.principal import Principal
from sinergi.accounts.requests import principal_of, revision_of, why_of
from sinergi.forums.actions import remarks as actions
from sinergi.forums.errors import ForumError
from sinergi.forums.forms.themes import RemarkForm
from sinergi.forums.models import Forum, Theme
from sinergi.forums.queries.forums import get_forum, my_delegations
from sinergi.forums.views.frame import UNPROCESSABLE
from sinergi.forums.views.themes import get_theme, remark_form, theme_page

TAKE, REFUSE = "terima", "tolak"


@require_POST
def remark(request: HttpRequest, forum_id: int, theme_id: int) -> HttpResponse:
    """Comment on a theme, or propose another wording; what is refused is shown with what was written."""
    principal = principal_of(request)
    forum = get_forum(principal, forum_id)
    row = get_theme(forum, theme_id)
    if not my_delegations(principal, forum):
        told = _("Only delegations of this forum comment on its themes.")
        raise ForbiddenError(told, rules.OBJECT_EDIT)
    form = remark_form(principal, forum, row, request.POST)
    if form.is_valid() and _said(principal, forum, row, form):
        messages.success(request, _("Your remark is on the page."))
        return redirect("forums:theme", forum.pk, row.pk)
    return theme_page(request, principal, row, form, status=UNPROCESSABLE)


def _said(principal: Principal, forum: Forum, row: Theme, form: RemarkForm) -> bool:
    """Make the remark of a valid form, once however often it is sent; on refusal fill the form."""
    values = form.cleaned_data
    number = int(values["delegation"])
    # The form begins with the present wording: who leaves it as it is proposes nothing.
    wording = "" if values["wording"] == row.text.strip() else values["wording"]

    def say() -> dict[str, Any]:
        given = {"text": values["text"], "wording": wording}
        return {"remark": actions.remark(principal, forum.pk, number, row.pk, **given).pk}

    sent = {name: value for name, value in values.items() if name != "once"}
    try:
        once(principal, "remark", seal(values["once"], [row.pk, sent]), sent, say)
    except UnseenError:
        form.add_error(
            None, _("This theme was merged or split meanwhile; see below what became of it.")
        )
        row.refresh_from_db()
    except (ForumError, InvalidError) as error:
        form.refuse(error)
    return not form.errors


@require_POST
def decide_amendment(
    request: HttpRequest, forum_id: int, theme_id: int, remark_id: int
) -> HttpResponse:
    """Take an amendment over, or say that it is not; a reason that is too long is shown again."""
    principal, why = principal_of(request), why_of(request)
    decision = request.POST.get("keputusan")
    taken = decision == TAKE
    try:
        if decision not in {TAKE, REFUSE}:
            rules.require(principal, rules.OBJECT_EDIT, get_forum(principal, forum_id))
            raise InvalidError({"taken": _("Choose whether the amendment is taken over or not.")})
        actions.decide_amendment(
            principal,
            forum_id,
            remark_id,
            taken=taken,
            theme_id=theme_id,
            revision=revision_of(request),
            reason=why,
        )
    except UnseenError:
        raise
    except InvalidError as error:
        forum = get_forum(principal, forum_id)
        row = get_theme(forum, theme_id)
        refused = {"undecided": remark_id, "why": why, "refusal": " ".join(error.fields.values())}
        form = remark_form(principal, forum, row)
        return theme_page(request, principal, row, form, status=UNPROCESSABLE, **refused)
    except (ForumError, ConflictError) as error:
        messages.error(request, error.message)
    else:
        told = (
            _("The amendment was taken over.") if taken else _("The amendment was not taken over.")
        )
        messages.success(request, told)
    return redirect("forums:theme", forum_id, theme_id)
