"""Things of programs for the matrix, one of each kind with its parts, and their pages: what each needs."""

from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from sinergi.accounts.models import Organisation, Owned, Person
from sinergi.evidence import uploads
from sinergi.programs.imports import waiting
from sinergi.programs.models import (
    Alternative,
    Criterion,
    CriterionValue,
    Finding,
    FindingKind,
    FindingLine,
    FindingVersion,
    JointObject,
    JointShare,
    PairAnswer,
    PairLabel,
    Plan,
    PlanLine,
    Portfolio,
    PortfolioCeiling,
    PortfolioMember,
    PortfolioProject,
    PortfolioRule,
    PortfolioRun,
    PortfolioShare,
    Ranking,
    RuleKind,
    RunState,
    Severity,
    SyncRun,
    SyncVersion,
    Transfer,
    VersionState,
)
from sinergi.programs.synchronise.compute import SAID
from tests.programs.making import a_line, a_plan, a_version

FILE = b"kode,uraian,tahun,pagu\n1.03.10.2.01.0004,Pembangunan jembatan,2025,1000000\n"
YEAR = 2025


def plan(owner: Organisation) -> Plan:
    """A plan with a current version, typed, of one line."""
    made = a_plan(owner, title="RKPD")
    a_line(a_version(made, VersionState.CURRENT))
    return made


def _line(made: Plan) -> PlanLine:
    return made.versions.get(number=1).lines.get()


def run(owner: Organisation, compared: Plan) -> SyncRun:
    """A run over a plan, computed, with one finding on its line; beside it one that waits."""
    made = SyncRun.objects.create(
        organisation=owner,
        title="Sinkronisasi",
        state=RunState.DONE,
        totals={"lines": 1, "plans": 1, "found": 1, "left_out": 0, "seconds": 0.1},
    )
    SyncRun.objects.create(organisation=owner, title="Menunggu")
    line = _line(compared)
    SyncVersion.objects.create(run=made, version=line.version, lines=1)
    found = Finding.objects.create(
        run=made,
        position=1,
        kind=FindingKind.CODE,
        rule="code_unknown",
        severity=Severity.LOW,
        key="0" * 64,
        fingerprint="0" * 64,
        regions=["32.04"],
        amid="|32.04|",
        stake=Decimal(1_000_000),
        facts={"under": "1.03.10", "codes": [line.code], "n": 1},
    )
    FindingVersion.objects.create(finding=found, version=line.version)
    said = dict.fromkeys(SAID) | {
        "code": line.code,
        "title": line.title,
        "agency": "",
        "place": "",
        "region": "32.04",
        "first_year": line.first_year,
        "last_year": line.last_year,
        "amount": 100_000_000,
    }
    FindingLine.objects.create(
        finding=found, line=line, version=line.version, identity=line.identity, said=said
    )
    return made


def ranking(owner: Organisation, ranked: Plan) -> Ranking:
    """A ranking of one line by one criterion, by which a person judged it."""
    made = Ranking.objects.create(organisation=owner, title="Peringkat")
    criterion = Criterion.objects.create(ranking=made, code="need", position=1, title="Kebutuhan")
    chosen = Alternative.objects.create(ranking=made, plan=ranked, identity=_line(ranked).identity)
    CriterionValue.objects.create(criterion=criterion, alternative=chosen, value=50)
    return made


def transfer(owner: Organisation) -> Transfer:
    """Money that a province passes to a regency."""
    return Transfer.objects.create(
        organisation=owner, giver="32", receiver="32.04", year=YEAR, amount=Decimal(1_000_000)
    )


def joint_object(owner: Organisation, paying: Plan) -> JointObject:
    """A landfill that a regency pays for from a line and its neighbour holds."""
    made = JointObject.objects.create(
        organisation=owner, title="TPA", year=YEAR, total=Decimal(1_000_000)
    )
    line = _line(paying)
    JointShare.objects.create(
        joint=made,
        position=1,
        region_code="32.04",
        parts=1,
        plan=paying,
        identity=line.identity,
    )
    JointShare.objects.create(
        joint=made, position=2, region_code="32.73", parts=1, pays=True, holds=True
    )
    return made


