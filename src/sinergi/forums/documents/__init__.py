"""Minutes as files: Word and PDF, rendered from the content of a version and from nothing else."""

from collections.abc import Callable

from django.db import transaction
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from sinergi.accounts.actions.owned import record_on
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.models import Visibility
from sinergi.accounts.principal import Principal
from sinergi.forums.documents import pdf, word
from sinergi.forums.errors import not_found
from sinergi.forums.minutes import file_hash
from sinergi.forums.models import Minutes
from sinergi.forums.queries.forums import get_forum
from sinergi.forums.queries.minutes import get_version

WRITERS: dict[str, Callable[[Minutes], bytes]] = {"docx": word.write, "pdf": pdf.write}
CONTENT_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
LANGUAGES = ("id", "en")


def file_name(row: Minutes, fmt: str) -> str:
    """Return `berita-acara-<forum>-v1.docx` in the active language; a draft says so."""
    name = slugify(row.content["title"])[:60].strip("-") or str(row.forum_id)
    parts = [_("minutes"), name, f"v{row.version}"]
    if row.sealed_at is None:
        parts.append(_("draft"))
    return f"{slugify('-'.join(parts))}.{fmt}"


def render(row: Minutes, fmt: str, language: str) -> bytes:
    """Return a version as a file in a language."""
    with translation.override(language):
        return WRITERS[fmt](row)


def export_minutes(
    by: Principal, forum_id: int, version: int, fmt: str, language: str = "id"
) -> tuple[str, bytes]:
    """Return file name and content of a version; that it left a private forum is recorded with its hash.

    Parameters
    ----------
    fmt
        docx or pdf.
    language
        id or en.

    Raises
    ------
    NotFoundError
        When there is no such version or format, or it may not be seen.
    """
    forum = get_forum(by, forum_id)
    row = get_version(by, forum, version)
    with translation.override(language):
        if fmt not in WRITERS:
            raise not_found(_("This format"))
        content = WRITERS[fmt](row)
        name = file_name(row, fmt)
    if forum.visibility != Visibility.PUBLIC:
        after = {"format": fmt, "version": version, "sha256": file_hash(content)}
        with transaction.atomic():
            record_on(by, Verb.EXPORTED, forum, after=after, part=f"minutes:{version}")
    return name, content
