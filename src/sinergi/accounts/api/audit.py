"""The audit trail: search it, and verify that it is whole."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from sinergi.accounts import rules
from sinergi.accounts.api import limits
from sinergi.accounts.api.access import KNOWN, asker
from sinergi.accounts.api.answers import answer
from sinergi.accounts.api.schemas import MOST
from sinergi.accounts.api.sharing import DeedLine, deed
from sinergi.accounts.audit import proof
from sinergi.accounts.audit.history import told
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.models import AuditRecord
from sinergi.accounts.queries.organisations import organisation

router = Router(auth=KNOWN, tags=["Audit"])
USUAL, MOST_TOLD = 100, 1_000


class Record(DeedLine):
    """A record of the audit trail."""

    kind: str
    object_id: str
    organisation: int | None
    request_id: str


class Trail(Schema):
    """A part of the audit trail, the newest first."""

    items: list[Record]
    next_before: int | None = Field(description="Send it as `before` for the part behind.")


class Wanted(Schema):
    """Which records; what is left out leaves nothing out."""

    organisation: str = Field("", max_length=60, description="Code; empty: the whole installation.")
    kind: str = Field("", max_length=20, examples=["priority_list"])
    object_id: str = Field("", max_length=64)
    actor: int | None = Field(None, ge=1, le=MOST, description="Number of the person.")
    verb: Verb | None = None
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = Field(None, ge=1, le=MOST, description="Only records before this number.")
    limit: int = Field(USUAL, ge=1, le=MOST_TOLD)


class VerdictOf(Schema):
    """Whether the chain holds."""

    whole: bool
    records: int
    hash: str
    fault: str | None = Field(description="changed, removed, inserted, end_removed, head …")
    at: int | None = Field(description="Number of the record at which it shows.")
    guarded: bool


def _rows(wanted: Wanted, whose: int | None) -> QuerySet[AuditRecord]:
    conditions = {
        "organisation": whose,
        "kind": wanted.kind,
        "object_id": wanted.object_id,
        "actor": wanted.actor,
        "verb": wanted.verb,
        "at__gte": wanted.since,
        "at__lt": wanted.until,
        "sequence__lt": wanted.before,
    }
    given = {name: value for name, value in conditions.items() if value not in {None, ""}}
    return AuditRecord.objects.filter(**given).order_by("-sequence")


@router.get("/audit", response=Trail, operation_id="audit")
def audit(request: HttpRequest, wanted: Query[Wanted]) -> HttpResponse:
    """Search the audit trail: of an organisation with the right to audit it, of all as administrator."""
    by = asker(request)
    whose = None
    if wanted.organisation:
        found = organisation(wanted.organisation)
        rules.require(by, rules.ORGANISATION_AUDIT, found)
        whose = found.pk
    else:
        rules.require(by, rules.INSTALLATION)
    rows = list(_rows(wanted, whose)[: wanted.limit + 1])
    more = len(rows) > wanted.limit
    shown = told(rows[: wanted.limit])
    return answer(
        {
            "items": [_record(one) for one in shown],
            "next_before": shown[-1].sequence if more else None,
        }
    )


def _record(one: Any) -> dict[str, Any]:
    more = ("kind", "object_id", "organisation", "request_id")
    return {**deed(one), **{name: getattr(one, name) for name in more}}


@router.get("/audit/verification", response=VerdictOf, operation_id="audit_verify")
def verification(request: HttpRequest) -> HttpResponse:
    """Read the whole chain and say whether it holds: for administrators of the installation."""
    rules.require(asker(request), rules.INSTALLATION)
    limits.heavy(request)
    found = proof.verify()
    return answer(
        {
            "whole": found.whole,
            "records": found.records,
            "hash": found.hash,
            "fault": found.fault.code if found.fault else None,
            "at": found.fault.sequence if found.fault else None,
            "guarded": found.guarded,
        }
    )
