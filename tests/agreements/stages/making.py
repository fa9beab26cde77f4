"""An agreement of two regions with their people, and everything that a stage asks for, made in the tables."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from sinergi.accounts.models import Organisation
from sinergi.accounts.principal import Principal
from sinergi.agreements.models import (
    Acceptance,
    Agreement,
    Document,
    DocumentVersion,
    Obligation,
    Party,
    Signature,
    StageTask,
)
from tests.agreements.making import a_party, an_agreement, bureau, officer
from tests.people import organisation

DAY = date(2024, 2, 29)
BUDGETED = {"burdens_people": "no", "in_budget": "yes"}


@dataclass
class Scene:
    """An agreement, its two parties and somebody of each: the first keeps the agreement."""

    agreement: Agreement
    keeper: Principal
    partner: Principal
    first: Party
    second: Party
    owner: Organisation
    other: Organisation


def scene(family: str = "KSDD", stage: str = "preparation", **fields: object) -> Scene:
    """An agreement of a province and a city whose people are here; nothing is done yet."""
    owner, other = bureau(), organisation("kota-banjarbaru", region_code="63.72")
    usual = {"object_code": "", "family": family, "stage": stage}
    agreement = an_agreement(owner, **{**usual, **fields})
    first = a_party(
        agreement,
        "Provinsi Kalimantan Selatan",
        organisation=owner,
        region_code="63",
        **BUDGETED,
    )
    second = a_party(
        agreement, "Kota Banjarbaru", organisation=other, region_code="63.72", **BUDGETED
    )
    return Scene(agreement, officer(owner), officer(other), first, second, owner, other)


def done(agreement: Agreement, stage: str, code: str, party: Party | None = None) -> StageTask:
    """A task that is done."""
    return StageTask.objects.create(
        agreement=agreement, party=party, stage=stage, code=code, state="done", done_on=DAY
    )


def a_text(agreement: Agreement, kind: str, *accepted_by: Party, **fields: object) -> Document:
    """A document with one version that parties accept."""
    document = Document.objects.create(agreement=agreement, kind=kind, title=kind, **fields)
    version = DocumentVersion.objects.create(document=document, number=1)
    for party in accepted_by:
        Acceptance.objects.create(version=version, party=party, accepted=True)
    return document


def signs(document: Document, *parties: Party, state: str = "signed", place: int = 1) -> None:
    """Signatures of parties under the first version."""
    for party in parties:
        Signature.objects.create(
            document=document, version=1, party=party, state=state, place=place
        )


def prepared(made: Scene) -> None:
    """Everything that the preparation and the offer ask for."""
    a_text(made.agreement, "kak")
    a_text(made.agreement, "offer", dated=DAY)
    made.second.offer_answer, made.second.offer_answered_on = "yes", DAY
    made.second.save()


def complete(made: Scene) -> None:
    """Everything that any stage of cooperation between regions asks for."""
    prepared(made)
    both = (made.first, made.second)
    for kind in ("kb", "pks"):
        signs(a_text(made.agreement, kind, *both), *both)
    Obligation.objects.create(
        agreement=made.agreement, number=1, kind="other", debtor=made.first, text="Mengangkut"
    )
    for party in both:
        done(made.agreement, "records", "originals", party)
        done(made.agreement, "records", "register", party)
    Agreement.objects.filter(pk=made.agreement.pk).update(begins=DAY, updated=timezone.now())
    made.agreement.refresh_from_db()
