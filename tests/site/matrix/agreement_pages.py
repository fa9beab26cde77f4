"""Pages of agreements in the matrix: what each names in its address, and who may open and send it."""

from typing import Any

from sinergi.accounts.models import Owned
from sinergi.agreements.models import Agreement, Reading


def named(thing: Owned, name: str) -> dict[str, object]:
    """Return what the address of a page names inside a thing, by the names of its parts."""
    if not isinstance(thing, Agreement):
        return {"what": "ragu", "extension": "csv"}
    if name.startswith("evaluation-") or name == "evaluation":
        return {"number": thing.evaluations.earliest("pk").pk}
    return _parts(thing) | OTHERWISE.get(name, {})


def sent(name: str, thing: Owned) -> dict[str, object]:
    """Return what is posted on a page so that permissions, and not its form, decide."""
    if not isinstance(thing, Agreement):
        return {}
    party = {"pihak": thing.parties.get(position=2).pk, "jawaban": "setuju"}
    return {
        "change-answer": party,
        "document-accept": party | {"versi": 2},
        "document-remark": {"pasal": "tujuan", "teks": "Perjelas"},
        "document-write": {"versi": 2},
    }.get(name, {})


def _parts(thing: Agreement) -> dict[str, object]:
    payer = thing.parties.get(position=2)
    served = thing.services.earliest("pk")
    document = thing.documents.earliest("pk")
    obligation = thing.obligations.earliest("pk")
    first = {
        "remark_id": document.remarks,
        "attachment_id": thing.attachments,
        "file_id": thing.attachments,
        "quota_id": served.quotas,
        "tariff_id": served.tariffs,
        "bill_id": served.bills,
        "entry_id": payer.budget,
        "alarm_id": thing.alarms,
        "change_id": thing.changes,
        "asset_id": thing.assets,
        "advice_id": thing.advice,
        "task_id": thing.tasks,
        "due_id": obligation.dues,
        "measure_id": thing.measures,
        "reading_id": Reading.objects.filter(measure__agreement=thing),
    }
    return {name: _first(rows) for name, rows in first.items()} | {
        "party_id": payer.pk,
        "document_id": document.pk,
        "service_id": served.pk,
        "obligation_id": obligation.pk,
        "number": 1,
        "fmt": "docx",
        "year": 2025,
        "stage": "preparation",
        "code": "terms",
        "kind": "addendum",
    }


def _first(rows: Any) -> int:
    """Return the number of the first of some rows; 0, which no row has, where forms took all out."""
    return rows.order_by("pk").values_list("pk", flat=True).first() or 0


