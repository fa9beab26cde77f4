"""Rankings for tests: lines with and without evidence, made in one line each."""

from typing import Any

from sinergi.accounts.principal import Principal
from sinergi.programs.actions import priority as actions
from sinergi.programs.models import Alternative, Origin, PlanLine, PlanVersion, Ranking, Scale
from sinergi.programs.priority.rules import CriterionDetails, RankingDetails
from tests.programs.making import a_line, a_plan, a_version, office, planner

HUNDRED: dict[str, Any] = {"scale": Scale.FIXED, "low": 0.0, "high": 100.0}
READY = {"land": "ready", "design": "ready", "permits": "ready"}
HALF = {"land": "under_way", "design": "under_way", "permits": "under_way"}
RAW = {"land": "absent", "design": "absent", "permits": "absent"}


def lines_of(version: PlanVersion) -> list[Any]:
    """Five lines: three of one unit with costs, one ready, one of which nothing is known."""
    return [
        a_line(version, "Jalan A", unit="km", target=10, amounts={2025: 1_000}, **READY),
        a_line(version, "Jalan B", unit="km", target=10, amounts={2025: 2_000}, **HALF),
        a_line(version, "Jalan C", unit="Km ", target=10, amounts={2025: 4_000}, **RAW),
        a_line(version, "Gedung D", code="", amounts={2025: 500}, **READY),
        a_line(version, "Rapat E", code="", amounts={2025: 1}),
    ]


def a_ranking(by: Principal, **details: Any) -> Ranking:
    """A ranking without criteria and lines."""
    kept = actions.create_ranking(by, office(), RankingDetails("Prioritas 2026", **details))
    kept.criteria.all().delete()
    return kept


def two_criteria(by: Principal, ranking: Ranking) -> None:
    """Readiness from the lines, and benefit said by people."""
    for title, origin in (("Kesiapan", Origin.READINESS), ("Manfaat", Origin.TYPED)):
        actions.set_criterion(by, ranking.pk, CriterionDetails(title, origin=origin, **HUNDRED))


def filled(by: Principal | None = None) -> tuple[Principal, Ranking, list[Alternative]]:
    """A ranking of five lines by two criteria."""
    by = by or planner()
    ranking = a_ranking(by)
    version = a_version(a_plan())
    lines = lines_of(version)
    two_criteria(by, ranking)
    actions.add_lines(by, ranking.pk, version.plan_id, [line.identity for line in lines])
    return by, ranking, list(ranking.alternatives.order_by("pk"))


def of_line(ranking: Ranking, title: str) -> Alternative:
    """The alternative of a line; their order is that of random identities."""
    identity = PlanLine.objects.get(title=title).identity
    found: Alternative = ranking.alternatives.get(identity=identity)
    return found
