"""Things of agreements for the matrix, one of each kind with its parts, and their pages: what each needs."""

from datetime import date
from decimal import Decimal
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document as WordDocument

from sinergi.accounts.models import Organisation, Person
from sinergi.agreements.files import store
from sinergi.agreements.models import (
    Advice,
    Agreement,
    Alarm,
    Approval,
    Asset,
    Attachment,
    BatchState,
    Bill,
    BudgetEntry,
    Change,
    ChangeKind,
    Clause,
    ClauseRemark,
    Document,
    DocumentKind,
    DocumentVersion,
    Due,
    Evaluation,
    Measure,
    Obligation,
    ObligationKind,
    Party,
    Quota,
    Reading,
    RegisterImport,
    ReportBatch,
    Service,
    Signature,
    StageTask,
    Tariff,
    Template,
    Volume,
)
from sinergi.agreements.register_imports import waiting
from sinergi.evidence import uploads
from tests.agreements.making import a_party, an_agreement

DAY, MONTH = date(2025, 1, 31), date(2025, 1, 1)
CLAUSES = [{"key": "tujuan", "heading": "Tujuan", "text": "Mengelola sampah.", "source": ""}]
REGISTER = (
    b"nomor,judul,pihak,tanggal\n1/2024,TPA,Kota Banjarmasin dengan Kota Banjarbaru,1-2-2024\n"
)


REPORT = {
    "rows": 0,
    "new": 0,
    "same": 0,
    "changed": [],
    "pairs": 0,
    "joined": False,
    "doubts": {},
    "left_out": [],
    "problems": [],
    "loaded_at": "2025-01-31T00:00:00+00:00",
}


def agreement(owner: Organisation) -> Agreement:
    """An agreement of two parties with one of everything that can stand in one."""
    made = an_agreement(owner, title="TPA", begins=MONTH, ends=date(2029, 12, 31))
    provider, payer = a_party(made), a_party(made)
    _written(made, payer)
    _owed(made, payer, provider)
    _served(made, payer, provider)
    Approval.objects.create(party=payer, kind="dprd")
    Advice.objects.create(agreement=made, party=payer, asked_of="TKKSD", asked_on=DAY)
    StageTask.objects.create(agreement=made, stage="preparation", code="own-1", title="Rapat")
    Change.objects.create(agreement=made, kind=ChangeKind.ADDENDUM, title="Adendum", on=DAY)
    Asset.objects.create(agreement=made, name="Timbangan")
    Evaluation.objects.create(agreement=made, first=MONTH, last=DAY, on=DAY)
    Alarm.objects.create(agreement=made, kind="no_budget", key="1", first_day=DAY)
    return made


def _written(made: Agreement, payer: Party) -> None:
    file = store.keep(b"Naskah kerja sama", "naskah.txt")
    Attachment.objects.create(agreement=made, file=file, title="Naskah", filename="naskah.txt")
    document = Document.objects.create(agreement=made, kind=DocumentKind.PKS, title="PKS")
    for number in (1, 2):
        DocumentVersion.objects.create(document=document, number=number, clauses=CLAUSES)
    ClauseRemark.objects.create(document=document, version=2, clause="tujuan", text="Perjelas")
    Signature.objects.create(document=document, version=2, party=payer)


def _owed(made: Agreement, payer: Party, provider: Party) -> None:
    owed = Obligation.objects.create(
        agreement=made,
        number=1,
        kind=ObligationKind.MONEY,
        debtor=payer,
        creditor=provider,
        text="Membayar",
        amount=Decimal(1_000_000),
    )
    Due.objects.create(obligation=owed, on=DAY, amount=Decimal(1_000_000))
    measure = Measure.objects.create(agreement=made, name="Sampah tertangani")
    Reading.objects.create(measure=measure, on=DAY, value=10)


def _served(made: Agreement, payer: Party, provider: Party) -> None:
    served = Service.objects.create(
        agreement=made, provider=provider, name="Sampah", unit="ton", begins=MONTH
    )
    Quota.objects.create(service=served, party=payer, per_day=10)
    Tariff.objects.create(service=served, amount=Decimal(65_000), since=MONTH, basis="Perda")
    Volume.objects.create(service=served, party=payer, month=MONTH, quantity=310)
    Bill.objects.create(
        service=served, party=payer, month=MONTH, quantity=310, amount=Decimal(20_150_000)
    )
    BudgetEntry.objects.create(party=payer, year=2025, has_none=True)


def clause(owner: Organisation) -> Clause:
    """A clause of an organisation's library."""
    return Clause.objects.create(
        organisation=owner,
        code=f"own-{Clause.objects.count()}",
        heading="Tujuan",
        text="Teks",
        kinds=["pks"],
    )


def template(owner: Organisation) -> Template:
    """A Word template of an organisation."""
    memory = BytesIO()
    document = WordDocument()
    document.add_paragraph("{{ judul }}")
    document.save(memory)
    file = store.keep(memory.getvalue(), "templat.docx")
    return Template.objects.create(
        organisation=owner, title="Templat", document_kind="pks", file=file, filename="templat.docx"
    )


def register(owner: Organisation) -> RegisterImport:
    """A register that was loaded, without rows."""
    number = RegisterImport.objects.count()
    return RegisterImport.objects.create(
        organisation=owner,
        title="Register",
        filename="register.xlsx",
        sha256=f"{number:064d}",
        report=REPORT,
        reading={"columns": {}, "headings": []},
    )


def batch(owner: Organisation, someone: Person) -> ReportBatch:
    """Reports that somebody had made."""
    return ReportBatch.objects.create(
        organisation=owner, person=someone.pk, state=BatchState.WAITING
    )


def upload(owner: Organisation, someone: Person) -> str:
    """A register that somebody uploaded and that waits; returns its token."""
    kept = uploads.keep(SimpleUploadedFile("register.csv", REGISTER), someone.pk, owner.pk)
    waiting.remember(kept, waiting.Waiting())
    return kept.token


MAKERS = {
    "agreement": agreement,
    "clause": clause,
    "agreement_template": template,
    "register_import": register,
}
