"""Deeds on remarks to clauses: make, settle."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import ForbiddenError, InvalidError
from sinergi.accounts.principal import Principal
from sinergi.accounts.rules import OBJECT_EDIT, OBJECT_READ, refusal
from sinergi.accounts.texts import printable, too_long_text
from sinergi.agreements import errors, permissions
from sinergi.agreements.actions.documents import may_write
from sinergi.agreements.actions.rows import held_agreement, part_of, refuse, tell
from sinergi.agreements.models import Agreement, ClauseRemark, Document, Party
from sinergi.agreements.queries import documents as queries

LONGEST, LONGEST_NOTE = 5000, 300
MOST = 2000
"""Remarks of one document."""


def speaks_for(by: Principal, agreement: Agreement) -> list[Party]:
    """Return the parties for which somebody may speak."""
    rows = list(Party.objects.filter(agreement=agreement, left_on=None))
    for one in rows:
        one.agreement = agreement
    return [one for one in rows if permissions.acts_for(by, one)]


def _held(by: Principal, agreement_id: int, document_id: int) -> tuple[Document, list[Party]]:
    """Return a document for somebody who keeps its agreement or acts for a party."""
    agreement = held_agreement(by, agreement_id, OBJECT_READ)
    row = queries.document(agreement, document_id)
    mine = speaks_for(by, agreement)
    if not mine and not permissions.prepares(by, agreement):
        raise ForbiddenError(refusal(by, OBJECT_EDIT, agreement), OBJECT_EDIT)
    return row, mine


@transaction.atomic
def remark(
    by: Principal, agreement_id: int, document_id: int, clause: str, text: str
) -> ClauseRemark:
    """Say something to a clause; it stays with it through versions until it is settled.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError
    """
    row, mine = _held(by, agreement_id, document_id)
    last = queries.version(row)
    if clause not in {one["key"] for one in last.clauses}:
        raise errors.not_found(_("The clause"))
    said = printable(text)
    refuse({} if said else {"text": _("Write the remark.")})
    refuse(too_long_text("text", said, LONGEST))
    if row.remarks.count() >= MOST:
        raise InvalidError(
            {"text": _("This document has too many remarks: settle some by talking.")}
        )
    made = ClauseRemark.objects.create(
        document=row,
        version=last.number,
        clause=clause,
        party=mine[0] if len(mine) == 1 else None,
        by_id=by.person_id,
        by_name=by.name[:160],
        text=said,
    )
    after = {"clause": clause, "version": last.number}
    part = part_of("document", row.pk)
    tell(by, Verb.CLAUSE_REMARKED, row.agreement, after=after, part=part)
    return made


@transaction.atomic
def settle_remark(
    by: Principal, agreement_id: int, document_id: int, remark_id: int, note: str = ""
) -> ClauseRemark:
    """Settle a remark: who made it or writes the document does.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError
    """
    row, _mine = _held(by, agreement_id, document_id)
    found = ClauseRemark.objects.filter(document=row, pk=remark_id).first()
    if found is None:
        raise errors.not_found(_("The remark"))
    if not may_write(by, row) and (found.by_id is None or found.by_id != by.person_id):
        raise ForbiddenError(refusal(by, OBJECT_EDIT, row.agreement), OBJECT_EDIT)
    if found.settled_at is not None:
        return found
    told = printable(note)
    refuse(too_long_text("note", told, LONGEST_NOTE))
    found.settled_at, found.settled_note = timezone.now(), told
    found.save(update_fields=["settled_at", "settled_note"])
    after = {"clause": found.clause, "settled": True}
    part = part_of("document", row.pk)
    tell(by, Verb.CLAUSE_REMARKED, row.agreement, after=after, part=part)
    return found
