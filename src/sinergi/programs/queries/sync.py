"""Reads of synchronisation: runs, findings as far as their plans may be read, and how they stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sinergi.accounts.principal import Principal
from sinergi.accounts.vocabulary import Right
from sinergi.forums.queries.reading import readable as readable_points
from sinergi.opportunities.models import PriorityList
from sinergi.programs import errors
from sinergi.programs.models import (
    Finding,
    FindingDecision,
    FindingKind,
    FindingLine,
    FindingVersion,
    Outcome,
    PlanLine,
    SyncRun,
    SyncVersion,
)
from sinergi.programs.naming import names_told
from sinergi.programs.queries.plans import versions
from sinergi.programs.queries.totals import halves, joined

MOST_WORDS = 8
NOTES = (FindingKind.LOOK_ALIKE, FindingKind.UNSEEN)
STANDINGS = {
    "open": gettext_lazy("open"),
    "returned": gettext_lazy("dismissed before, its lines changed"),
    "decided": gettext_lazy("decided"),
    "dismissed": gettext_lazy("dismissed"),
}


def runs(by: Principal) -> QuerySet[SyncRun]:
    """Return the runs that somebody may read, the newest first."""
    rows = SyncRun.objects.filter(deleted_at=None).readable_by(by)
    return rows.select_related("organisation")


def runs_put_away(by: Principal) -> QuerySet[SyncRun]:
    """Return the runs that were put away and that somebody may restore."""
    rows = SyncRun.objects.exclude(deleted_at=None)
    return rows if by.operator else rows.filter(organisation__in=by.organisations(Right.REMOVE))


def get_run(by: Principal, number: int) -> SyncRun:
    """Return one run.

    Raises
    ------
    NotFoundError
    """
    found = runs(by).filter(pk=number).first()
    if found is None:
        raise errors.not_found(_("The run"))
    return found


def compared(by: Principal, run: SyncRun) -> tuple[list[SyncVersion], int]:
    """Return the versions of a run that somebody may read, and how many others there are."""
    rows = run.compared.select_related("version__plan__organisation")
    mine = list(rows.filter(version__in=_numbers(versions(by))))
    return mine, run.compared.count() - len(mine)


def findings(by: Principal, run: SyncRun) -> QuerySet[Finding]:
    """Return the findings of a run that somebody may read, with `decided`, `decided_on` and `returned`.

    A finding is read by who may read every version that it tells of, if only as searched in vain, and the
    list or the point it came from. `decided` is the last outcome that the organisation of the run decided
    and that the reader may know (`decisions`; empty: none), `returned` whether it was dismissed and its
    lines have changed since.
    """
    rows = with_standing(by, run.findings.all(), run)
    if by.operator:
        return rows
    hidden = FindingVersion.objects.filter(finding=OuterRef("pk")).exclude(
        version__in=_numbers(versions(by))
    )
    lists = PriorityList.objects.filter(deleted_at=None).readable_by(by).order_by().values("pk")
    points = readable_points(by).values("pk")
    from_list = Q(source_list=None) | Q(source_list__in=lists)
    from_point = Q(source_point=None) | Q(source_point__in=points)
    return rows.filter(~Exists(hidden), from_list, from_point)


def decisions_known(by: Principal, run: SyncRun) -> QuerySet[FindingDecision]:
    """Return all decisions of a run's organisation that somebody may know of, the newest first.

    Those made in other runs are for people of the organisation alone.
    """
    rows = FindingDecision.objects.filter(organisation=run.organisation_id)
    if not by.operator and run.organisation_id not in by.organisations(Right.READ):
        rows = rows.filter(run=run)
    return rows.order_by("-created", "-pk")


def with_standing(by: Principal, rows: QuerySet[Finding], run: SyncRun) -> QuerySet[Finding]:
    """Return findings with what the organisation of a run decided last on each, as far as it is told."""
    last = decisions_known(by, run).filter(key=OuterRef("key"))
    told = rows.annotate(
        decided=Subquery(last.values("outcome")[:1]),
        decided_on=Subquery(last.values("fingerprint")[:1]),
    )
    returned = Case(
        When(Q(decided=Outcome.DISMISS) & ~Q(decided_on=F("fingerprint")), then=Value(value=True)),
        default=Value(value=False),
        output_field=BooleanField(),
    )
    return told.annotate(returned=returned).order_by("position")


def standing(finding: Finding) -> str:
    """Return how a finding of `findings` stands: a key of `STANDINGS`."""
    told: Any = finding
    if told.decided is None or told.decided == Outcome.REOPEN:
        return "open"
    if told.decided == Outcome.DISMISS:
        return "returned" if told.returned else "dismissed"
    return "decided"


def in_standing(rows: QuerySet[Any], wanted: str) -> QuerySet[Any]:
    """Keep findings that stand in one way; an unknown one keeps all."""
    fresh = Q(decided=None) | Q(decided=Outcome.REOPEN)
    if wanted == "open":
        return rows.filter(fresh | Q(returned=True))
    if wanted == "returned":
        return rows.filter(returned=True)
    if wanted == "dismissed":
        return rows.filter(decided=Outcome.DISMISS, returned=False)
    if wanted == "decided":
        return rows.exclude(fresh).exclude(decided=Outcome.DISMISS)
    return rows


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which findings of a run are asked for; the address of the page.

    Attributes
    ----------
    kinds
        Empty: all but notes.
    """

    kinds: tuple[str, ...] = ()
    severity: int | None = None
    region: str = ""
    standing: str = ""
    rule: str = ""
    words: str = ""

    @property
    def some(self) -> bool:
        """Whether anything is filtered."""
        return self != Wanted()


