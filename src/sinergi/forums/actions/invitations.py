"""Deeds on who comes: invite, answer, name delegates, check in, leave."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts import rules
from sinergi.accounts.actions.owned import why
from sinergi.accounts.actions.sharing import end_reading, let_read
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import InvalidError
from sinergi.accounts.models import Organisation
from sinergi.accounts.names import clean_name
from sinergi.accounts.principal import Principal
from sinergi.accounts.texts import printable, too_long_text
from sinergi.forums import errors
from sinergi.forums.actions.invitation_letters import write_to
from sinergi.forums.actions.rows import held_delegation, held_forum, in_time, refuse, tell
from sinergi.forums.details import LENGTHS
from sinergi.forums.models import Delegate, Delegation
from sinergi.forums.passes import new_code
from sinergi.forums.stages import Deed

MOST_DELEGATES = 100
MOST_WEIGHT = 1000


@transaction.atomic
def invite(
    by: Principal,
    forum_id: int,
    organisations: Iterable[Organisation],
    *,
    base: str = "",
    letters: bool = True,
) -> list[Delegation]:
    """Invite organisations, which may read the forum from then on; who is invited already stays as it is.

    An organisation that left and is invited again is asked anew.

    Parameters
    ----------
    base
        How links in letters begin; empty: as the settings of the installation have it.
    letters
        Whether those who may answer for them are written to; nobody is once the meeting is over.

    Raises
    ------
    NotFoundError, ForbiddenError, StageError
    """
    forum = held_forum(by, forum_id, rules.OBJECT_EDIT, Deed.INVITE)
    made = []
    for organisation in organisations:
        there = forum.delegations.filter(organisation=organisation).first()
        if there is not None and there.left_at is None:
            continue
        row = there or Delegation(forum=forum, organisation=organisation)
        row.invited_at, row.left_at, row.answered_at = timezone.now(), None, None
        row.answer = Delegation.Answer.WAITING
        row.save()
        let_read(by, forum, organisation)
        made.append(row)
    written = write_to(forum, made, base) if letters else {}
    for row in made:
        said = _named(row) | ({"letters": written[row.pk]} if row.pk in written else {})
        tell(by, Verb.ORGANISATION_INVITED, forum, f"delegation:{row.pk}", after=said)
    return made


def _named(row: Delegation) -> dict[str, object]:
    return {"organisation": row.organisation_id}


@transaction.atomic
def answer(
    by: Principal, forum_id: int, delegation_id: int, *, coming: bool, note: str = ""
) -> Delegation:
    """Answer an invitation; it may be answered again while there is time.

    Raises
    ------
    NotFoundError, ForbiddenError, StageError, InvalidError
    """
    forum = held_forum(by, forum_id, rules.OBJECT_READ)
    row = held_delegation(by, forum, delegation_id)
    in_time(forum, Deed.ANSWER)
    note = printable(note)
    refuse(too_long_text("note", note, LENGTHS["note"]))
    said = Delegation.Answer.COMING if coming else Delegation.Answer.DECLINED
    before = {"answer": row.answer, "note": row.note}
    after = {"answer": str(said), "note": note}
    if before == after:
        return row
    row.answer, row.note, row.answered_at = said, note, timezone.now()
    row.save()
    tell(by, Verb.INVITATION_ANSWERED, forum, f"delegation:{row.pk}", before, _named(row) | after)
    return row


@transaction.atomic
def leave(by: Principal, forum_id: int, delegation_id: int, *, reason: str = "") -> Delegation:
    """Take an organisation out of a forum, by itself or by the secretariat; what it raised stays.

    It votes no more, and ballots that are open count it no more unless it has voted already.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError
    """
    forum = held_forum(by, forum_id, rules.OBJECT_READ)
    if rules.may(by, rules.OBJECT_EDIT, forum):
        row = forum.delegations.select_for_update().filter(pk=delegation_id, left_at=None).first()
        if row is None:
            raise errors.not_found(_("The delegation"))
    else:
        row = held_delegation(by, forum, delegation_id)
    kept = why(reason)
    row.left_at, row.contact = timezone.now(), ""
    row.save(update_fields=["left_at", "contact"])
    end_reading(forum, row.organisation)
    tell(by, Verb.ORGANISATION_LEFT, forum, f"delegation:{row.pk}", _named(row), reason=kept)
    return row


@transaction.atomic
def set_weight(by: Principal, forum_id: int, delegation_id: int, weight: int) -> Delegation:
    """Say with what weight a delegation votes where votes are weighted.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError
    """
    forum = held_forum(by, forum_id, rules.OBJECT_EDIT)
    row = forum.delegations.select_for_update().filter(pk=delegation_id).first()
    if row is None:
        raise errors.not_found(_("The delegation"))
    if not 1 <= weight <= MOST_WEIGHT:
        told = _("A weight is a whole number from 1 to %(most)s.") % {"most": MOST_WEIGHT}
        raise InvalidError({"weight": told})
    if weight != row.weight:
        before = {"weight": row.weight}
        row.weight = weight
        row.save(update_fields=["weight"])
        after = _named(row) | {"weight": weight}
        tell(by, Verb.CHANGED, forum, f"delegation:{row.pk}", before, after)
    return row


@transaction.atomic
def name_delegate(
    by: Principal, forum_id: int, delegation_id: int, office: str, name: str = ""
) -> Delegate:
    """Name somebody of a delegation: the office, and the name if it is to be told.

    Raises
    ------
    NotFoundError, ForbiddenError, StageError, InvalidError
    """
    forum = held_forum(by, forum_id, rules.OBJECT_READ)
    row = held_delegation(by, forum, delegation_id)
    in_time(forum, Deed.ANSWER)
    office = clean_name(office, "office", LENGTHS["office"])
    name = clean_name(name, "name", LENGTHS["name"]) if name.strip() else ""
    if row.delegates.filter(removed_at=None).count() >= MOST_DELEGATES:
        told = _("A delegation has at most %(most)s members.") % {"most": MOST_DELEGATES}
        raise InvalidError({"office": told})
    made = Delegate.objects.create(delegation=row, office=office, name=name, pass_code=new_code())
    # The name stays out of the trail, which can never be erased.
    tell(by, Verb.ADDED, forum, f"delegate:{made.pk}", after=_named(row) | {"office": office})
    return made


@transaction.atomic
def remove_delegate(by: Principal, forum_id: int, delegation_id: int, delegate_id: int) -> None:
    """Take somebody off a delegation; the name is forgotten at once.

    Raises
    ------
    NotFoundError, ForbiddenError, StageError
    """
    forum = held_forum(by, forum_id, rules.OBJECT_READ)
    row = held_delegation(by, forum, delegation_id)
    in_time(forum, Deed.ANSWER)
    delegate = row.delegates.filter(pk=delegate_id, removed_at=None).first()
    if delegate is None:
        raise errors.not_found(_("The delegate"))
    delegate.removed_at, delegate.name = timezone.now(), ""
    delegate.save(update_fields=["removed_at", "name"])
    said = _named(row) | {"office": delegate.office}
    tell(by, Verb.REMOVED, forum, f"delegate:{delegate_id}", before=said)


@transaction.atomic
def check_in(by: Principal, forum_id: int, pass_code: str) -> Delegate:
    """Check a delegate in by the code on the pass; a second time changes nothing.

    Raises
    ------
    NotFoundError
        Also when the pass is of another forum, or its delegation has left.
    ForbiddenError, StageError
    """
    forum = held_forum(by, forum_id, rules.OBJECT_EDIT, Deed.CHECK_IN)
    rows = Delegate.objects.select_related("delegation__organisation")
    delegate = rows.filter(
        pass_code=pass_code,
        removed_at=None,
        delegation__forum=forum,
        delegation__left_at=None,
    ).first()
    if delegate is None:
        raise errors.not_found(_("The pass"))
    if delegate.checked_in_at is None:
        delegate.checked_in_at = timezone.now()
        delegate.save(update_fields=["checked_in_at"])
        said = _named(delegate.delegation) | {"office": delegate.office}
        tell(by, Verb.CHECKED_IN, forum, f"delegate:{delegate.pk}", after=said)
    return delegate
