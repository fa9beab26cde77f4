"""Deeds on the files of an agreement: hand one in, take one out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts import rules
from sinergi.accounts.actions.owned import why
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import ForbiddenError, InvalidError
from sinergi.accounts.principal import Principal
from sinergi.accounts.rules import OBJECT_READ
from sinergi.accounts.texts import cleaned, too_long
from sinergi.agreements import errors, permissions
from sinergi.agreements.actions.rows import held_agreement, part_of, refuse, tell
from sinergi.agreements.files.store import Prepared, prepare, row_of
from sinergi.agreements.models import Agreement, Attachment, AttachmentKind, Party
from sinergi.agreements.queries import reading
from sinergi.agreements.queries.files import uses

LENGTHS = {"title": 200}


@dataclass(frozen=True, slots=True)
class AttachmentDetails:
    """What is told of a file that is handed in.

    Attributes
    ----------
    title
        Its name where it is empty.
    party_id
        Number of the party whose it is; `None` for what is of all.
    """

    kind: str
    title: str = ""
    party_id: int | None = None
    is_public: bool = False


def require_hands_in(by: Principal, agreement: Agreement, party: Party | None) -> None:
    """Refuse who neither keeps the agreement nor acts for the party whose file it is.

    Raises
    ------
    ForbiddenError
    """
    if permissions.prepares(by, agreement) or (party and permissions.acts_for(by, party)):
        return
    rule = rules.OBJECT_EDIT
    raise ForbiddenError(rules.refusal(by, rule, agreement), rule)


def _party(agreement: Agreement, number: int | None) -> Party | None:
    if number is None:
        return None
    found = Party.objects.filter(agreement=agreement, pk=number).first()
    if found is None:
        raise InvalidError({"party_id": _("This party is not one of the agreement.")})
    found.agreement = agreement
    return found


def _checked(by: Principal, agreement: Agreement, details: AttachmentDetails) -> Party | None:
    party = _party(agreement, details.party_id)
    require_hands_in(by, agreement, party)
    faults = too_long(details, LENGTHS)
    if details.kind not in AttachmentKind.values:
        faults["kind"] = _("Choose what the file is.")
    refuse(faults)
    if details.is_public and not permissions.prepares(by, agreement):
        raise InvalidError({"is_public": _("Only who keeps the agreement lets files be public.")})
    return party


def attach(
    by: Principal,
    agreement_id: int,
    details: AttachmentDetails,
    content: bytes,
    filename: str,
    *,
    kinds: frozenset[str] | None = None,
) -> Attachment:
    """Hand a file in, looked at and kept; who keeps the agreement any, a party its own.

    Parameters
    ----------
    kinds
        Of `files.looking.KINDS`, what is taken; all where it is not given.

    Raises
    ------
    NotFoundError, ForbiddenError
    InvalidError
        With `file`, when it is not taken.
    """
    details = cleaned(details)
    _checked(by, reading.agreement(by, agreement_id), details)
    prepared = prepare(content, filename, kinds=kinds)
    return attach_prepared(by, agreement_id, details, prepared)


@transaction.atomic
def attach_prepared(
    by: Principal, agreement_id: int, details: AttachmentDetails, prepared: Prepared
) -> Attachment:
    """Hand in a file whose content lies in the store already; see `attach`.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError
    """
    agreement = held_agreement(by, agreement_id, OBJECT_READ)
    party = _checked(by, agreement, details)
    row = Attachment.objects.create(
        agreement=agreement,
        party=party,
        file=row_of(prepared),
        kind=details.kind,
        title=details.title or prepared.filename,
        filename=prepared.filename,
        is_public=details.is_public,
        by_id=by.person_id,
    )
    tell(by, Verb.FILE_ADDED, agreement, after=told(row), part=part_of("file", row.pk))
    return row


def told(row: Attachment) -> Mapping[str, Any]:
    """Return a file as records tell it: with its hash, by which it can be found for ever."""
    return {
        "title": row.title,
        "kind": row.kind,
        "party": row.party_id,
        "filename": row.filename,
        "sha256": row.file.sha256,
        "is_public": row.is_public,
    }


def held_attachment(by: Principal, agreement_id: int, attachment_id: int) -> Attachment:
    """Return a file of an agreement for a deed, the agreement held.

    Raises
    ------
    NotFoundError, ForbiddenError
    """
    agreement = held_agreement(by, agreement_id, OBJECT_READ)
    rows = Attachment.objects.select_related("file", "party")
    row = rows.filter(pk=attachment_id, agreement=agreement, removed_at=None).first()
    if row is None:
        raise errors.not_found(_("The file"))
    row.agreement = agreement
    if row.party is not None:
        row.party.agreement = agreement
    require_hands_in(by, agreement, row.party)
    return row


@transaction.atomic
def remove_attachment(
    by: Principal, agreement_id: int, attachment_id: int, reason: str
) -> Attachment:
    """Take a file out of an agreement; what rests on it must be changed first.

    Raises
    ------
    NotFoundError, ForbiddenError
    InvalidError
        Without a reason.
    StateError
        When a signature or something else rests on it.
    """
    row = held_attachment(by, agreement_id, attachment_id)
    reason = why(reason)
    if not reason:
        raise InvalidError({"why": _("Say why the file is taken out.")})
    if used := uses(row):
        told_use = _("This file cannot be taken out: %(what)s rests on it.")
        raise errors.StateError(told_use % {"what": ", ".join(used)})
    row.removed_at = timezone.now()
    row.save(update_fields=["removed_at"])
    part = part_of("file", row.pk)
    tell(by, Verb.FILE_REMOVED, row.agreement, before=told(row), part=part, reason=reason)
    return row
