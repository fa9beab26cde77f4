"""Deeds on remarks: comment on a theme, propose another wording, take it over or not."""

from django.db import transaction
from django.utils.translation import gettext as _

from sinergi.accounts import rules
from sinergi.accounts.actions.owned import why
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import ConflictError
from sinergi.accounts.principal import Principal
from sinergi.accounts.texts import printable, too_long_text
from sinergi.forums import errors
from sinergi.forums.actions.rows import (
    expect,
    held_delegation,
    held_forum,
    held_theme,
    in_time,
    refuse,
    tell,
)
from sinergi.forums.actions.themes import reword
from sinergi.forums.details import LENGTHS, ThemeDetails
from sinergi.forums.models import Remark
from sinergi.forums.queries.themes import former_of_all
from sinergi.forums.stages import Deed


@transaction.atomic
def remark(
    by: Principal,
    forum_id: int,
    delegation_id: int,
    theme_id: int,
    *,
    text: str = "",
    wording: str = "",
) -> Remark:
    """Comment on a theme, or propose another wording.

    Raises
    ------
    NotFoundError, ForbiddenError, StageError, InvalidError
    """
    forum = held_forum(by, forum_id, rules.OBJECT_READ)
    delegation = held_delegation(by, forum, delegation_id)
    in_time(forum, Deed.DISCUSS)
    theme = held_theme(forum, theme_id)
    text, wording = printable(text), printable(wording)
    faults = too_long_text("text", text, LENGTHS["text"])
    faults |= too_long_text("wording", wording, LENGTHS["wording"])
    if not text and not wording:
        faults["text"] = _("Write a comment, or the wording that you propose.")
    refuse(faults)
    made = Remark.objects.create(
        theme=theme, organisation=delegation.organisation, text=text, wording=wording
    )
    after = {"organisation": delegation.organisation_id, "text": text, "wording": wording}
    tell(by, Verb.REMARKED, forum, f"theme:{theme.pk}", after=after)
    return made


@transaction.atomic
def decide_amendment(
    by: Principal,
    forum_id: int,
    remark_id: int,
    *,
    taken: bool,
    theme_id: int | None = None,
    revision: int | None = None,
    reason: str = "",
) -> Remark:
    """Take an amendment over, which words the theme so, or say that it is not taken over.

    Parameters
    ----------
    theme_id
        The theme that it is decided on: the one it was made on, or one that was merged or split from that.
        Without it the one it was made on.
    revision
        Of the theme, as it was seen.

    Raises
    ------
    NotFoundError, ForbiddenError, StageError, InvalidError
    ConflictError
        When it has been decided already, or the theme was worded otherwise meanwhile.
    """
    forum = held_forum(by, forum_id, rules.OBJECT_EDIT, Deed.DISCUSS)
    rows = Remark.objects.select_for_update(of=("self",)).exclude(wording="")
    found = rows.filter(theme__forum=forum, pk=remark_id).first()
    if found is None:
        raise errors.not_found(_("The amendment"))
    theme = held_theme(forum, found.theme_id if theme_id is None else theme_id)
    former = former_of_all(forum).get(theme.pk, set())
    if found.theme_id not in {theme.pk, *former}:
        raise errors.not_found(_("The amendment"))
    if found.state != Remark.State.OPEN:
        raise ConflictError(_("This amendment has been decided already."))
    expect(forum, f"theme:{theme.pk}", theme, revision)
    found.state = Remark.State.TAKEN if taken else Remark.State.REFUSED
    found.save(update_fields=["state"])
    if taken:
        reword(by, forum, theme, ThemeDetails(theme.title, found.wording))
    after = {"wording": found.wording, "state": str(found.state)}
    tell(by, Verb.AMENDMENT_DECIDED, forum, f"theme:{theme.pk}", after=after, reason=why(reason))
    return found
