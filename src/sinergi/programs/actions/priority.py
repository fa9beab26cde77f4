"""Deeds on a ranking: begin, change, put away; its criteria and its lines."""

from collections.abc import Iterable
from dataclasses import asdict, fields
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from sinergi.accounts import rules as permissions
from sinergi.accounts.actions.owned import (
    bring_back,
    change,
    expect,
    held,
    put_away,
    record_on,
    touch,
    why,
)
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import InvalidError
from sinergi.accounts.models import Organisation
from sinergi.accounts.principal import Principal
from sinergi.accounts.texts import cleaned
from sinergi.evidence.queries import indicator_catalogue
from sinergi.programs import errors
from sinergi.programs.actions.rows import refuse
from sinergi.programs.models import Alternative, Criterion, PlanLine, Ranking, VersionState
from sinergi.programs.priority import words
from sinergi.programs.priority.defaults import usual_criteria
from sinergi.programs.priority.rules import (
    MOST_CRITERIA,
    MOST_LINES,
    CriterionDetails,
    RankingDetails,
    criterion_faults,
    ranking_faults,
)
from sinergi.programs.queries import priority as queries
from sinergi.programs.queries.plans import plans


def held_ranking(
    by: Principal, pk: int, permission: str = permissions.OBJECT_EDIT, *, deleted: bool = False
) -> Ranking:
    """Return a ranking for a deed and hold it until the transaction ends.

    Raises
    ------
    NotFoundError, ForbiddenError
    """
    missing = errors.not_found(_("The ranking"))
    return held(by, permission, Ranking, pk, missing, deleted=deleted)


def details_of(row: Ranking) -> RankingDetails:
    """Return what is written about a ranking."""
    return RankingDetails(**{f.name: getattr(row, f.name) for f in fields(RankingDetails)})


def criterion_details_of(row: Criterion) -> CriterionDetails:
    """Return what is written about a criterion."""
    return CriterionDetails(**{f.name: getattr(row, f.name) for f in fields(CriterionDetails)})


def _clean(details: RankingDetails) -> RankingDetails:
    details = cleaned(details)
    refuse(ranking_faults(details))
    return details


@transaction.atomic
def create_ranking(by: Principal, organisation: Organisation, details: RankingDetails) -> Ranking:
    """Begin a ranking of an organisation with the usual criteria and no lines; only it sees it.

    Raises
    ------
    ForbiddenError, InvalidError
    """
    permissions.require(by, permissions.OBJECT_CREATE, organisation)
    values = asdict(_clean(details))
    row = Ranking.objects.create(organisation=organisation, **values)
    Criterion.objects.bulk_create(
        Criterion(ranking=row, position=position, **given)
        for position, given in enumerate(usual_criteria(), start=1)
    )
    record_on(by, Verb.CREATED, row, after=values)
    return row


@transaction.atomic
def edit_ranking(
    by: Principal, ranking_id: int, details: RankingDetails, *, revision: int | None = None
) -> Ranking:
    """Change what is written about a ranking; a change of nothing leaves no trace.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError, ConflictError
    """
    row = held_ranking(by, ranking_id)
    expect(row, revision)
    change(by, row, asdict(details_of(row)), asdict(_clean(details)))
    return row


@transaction.atomic
def put_ranking_away(
    by: Principal, ranking_id: int, *, revision: int | None = None, reason: str = ""
) -> Ranking:
    """Put a ranking away; `restore_ranking` brings it back.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError, ConflictError
    """
    row = held_ranking(by, ranking_id, permissions.OBJECT_REMOVE)
    expect(row, revision)
    put_away(by, row, timezone.now(), why(reason))
    return row


@transaction.atomic
def restore_ranking(by: Principal, ranking_id: int, *, reason: str = "") -> Ranking:
    """Bring a ranking that was put away back as it was.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError
    """
    row = held_ranking(by, ranking_id, permissions.OBJECT_REMOVE, deleted=True)
    bring_back(by, row, why(reason))
    return row


def tell_criterion(
    by: Principal, one: Criterion, before: dict[str, Any] | None, after: dict[str, Any] | None
) -> None:
    """Write the audit record of a deed on a criterion; last in its transaction."""
    record_on(by, Verb.CRITERION_SET, one.ranking, before, after, part=f"criterion:{one.pk}")


