"""Keeping files once by their hash: first the content in the store, then the row that knows it."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.db.models.deletion import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts.errors import InvalidError
from sinergi.agreements.errors import AgreementsError
from sinergi.agreements.files import looking, text
from sinergi.agreements.files.folder import LocalFolder, Store
from sinergi.agreements.models import StoredFile

DAY = 86_400
"""Seconds for which a content without a row, or a row that nothing refers to, may be on its way."""


class DamagedFileError(AgreementsError):
    """The content of a file is not there, or is not what was kept."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A content that was looked at and lies in the store; a row makes it a file.

    Attributes
    ----------
    filename
        Without a path, with the ending of what it is.
    """

    sha256: str
    size: int
    media_type: str
    filename: str
    text: str
    warnings: tuple[str, ...]


def store() -> Store:
    """Return where contents lie."""
    return LocalFolder(settings.SINERGI_FILES)


def prepare(content: bytes, filename: str, *, kinds: frozenset[str] | None = None) -> Prepared:
    """Look at a content, read it, and put it into the store; takes its time, so call it outside transactions.

    Parameters
    ----------
    kinds
        Of `looking.KINDS`, what is taken here; all where it is not given.

    Raises
    ------
    InvalidError
        With `file`, when it is not taken, or the disk is full.
    """
    looked = looking.look(content, filename, kinds=kinds)
    said, told = text.text_of(content, looked)
    sha256 = hashlib.sha256(content).hexdigest()
    try:
        store().put(sha256, content)
    except OSError as error:
        why = _(
            "The file could not be kept: %(why)s. Tell your administrator, and try again later."
        )
        raise InvalidError({"file": why % {"why": error.strerror or error}}) from error
    warnings = tuple(sorted({*looked.warnings, *told}))
    return Prepared(sha256, len(content), looked.media_type, looked.filename, said, warnings)


@transaction.atomic
def row_of(prepared: Prepared) -> StoredFile:
    """Return the row of a content that lies in the store, made where there is none."""
    row, _made = StoredFile.objects.select_for_update().get_or_create(
        sha256=prepared.sha256,
        defaults={
            "size": prepared.size,
            "media_type": prepared.media_type,
            "text": prepared.text,
            "warnings": list(prepared.warnings),
        },
    )
    return row


def keep(content: bytes, filename: str, *, kinds: frozenset[str] | None = None) -> StoredFile:
    """Keep a file: the same content once, whole or not at all; see `prepare`.

    Raises
    ------
    InvalidError
    """
    return row_of(prepare(content, filename, kinds=kinds))


def content_of(file: StoredFile) -> bytes:
    """Return the content of a file, which is what was kept, byte for byte.

    Raises
    ------
    DamagedFileError
        When it is not there or was changed: wrong content is never given.
    """
    content = store().get(file.sha256)
    if content is None:
        raise DamagedFileError(
            _("The content of this file is missing in the store. Tell your administrator.")
        )
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise DamagedFileError(
            _("The content of this file was damaged in the store. Tell your administrator.")
        )
    return content


def unreferenced() -> list[StoredFile]:
    """Return the files to which nothing refers any more, and which nobody can be about to use."""
    used = Q()
    for relation in StoredFile._meta.related_objects:  # noqa: SLF001 - documented
        rows = relation.related_model._base_manager.values(relation.field.name)  # noqa: SLF001
        used |= Q(pk__in=rows)
    before = timezone.now() - timedelta(seconds=DAY)
    return list(StoredFile.objects.filter(created__lt=before).exclude(used))


def forget_unreferenced() -> int:
    """Delete the rows of files to which nothing refers; return how many. Their contents go with a sweep."""
    gone = 0
    for row in unreferenced():
        try:
            with transaction.atomic():
                row.delete()
        except ProtectedError:
            continue
        gone += 1
    return gone


def sweep() -> int:
    """Delete contents without a row, as killed processes and forgotten files leave them; return how many."""
    place = store()
    known = set(StoredFile.objects.values_list("sha256", flat=True))
    orphans = [name for name in place.names() if name not in known]
    gone = 0
    for name in orphans:
        if not StoredFile.objects.filter(sha256=name).exists():
            gone += place.remove(name, older_than=DAY)
    return gone + place.remove_parts(older_than=DAY)
