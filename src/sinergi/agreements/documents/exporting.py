"""A version of a document as a file that leaves: Word or PDF, recorded with its hash."""

import hashlib

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from sinergi.accounts.actions.owned import record_on
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.principal import Principal
from sinergi.agreements.actions.rows import part_of
from sinergi.agreements.documents import rendering
from sinergi.agreements.errors import not_found
from sinergi.agreements.files import store
from sinergi.agreements.models import Document, DocumentVersion
from sinergi.agreements.queries import documents as queries
from sinergi.agreements.queries import reading

WRITERS = {"docx": rendering.as_word, "pdf": rendering.as_pdf}
CONTENT_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


def payload(row: Document, shown: DocumentVersion) -> rendering.Payload:
    """Return what is rendered of a version; its note says whether it was signed. Documents are Indonesian."""
    signed = row.signed_version == shown.number
    note = f"Versi {shown.number}" if signed else f"Rancangan · versi {shown.number}"
    data = queries.data_of(row.agreement, row)
    kept = shown.values
    return rendering.payload(row.kind, shown.clauses, kept, data, version=shown.number, note=note)


def export_document(
    by: Principal, agreement_id: int, document_id: int, number: int, fmt: str
) -> tuple[str, bytes]:
    """Return file name and content of a version; that it left is recorded.

    Raises
    ------
    NotFoundError, InvalidError, StateError
    """
    if fmt not in WRITERS:
        raise not_found(_("This format"))
    agreement = reading.agreement(by, agreement_id)
    row = queries.document(agreement, document_id)
    shown = queries.version(row, number)
    template = row.template
    content = WRITERS[fmt](
        row.kind, payload(row, shown), store.content_of(template.file) if template else None
    )
    digest = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        after = {"format": fmt, "version": number, "sha256": digest}
        part = part_of("document", row.pk)
        record_on(by, Verb.EXPORTED, agreement, after=after, part=part)
    name = slugify(row.title)[:60].strip("-") or "dokumen"
    return f"{row.kind}-{name}-v{number}.{fmt}", content
