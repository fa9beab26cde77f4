"""Deeds on the documents of a meeting: put one with it, change its title and who has it, take it away."""

import hashlib

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts import rules
from sinergi.accounts.actions.owned import why
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.principal import Principal
from sinergi.accounts.texts import printable, too_long_text
from sinergi.forums import errors
from sinergi.forums.actions.rows import expect, held_forum, refuse, tell
from sinergi.forums.details import LENGTHS, changes
from sinergi.forums.models import Forum, ForumDocument

MOST_BYTES = 10 * 1024 * 1024
MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".txt": "text/plain; charset=utf-8",
    ".jpg": "image/jpeg",
    ".png": "image/png",
}
"""What may be put with a forum, by the end of its name; always sent as a download."""
BEGINNINGS = {
    ".pdf": b"%PDF-",
    ".docx": b"PK\x03\x04",
    ".xlsx": b"PK\x03\x04",
    ".pptx": b"PK\x03\x04",
    ".odt": b"PK\x03\x04",
    ".jpg": b"\xff\xd8\xff",
    ".png": b"\x89PNG",
}


@transaction.atomic
def add_document(
    by: Principal,
    forum_id: int,
    title: str,
    filename: str,
    content: bytes,
    *,
    open_to_all: bool = False,
) -> ForumDocument:
    """Put a document with a forum.

    Raises
    ------
    NotFoundError, ForbiddenError
    InvalidError
        When it is too large, empty, or not of a kind that is taken.
    """
    forum = held_forum(by, forum_id, rules.OBJECT_EDIT)
    title = printable(title) or filename
    ending = _ending(filename)
    faults = _document_faults(filename, ending, content)
    refuse(faults | too_long_text("title", title, LENGTHS["title"]))
    document = ForumDocument.objects.create(
        forum=forum,
        title=title,
        filename=filename[-160:],
        media_type=MEDIA_TYPES[ending],
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        open_to_all=open_to_all,
    )
    said = {"title": document.title, "filename": document.filename, "sha256": document.sha256}
    tell(
        by, Verb.ADDED, forum, f"document:{document.pk}", after=said | {"open_to_all": open_to_all}
    )
    return document


def _ending(filename: str) -> str:
    name = filename.lower()
    return next((ending for ending in MEDIA_TYPES if name.endswith(ending)), "")


def _document_faults(filename: str, ending: str, content: bytes) -> dict[str, str]:
    if not ending:
        kinds = ", ".join(one.removeprefix(".").upper() for one in MEDIA_TYPES)
        return {"file": _("A document is one of: %(kinds)s.") % {"kinds": kinds}}
    if not content:
        return {"file": _("The file is empty.")}
    if len(content) > MOST_BYTES:
        return {"file": _("The file is larger than %(most)s MB.") % {"most": MOST_BYTES // 2**20}}
    if not content.startswith(BEGINNINGS.get(ending, b"")):
        told = _("“%(name)s” is not what its name says: it does not begin like a %(kind)s file.")
        kind = ending.removeprefix(".").upper()
        return {"file": told % {"name": filename, "kind": kind}}
    return {}


def _held(forum: Forum, document_id: int) -> ForumDocument:
    rows = forum.documents.select_for_update().defer("content")
    document: ForumDocument | None = rows.filter(pk=document_id, deleted_at=None).first()
    if document is None:
        raise errors.not_found(_("The document"))
    return document


@transaction.atomic
def change_document(
    by: Principal,
    forum_id: int,
    document_id: int,
    title: str,
    *,
    open_to_all: bool,
    revision: int | None = None,
) -> ForumDocument:
    """Change the title of a document and who has it; without a title it is called as its file.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError, ConflictError
    """
    forum = held_forum(by, forum_id, rules.OBJECT_EDIT)
    document = _held(forum, document_id)
    part = f"document:{document.pk}"
    expect(forum, part, document, revision)
    title = printable(title) or document.filename
    refuse(too_long_text("title", title, LENGTHS["title"]))
    before = {"title": document.title, "open_to_all": document.open_to_all}
    changed = changes(before, {"title": title, "open_to_all": open_to_all})
    if not changed.names:
        return document
    document.title, document.open_to_all = title, open_to_all
    document.revision += 1
    document.save(update_fields=["title", "open_to_all", "revision"])
    tell(by, Verb.CHANGED, forum, part, changed.before, changed.after)
    return document


@transaction.atomic
def remove_document(by: Principal, forum_id: int, document_id: int, *, reason: str = "") -> None:
    """Take a document away from a forum; its content is kept until the retention period ends.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError
    """
    forum = held_forum(by, forum_id, rules.OBJECT_EDIT)
    document = _held(forum, document_id)
    kept = why(reason)
    document.deleted_at = timezone.now()
    document.save(update_fields=["deleted_at"])
    said = {"title": document.title, "filename": document.filename}
    tell(by, Verb.REMOVED, forum, f"document:{document_id}", before=said, reason=kept)
