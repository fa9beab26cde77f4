"""Bringing a register in from a file, whole or not at all; undoing that as one batch."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sinergi.accounts import rules as permissions
from sinergi.accounts.actions.owned import expect, held, record_on, why
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.models import Organisation
from sinergi.accounts.principal import Principal
from sinergi.accounts.texts import printable
from sinergi.agreements import errors
from sinergi.agreements.models import RegisterImport, RegisterRow, RegisterState
from sinergi.agreements.queries import register_imports as queries
from sinergi.agreements.register_imports.messages import told
from sinergi.agreements.register_imports.preview import Known, RegisterPreview, preview_register
from sinergi.agreements.register_imports.reading import RegisterReading
from sinergi.agreements.register_imports.report import report_of
from sinergi.agreements.register_imports.rows import Corrections
from sinergi.agreements.register_imports.store import insert
from sinergi.evidence.store import Progress, quiet

TITLE = 200
LOCK = 0x51E67
LOADED_AT = "loaded_at"


class ImportRefusedError(errors.AgreementsError):
    """A file cannot be loaded; `preview` names every problem."""

    def __init__(self, preview: RegisterPreview) -> None:
        self.preview = preview
        first = next((one for one in preview.problems.kept if one.severity == "error"), None)
        reason = told(first).message if first else _("There are no agreements in it.")
        super().__init__(f"{preview.filename}: {reason}")


@dataclass(frozen=True, slots=True)
class RegisterWish:
    """What a person wants a file to become.

    Attributes
    ----------
    key
        By what this wish is known: asked twice, it is done once.
    """

    organisation: Organisation
    title: str = ""
    corrections: Corrections | None = None
    key: str = ""


def preview_wish(
    by: Principal,
    path: Path,
    wish: RegisterWish,
    reading: RegisterReading | None = None,
    *,
    filename: str = "",
    progress: Progress = quiet,
) -> RegisterPreview:
    """Read a file and say what would become of it; store nothing.

    Raises
    ------
    ForbiddenError
        When somebody may not make agreements for the organisation.
    """
    owner = wish.organisation
    permissions.require(by, permissions.OBJECT_CREATE, owner)
    known = Known(
        timezone.localdate(),
        queries.own_of(owner),
        queries.held_by(owner),
        wish.corrections or {},
        lambda signature: queries.remembered_by(owner, signature),
    )
    seen = preview_register(path, known, reading, filename=filename, progress=progress)
    earlier = queries.loaded_with(owner, seen.sha256, seen.reading.sheet)
    if earlier is not None:
        seen.problems.add("error", "register_loaded", value=earlier.title)
    return seen


@transaction.atomic
def load_register(
    by: Principal, seen: RegisterPreview, wish: RegisterWish, *, progress: Progress = quiet
) -> RegisterImport:
    """Load what a preview has read: all of it or nothing; asked twice for one wish, once.

    Agreements that are here already stay as they are; their rows are kept with them. How the file was
    read is remembered for the organisation.

    Raises
    ------
    ForbiddenError
    ImportRefusedError
        When the file has errors or no agreements, or was loaded already.
    """
    owner = wish.organisation
    permissions.require(by, permissions.OBJECT_CREATE, owner)
    _one_at_a_time(owner)
    if (earlier := queries.loaded_by_wish(by, wish.key)) is not None:
        return earlier
    if not seen.ok or queries.loaded_with(owner, seen.sha256, seen.reading.sheet):
        if seen.ok:
            seen.problems.add("error", "register_loaded", value=seen.filename)
        raise ImportRefusedError(seen)
    at = timezone.now()
    reading = {**seen.reading.to_json(), "signature": seen.signature, "headings": seen.headings}
    reading["corrections"] = [[row, c, text] for (row, c), text in (wish.corrections or {}).items()]
    register = RegisterImport(
        organisation=owner,
        title=(printable(wish.title) or seen.filename)[:TITLE],
        filename=seen.filename[:TITLE],
        sheet=seen.reading.sheet[:120],
        sha256=seen.sha256,
        reading=reading | ({"key": wish.key} if wish.key else {}),
        report=report_of(seen) | {LOADED_AT: at.isoformat()},
        rows=sum(len(one.rows) for one in seen.drafts),
    )
    register.save()
    made = insert(register, seen.drafts, queries.own_of(owner), at, progress)
    for one in made:
        named = {"title": one.title, "number": one.number, "register": str(register.pk)}
        record_on(by, Verb.CREATED, one, after=named)
    after = {"filename": seen.filename, "sha256": seen.sha256}
    counts = {"agreements": len(made), "doubts": len(seen.doubts)}
    record_on(by, Verb.LOADED, register, after=after | counts)
    return register


def _one_at_a_time(owner: Organisation) -> None:
    """Wait for another load of the organisation to end; SQLite already does by its write lock."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, owner.pk])


@transaction.atomic
def undo_register_import(
    by: Principal, pk: int, reason: str = "", *, revision: int | None = None
) -> RegisterImport:
    """Put everything away that a register made; the register itself stays readable, marked as undone.

    Raises
    ------
    NotFoundError, ForbiddenError, ConflictError, InvalidError
    StateError
        When it is undone already, when agreements of it were changed since, or when a register that was
        loaded later holds rows of them.
    """
    missing = errors.not_found(_("The register"))
    register = held(by, permissions.OBJECT_REMOVE, RegisterImport, pk, missing)
    said = why(reason)
    if register.state == RegisterState.UNDONE:
        raise errors.StateError(_("This import is undone already."))
    expect(register, revision)
    made = queries.made_by(register).filter(deleted_at=None)
    _refuse_changed(register)
    now = timezone.now()
    number = made.update(deleted_at=now)
    register.state = RegisterState.UNDONE
    register.revision += 1
    register.save()
    before = {"state": RegisterState.LOADED.value}
    after = {"state": RegisterState.UNDONE.value, "agreements": number}
    record_on(by, Verb.UNDONE, register, before, after, reason=said)
    return register


def changed_since(register: RegisterImport) -> list[str]:
    """Return the titles of agreements that were changed, or put away, since a register made them."""
    at = datetime.fromisoformat(register.report[LOADED_AT])
    return list(queries.made_by(register).exclude(updated=at).values_list("title", flat=True))


def _refuse_changed(register: RegisterImport) -> None:
    changed = changed_since(register)
    if changed:
        text = ngettext(
            "%(n)s agreement of this register was changed since, and would be lost: %(titles)s.",
            "%(n)s agreements of this register were changed since, and would be lost: %(titles)s.",
            len(changed),
        )
        shown = ", ".join(changed[:5]) + (" …" if len(changed) > 5 else "")
        raise errors.StateError(text % {"n": len(changed), "titles": shown})
    later = RegisterRow.objects.filter(
        agreement__in=queries.made_by(register),
        register__state=RegisterState.LOADED,
        register__pk__gt=register.pk,
    )
    other = later.select_related("register").first()
    if other is not None:
        told_text = _(
            "A register that was loaded later holds rows of these agreements: %(title)s. Undo it first."
        )
        raise errors.StateError(told_text % {"title": other.register.title})
