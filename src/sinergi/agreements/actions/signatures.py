"""Deeds on signatures: say who signs when, record that somebody signed, or refused."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts.actions.owned import expect_revision
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import InvalidError
from sinergi.accounts.principal import Principal
from sinergi.accounts.texts import cleaned, too_long
from sinergi.agreements import errors
from sinergi.agreements.actions.attachments import AttachmentDetails, attach_prepared
from sinergi.agreements.actions.rows import held_party, part_of, refuse, tell
from sinergi.agreements.files.store import Prepared, prepare
from sinergi.agreements.models import (
    Agreement,
    Attachment,
    AttachmentKind,
    Document,
    Means,
    Signature,
    SigningState,
)
from sinergi.agreements.queries import reading
from sinergi.agreements.queries.signing import Known, signing_of
from sinergi.agreements.signing.order import (
    PLACES,
    Day,
    Signatory,
    complete,
    day_fault,
    signatory_faults,
)
from sinergi.agreements.signing.verify import Examined, examine, state_words

LENGTHS = {"name": 160, "office": 160, "power_number": 120, "note": 4000}
SCANS = frozenset({"pdf", "png", "jpeg"})


@dataclass(frozen=True, slots=True)
class SignatoryDetails:
    """Who signs for a party, and in which place.

    Attributes
    ----------
    power_id
        Number of the file of the power of attorney.
    """

    place: int = 1
    name: str = ""
    office: str = ""
    by_power: bool = False
    power_number: str = ""
    power_on: date | None = None
    power_id: int | None = None


@dataclass(frozen=True, slots=True)
class SigningDetails:
    """How and when somebody signed."""

    means: str
    signed_on: date | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Handed:
    """A signed file that lies in the store, and what was found in it."""

    prepared: Prepared
    examined: Examined | None


def _power(agreement: Agreement, number: int | None) -> Attachment | None:
    if number is None:
        return None
    rows = Attachment.objects.filter(agreement=agreement, removed_at=None)
    found = rows.filter(pk=number).first()
    if found is None:
        raise InvalidError({"power_id": _("Choose a file of this agreement.")})
    return found


def _row(known: Known, party: int) -> Signature:
    row = known.rows.get(party)
    if row is None:
        number = known.version.number
        row = Signature(document=known.document, version=number, party_id=party)
    return row


@transaction.atomic
def set_signatory(
    by: Principal,
    agreement_id: int,
    document_id: int,
    party_id: int,
    details: SignatoryDetails,
    *,
    revision: int | None = None,
) -> Signature:
    """Say who signs for a party, by which power, and in which place of the order; before it signed.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError, ConflictError
    StateError
        When it has signed.
    """
    party = held_party(by, agreement_id, party_id)
    known = signing_of(party.agreement, document_id)
    _require_signer(known, party_id)
    row = _row(known, party_id)
    if row.pk and revision is not None:
        part = part_of("signature", row.pk)
        expect_revision(Agreement.KIND, agreement_id, row.revision, revision, part=part)
    if row.state == SigningState.SIGNED or known.signing.signed:
        raise errors.StateError(_("It has signed already."))
    details = cleaned(details)
    faults = too_long(details, LENGTHS)
    if not 1 <= details.place <= PLACES:
        faults["place"] = _("Write a number from 1 to 99.")
    if details.power_on and details.power_on > timezone.localdate():
        faults["power_on"] = _("This day has not come yet.")
    refuse(faults)
    power = _power(party.agreement, details.power_id)
    before = told(row) if row.pk else {}
    for name, value in asdict(details).items():
        if name != "power_id":
            setattr(row, name, value)
    row.power = power
    row.revision += 1 if row.pk else 0
    row.save()
    part = part_of("signature", row.pk)
    tell(by, Verb.SIGNATURE_SET, party.agreement, before, told(row), part=part)
    return row


def _require_signer(known: Known, party: int) -> None:
    if known.signing.signer(party) is None:
        raise errors.StateError(_("This party does not sign this document."))


def told(row: Signature) -> dict[str, Any]:
    """Return a signature as records tell it: with the hash of its file."""
    return {
        "document": row.document_id,
        "version": row.version,
        "place": row.place,
        "name": row.name,
        "office": row.office,
        "power_number": row.power_number if row.by_power else "",
        "power_on": row.power_on.isoformat() if row.power_on else "",
        "state": row.state,
        "means": row.means,
        "signed_on": row.signed_on.isoformat() if row.signed_on else "",
        "sha256": row.checked.get("sha256", "") if row.checked else "",
    }


def record_signature(
    by: Principal,
    agreement_id: int,
    document_id: int,
    party_id: int,
    details: SigningDetails,
    content: bytes | None = None,
    filename: str = "",
) -> Signature:
    """Record that a party signed: on paper, with or without a scan, or electronically, with the signed PDF.

    The file is kept first, then all is recorded in one transaction: a process that is killed between leaves
    what was before, and the same upload again is recorded once.

    Raises
    ------
    NotFoundError, ForbiddenError
    InvalidError
        With the field: a day before its cause, a signer without power, a PDF whose signatures do not hold.
    StateError
        When it may not sign yet, or has signed with another file.
    """
    agreement = reading.agreement(by, agreement_id)
    signing_of(agreement, document_id)
    details = cleaned(details)
    if details.means not in Means.values:
        raise InvalidError({"means": _("Choose how it was signed.")})
    handed = _handed(details, content, filename)
    return _recorded(by, agreement_id, document_id, party_id, details, handed)


def _handed(details: SigningDetails, content: bytes | None, filename: str) -> Handed | None:
    if details.means == Means.PAPER:
        if not content:
            return None
        return Handed(prepare(content, filename, kinds=SCANS), None)
    if not content:
        raise InvalidError({"file": _("Hand in the signed PDF.")})
    prepared = prepare(content, filename, kinds=frozenset({"pdf"}))
    examined = examine(content)
    if not examined.signatures:
        raise InvalidError({"file": _("There is no electronic signature in this PDF.")})
    if examined.refused:
        told = _("A signature in this PDF does not hold (%(who)s): %(why)s.")
        one = examined.refused[0]
        raise InvalidError({"file": told % {"who": one.name or "?", "why": state_words(one.state)}})
    return Handed(prepared, examined)


@transaction.atomic
def _recorded(
    by: Principal,
    agreement_id: int,
    document_id: int,
    party_id: int,
    details: SigningDetails,
    handed: Handed | None,
) -> Signature:
    party = held_party(by, agreement_id, party_id)
    known = signing_of(party.agreement, document_id)
    row = _row(known, party_id)
    if row.state == SigningState.SIGNED and handed and _is_same(row, handed):
        return row
    if against := known.against(party_id):
        raise errors.StateError(" ".join(against))
    refuse(_faults(known, row, details, party.representative))
    if handed is not None:
        about = AttachmentDetails(AttachmentKind.SIGNED, known.document.title[:200], party_id)
        row.attachment = attach_prepared(by, agreement_id, about, handed.prepared)
        row.checked = _checked(handed)
    row.means, row.signed_on, row.note = details.means, details.signed_on, details.note
    row.state, row.recorded_at = SigningState.SIGNED, timezone.now()
    row.revision += 1 if row.pk else 0
    row.save()
    part = part_of("signature", row.pk)
    _conclude(party.agreement, known.document)
    tell(by, Verb.SIGNATURE_RECORDED, party.agreement, after=told(row), part=part)
    return row


def _is_same(row: Signature, handed: Handed) -> bool:
    return row.attachment is not None and row.attachment.file.sha256 == handed.prepared.sha256


def _checked(handed: Handed) -> dict[str, Any]:
    if handed.examined is None:
        return {"sha256": handed.prepared.sha256}
    return handed.examined.kept()


def _faults(known: Known, row: Signature, details: SigningDetails, head: str) -> dict[str, str]:
    """Return what is wrong with a signature, by field."""
    faults = too_long(details, LENGTHS)
    one = Signatory(
        row.name,
        row.office,
        row.by_power,
        row.power_number,
        row.power_on,
        row.power_id is not None,
        head,
        timezone.localdate(),
    )
    for field, code in signatory_faults(one).items():
        faults["" if field not in {"name"} else field] = SIGNATORY[code]() % {"head": head}
    later = known.document.agreement.is_told_later
    places = [other for other in known.rows.values() if other.place < row.place]
    day = Day(
        details.signed_on,
        timezone.localdate(),
        None if later else timezone.localdate(known.version.created),
        row.power_on if row.by_power else None,
        max((other.signed_on for other in places if other.signed_on), default=None),
    )
    if code := day_fault(day):
        faults["signed_on"] = DAYS[code]()
    return faults


SIGNATORY = {
    "missing": lambda: _("Say first who signs, and by power of attorney its number, day and file."),
    "no_power": lambda: _("A power of attorney is missing: %(head)s represents this party."),
    "future": lambda: _("The power of attorney is of a day that has not come yet."),
}
DAYS = {
    "missing": lambda: _("Write the day on which it was signed."),
    "future": lambda: _("This day has not come yet."),
    "before_version": lambda: _("On this day the text that is signed did not exist yet."),
    "before_power": lambda: _("On this day there was no power of attorney yet."),
    "before_others": lambda: _("On this day those who sign before had not signed yet."),
}


def _conclude(agreement: Agreement, document: Document) -> None:
    """Note that a document is signed when all have signed it, on the day of the last signature."""
    known = signing_of(agreement, document.pk)
    if not complete(known.signing):
        return
    days = [row.signed_on for row in known.rows.values() if row.signed_on]
    document.signed_version = known.version.number
    document.dated = max(days)
    document.revision += 1
    document.save(update_fields=["signed_version", "dated", "revision"])


@transaction.atomic
def refuse_signature(
    by: Principal, agreement_id: int, document_id: int, party_id: int, reason: str
) -> Signature:
    """Record that a party refuses to sign, and why.

    Raises
    ------
    NotFoundError, ForbiddenError, StateError
    InvalidError
        Without a reason.
    """
    party = held_party(by, agreement_id, party_id)
    known = signing_of(party.agreement, document_id)
    _require_signer(known, party_id)
    row = _row(known, party_id)
    if row.state == SigningState.SIGNED or known.signing.signed:
        raise errors.StateError(_("It has signed already."))
    kept = cleaned(SigningDetails("", None, reason)).note
    refuse(too_long(SigningDetails("", None, kept), LENGTHS))
    if not kept:
        raise InvalidError({"note": _("Say why it is not signed.")})
    row.state, row.note, row.recorded_at = SigningState.REFUSED, kept, timezone.now()
    row.revision += 1 if row.pk else 0
    row.save()
    part = part_of("signature", row.pk)
    tell(
        by,
        Verb.SIGNATURE_RECORDED,
        party.agreement,
        after=told(row),
        part=part,
        reason=kept[:1000],
    )
    return row
