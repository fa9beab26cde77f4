"""What people of the demo do with its plans: hold them together, share a landfill, rank, choose."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from sinergi.accounts.actions import sharing
from sinergi.accounts.models import Kept, Level, Organisation, Visibility
from sinergi.opportunities.lists.actions import add_entry, create_list
from sinergi.opportunities.lists.rules import EntryDetails, ListDetails
from sinergi.opportunities.models import PriorityList
from sinergi.opportunities.queries import explain
from sinergi.opportunities.settings import MapSettings
from sinergi.programs.actions import (
    judging,
    money,
    portfolio,
    portfolio_limits,
    portfolio_projects,
    priority,
    sync,
)
from sinergi.programs.actions.sync_decisions import Decision, decide
from sinergi.programs.joint import JointDetails, ShareDetails
from sinergi.programs.models import (
    JointObject,
    Outcome,
    PlanLine,
    PlanVersion,
    Portfolio,
    Ranking,
    RuleKind,
    SyncRun,
    VersionState,
    WeighingMethod,
)
from sinergi.programs.portfolio.rules import PortfolioDetails, RuleDetails, RunDetails
from sinergi.programs.priority.rules import RankingDetails
from sinergi.site.demo.people import CITY as READER
from sinergi.site.demo.people import HOST, OTHER, SOUTH, acts_as
from sinergi.site.demo.plans import EXAMPLES, PLANNER

LIST = "Demo – TPA regional Banjarbakula (contoh)"
RUN = "Demo – Sinkronisasi RKPD 2028 sekitar Banjarbakula (contoh)"
JOINT = "Demo – TPA Regional Banjarbakula 2028 (contoh)"
RANKING = "Demo – Urutan kegiatan 2028 (contoh)"
PORTFOLIO = "Demo – Portofolio 2028–2029 (contoh)"
SAID = "Contoh rekaan untuk demo, bukan keputusan siapa pun."
LANDFILL = "TPA_REGIONAL"
QUOTAS = {
    "63.71": ("BJM-04", 105),
    "63.72": ("BJB-03", 90),
    "63.03": ("", 60),
    "63.04": ("BTL-02", 10),
    "63.01": ("TLA-02", 10),
}
"""Member to the line that it pays from and its tons a day; Kabupaten Banjar has none, as in January 2022."""
BILL = Decimal(275 * 365 * 65_000)
QUOTED = (
    "Kuota 275 ton/hari: sinarpagibaru.id, 17-9-2024; tarif Rp65.000/ton: kalsel.prokal.co, "
    "22-10-2021; satu anggota tanpa pos anggaran: klikkalsel.com, 28-1-2022"
)
COMPARED = {
    "KALSEL-01": "high", "KALSEL-02": "high", "KALSEL-03": "medium", "KALSEL-04": "high",
    "KALSEL-07": "very_high", "KALSEL-10": "medium", "BJM-01": "high", "BJM-02": "high",
    "BJM-03": "medium", "BJM-08": "medium", "BJM-10": "very_high", "BJM-11": "medium",
    "BJB-01": "medium", "BJB-02": "high", "BJB-08": "high", "BJB-09": "medium", "BJR-01": "high",
    "BJR-03": "high", "BJR-04": "very_high", "BJR-06": "high", "BJR-08": "high", "BTL-01": "high",
    "BTL-03": "high", "BTL-05": "medium", "TLA-01": "medium", "TLA-03": "high", "TLA-05": "medium",
}  # fmt: skip
"""Lines that are ranked and chosen from, with what people say of their effect on access."""
POINTS = {
    "need": 20, "people": 15, "access": 15, "risk": 10, "readiness": 15, "fit": 5, "equity": 10, "cost": 10,
}  # fmt: skip
PAIRS = {
    "need|people": 2.0, "people|access": 1.0, "access|risk": 2.0, "risk|readiness": 0.5,
    "readiness|fit": 3.0, "fit|equity": 0.5, "equity|cost": 1.0, "need|readiness": 1.0,
}  # fmt: skip
CEILINGS = {
    (2028, "APBD_PROV"): 38, (2029, "APBD_PROV"): 38, (2028, "APBD_KABKOTA"): 20, (2029, "APBD_KABKOTA"): 14,
    (2028, "DAK_FISIK"): 26, (2029, "DAK_FISIK"): 12, (2028, "DAU_SG"): 12, (2029, "DAU_SG"): 10,
    (2028, "DAU_BG"): 2, (2029, "DAU_BG"): 2, (2028, "BANKEU_PROV_KAB"): 4, (2029, "BANKEU_PROV_KAB"): 4,
}  # fmt: skip
"""Billions of rupiah: about two thirds of what the lines ask for."""
BILLION = Decimal(1_000_000_000)
SECONDS = portfolio_limits.AT_ONCE_SECONDS + 10
"""Longer than what is waited for: the worker of the demo computes it while people sign in."""
Lines = dict[str, PlanLine]


def ensure_together() -> int:
    """Do what nobody did, or put away, with the plans that are there; return how much that was.

    The portfolio is left out where no ranking gives its lines a score.
    """
    owner = Organisation.objects.get(code=SOUTH)
    parts: tuple[tuple[Any, str, str, Callable[[Organisation, Lines], None]], ...] = (
        (PriorityList, "name", LIST, _list),
        (SyncRun, "title", RUN, _run),
        (JointObject, "title", JOINT, _joint),
        (Ranking, "title", RANKING, _ranking),
        (Portfolio, "title", PORTFOLIO, _portfolio),
    )
    missing = [
        make
        for model, name, title, make in parts
        if not model.objects.filter(organisation=owner, **{name: title}).exists()
    ]
    lines = _lines() if missing else {}
    if not lines:
        return 0
    for make in missing:
        with transaction.atomic():
            make(owner, lines)
    return len(missing)


def _versions() -> list[PlanVersion]:
    """Return the current versions of the example plans that nobody put away."""
    titles = [one.title for one in EXAMPLES]
    rows = PlanVersion.objects.filter(state=VersionState.CURRENT, plan__deleted_at=None)
    return list(rows.filter(plan__title__in=titles).select_related("plan").order_by("pk"))


def _lines() -> Lines:
    rows = PlanLine.objects.filter(version__in=_versions()).select_related("version")
    return {one.external_id: one for one in rows}


def _open(row: Kept, *, edit: tuple[str, ...] = (OTHER, HOST, READER)) -> None:
    """Let everybody read something, and people of some organisations of the demo change it."""
    planner = acts_as(PLANNER)
    row.refresh_from_db()
    sharing.set_visibility(planner, row, Visibility.PUBLIC, reason="Demo")
    for code in edit:
        other = Organisation.objects.get(code=code)
        sharing.share(planner, row, other, Level.EDIT, reason="Demo")


def _list(owner: Organisation, _lines: Lines) -> None:
    """Put the landfill on a list, so that synchronisation asks each of its members for a line."""
    planner = acts_as(PLANNER)
    details = ListDetails(LIST, planning_document="RKPD 2028 (contoh)", purpose=SAID)
    row = create_list(planner, owner, details)
    settings = MapSettings(objects=(LANDFILL,), each=1, top=1)
    told = explain(LANDFILL, tuple(sorted(QUOTAS)), settings)
    entry = EntryDetails(proposer="Demo", target_year=2028, reason=SAID)
    add_entry(planner, row.pk, told, settings, entry)
    _open(row, edit=())


def _run(owner: Organisation, _lines: Lines) -> None:
    """Hold the plans against each other, and decide on the road that two of them pave."""
    planner = acts_as(PLANNER)
    details = sync.RunDetails(RUN, note=SAID)
    run = sync.begin(planner, owner, details, [one.pk for one in _versions()])
    twice = run.findings.filter(rule="same_across").first()
    if twice is not None:
        stays = twice.lines.order_by("pk").first()
        merged = Decision(
            Outcome.MERGE,
            text="Contoh: satu pihak melaksanakan, yang lain menarik usulnya.",
            who="Dinas PUPR Provinsi Kalimantan Selatan (contoh)",
            stays=str(stays.identity) if stays else "",
        )
        decide(planner, run.pk, twice.pk, merged)
    _open(run)


def _joint(owner: Organisation, lines: Lines) -> None:
    """Divide the bill of the landfill by quota; one of five payers has no line."""
    shares = [
        ShareDetails(code, parts=Decimal(tons), identity=_identity(lines, number))
        for code, (number, tons) in QUOTAS.items()
    ]
    holder = ShareDetails("63", pays=False, holds=True)
    details = JointDetails(
        JOINT,
        2028,
        object_code=LANDFILL,
        region_code="63.72",
        total=BILL,
        measure="ton/hari",
        source=QUOTED,
        note=SAID,
        shares=(*shares, holder),
    )
    _open(money.make_joint(acts_as(PLANNER), owner, details))


def _identity(lines: Lines, number: str) -> UUID | None:
    return lines[number].identity if number in lines else None


def _of_plans(lines: Lines) -> dict[int, list[UUID]]:
    """Return the lines that are compared, by plan."""
    found: dict[int, list[UUID]] = {}
    for number in COMPARED:
        if number in lines:
            found.setdefault(lines[number].version.plan_id, []).append(lines[number].identity)
    return found


def _ranking(owner: Organisation, lines: Lines) -> None:
    """Rank the lines: two people weigh in two ways, and one says what evidence does not know."""
    planner = acts_as(PLANNER)
    row = priority.create_ranking(planner, owner, RankingDetails(RANKING, SAID))
    for plan, identities in _of_plans(lines).items():
        priority.add_lines(planner, row.pk, plan, identities)
    access = row.criteria.get(code="access")
    placed = dict(row.alternatives.values_list("identity", "pk"))
    for number, degree in COMPARED.items():
        if number in lines:
            at = placed[lines[number].identity]
            judging.rate(planner, row.pk, at, access.pk, degree=degree, note="Contoh")
    judging.weigh(planner, row.pk, WeighingMethod.DIRECT, POINTS)
    _open(row)
    judging.weigh(acts_as("analis.banjarmasin"), row.pk, WeighingMethod.AHP, PAIRS)


def _portfolio(owner: Organisation, lines: Lines) -> None:
    """Choose from the ranked lines within ceilings, with rules between some of them."""
    planner = acts_as(PLANNER)
    ranked = Ranking.objects.filter(organisation=owner, title=RANKING, deleted_at=None).first()
    if ranked is None:
        return
    row = portfolio.create_portfolio(planner, owner, PortfolioDetails(PORTFOLIO, 2028, 2029, SAID))
    for plan, identities in _of_plans(lines).items():
        portfolio_projects.take_lines(planner, row.pk, plan, identities, ranking=ranked.pk)
    ceilings = {key: BILLION * amount for key, amount in CEILINGS.items()}
    portfolio_limits.set_ceilings(planner, row.pk, ceilings)
    at = dict(row.projects.values_list("identity", "pk"))
    ties = (
        (RuleKind.AT_MOST_ONE, ("KALSEL-01", "BJM-01"), 0),
        (RuleKind.TOGETHER, ("BJB-02", "BJR-01"), 0),
        (RuleKind.BEFORE, ("KALSEL-02", "KALSEL-03"), 1),
    )
    for kind, numbers, lag in ties:
        if all(number in lines and lines[number].identity in at for number in numbers):
            projects = tuple(at[lines[number].identity] for number in numbers)
            portfolio_limits.add_rule(planner, row.pk, RuleDetails(kind, projects, lag))
    portfolio_limits.begin_run(planner, row.pk, RunDetails(SECONDS, others=3))
    _open(row)