@transaction.atomic
def set_criterion(
    by: Principal,
    ranking_id: int,
    details: CriterionDetails,
    *,
    criterion_id: int | None = None,
    revision: int | None = None,
) -> Criterion:
    """Add a criterion, or change one; whoever weighed before must weigh a new one, too.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError, ConflictError
    """
    row = held_ranking(by, ranking_id)
    expect(row, revision)
    details = cleaned(details)
    refuse(criterion_faults(details, indicator_catalogue().keys()))
    after = asdict(details)
    if criterion_id is None:
        return _add_criterion(by, row, after)
    one = _criterion(row, criterion_id)
    before = asdict(criterion_details_of(one))
    changed = [name for name in after if after[name] != before[name]]
    if changed:
        for name in changed:
            setattr(one, name, after[name])
        one.save()
        touch(row)
        tell_criterion(
            by, one, {name: before[name] for name in changed}, {n: after[n] for n in changed}
        )
    return one


def _add_criterion(by: Principal, row: Ranking, after: dict[str, Any]) -> Criterion:
    there = list(row.criteria.all())
    if len(there) >= MOST_CRITERIA:
        told = _("A ranking holds at most %(most)s criteria. Take one out first.")
        raise InvalidError({"title": told % {"most": MOST_CRITERIA}})
    base = slugify(after["title"])[:30] or "kriteria"
    used = {one.code for one in there}
    code = next(c for c in (base, *(f"{base}-{n}" for n in range(2, 99))) if c not in used)
    position = max((one.position for one in there), default=0) + 1
    one = Criterion.objects.create(ranking=row, code=code, position=position, **after)
    touch(row)
    tell_criterion(by, one, None, after)
    return one


def _criterion(row: Ranking, criterion_id: int) -> Criterion:
    one: Criterion | None = row.criteria.filter(pk=criterion_id).first()
    if one is None:
        raise errors.not_found(_("The criterion"))
    return one


@transaction.atomic
def remove_criterion(
    by: Principal, ranking_id: int, criterion_id: int, *, revision: int | None = None
) -> Ranking:
    """Take a criterion out, with what people said by it.

    Raises
    ------
    NotFoundError, ForbiddenError, ConflictError
    """
    row = held_ranking(by, ranking_id)
    expect(row, revision)
    one = _criterion(row, criterion_id)
    before, number = asdict(criterion_details_of(one)), one.pk
    one.delete()
    touch(row)
    record_on(by, Verb.CRITERION_SET, row, before, None, part=f"criterion:{number}")
    return row


@transaction.atomic
def add_lines(by: Principal, ranking_id: int, plan_id: int, identities: Iterable[UUID]) -> int:
    """Put lines of the current version of a plan into a ranking; return how many were not in it.

    Raises
    ------
    NotFoundError, ForbiddenError
    InvalidError
        When the ranking would hold more than `MOST_LINES`, or its organisation may not read the plan: then
        the lines would be compared for nobody.
    """
    row = held_ranking(by, ranking_id)
    plan = plans(by).filter(pk=plan_id).first()
    if plan is None:
        raise errors.not_found(_("The plan"))
    if plan.pk not in queries.plans_compared(row):
        raise InvalidError({"": words.unread(row, plan)})
    current = PlanLine.objects.filter(version__plan=plan, version__state=VersionState.CURRENT)
    there = set(current.values_list("identity", flat=True))
    had = set(row.alternatives.filter(plan=plan).values_list("identity", flat=True))
    new = sorted((set(identities) & there) - had)
    if row.alternatives.count() + len(new) > MOST_LINES:
        told = _("A ranking holds at most %(most)s lines. Choose fewer.")
        raise InvalidError({"": told % {"most": MOST_LINES}})
    if new:
        Alternative.objects.bulk_create(
            [Alternative(ranking=row, plan=plan, identity=one) for one in new], batch_size=500
        )
        touch(row)
        record_on(by, Verb.LINE_ADDED, row, after={"plan": plan.pk, "rows": len(new)})
    return len(new)


@transaction.atomic
def remove_lines(by: Principal, ranking_id: int, numbers: Iterable[int]) -> int:
    """Take alternatives out of a ranking, with what people said of them; return how many.

    Raises
    ------
    NotFoundError, ForbiddenError
    """
    row = held_ranking(by, ranking_id)
    readable = plans(by).select_related(None).order_by().values("pk")
    rows = row.alternatives.filter(pk__in=list(numbers), plan__in=readable)
    count = rows.count()
    if count:
        rows.delete()
        touch(row)
        record_on(by, Verb.LINE_REMOVED, row, before={"rows": count})
    return count
