"""Deeds on documents of an agreement: begin, write the next version, answer, describe, take out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts import rules
from sinergi.accounts.actions.owned import expect_revision, why
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import InvalidError
from sinergi.accounts.principal import Principal
from sinergi.accounts.texts import cleaned, printable, too_long, too_long_text
from sinergi.agreements import errors, permissions
from sinergi.agreements.actions.rows import (
    held_agreement,
    held_party,
    part_of,
    refuse,
    tell,
)
from sinergi.agreements.documents import clauses as clause_rules
from sinergi.agreements.documents.clauses import ClauseText
from sinergi.agreements.documents.rendering import filled_clauses, snapshot
from sinergi.agreements.models import (
    Acceptance,
    Agreement,
    Document,
    DocumentKind,
    DocumentVersion,
    Party,
    Template,
)
from sinergi.agreements.queries import documents as queries
from sinergi.agreements.queries import library

LENGTHS = {"title": 300, "number": 200}
LONGEST_WHY = 300
LONGEST_NOTE = 5000
LETTERS = (DocumentKind.OFFER, DocumentKind.ANSWER)
"""Kinds that one party writes."""


@dataclass(frozen=True, slots=True)
class DocumentDetails:
    """What is written about a document; `template` is the number of one, 0 for the one that ships."""

    title: str
    number: str = ""
    dated: date | None = None
    template: int = 0


def details_of(row: Document) -> DocumentDetails:
    """Return what is written about a document."""
    return DocumentDetails(row.title, row.number, row.dated, row.template_id or 0)


def _template(by: Principal, number: int, kind: str) -> Template | None:
    if not number:
        return None
    found = library.templates(by, kind).filter(pk=number).first()
    if found is None:
        raise InvalidError({"template": _("This template is not there, or not for this document.")})
    return found


def _clean(details: DocumentDetails) -> DocumentDetails:
    details = cleaned(details)
    refuse({} if details.title else {"title": _("Write a title.")})
    refuse(too_long(details, LENGTHS))
    return details


def _writer(by: Principal, agreement: Agreement, kind: str, number: int | None) -> Party | None:
    if kind not in DocumentKind.values:
        raise InvalidError({"kind": _("Choose a kind of document.")})
    if kind not in LETTERS:
        return None
    party = Party.objects.filter(agreement=agreement, pk=number or 0, left_on=None).first()
    if party is None:
        raise InvalidError({"party": _("Choose whose letter it is.")})
    party.agreement = agreement
    return party


@transaction.atomic
def begin_document(
    by: Principal,
    agreement_id: int,
    kind: str,
    details: DocumentDetails,
    party_id: int | None = None,
) -> Document:
    """Begin a document with the clauses of the library; who keeps the agreement does, and a party its letter.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError
    """
    agreement = _read_and_hold(by, agreement_id)
    party = _writer(by, agreement, kind, party_id)
    _require(by, agreement, party)
    details = _clean(details)
    row = Document.objects.create(
        agreement=agreement,
        kind=kind,
        party=party,
        title=details.title,
        number=details.number,
        dated=details.dated,
        template=_template(by, details.template, kind),
    )
    offers = library.beginning(by, kind, agreement.organisation_id)
    texts = [ClauseText("", one.heading, one.text, one.code) for one in offers]
    _write(by, row, clause_rules.numbered(texts, ()), "", 1)
    told = {"kind": kind, "title": row.title}
    tell(by, Verb.DOCUMENT_BEGUN, agreement, after=told, part=part_of("document", row.pk))
    return row


def _read_and_hold(by: Principal, agreement_id: int) -> Agreement:
    return held_agreement(by, agreement_id, rules.OBJECT_READ)


def _require(by: Principal, agreement: Agreement, party: Party | None) -> None:
    """Refuse who neither keeps the agreement nor writes for the party whose letter it is."""
    if party is not None and permissions.acts_for(by, party):
        return
    rules.require(by, rules.OBJECT_EDIT, agreement)


def may_write(by: Principal, row: Document) -> bool:
    """Whether somebody writes a document."""
    if row.party is not None:
        row.party.agreement = row.agreement
        if permissions.acts_for(by, row.party):
            return True
    return permissions.prepares(by, row.agreement)


def held_document(by: Principal, agreement_id: int, document_id: int) -> Document:
    """Return a document that somebody writes, its agreement held.

    Raises
    ------
    NotFoundError, ForbiddenError
    """
    agreement = _read_and_hold(by, agreement_id)
    row = queries.document(agreement, document_id)
    if row.party is not None:
        row.party.agreement = agreement
    _require(by, agreement, row.party)
    return row


def _unsigned(row: Document) -> None:
    if row.signed_version is not None:
        raise errors.StateError(
            _("This document is signed: it is changed by an addendum, not by another version.")
        )


def _write(
    by: Principal, row: Document, texts: Sequence[ClauseText], reason: str, number: int
) -> DocumentVersion:
    kept = snapshot(queries.data_of(row.agreement, row))
    rows = [one.kept() for one in texts]
    told, _missing = filled_clauses(rows, kept["values"])
    return DocumentVersion.objects.create(
        document=row,
        number=number,
        clauses=rows,
        values=kept,
        text="\n\n".join(f"{one['judul']}\n{one['teks']}" for one in told),
        why=reason,
        by_id=by.person_id,
    )


class BothWroteError(Exception):
    """Two wrote the same clauses at the same time; nothing was saved."""

    def __init__(self, clauses: list[ClauseText], both: tuple[str, ...], last: int) -> None:
        super().__init__(last)
        self.clauses, self.both, self.last = clauses, both, last


def write_version(
    by: Principal,
    agreement_id: int,
    document_id: int,
    texts: Iterable[ClauseText],
    *,
    base: int,
    reason: str = "",
) -> DocumentVersion:
    """Write the next version of a document; what parties accepted of earlier ones counts no more.

    Parameters
    ----------
    texts
        All clauses in order; a new one has no key.
    base
        Number of the version that the writer saw. Clauses that others changed since are taken over.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError, StateError
    BothWroteError
        When both changed a clause: with the clauses put together, the writer's own where both wrote.
    """
    with transaction.atomic():
        row = held_document(by, agreement_id, document_id)
        _unsigned(row)
        last = queries.version(row)
        found = _checked(row, texts, reason)
        found = _with_others(row, found, base, last)
        used = queries.keys_used(row)
        made = clause_rules.numbered(found, used)
        present = snapshot(queries.data_of(row.agreement, row))
        if [one.kept() for one in made] == last.clauses and present == last.values:
            return last
        new = _write(by, row, made, printable(reason), last.number + 1)
        tell(
            by,
            Verb.DOCUMENT_WRITTEN,
            row.agreement,
            {"version": last.number},
            {"version": new.number},
            part=part_of("document", row.pk),
            reason=new.why,
        )
        return new


def _checked(row: Document, texts: Iterable[ClauseText], reason: str) -> list[ClauseText]:
    found = clause_rules.tidied(texts)
    wrong = clause_rules.faults(found, queries.keys_used(row))
    refuse(wrong | too_long_text("why", printable(reason), LONGEST_WHY))
    return found


def _with_others(
    row: Document, mine: list[ClauseText], base: int, last: DocumentVersion
) -> list[ClauseText]:
    if base == last.number:
        return mine
    seen = clause_rules.read(queries.version(row, base).clauses)
    merged = clause_rules.merge(seen, mine, clause_rules.read(last.clauses))
    if merged.both:
        raise BothWroteError(merged.clauses, merged.both, last.number)
    return merged.clauses


@transaction.atomic
def answer_text(
    by: Principal,
    agreement_id: int,
    document_id: int,
    party_id: int,
    version: int,
    *,
    accepted: bool,
    note: str = "",
) -> Acceptance:
    """Accept the last version of a document for a party, or say why not.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError
    StateError
        When a newer version was written meanwhile, or it is signed.
    """
    party = held_party(by, agreement_id, party_id)
    row = queries.document(party.agreement, document_id)
    _unsigned(row)
    last = queries.version(row)
    if last.number != version:
        told = _("Version %(number)s was written meanwhile. Read it, then answer.")
        raise errors.StateError(told % {"number": last.number})
    note = printable(note)
    refuse(too_long_text("note", note, LONGEST_NOTE))
    if not accepted and not note:
        raise InvalidError({"note": _("Write why the party does not accept it.")})
    values = {"accepted": accepted, "note": note, "by_id": by.person_id, "by_name": by.name[:160]}
    before = Acceptance.objects.filter(version=last, party=party).first()
    made, _new = Acceptance.objects.update_or_create(version=last, party=party, defaults=values)
    told_before = {"accepted": before.accepted} if before else {}
    after = {"accepted": accepted, "party": party.name, "version": last.number}
    part = part_of("document", row.pk)
    tell(by, Verb.TEXT_ANSWERED, party.agreement, told_before, after, part=part)
    return made


@transaction.atomic
def describe_document(
    by: Principal,
    agreement_id: int,
    document_id: int,
    details: DocumentDetails,
    *,
    revision: int | None = None,
) -> Document:
    """Change title, number, day or template of a document.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError, ConflictError
    """
    row = held_document(by, agreement_id, document_id)
    part = part_of("document", row.pk)
    expect_revision(Agreement.KIND, agreement_id, row.revision, revision, part=part)
    details = _clean(details)
    before, after = (_told(one) for one in (details_of(row), details))
    if before == after:
        return row
    row.template = (
        row.template
        if details.template == (row.template_id or 0)
        else _template(by, details.template, row.kind)
    )
    row.title, row.number, row.dated = details.title, details.number, details.dated
    row.revision += 1
    row.save()
    changed = [name for name in after if after[name] != before[name]]
    tell(by, Verb.CHANGED, row.agreement, _of(before, changed), _of(after, changed), part=part)
    return row


def _told(details: DocumentDetails) -> dict[str, Any]:
    dated = details.dated.isoformat() if details.dated else None
    return {**asdict(replace(details, dated=None)), "dated": dated}


def _of(values: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: values[name] for name in names}


@transaction.atomic
def remove_document(
    by: Principal, agreement_id: int, document_id: int, *, reason: str = ""
) -> None:
    """Take a document out that is not signed.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError, StateError
    """
    row = held_document(by, agreement_id, document_id)
    _unsigned(row)
    row.removed_at = timezone.now()
    row.revision += 1
    row.save(update_fields=["removed_at", "revision"])
    tell(
        by,
        Verb.DOCUMENT_REMOVED,
        row.agreement,
        before={"title": row.title},
        part=part_of("document", row.pk),
        reason=why(reason),
    )