def narrowed(rows: QuerySet[Finding], wanted: Wanted) -> QuerySet[Finding]:
    """Keep the findings that are asked for."""
    rows = rows.filter(kind__in=wanted.kinds) if wanted.kinds else rows.exclude(kind__in=NOTES)
    if wanted.severity:
        rows = rows.filter(severity=wanted.severity)
    if wanted.region:
        rows = rows.filter(amid__contains=f"|{wanted.region}|")
    if wanted.rule:
        rows = rows.filter(rule=wanted.rule)
    for word in wanted.words.split()[:MOST_WORDS]:
        found = FindingLine.objects.filter(finding=OuterRef("pk"), said__title__icontains=word)
        rows = rows.filter(Exists(found))
    return in_standing(rows, wanted.standing)


def hidden_number(by: Principal, run: SyncRun) -> int:
    """Return how many findings of a run somebody may not read; that number alone is told."""
    all_of_it = run.findings.exclude(kind__in=NOTES).count()
    return all_of_it - findings(by, run).exclude(kind__in=NOTES).count()


def counted(rows: QuerySet[Finding]) -> list[dict[str, Any]]:
    """Return number and rupiah at stake by kind and severity; one query."""
    told = rows.order_by().values("kind", "severity")
    found = told.annotate(n=Count("pk"), **halves("stake")).order_by("kind", "-severity")
    return [{**row, "stake": joined(row.pop("low"), row.pop("high"))} for row in map(dict, found)]


def counted_by_region(rows: QuerySet[Finding], codes: list[str]) -> list[dict[str, Any]]:
    """Return `code`, `n` and `stake` for each region: findings that concern it; one query."""
    groups = rows.exclude(kind__in=NOTES).order_by().values("amid")
    found: dict[str, dict[str, Any]] = {
        code: {"code": code, "n": 0, "stake": Decimal(0)} for code in codes
    }
    told: Any = groups.annotate(n=Count("pk"), **halves("stake"))
    for row in told:
        stake = joined(row["low"], row["high"])
        for code in found.keys() & set(row["amid"].split("|")):
            found[code]["n"] += row["n"]
            found[code]["stake"] += stake
    return list(found.values())


def decisions(by: Principal, run: SyncRun, keys: Iterable[str]) -> QuerySet[FindingDecision]:
    """Return the decisions of a run's organisation on findings, the newest first.

    Those made in other runs are for people of the organisation alone.
    """
    return decisions_known(by, run).filter(key__in=list(keys))


def named_decisions(
    by: Principal, run: SyncRun, rows: Iterable[FindingDecision]
) -> list[FindingDecision]:
    """Return decisions, without the names of people where somebody is not told them."""
    found = list(rows)
    if not names_told(by, run):
        for one in found:
            one.who = one.by_name = ""
    return found


def findings_of_line(by: Principal, line: PlanLine, most: int = 12) -> list[Finding]:
    """Return findings of any run that somebody may read and that tell of a line, the newest run first."""
    held = FindingLine.objects.filter(identity=line.identity, version__plan=line.version.plan_id)
    numbers = held.values_list("finding__run", flat=True).distinct()
    found: list[Finding] = []
    for run in runs(by).filter(pk__in=numbers)[:5]:
        rows = findings(by, run).exclude(kind__in=NOTES)
        told = rows.filter(pk__in=held.filter(finding__run=run).values("finding"))
        found += list(told.select_related("run")[: most - len(found)])
    return found


def _numbers(rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    return rows.select_related(None).order_by().values("pk")
