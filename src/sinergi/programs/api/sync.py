"""Runs of synchronisation and their findings, to read: as far as the plans they tell of may be read."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Path, Query, Router, Schema
from pydantic import Field

from sinergi.accounts.api.access import ANYONE, asker
from sinergi.accounts.api.answers import answer
from sinergi.accounts.api.paging import Paged, page
from sinergi.accounts.api.schemas import MOST, Page, text
from sinergi.accounts.principal import Principal
from sinergi.accounts.texts import printable
from sinergi.programs import errors
from sinergi.programs.api.shapes import exact
from sinergi.programs.models import Finding, FindingDecision, FindingLine, SyncRun
from sinergi.programs.queries import sync as queries
from sinergi.programs.synchronise.shown import shown
from sinergi.reference.rupiah import rupiah

router = Router(tags=["Synchronisation"])
RunNumber = Annotated[int, Path(ge=1, le=MOST, description="Number of the run.")]
FindingNumber = Annotated[int, Path(ge=1, le=MOST, description="Number of the finding.")]
Kind = Literal[
    "duplicate",
    "overlap",
    "gap",
    "conflict",
    "authority",
    "funding",
    "code",
    "look_alike",
    "unseen",
]
Standing = Literal["", "open", "returned", "decided", "dismissed"]


class ComparedVersion(Schema):
    """A version of a plan that a run compared."""

    plan: int
    version: int
    lines: int


class SyncRunTold(Schema):
    """A run of synchronisation."""

    id: int
    organisation: str
    visibility: str
    title: str
    note: str
    state: str
    progress: int
    computed_at: datetime | None
    revision: int
    updated: datetime


class SyncRunWhole(SyncRunTold):
    """A run with what it compared; what I may not read is counted, and nothing more is told of it."""

    compared: list[ComparedVersion]
    hidden_versions: int
    findings: int
    hidden_findings: int


class FindingLineTold(Schema):
    """A line as it was when it was compared; its amount is a decimal text in rupiah."""

    plan: int
    version: int
    identity: str
    code: str
    title: str
    agency: str
    place: str
    region_code: str
    first_year: int | None
    last_year: int | None
    amount: str


class DecisionTold(Schema):
    """What was decided; without names of people for those who are not told them."""

    outcome: str
    text: str
    who: str
    due: date | None
    by: str
    created: datetime


class FindingTold(Schema):
    """A finding: codes for programs, and the words of the page in the language that is asked for."""

    id: int
    number: int
    kind: str
    rule: str
    severity: int = Field(description="1 to check, 2 to settle, 3 to settle first.")
    standing: str
    found: str
    told: str
    remedy: str
    stake: str | None = Field(
        description="Rupiah at stake, a decimal text; null where none is told."
    )
    act: list[str] = Field(description="Codes of the regions that should act.")
    lines: list[FindingLineTold]


class FindingWhole(FindingTold):
    """A finding with what was decided on it, the newest first."""

    decisions: list[DecisionTold]


class Asked(Schema):
    """Which findings; as the filter of the page."""

    kind: list[Kind] = Field(default_factory=list, description="Empty: all but notes.")
    severity: int | None = Field(None, ge=1, le=3)
    region: text(13) = ""  # type: ignore[valid-type]
    standing: Standing = ""
    rule: text(30) = ""  # type: ignore[valid-type]
    words: text(160) = ""  # type: ignore[valid-type]

    def wanted(self) -> queries.Wanted:
        """Return the filter of the page."""
        return queries.Wanted(
            tuple(self.kind),
            self.severity,
            printable(self.region),
            self.standing,
            printable(self.rule),
            printable(self.words),
        )


def _run(run: SyncRun) -> dict[str, Any]:
    same = ("title", "note", "progress", "computed_at", "revision", "updated")
    return {
        "id": run.pk,
        "organisation": run.organisation.code,
        "visibility": str(run.visibility),
        "state": str(run.state),
        **{name: getattr(run, name) for name in same},
    }


def _compared(by: Principal, run: SyncRun) -> dict[str, Any]:
    mine, hidden = queries.compared(by, run)
    return {
        "compared": [
            {"plan": one.version.plan_id, "version": one.version.number, "lines": one.lines}
            for one in mine
        ],
        "hidden_versions": hidden,
        "findings": queries.narrowed(queries.findings(by, run), queries.Wanted()).count(),
        "hidden_findings": queries.hidden_number(by, run),
    }


def _line(row: FindingLine) -> dict[str, Any]:
    said = row.said
    return {
        "plan": row.version.plan_id,
        "version": row.version.number,
        "identity": str(row.identity),
        "region_code": said["region"] or "",
        "first_year": said["first_year"],
        "last_year": said["last_year"],
        "amount": exact(rupiah(said["amount"] or 0)),
        **{name: str(said[name] or "") for name in ("code", "title", "agency", "place")},
    }


def _finding(row: Finding) -> dict[str, Any]:
    told = shown(row)
    return {
        "id": row.pk,
        "number": row.position,
        "kind": str(row.kind),
        "rule": row.rule,
        "severity": int(row.severity),
        "standing": told.standing_code,
        "found": told.rule,
        "told": told.told,
        "remedy": told.remedy,
        "stake": None if row.stake is None else exact(row.stake),
        "act": row.regions,
        "lines": [_line(one) for one in row.lines.all()],
    }


def _decision(row: FindingDecision) -> dict[str, Any]:
    same = ("text", "who", "due", "created")
    return {
        "outcome": str(row.outcome),
        "by": row.by_name,
        **{name: getattr(row, name) for name in same},
    }


@router.get("/sync-runs", auth=ANYONE, response=Page[SyncRunTold], operation_id="sync_runs")
def sync_runs(request: HttpRequest, window: Paged) -> HttpResponse:
    """List the runs of synchronisation that I may read, the newest first."""
    return answer(page(request, window, queries.runs(asker(request)), _run))


@router.get("/sync-runs/{number}", auth=ANYONE, response=SyncRunWhole, operation_id="sync_run")
def sync_run(request: HttpRequest, number: RunNumber) -> HttpResponse:
    """Return a run: how far it is, what it compared, and how many findings there are."""
    by = asker(request)
    run = queries.get_run(by, number)
    return answer({**_run(run), **_compared(by, run)}, revision=run.revision)


@router.get(
    "/sync-runs/{number}/findings",
    auth=ANYONE,
    response=Page[FindingTold],
    operation_id="findings",
)
def findings(
    request: HttpRequest, number: RunNumber, window: Paged, asked: Query[Asked]
) -> HttpResponse:
    """List the findings of a run of which I may read every plan that they tell of, in its order."""
    by = asker(request)
    run = queries.get_run(by, number)
    rows = queries.narrowed(queries.findings(by, run), asked.wanted())
    return answer(page(request, window, rows.prefetch_related("lines__version"), _finding))


@router.get(
    "/sync-runs/{number}/findings/{finding}",
    auth=ANYONE,
    response=FindingWhole,
    operation_id="finding",
)
def finding(request: HttpRequest, number: RunNumber, finding: FindingNumber) -> HttpResponse:
    """Return a finding with what was decided on it."""
    by = asker(request)
    run = queries.get_run(by, number)
    rows = queries.findings(by, run).prefetch_related("lines__version")
    row = rows.filter(pk=finding).first()
    if row is None:
        raise errors.not_found(_("The finding"))
    told = queries.named_decisions(by, run, queries.decisions(by, run, [row.key]))
    return answer({**_finding(row), "decisions": [_decision(one) for one in told]})
