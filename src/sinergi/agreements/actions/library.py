"""Deeds on the clause library and the templates of an organisation: make, change, put away, restore."""

import re
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts import rules
from sinergi.accounts.actions.owned import (
    bring_back,
    change,
    expect,
    held,
    put_away,
    record_on,
    why,
)
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import InvalidError
from sinergi.accounts.models import Organisation
from sinergi.accounts.principal import Principal
from sinergi.accounts.texts import cleaned, too_long
from sinergi.agreements import errors
from sinergi.agreements.actions.rows import refuse
from sinergi.agreements.documents import example, sandbox
from sinergi.agreements.documents.clauses import MOST_HEADING, MOST_TEXT
from sinergi.agreements.documents.placeholders import PLACEHOLDERS, unknown_in
from sinergi.agreements.files import looking, store
from sinergi.agreements.models import Clause, DocumentKind, Template
from sinergi.reference import queries as reference

CODE = re.compile(r"^[a-z0-9][a-z0-9-]{0,39}$")
CLAUSE_LENGTHS = {"heading": MOST_HEADING, "text": MOST_TEXT}
TEMPLATE_LENGTHS = {"title": 200, "note": 5000}
LAST_POSITION = 9999


@dataclass(frozen=True, slots=True)
class ClauseDetails:
    """What is written of a clause of the library; `kinds` with spaces between them."""

    code: str
    heading: str
    text: str
    kinds: str
    position: int = 1000


@dataclass(frozen=True, slots=True)
class TemplateDetails:
    """What is written of a template."""

    title: str
    document_kind: str
    note: str = ""


def clause_details_of(row: Clause) -> ClauseDetails:
    """Return what is written of a clause."""
    return ClauseDetails(row.code, row.heading, row.text, " ".join(row.kinds), row.position)


def template_details_of(row: Template) -> TemplateDetails:
    """Return what is written of a template."""
    return TemplateDetails(row.title, row.document_kind, row.note)


def _kept(details: ClauseDetails) -> dict[str, Any]:
    return {**asdict(details), "kinds": sorted(details.kinds.split())}


def _clean(details: ClauseDetails, organisation: Organisation, pk: int | None) -> ClauseDetails:
    details = cleaned(details)
    wrong = too_long(details, CLAUSE_LENGTHS)
    if not CODE.match(details.code):
        wrong["code"] = _("Small letters, digits and hyphens, at most 40.")
    same = Clause.objects.filter(organisation=organisation, code=details.code, deleted_at=None)
    if same.exclude(pk=pk or 0).exists():
        wrong["code"] = _("Your organisation has a clause with this code already.")
    for name in ("heading", "text"):
        if not getattr(details, name):
            wrong[name] = _("Write something here.")
    kinds = details.kinds.split()
    if not kinds or not set(kinds) <= set(DocumentKind.values):
        wrong["kinds"] = _("Choose at least one kind of document.")
    if not 1 <= details.position <= LAST_POSITION:
        wrong["position"] = _("A whole number from 1 to 9999.")
    if unknown := unknown_in(details.text):
        told = _("No agreement fills {%(name)s}. Known are: %(names)s.")
        names = ", ".join(PLACEHOLDERS)
        wrong["text"] = told % {"name": unknown[0][:40], "names": names}
    refuse(wrong)
    return details


@transaction.atomic
def create_clause(by: Principal, organisation: Organisation, details: ClauseDetails) -> Clause:
    """Add a clause to the library of an organisation; with the code of a shipped one it stands in for it.

    Raises
    ------
    ForbiddenError, InvalidError
    """
    rules.require(by, rules.OBJECT_CREATE, organisation)
    values = _kept(_clean(details, organisation, None))
    row = Clause(organisation=organisation, **values)
    row.save()
    record_on(by, Verb.CREATED, row, after=values)
    return row


def _held(by: Principal, pk: int, permission: str, *, deleted: bool = False) -> Clause:
    return held(by, permission, Clause, pk, errors.not_found(_("The clause")), deleted=deleted)


@transaction.atomic
def edit_clause(
    by: Principal, pk: int, details: ClauseDetails, *, revision: int | None = None
) -> Clause:
    """Change a clause; documents that took it over keep the text that they have.

    Raises
    ------
    NotFoundError, ForbiddenError, ConflictError, InvalidError
    """
    row = _held(by, pk, rules.OBJECT_EDIT)
    expect(row, revision)
    details = _clean(details, row.organisation, row.pk)
    change(by, row, _kept(clause_details_of(row)), _kept(details))
    return row


