"""What the pages share on which the secretariat draws, words, merges and splits themes."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from sinergi.accounts import rules
from sinergi.accounts.errors import AccountsError, ConflictError, UnseenError
from sinergi.accounts.once import once, seal
from sinergi.accounts.principal import Principal
from sinergi.accounts.requests import principal_of
from sinergi.forums.forms.themes import ThemeForm
from sinergi.forums.models import Descent, Forum, Theme
from sinergi.forums.queries.forums import get_forum
from sinergi.forums.queries.lineage import Node
from sinergi.forums.stages import Deed
from sinergi.forums.views.frame import CONFLICT, UNPROCESSABLE, frame
from sinergi.forums.views.origins import Family, family
from sinergi.forums.views.timing import not_now

ISSUE, THEME, SEEN, PART = "isu", "tema", "revisi", "bagian"
"""What the forms send: numbers of issues and of themes, revisions seen, the part into which an issue goes."""


def opened(request: HttpRequest, forum_id: int) -> tuple[Principal, Forum, dict[str, Any]]:
    """Return who asks, the forum and what a page of the secretariat shows around its form.

    Raises
    ------
    NotFoundError, ForbiddenError
    """
    principal = principal_of(request)
    forum = get_forum(principal, forum_id)
    rules.require(principal, rules.OBJECT_EDIT, forum)
    around = frame(principal, forum, "themes")
    return principal, forum, {**around, "not_now": not_now(forum, Deed.DRAW_THEMES)}


def numbers_of(sent: QueryDict, name: str) -> list[int]:
    """Return the numbers that a form sends under one name; what is none is left out."""
    return [int(one) for one in sent.getlist(name) if one.isdecimal() and len(one) < 16]


def status_of(error: AccountsError) -> int:
    """Return the HTTP status of a refusal that is shown in place."""
    return CONFLICT if isinstance(error, ConflictError | UnseenError) else UNPROCESSABLE


def done_once(
    principal: Principal, deed: str, form: Any, sent: object, do: Callable[[], dict[str, Any]]
) -> dict[str, Any]:
    """Do what a valid form asks, once however often it is sent."""
    token = form.cleaned_data.get("once", "")
    return once(principal, deed, seal(token, sent), sent, do).result


def refuse(form: ThemeForm, error: AccountsError) -> None:
    """Show what an action refused; a theme that is gone was merged or split by somebody else."""
    if isinstance(error, UnseenError):
        form.add_error(None, gone())
    else:
        form.refuse(error)


def gone() -> str:
    """Return what is told when a theme was merged or split meanwhile."""
    return _(
        "Somebody else of the secretariat merged or split one of these themes meanwhile. Nothing was changed "
        "and nothing is lost: what you wrote is below, and so is what became of the theme."
    )


def lives_on(principal: Principal, row: Theme) -> Family | None:
    """Return what became of a theme that was merged or split."""
    if row.retired_at is None:
        return None
    return family(principal, Node(Descent.Kind.THEME.value, row.pk))
