"""What programs store about a person: told with all personal data, and forgotten with the person.

Runs keep the number of who began them: with whose rights they were computed must stay known.
"""

from typing import Any

from sinergi.accounts.actions.personal import FORGOTTEN, STORED
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.models import AuditRecord, Person
from sinergi.accounts.principal import Principal
from sinergi.programs.models import (
    CriterionValue,
    FindingDecision,
    PairLabel,
    Portfolio,
    PortfolioProject,
    PortfolioRun,
    SyncRun,
    Weighting,
)


def weights_given(by: Principal, person: Person) -> list[dict[str, Any]]:
    """Return how somebody weighs the criteria of rankings; only where all of the person's roles count."""
    if by.partial:
        return []
    rows = Weighting.objects.filter(person=person.pk).order_by("pk")
    return [
        dict(row)
        for row in rows.values("ranking__title", "method", "said", "weights", "ratio", "updated")
    ]


def values_given(by: Principal, person: Person) -> list[dict[str, Any]]:
    """Return what somebody said of lines by criteria; only where all of the person's roles count."""
    if by.partial:
        return []
    rows = CriterionValue.objects.filter(person=person.pk).order_by("pk")
    names = ("criterion__ranking__title", "criterion__title", "alternative__identity")
    return [dict(row) for row in rows.values(*names, "value", "degree", "note", "updated")]


def pairs_judged(by: Principal, person: Person) -> list[dict[str, Any]]:
    """Return what somebody said of pairs of lines, with what these say while their plans may be read.

    Only where all of the person's roles count.
    """
    if by.partial:
        return []
    from sinergi.programs.queries.labels import readable_answers  # noqa: PLC0415 - loads matching

    rows = PairLabel.objects.filter(person=person.pk).select_related("organisation").order_by("pk")
    return [
        {
            "organisation__code": one.organisation.code,
            **({"a": one.a, "b": one.b} if shown else {}),
            "answer": one.answer,
            "created": one.created,
            "undone_at": one.undone_at,
        }
        for one, shown in readable_answers(by, rows)
    ]


def decisions_made(by: Principal, person: Person) -> list[dict[str, Any]]:
    """Return what somebody decided on findings; only where all of the person's roles count."""
    if by.partial:
        return []
    rows = FindingDecision.objects.filter(by=person.pk).order_by("pk")
    return [
        dict(row)
        for row in rows.values("organisation__code", "outcome", "text", "who", "due", "created")
    ]


def runs_begun(by: Principal, person: Person) -> list[dict[str, Any]]:
    """Return which runs somebody began; only where all of the person's roles count."""
    if by.partial:
        return []
    synchronised = SyncRun.objects.filter(by=person.pk).order_by("pk")
    chosen = PortfolioRun.objects.filter(by=person.pk).order_by("pk")
    return [
        *({"run_of": "synchronisation", **row} for row in synchronised.values("title", "created")),
        *(
            {"run_of": "portfolio", "title": title, "created": created}
            for title, created in chosen.values_list("portfolio__title", "created")
        ),
    ]


def forget(person: Person) -> None:
    """Forget how somebody weighs, and who it was that said a value, judged a pair and decided.

    What was said stays with the organisation, without a name; weights are an opinion of the person and go.
    """
    Weighting.objects.filter(person=person.pk).delete()
    CriterionValue.objects.filter(person=person.pk).update(person=None)
    PairLabel.objects.filter(person=person.pk).update(person=None)
    FindingDecision.objects.filter(by=person.pk).update(by=None, by_name="")
    placed = AuditRecord.objects.filter(
        actor=person.pk, verb=Verb.PROJECT_PLACED, kind=Portfolio.KIND
    )
    changed = [int(number) for number in placed.values_list("object_id", flat=True).distinct()]
    scored = PortfolioProject.objects.filter(portfolio__in=changed, score_source=person.name)
    scored.update(score_source="")


STORED["weights_of_rankings"] = weights_given
STORED["values_of_rankings"] = values_given
STORED["pairs_of_lines"] = pairs_judged
STORED["decisions_on_findings"] = decisions_made
STORED["runs_of_programs"] = runs_begun
FORGOTTEN["programs"] = forget