def portfolio(owner: Organisation, taken: Plan) -> Portfolio:
    """A portfolio of one project with a ceiling, a share and a rule, and a run that chose the project."""
    made = Portfolio.objects.create(
        organisation=owner, title="Portofolio", first_year=YEAR, last_year=YEAR
    )
    line, units = _line(taken), 100_000_000
    project = PortfolioProject.objects.create(
        portfolio=made,
        plan=taken,
        identity=line.identity,
        position=1,
        title=line.title,
        region_code="32.04",
        score=1.0,
        parts=[{"channels": [""], "amounts": [units]}],
        total=Decimal(1_000_000),
        earliest=YEAR,
        latest=YEAR,
        regions={"32.04": 1_000_000},
    )
    PortfolioCeiling.objects.create(portfolio=made, year=YEAR, amount=Decimal(1_000_000))
    PortfolioShare.objects.create(portfolio=made, region_code="32.04", minimum=0)
    rule = PortfolioRule.objects.create(portfolio=made, kind=RuleKind.AT_MOST_ONE)
    PortfolioMember.objects.create(rule=rule, project=project, position=1)
    PortfolioRun.objects.create(
        portfolio=made,
        state=RunState.DONE,
        asked={"seconds": 1, "gap": 0.0, "solver": "highs", "others": 0},
        result={
            "status": "optimal",
            "score": 1.0,
            "bound": 1.0,
            "seconds": 0.1,
            "solver": "highs",
            "unspent": 0,
            "available": units,
            "log": [],
            "chosen": [{"project": project.pk, "start": YEAR, "amounts": [[YEAR, "", units]]}],
            "regions": [["32.04", units, 1.0, 1]],
            "cells": [[YEAR, "", units, units]],
        },
    )
    return made


MAKERS = {
    "sync_run": run,
    "ranking": ranking,
    "joint_object": joint_object,
    "portfolio": portfolio,
}
"""Kinds that are made of the plan of the same standing."""


def label(owner: Organisation, someone: Person) -> PairLabel:
    """What somebody answered on two lines."""
    said = {
        "title": "Jembatan",
        "place": "",
        "agency": "",
        "code": "",
        "region": "32.04",
        "first_year": YEAR,
        "last_year": YEAR,
        "amount": "1000000",
    }
    return PairLabel.objects.create(
        organisation=owner,
        key="0" * 64,
        a={"identity": "1" * 32, **said},
        b={"identity": "2" * 32, **said},
        evidence={},
        probability=0.5,
        answer=PairAnswer.SAME,
        person=someone,
    )


def upload(owner: Organisation, someone: Person) -> str:
    """A file of a plan that somebody uploaded and that waits; returns its token."""
    kept = uploads.keep(SimpleUploadedFile("rkpd.csv", FILE), someone.pk, owner.pk)
    waiting.remember(kept, waiting.Waiting())
    return kept.token


def named(thing: Owned) -> dict[str, object]:
    """Return what the addresses of a thing name inside it, by the names of their parts."""
    if isinstance(thing, Plan):
        return {"number": 1, "identity": _line(thing).identity, "kind": "csv", "extension": "csv"}
    if isinstance(thing, SyncRun):
        return {"finding_id": thing.findings.get().pk, "kind": "xlsx"}
    if isinstance(thing, Ranking):
        return {
            "criterion_id": thing.criteria.get().pk,
            "alternative_id": thing.alternatives.get().pk,
            "kind": "csv",
        }
    if isinstance(thing, Portfolio):
        return {
            "number": thing.projects.get().pk,
            "run_id": thing.runs.latest("pk").pk,
            "kind": "csv",
        }
    return {"kind": "csv"}


def sent(name: str, thing: Owned) -> dict[str, object]:
    """Return what is posted on a page so that permissions, and not its form, decide."""
    inside = named(thing)
    if name == "portfolio-wish":
        return {"proyek": inside["number"], "ke": "masuk"}
    if name == "portfolio-projects":
        return {"keluar": inside["number"]}
    if name == "ranking-lines":
        return {"keluar": inside["alternative_id"]}
    return {"kriteria": inside["criterion_id"]} if name == "ranking-line" else {}