@transaction.atomic
def put_clause_away(
    by: Principal, pk: int, *, revision: int | None = None, reason: str = ""
) -> Clause:
    """Put a clause away; a shipped one for which it stood in is offered again.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError, ConflictError
    """
    row = _held(by, pk, rules.OBJECT_REMOVE)
    expect(row, revision)
    put_away(by, row, timezone.now(), why(reason))
    return row


@transaction.atomic
def restore_clause(by: Principal, pk: int, *, reason: str = "") -> Clause:
    """Bring a clause back.

    Raises
    ------
    NotFoundError, ForbiddenError
    InvalidError
        When another one took its code meanwhile.
    """
    row = _held(by, pk, rules.OBJECT_REMOVE, deleted=True)
    same = Clause.objects.filter(organisation=row.organisation, code=row.code, deleted_at=None)
    if same.exists():
        raise InvalidError({"code": _("Your organisation has a clause with this code already.")})
    bring_back(by, row, why(reason))
    return row


def shipped_details(code: str) -> ClauseDetails | None:
    """Return a shipped clause as the beginning of one that stands in for it."""
    one = reference.clauses().get(code)
    if one is None:
        return None
    return ClauseDetails(one.code, one.name_id, one.text, " ".join(one.kinds), one.position)


def _clean_template(details: TemplateDetails) -> TemplateDetails:
    details = cleaned(details)
    wrong = too_long(details, TEMPLATE_LENGTHS)
    if not details.title:
        wrong["title"] = _("Write a title.")
    if details.document_kind not in DocumentKind.values:
        wrong["document_kind"] = _("Choose a kind of document.")
    refuse(wrong)
    return details


def checked_template(content: bytes, filename: str, kind: str) -> store.Prepared:
    """Look at a template, render it with an example, and put it into the store; outside transactions.

    Raises
    ------
    InvalidError
        With `file`: macros, references to elsewhere, objects within, a broken field, an endless loop.
    """
    # Looked at before anything opens it; kept only once it was rendered.
    looked = looking.look(content, filename, kinds=frozenset({"docx"}))
    if "embedded" in looked.warnings:
        # It would go out with every document that is made of the template.
        told = _("It holds an embedded object. Take it out, or put it in as a picture.")
        raise InvalidError({"file": told})
    sandbox.rendered(content, example.payload(kind))
    return store.prepare(content, filename, kinds=frozenset({"docx"}))


def create_template(
    by: Principal,
    organisation: Organisation,
    details: TemplateDetails,
    content: bytes,
    filename: str,
) -> Template:
    """Keep a Word template of an organisation, once it could be rendered with an example.

    Raises
    ------
    ForbiddenError, InvalidError
    """
    rules.require(by, rules.OBJECT_CREATE, organisation)
    details = _clean_template(details)
    prepared = checked_template(content, filename, details.document_kind)
    with transaction.atomic():
        row = Template(
            organisation=organisation,
            file=store.row_of(prepared),
            filename=prepared.filename,
            **asdict(details),
        )
        row.save()
        after = {**asdict(details), "filename": prepared.filename, "sha256": prepared.sha256}
        record_on(by, Verb.CREATED, row, after=after)
    return row


def _held_template(by: Principal, pk: int, permission: str, *, deleted: bool = False) -> Template:
    missing = errors.not_found(_("The template"))
    return held(by, permission, Template, pk, missing, deleted=deleted)


@transaction.atomic
def put_template_away(
    by: Principal, pk: int, *, revision: int | None = None, reason: str = ""
) -> Template:
    """Put a template away; documents that use it are rendered with the one that ships.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError, ConflictError
    """
    row = _held_template(by, pk, rules.OBJECT_REMOVE)
    expect(row, revision)
    put_away(by, row, timezone.now(), why(reason))
    return row


@transaction.atomic
def restore_template(by: Principal, pk: int, *, reason: str = "") -> Template:
    """Bring a template back.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError
    """
    row = _held_template(by, pk, rules.OBJECT_REMOVE, deleted=True)
    bring_back(by, row, why(reason))
    return row
