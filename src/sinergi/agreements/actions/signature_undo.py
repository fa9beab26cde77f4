"""Taking back a signature that was recorded wrongly: with a reason, before the agreement has gone on."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sinergi.accounts.actions.owned import expect_revision, why
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import InvalidError
from sinergi.accounts.principal import Principal
from sinergi.agreements import errors, rules
from sinergi.agreements.actions.rows import held_party, part_of, tell
from sinergi.agreements.actions.signatures import told
from sinergi.agreements.actions.stage_rows import require_living
from sinergi.agreements.actions.tracks import settle
from sinergi.agreements.models import (
    Agreement,
    Change,
    Document,
    Party,
    Signature,
    SigningState,
)
from sinergi.agreements.queries.signing import signing_of
from sinergi.agreements.queries.stages import Known, known_of
from sinergi.agreements.signing.order import signing_stage

UNSIGNED: dict[str, Any] = {
    "state": SigningState.WAITING,
    "means": "",
    "signed_on": None,
    "attachment": None,
    "checked": {},
    "note": "",
    "recorded_at": None,
}


@transaction.atomic
def undo_signature(
    by: Principal,
    agreement_id: int,
    document_id: int,
    party_id: int,
    reason: str,
    *,
    revision: int | None = None,
) -> Signature:
    """Take back that a party signed or refused: it waits again; the file stays with the agreement.

    Whoever acts for the party does it, or keeps the agreement. A party that went on to a later stage because
    of it stands again where this document is signed.

    Raises
    ------
    NotFoundError, ForbiddenError, ConflictError
    InvalidError
        Without a reason.
    StateError
        When nothing is recorded, or the agreement has gone on past the signing.
    """
    party = held_party(by, agreement_id, party_id, or_keeper=True)
    agreement = party.agreement
    known = signing_of(agreement, document_id)
    row = known.rows.get(party_id)
    if row is None or row.state == SigningState.WAITING:
        raise errors.StateError(_("No signature of this party is recorded."))
    part = part_of("signature", row.pk)
    expect_revision(Agreement.KIND, agreement_id, row.revision, revision, part=part)
    kept = why(reason)
    if not kept:
        raise InvalidError({"why": _("Say why it is taken back.")})
    if row.state == SigningState.SIGNED:
        _require_open(agreement, known.document)
    before = told(row)
    for name, value in UNSIGNED.items():
        setattr(row, name, value)
    row.revision += 1
    row.save()
    _reopen(known.document)
    _return_tracks(by, agreement, known.document.kind)
    tell(by, Verb.SIGNATURE_SET, agreement, before, told(row), part=part, reason=kept)
    return row


def _require_open(agreement: Agreement, document: Document) -> None:
    """Refuse where something rests on the signed document already."""
    require_living(agreement)
    changes = Change.objects.filter(document=document, concluded_at__isnull=False)
    if changes.exists():
        raise errors.StateError(
            _("A change of the agreement rests on this document already: its signatures stay.")
        )
    stages = known_of(agreement).stages
    code = signing_stage(stages, document.kind)
    past = code and rules.place(stages, agreement.stage) > rules.place(stages, code)
    if past and not agreement.is_told_later:
        raise errors.StateError(
            _("The agreement has gone on since this document was signed: its signatures stay.")
        )


def _reopen(document: Document) -> None:
    """Let a document wait for signatures again; its day was that of the last one."""
    if document.signed_version is None:
        return
    document.signed_version = document.dated = None
    document.revision += 1
    document.save(update_fields=["signed_version", "dated", "revision"])


def _return_tracks(by: Principal, agreement: Agreement, kind: str) -> None:
    """Let parties that went past the signing of a kind of document stand there again, then the whole."""
    known = known_of(agreement)
    code = signing_stage(known.stages, kind)
    if not code or agreement.is_told_later:
        return
    for party in _beyond(known, code):
        before = {"stage": party.stage}
        party.stage = code
        party.revision += 1
        party.save(update_fields=["stage", "revision"])
        part = part_of("party", party.pk)
        tell(by, Verb.STAGE_MOVED, agreement, before, {"stage": code}, part=part)
    stood = agreement.stage
    settle(agreement)
    if agreement.stage != stood:
        tell(by, Verb.STAGE_MOVED, agreement, {"stage": stood}, {"stage": agreement.stage})


def _beyond(known: Known, code: str) -> list[Party]:
    here = rules.place(known.stages, code)
    there = (one for one in known.parties if one.left_on is None)
    return [one for one in there if rules.place(known.stages, one.stage) > here]