OTHERWISE: dict[str, dict[str, object]] = {
    "approval": {"kind": "dprd"},
    "task-of-party": {"code": "mapping"},
    "agreement-report": {"kind": "xlsx"},
}
"""Pages whose address names something else by the same word."""
OF_AGREEMENT: dict[str, tuple[str, str]] = {
    "agreement": ("read", ""),
    "agreement-edit": ("edit", "edit"),
    "agreement-put-away": ("", "remove"),
    "agreement-restore": ("", "remove"),
    "agreement-report": ("read", ""),
    "listing": ("", "remove"),
    "parties": ("read", "edit"),
    "party-new": ("edit", "edit"),
    "party-edit": ("edit", "edit"),
    "party-connect": ("share", "share"),
    "party-leave": ("", "edit"),
    "stages": ("read", ""),
    "track-advance": ("", "edit"),
    "track-back": ("", "edit"),
    "track-recompute": ("", "edit"),
    "offer-answer": ("edit", "edit"),
    "approval": ("edit", "edit"),
    "task": ("edit", "edit"),
    "task-of-party": ("edit", "edit"),
    "task-new": ("edit", "edit"),
    "task-mark": ("", "edit"),
    "task-remove": ("", "edit"),
    "advice-new": ("edit", "edit"),
    "advice": ("read", "edit"),
    "advice-withdraw": ("", "edit"),
    "documents": ("read", ""),
    "document": ("read", ""),
    "document-new": ("edit", "edit"),
    "document-edit": ("edit", "edit"),
    "document-write": ("edit", "edit"),
    "document-compare": ("read", ""),
    "document-remove": ("", "edit"),
    "document-accept": ("", "edit"),
    "document-remark": ("", "edit"),
    "document-remark-settle": ("", "edit"),
    "document-version": ("read", ""),
    "document-file": ("read", ""),
    "files": ("read", ""),
    "file": ("read", ""),
    "file-new": ("edit", "edit"),
    "file-remove": ("", "edit"),
    "signing": ("read", ""),
    "signature-set": ("edit", "edit"),
    "signature-record": ("edit", "edit"),
    "signature-refuse": ("", "edit"),
    "signature-undo": ("", "edit"),
    "due": ("read", ""),
    "due-fulfil": ("edit", "edit"),
    "due-waive": ("edit", "edit"),
    "due-undo": ("", "edit"),
    "due-confirm": ("", "edit"),
    "measures": ("read", ""),
    "measure-new": ("edit", "edit"),
    "measure-edit": ("edit", "edit"),
    "measure-remove": ("", "edit"),
    "reading-new": ("edit", "edit"),
    "reading-remove": ("", "edit"),
    "services": ("read", ""),
    "service": ("read", ""),
    "service-new": ("edit", "edit"),
    "service-edit": ("edit", "edit"),
    "quota-new": ("edit", "edit"),
    "quota-remove": ("", "edit"),
    "tariff-new": ("edit", "edit"),
    "tariff-edit": ("edit", "edit"),
    "tariff-remove": ("", "edit"),
    "volumes": ("read", "edit"),
    "bills-draw": ("", "edit"),
    "bills-file": ("read", ""),
    "month-close": ("", "edit"),
    "bill": ("read", ""),
    "bill-issue": ("", "edit"),
    "bill-pay": ("", "edit"),
    "bill-cancel": ("", "edit"),
    "bill-correct": ("", "edit"),
    "budget": ("read", ""),
    "budget-new": ("edit", "edit"),
    "budget-edit": ("edit", "edit"),
    "budget-remove": ("", "edit"),
    "alarms": ("read", ""),
    "alarm-answer": ("", "edit"),
    "changes": ("read", ""),
    "change": ("read", ""),
    "obligations": ("read", ""),
    "obligation": ("read", ""),
    "obligation-new": ("edit", "edit"),
    "obligation-edit": ("edit", "edit"),
    "obligation-remove": ("", "edit"),
    "change-new": ("edit", "edit"),
    "change-answer": ("", "edit"),
    "change-refuse": ("", "edit"),
    "change-effect": ("", "remove"),
    "asset-new": ("edit", "edit"),
    "asset-edit": ("edit", "edit"),
    "evaluations": ("read", ""),
    "evaluation": ("read", ""),
    "evaluation-new": ("edit", "edit"),
    "evaluation-edit": ("edit", "edit"),
    "reminders": ("edit", "edit"),
    "public-agreement": ("dead", ""),
    "public-attachment": ("dead", ""),
}
OF_CLAUSE: dict[str, tuple[str, str]] = {
    "clause": ("read", ""),
    "clause-edit": ("edit", "edit"),
    "clause-away": ("", "remove"),
    "clause-restore": ("", "remove"),
}
OF_TEMPLATE: dict[str, tuple[str, str]] = {
    "template": ("read", ""),
    "template-file": ("read", ""),
    "template-away": ("", "remove"),
    "template-restore": ("", "remove"),
}
OF_REGISTER: dict[str, tuple[str, str]] = {
    "register-import": ("read", ""),
    "register-import-file": ("read", ""),
    "register-import-undo": ("", "remove"),
}
PAGES = {
    ("agreement", "agreement_id"): OF_AGREEMENT,
    ("clause", "clause_id"): OF_CLAUSE,
    ("agreement_template", "template_id"): OF_TEMPLATE,
    ("register_import", "register_id"): OF_REGISTER,
}
"""Kind of a thing and what its number is called, to its pages: what a person needs to get and to post."""
MAIN = {"agreement", "agreement-edit", "stages", "document", "service", "change", "clause"}
MAIN |= {"template", "register-import", "budget"}
"""Pages that are walked for things of every standing; the others for those shared to be edited."""
COMMON: dict[str, tuple[str, str, dict[str, object]]] = {
    "agreements": ("open", "", {}),
    "expiry": ("open", "", {}),
    "register-file": ("open", "", {"kind": "csv"}),
    "search": ("open", "", {}),
    "calendar": ("open", "", {}),
    "calendar-file": ("open", "", {}),
    "start": ("writers of any", "writers of any", {}),
    "waiting": ("open", "", {}),
    "reminders-seen": ("", "session", {}),
    "reminder-letters": ("", "session", {}),
    "late": ("open", "", {}),
    "library": ("open", "", {}),
    "clause-new": ("writers of any", "writers of any", {}),
    "template-new": ("writers of any", "writers of any", {}),
    "reports": ("open", "", {}),
    "report-batch": ("who answered", "", {}),
    "report-batch-file": ("dead", "", {}),
    "register-imports": ("open", "", {}),
    "register-import-new": ("open", "loaders", {}),
    "register-import-preview": ("own", "own", {}),
    "register-import-doubts": ("own", "", {"extension": "csv"}),
    "register-import-corrections": ("", "own", {}),
    "public-register": ("open", "", {}),
    "public-register-file": ("open", "", {}),
}
"""Pages of no one thing, what each needs, and what its address holds."""
AWAY = {"agreement-restore", "clause-restore", "template-restore"}
"""Pages that bring back what was put away."""