OF_PLAN: dict[str, tuple[str, str]] = {
    "plan": ("read", ""),
    "plan-edit": ("edit", "edit"),
    "plan-put-away": ("", "remove"),
    "plan-restore": ("", "remove"),
    "plan-import": ("edit", "edit"),
    "compare": ("read", ""),
    "version-new": ("", "edit"),
    "version": ("read", ""),
    "version-rename": ("", "edit"),
    "version-current": ("", "edit"),
    "version-channels": ("edit", "edit"),
    "import-report": ("read", ""),
    "import-undo": ("", "edit"),
    "import-totals": ("read", ""),
    "line-new": ("edit", "edit"),
    "lines-file": ("read", ""),
    "line": ("read", ""),
    "line-edit": ("edit", "edit"),
    "line-remove": ("", "edit"),
}
OF_RUN: dict[str, tuple[str, str]] = {
    "sync-run": ("read", ""),
    "sync-state": ("read", ""),
    "sync-again": ("", "edit"),
    "sync-put-away": ("", "remove"),
    "sync-restore": ("", "remove"),
    "sync-map": ("read", ""),
    "sync-file": ("read", ""),
    "sync-record": ("read", ""),
    "sync-finding": ("read", "edit"),
}
OF_RANKING: dict[str, tuple[str, str]] = {
    "ranking": ("read", ""),
    "ranking-edit": ("edit", "edit"),
    "ranking-delete": ("", "remove"),
    "ranking-restore": ("", "remove"),
    "ranking-criteria": ("read", "edit"),
    "ranking-criterion": ("edit", "edit"),
    "ranking-criterion-delete": ("", "edit"),
    "ranking-lines": ("edit", "edit"),
    "ranking-line": ("read", "edit"),
    "ranking-values": ("edit", "edit"),
    "ranking-weights": ("edit", "edit"),
    "ranking-weights-check": ("", "edit"),
    "ranking-file": ("read", ""),
}
OF_TRANSFER = {
    "transfer": ("read", "edit"),
    "transfer-away": ("", "remove"),
    "transfer-restore": ("", "remove"),
}
OF_JOINT = {
    "joint-object": ("read", ""),
    "joint-edit": ("edit", "edit"),
    "joint-away": ("", "remove"),
    "joint-restore": ("", "remove"),
    "joint-file": ("read", ""),
}
OF_PORTFOLIO: dict[str, tuple[str, str]] = {
    "portfolio": ("read", ""),
    "portfolio-edit": ("edit", "edit"),
    "portfolio-delete": ("", "remove"),
    "portfolio-restore": ("", "remove"),
    "portfolio-projects": ("read", "edit"),
    "portfolio-project": ("read", "edit"),
    "portfolio-limits": ("read", "edit"),
    "portfolio-begin": ("", "edit"),
    "portfolio-run": ("read", ""),
    "portfolio-wish": ("", "edit"),
    "portfolio-file": ("read", ""),
}
PAGES = {
    ("plan", "plan_id"): OF_PLAN,
    ("sync_run", "run_id"): OF_RUN,
    ("ranking", "ranking_id"): OF_RANKING,
    ("transfer", "number"): OF_TRANSFER,
    ("joint_object", "number"): OF_JOINT,
    ("portfolio", "portfolio_id"): OF_PORTFOLIO,
}
"""Kind of a thing and what its number is called, to its pages: what a person needs to get and to post."""
MAIN = {"plan", "plan-edit", "sync-run", "sync-finding", "ranking", "ranking-line", "transfer"}
MAIN |= {"joint-object", "line", "version", "portfolio", "portfolio-run", "portfolio-project"}
"""Pages that are walked for things of every standing; the others for those shared to be edited."""
COMMON: dict[str, tuple[str, str, dict[str, object]]] = {
    "plans": ("open", "", {}),
    "plan-new": ("writers of any", "writers of any", {}),
    "code-check": ("open", "", {}),
    "place-check": ("open", "", {}),
    "amount-check": ("open", "", {}),
    "import-new": ("open", "loaders", {}),
    "import-preview": ("own", "own", {}),
    "import-problems": ("own", "", {"extension": "csv"}),
    "funding": ("open", "", {}),
    "funding-file": ("open", "", {"kind": "csv"}),
    "money": ("open", "", {}),
    "money-file": ("open", "", {"kind": "csv"}),
    "transfers": ("open", "", {}),
    "transfer-new": ("writers of any", "writers of any", {}),
    "joint-objects": ("open", "", {}),
    "joint-lines": ("open", "", {}),
    "joint-new": ("writers of any", "writers of any", {}),
    "sync": ("open", "", {}),
    "sync-new": ("writers of any", "writers of any", {}),
    "labels": ("writers of any", "writers of any", {}),
    "labels-file": ("writers of any", "", {}),
    "label-undo": ("", "who answered", {}),
    "rankings": ("open", "writers of any", {}),
    "portfolios": ("open", "writers of any", {}),
}
"""Pages of no one thing, what each needs, and what its address holds."""
AWAY = {"plan-restore", "sync-restore", "ranking-restore", "portfolio-restore"}
AWAY |= {"transfer-restore", "joint-restore"}
"""Pages that bring back what was put away."""
