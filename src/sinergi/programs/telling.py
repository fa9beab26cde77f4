"""What of the histories of programs is told to whom, and its closed vocabularies in words.

Those who read a plan only in public learn of what counts; those who may not read every plan of a run, a
portfolio learn nothing of what was said of single findings and projects; of a ranking they learn nothing of
what was said of lines that they may not read.
"""

import json
from collections.abc import Callable

from sinergi.accounts import rules
from sinergi.accounts.audit.history import CHOOSE, Deed
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.audit.words import MORE
from sinergi.accounts.models import AuditRecord, Owned
from sinergi.accounts.principal import Principal
from sinergi.programs.models import (
    Alternative,
    Decision,
    Degree,
    Measure,
    Origin,
    Outcome,
    PairAnswer,
    PlaceCertainty,
    Plan,
    PlanKind,
    PlanVersion,
    Portfolio,
    PortfolioProject,
    Ranking,
    Readiness,
    RuleKind,
    Scale,
    Shape,
    SyncRun,
    SyncVersion,
    WeighingMethod,
)
from sinergi.programs.queries.plans import TOLD, plans
from sinergi.programs.queries.sync import hidden_number


def told_to(by: Principal, row: Owned, deeds: list[Deed]) -> list[Deed]:
    """Keep the deeds that somebody may know of: of lines and versions in preparation only its own people."""
    if rules.may(by, rules.OBJECT_HISTORY, row):
        return deeds
    rows = PlanVersion.objects.filter(plan=row.pk, state__in=TOLD)
    known = {f"version:{number}" for number in rows.values_list("number", flat=True)}
    return [deed for deed in deeds if not deed.part or deed.part in known]


def _sees_plans(by: Principal, numbers: set[int]) -> bool:
    return by.operator or plans(by).filter(pk__in=numbers).count() == len(numbers)


def _sees_run(by: Principal, row: Owned) -> bool:
    run = SyncRun.objects.get(pk=row.pk)
    compared = SyncVersion.objects.filter(run=run).values_list("version__plan", flat=True)
    return _sees_plans(by, set(compared)) and not hidden_number(by, run)


def _ever_in(row: Owned) -> set[int]:
    """Return the plans of which lines were ever put into something: also of those taken out since."""
    rows = AuditRecord.objects.filter(kind=row.KIND, object_id=str(row.pk), part="")
    told = rows.filter(verb__in=(Verb.LINE_ADDED, Verb.PROJECT_PLACED))
    held = [json.loads(after).get("plan") for after in told.values_list("after", flat=True)]
    return {int(one) for one in held if one}


def _sees_portfolio(by: Principal, row: Owned) -> bool:
    rows = PortfolioProject.objects.filter(portfolio=row.pk)
    return _sees_plans(by, set(rows.values_list("plan", flat=True)) | _ever_in(row))


def _sees_ranking(by: Principal, row: Owned) -> bool:
    rows = Alternative.objects.filter(ranking=row.pk)
    return _sees_plans(by, set(rows.values_list("plan", flat=True)) | _ever_in(row))


def _of_ranking(by: Principal, row: Owned, deeds: list[Deed]) -> list[Deed]:
    """Keep what was said of lines from those who may not read their plans; criteria hide nothing."""
    said = [deed for deed in deeds if deed.verb == Verb.RATED]
    if not said or _sees_ranking(by, row):
        return deeds

    def line(deed: Deed) -> int:
        return int(deed.after.get("line") or deed.before.get("line") or 0)

    rows = Alternative.objects.filter(
        pk__in={line(deed) for deed in said}, plan__in=plans(by).order_by().values("pk")
    )
    known = set(rows.values_list("pk", flat=True))
    return [deed for deed in deeds if deed.verb != Verb.RATED or line(deed) in known]


def whole_only(
    sees: Callable[[Principal, Owned], bool], *parts: str
) -> Callable[[Principal, Owned, list[Deed]], list[Deed]]:
    """Return what keeps deeds on some parts from those who do not see all that a thing is made of."""

    def choose(by: Principal, row: Owned, deeds: list[Deed]) -> list[Deed]:
        if not any(deed.part.startswith(parts) for deed in deeds) or sees(by, row):
            return deeds
        return [deed for deed in deeds if not deed.part.startswith(parts)]

    return choose


CHOOSE[Plan.KIND] = told_to
CHOOSE[SyncRun.KIND] = whole_only(_sees_run, "finding:")
CHOOSE[Portfolio.KIND] = whole_only(_sees_portfolio, "project:", "rule:", "run:", "scores")
CHOOSE[Ranking.KIND] = _of_ranking
MORE |= {
    "answer": (PairAnswer,),
    "decision": (Decision,),
    "degree": (Degree,),
    "design": (Readiness,),
    "kind": (PlanKind, RuleKind),
    "land": (Readiness,),
    "measure": (Measure,),
    "method": (WeighingMethod,),
    "origin": (Origin,),
    "outcome": (Outcome,),
    "permits": (Readiness,),
    "place_certainty": (PlaceCertainty,),
    "scale": (Scale,),
    "shape": (Shape,),
}
