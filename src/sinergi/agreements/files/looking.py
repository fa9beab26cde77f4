"""What a file is, found by looking at its content and never by its name, and whether it is taken."""

import unicodedata
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from sinergi.accounts.errors import InvalidError
from sinergi.agreements.files import packages, pdfs

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "txt": "text/plain",
    "csv": "text/csv",
}
KINDS = frozenset(MEDIA_TYPES)
ENDINGS = {"jpeg": (".jpg", ".jpeg")}
MOST_BYTES = 64 * 1024 * 1024
MEGABYTE = 1024 * 1024
LONGEST_NAME = 200
BEGINNINGS = {b"%PDF-": "pdf", b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg"}
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Word and Excel before 2007, and encrypted files of later ones."""
NOT_IN_NAMES = frozenset('<>:"|?*\\/')
MARKUP = ("<!", "<?", "<html", "<script", "<svg", "{\\rtf", "%!", "#!")


@dataclass(frozen=True, slots=True)
class Looked:
    """What a file is.

    Attributes
    ----------
    kind
        Of `KINDS`.
    filename
        As it was named, without a path, with the ending of its kind.
    warnings
        Codes of what is let in but told; see `words`.
    """

    kind: str
    filename: str
    warnings: tuple[str, ...] = ()
    pdf: "pdfs.Report | None" = None

    @property
    def media_type(self) -> str:
        """How it is told to browsers."""
        return MEDIA_TYPES[self.kind]


def look(content: bytes, filename: str, *, kinds: frozenset[str] | None = None) -> Looked:
    """Return what a file is.

    Raises
    ------
    InvalidError
        With `file`, when it is empty, too large, of a kind that is not taken, or dangerous: then it says
        what was found, and in which part.
    """
    if not content:
        raise InvalidError({"file": _("The file is empty.")})
    if len(content) > MOST_BYTES:
        told = _("The file is larger than %(most)s MB.") % {"most": MOST_BYTES // MEGABYTE}
        raise InvalidError({"file": told})
    kind = _kind(content, filename)
    if kinds is not None and kind not in kinds:
        raise InvalidError({"file": _not_taken(kinds)})
    found = Looked(kind, clean_name(filename, kind))
    if kind in packages.KINDS:
        return replace(found, warnings=packages.look(content))
    if kind == "pdf":
        report = pdfs.look(content)
        return replace(found, warnings=report.warnings, pdf=report)
    return found


def _kind(content: bytes, filename: str) -> str:
    for beginning, kind in BEGINNINGS.items():
        if content.startswith(beginning):
            return kind
    if content.startswith(packages.BEGINNING):
        return packages.kind_of(content)
    if content.startswith(COMPOUND):
        told = _("It is an older or an encrypted Office file: save it as DOCX, XLSX or PDF.")
        raise InvalidError({"file": told})
    if _is_text(content):
        return "csv" if filename.lower().endswith(".csv") else "txt"
    raise InvalidError({"file": _not_taken(KINDS)})


def _is_text(content: bytes) -> bool:
    """Whether it is plain text that no program takes for a page or a script."""
    text = text_in(content)
    if text is None or text.lstrip().lower().startswith(MARKUP):
        return False
    return not any(c not in "\n\r\t\f" and unicodedata.category(c) == "Cc" for c in text)


def text_in(content: bytes) -> str | None:
    """Return plain text, of the encodings that officials' programs write; `None` where it is none."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _not_taken(kinds: frozenset[str]) -> str:
    shown = ", ".join(kind.upper() for kind in MEDIA_TYPES if kind in kinds)
    return _("This kind of file is not taken here. Taken are: %(kinds)s.") % {"kinds": shown}


def clean_name(filename: str, kind: str) -> str:
    """Return the name of a file without a path, control characters, and what systems do not take."""
    last = filename.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(
        c
        for c in last
        if c not in NOT_IN_NAMES and unicodedata.category(c) not in {"Cc", "Cf", "Cs"}
    )
    kept = " ".join(kept.split()).strip(". ") or "berkas"
    endings = ENDINGS.get(kind, (f".{kind}",))
    if not kept.lower().endswith(endings):
        kept += endings[0]
    ending = PurePosixPath(kept).suffix
    return kept[: LONGEST_NAME - len(ending)].removesuffix(ending) + ending


def words(code: str) -> str:
    """Return a warning in words."""
    return {
        "embedded": _("holds other files inside"),
        "form_fields": _("has form fields that can be filled in"),
        "locked": _("is locked against changes"),
        "no_text": _("no text can be read in it: search does not find what it says"),
        "part_of_text": _("only a part of its text could be read for search"),
        "local_links": _("links to files on somebody's computer"),
    }.get(code, code)
