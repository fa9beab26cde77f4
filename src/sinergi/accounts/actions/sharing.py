"""Opening what belongs to an organisation to others: share, end a share, make public, make private."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sinergi.accounts import rules
from sinergi.accounts.actions.owned import record_on
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import InvalidError, unseen
from sinergi.accounts.models import Level, Organisation, Owned, Share, Visibility
from sinergi.accounts.principal import Principal

ASSOCIATIONS = (Organisation.Kind.ASSOCIATION, Organisation.Kind.COMMISSARIAT)


def _said(share: Share) -> dict[str, Any]:
    return {
        "organisation": share.organisation_id,
        "level": str(share.level),
        "with_members": share.with_members,
    }


def _held(row: Owned) -> Owned:
    """Return the row as it is now, held until the transaction ends.

    Raises
    ------
    UnseenError
        When it was deleted for good meanwhile.
    """
    held: Owned | None = type(row).objects.select_for_update().filter(pk=row.pk).first()
    if held is None:
        raise unseen()
    return held


@transaction.atomic
def share(
    by: Principal,
    row: Owned,
    organisation: Organisation,
    level: Level,
    *,
    with_members: bool = False,
    reason: str = "",
) -> Share:
    """Open a row to another organisation, or change how far it is open to it.

    Raises
    ------
    UnseenError, ForbiddenError
    InvalidError
        When it is the owner, or members of something that has none.
    """
    now = _held(row)
    rules.require(by, rules.OBJECT_SHARE, now)
    if organisation.pk == now.organisation_id:
        raise InvalidError({"organisation": _("It belongs to this organisation already.")})
    if with_members and organisation.kind not in ASSOCIATIONS:
        raise InvalidError({"with_members": _("Only associations and commissariats have members.")})
    old = Share.objects.filter(kind=row.KIND, object_id=row.pk, organisation=organisation).first()
    before = _said(old) if old else {}
    made, _new = Share.objects.update_or_create(
        kind=row.KIND,
        object_id=row.pk,
        organisation=organisation,
        defaults={"level": level, "with_members": with_members, "granted_by_id": by.person_id},
    )
    if before != _said(made):
        record_on(by, Verb.SHARED, now, before, _said(made), reason=reason)
    return made


@transaction.atomic
def unshare(by: Principal, row: Owned, organisation: Organisation, *, reason: str = "") -> None:
    """Close a row to an organisation again; what is not shared stays as it is.

    Raises
    ------
    UnseenError, ForbiddenError
    """
    now = _held(row)
    rules.require(by, rules.OBJECT_SHARE, now)
    old = Share.objects.filter(kind=row.KIND, object_id=row.pk, organisation=organisation).first()
    if old is not None:
        before = _said(old)
        old.delete()
        record_on(by, Verb.UNSHARED, now, before, reason=reason)


def let_read(by: Principal, row: Owned, organisation: Organisation) -> None:
    """Let an organisation read a row, as part of another deed that asks and records: an invitation.

    What it may do already stays.
    """
    if organisation.pk != row.organisation_id:
        Share.objects.get_or_create(
            kind=row.KIND,
            object_id=row.pk,
            organisation=organisation,
            defaults={"level": Level.READ, "granted_by_id": by.person_id},
        )


def end_reading(row: Owned, organisation: Organisation) -> None:
    """Take back what `let_read` gave, as part of another deed; a right to edit stays."""
    Share.objects.filter(
        kind=row.KIND, object_id=row.pk, organisation=organisation, level=Level.READ
    ).delete()


@transaction.atomic
def set_visibility(by: Principal, row: Owned, visibility: Visibility, *, reason: str = "") -> Owned:
    """Make a row public, or private again.

    Raises
    ------
    UnseenError, ForbiddenError
    InvalidError
        When it belongs to the installation, which is public.
    """
    now = _held(row)
    rules.require(by, rules.OBJECT_PUBLISH, now)
    if now.organisation_id is None:
        raise InvalidError({"visibility": _("What belongs to the installation is public.")})
    if now.visibility == visibility:
        return now
    before = now.visibility
    now.visibility = visibility
    now.save(update_fields=["visibility"])
    verb = Verb.PUBLISHED if visibility == Visibility.PUBLIC else Verb.WITHDRAWN
    old, new = {"visibility": str(before)}, {"visibility": str(visibility)}
    record_on(by, verb, now, old, new, reason=reason)
    return now
