"""Writes the agreements of a register in bulk, in the transaction of the caller."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.agreements.models import (
    Agreement,
    Document,
    DocumentKind,
    DocumentVersion,
    Origin,
    Party,
    RegisterImport,
    RegisterRow,
)
from sinergi.agreements.register_imports.drafts import GROUND, Draft, Own
from sinergi.agreements.search.index import read_again
from sinergi.evidence.store import Progress, quiet

BATCH = 500
TAKEN_AS_DONE = {"preparation": "", "drafting_agreement": "approval"}
"""Stage of a row to that before which all is taken as done: a memorandum tells nothing of the council."""
JOIN = "; "
NUMBER, PAPER_NUMBER, TITLE, PAPER_TITLE, SOURCE = 120, 200, 400, 300, 300


def insert(
    register: RegisterImport,
    drafts: Sequence[Draft],
    own: Own,
    at: datetime,
    progress: Progress = quiet,
) -> list[Agreement]:
    """Store what is new of a register, and its rows with what they became; return the new agreements.

    Parameters
    ----------
    at
        When it is loaded: what was changed since then is told by it.
    """
    new = [one for one in drafts if one.matches is None]
    rows_of: Any = Agreement.objects
    made: list[Agreement] = rows_of.bulk_create(
        [_agreement(register, one) for one in new], batch_size=BATCH
    )
    progress("load", 1, 4)
    pairs = list(zip(made, new, strict=True))
    owner = register.organisation_id
    parties = (party for pair in pairs for party in _parties(*pair, own, owner))
    Party.objects.bulk_create(parties, batch_size=BATCH)
    progress("load", 2, 4)
    papers = Document.objects.bulk_create(
        (paper for pair in pairs for paper in _papers(*pair)), batch_size=BATCH
    )
    DocumentVersion.objects.bulk_create(map(without_text, papers), batch_size=BATCH)
    progress("load", 3, 4)
    numbers = {id(draft): agreement.pk for agreement, draft in pairs}
    rows = (
        row
        for draft in drafts
        for row in _rows(register, draft, numbers.get(id(draft)) or draft.matches or 0)
    )
    RegisterRow.objects.bulk_create(rows, batch_size=BATCH)
    kept = rows_of.filter(origin=Origin.REGISTER, origin_key=str(register.pk))
    kept.update(created=at, updated=at)
    read_again(*(one.pk for one in made))
    progress("load", 4, 4)
    return made


def _agreement(register: RegisterImport, draft: Draft) -> Agreement:
    days = draft.days
    over = draft.state == "ended" and days.ends is not None
    told: dict[str, object] = {"title": register.title, "url": register.get_absolute_url()}
    told["stage"] = TAKEN_AS_DONE.get(draft.stage, draft.stage)
    if days.signed:
        told["signed"] = days.signed.isoformat()
    if draft.amount:
        told["amount"] = draft.amount
    source = _("Register: %(file)s, row %(row)s") % {"file": register.filename, "row": draft.row}
    return Agreement(
        organisation_id=register.organisation_id,
        number=JOIN.join(draft.numbers)[:NUMBER],
        title=draft.title[:TITLE],
        family=draft.family,
        object_text=draft.texts["object"],
        affair=draft.affair,
        purpose=draft.texts["purpose"],
        scope=draft.texts["scope"],
        place=draft.texts["place"],
        funding=draft.texts["amount"],
        responsible=draft.texts["responsible"],
        note=draft.texts["note"],
        stage=draft.stage,
        state=draft.state,
        begins=days.begins,
        ends=days.ends,
        ended_on=days.ends if over else None,
        end_ground=GROUND if over else "",
        origin=Origin.REGISTER,
        origin_key=str(register.pk),
        origin_told=told,
        source=source[:SOURCE],
        known_on=timezone.localdate(),
    )


def _parties(agreement: Agreement, draft: Draft, own: Own, owner: int) -> Iterator[Party]:
    for position, one in enumerate(draft.parties, start=1):
        is_own = bool(own.region_code) and one.region_code == own.region_code
        yield Party(
            agreement=agreement,
            position=position,
            name=one.name[:200],
            kind=one.kind,
            region_code=one.region_code,
            organisation_id=owner if is_own else None,
            agency=one.agency,
            stage=draft.stage,
        )


def _papers(agreement: Agreement, draft: Draft) -> Iterator[Document]:
    for one in draft.papers:
        if one.signed or one.numbers:
            yield Document(
                agreement=agreement,
                kind=DocumentKind(one.kind),
                title=one.title[:PAPER_TITLE],
                number=JOIN.join(one.numbers)[:PAPER_NUMBER],
                dated=one.signed,
            )


def without_text(paper: Document) -> DocumentVersion:
    """Return the version of a paper of which only number and day are known: it has no clauses."""
    return DocumentVersion(document=paper, number=1)


def _rows(register: RegisterImport, draft: Draft, agreement: int) -> Iterator[RegisterRow]:
    for number, written in draft.rows.items():
        yield RegisterRow(
            register=register,
            row=number,
            agreement_id=agreement,
            written=written,
            doubts=[one.to_json() for one in draft.doubts if one.row == number],
        )
