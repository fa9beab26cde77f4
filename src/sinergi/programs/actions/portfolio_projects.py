"""Deeds on the projects of a portfolio: taken from lines of plans, scored, changed, taken out."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from sinergi.accounts.actions.owned import expect_revision, record_on, touch
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import ConflictError, InvalidError
from sinergi.accounts.principal import Principal
from sinergi.analysis.portfolio import PPM
from sinergi.programs import errors
from sinergi.programs.actions.portfolio import held_portfolio
from sinergi.programs.actions.rows import refuse
from sinergi.programs.models import (
    LineAmount,
    PlanLine,
    Portfolio,
    PortfolioProject,
    VersionState,
)
from sinergi.programs.portfolio.problem import length_of
from sinergi.programs.portfolio.rules import (
    MOST_PROJECTS,
    MOST_SCORE,
    ProjectDetails,
    project_faults,
)
from sinergi.programs.queries.plans import plans
from sinergi.programs.queries.portfolio import project as seen_project
from sinergi.programs.queries.portfolio import projects as seen_projects
from sinergi.programs.queries.portfolio_scores import (
    NO_SCORES,
    Change,
    Scores,
    rescoring,
    scores_of,
)
from sinergi.reference import queries as reference
from sinergi.reference.rupiah import minor

BATCH = 500
A_RECORD = 100
"""Projects whose scores one record of the history tells of."""
SCORES = "scores"
"""Part of a portfolio under which its history keeps scores that were replaced, old and new."""


class Taken(NamedTuple):
    """How many projects are new, how many that were in got a score, and how many kept one written by hand."""

    new: int
    scored: int
    kept: int = 0


@transaction.atomic
def take_lines(
    by: Principal,
    pk: int,
    plan_id: int,
    identities: Iterable[UUID],
    *,
    ranking: int | None = None,
    replace_by_hand: bool = False,
    seen: str | None = None,
) -> Taken:
    """Take lines of the current version of a plan as projects, or give those that are in their scores.

    A project keeps what the line said: title, region, amounts. Its score comes from a ranking where one is
    named and gives the line a score, otherwise it is 0 until a person writes one. Where the project is in
    already, only its score changes; the history keeps the old one.

    Parameters
    ----------
    replace_by_hand
        Whether a score that a person wrote gives way to that of the ranking, too.
    seen
        `Rescoring.digest` of what a person was shown; `None` does not ask.

    Raises
    ------
    NotFoundError, ForbiddenError
    InvalidError
        When there would be too many projects, or a line has no money within the years.
    ConflictError
        When other scores would be replaced by now than were shown.
    """
    row = held_portfolio(by, pk)
    plan = plans(by).filter(pk=plan_id).first()
    if plan is None:
        raise errors.not_found(_("The plan"))
    there = set(row.projects.filter(plan=plan).values_list("identity", flat=True))
    named = set(identities)
    wanted = named - there
    lines = PlanLine.objects.filter(
        version__plan=plan, version__state=VersionState.CURRENT, is_transfer=False
    )
    new = [line for line in lines.order_by("position", "pk") if line.identity in wanted]
    if row.projects.count() + len(new) > MOST_PROJECTS:
        told = _("A portfolio holds at most %(most)s projects.")
        raise InvalidError({"": told % {"most": MOST_PROJECTS}})
    scores = NO_SCORES if ranking is None else scores_of(by, ranking, plan_id)
    found = rescoring(by, row, plan_id, named, scores)
    changes = found.changes if replace_by_hand else found.without_by_hand
    if seen not in (None, found.digest) and any(one.replaces for one in changes):
        told = _("Projects or scores changed meanwhile. Look again at what would be replaced.")
        raise ConflictError(told)
    made = _projects(row, plan_id, plan.region_code, new, scores)
    PortfolioProject.objects.bulk_create(made, batch_size=BATCH)
    _rescore(changes, scores.source)
    if made or changes:
        touch(row)
    from_where = {"plan": plan_id, "ranking": ranking}
    if made:
        record_on(by, Verb.PROJECT_PLACED, row, after={**from_where, "rows": len(made)})
    _record_scores(by, row, changes, {**from_where, "source": scores.source})
    return Taken(len(made), len(changes), len(found.changes) - len(changes))


def _rescore(changes: list[Change], source: str) -> None:
    rows = []
    for change in changes:
        one = change.project
        one.score, one.score_source = change.score, source
        one.revision += 1
        rows.append(one)
    fields = ("score", "score_source", "revision")
    PortfolioProject.objects.bulk_update(rows, fields, batch_size=BATCH)


def _record_scores(
    by: Principal, row: Portfolio, changes: list[Change], from_where: Mapping[str, Any]
) -> None:
    """Record old and new score of each project; whose an old one was, the record of its writing tells.

    Projects are named by number: their titles are of plans that auditors of this trail may not read.
    """
    for first in range(0, len(changes), A_RECORD):
        some = changes[first : first + A_RECORD]
        before: dict[str, Any] = {}
        after: dict[str, Any] = {**from_where, "rows": len(some)}
        for change in some:
            field = "score_by_hand" if change.by_hand else "score"
            name = str(change.project.pk)
            before.setdefault(field, {})[name] = change.former
            after.setdefault(field, {})[name] = change.score
        record_on(by, Verb.PROJECT_PLACED, row, before, after, part=SCORES)


def _projects(
    row: Portfolio,
    plan: int,
    region: str,
    lines: list[PlanLine],
    scores: Scores,
) -> list[PortfolioProject]:
    money: dict[int, list[LineAmount]] = {line.pk: [] for line in lines}
    for first in range(0, len(lines), BATCH):
        numbers = [line.pk for line in lines[first : first + BATCH]]
        for one in LineAmount.objects.filter(line__in=numbers).order_by("year", "channel"):
            money[one.line_id].append(one)
    last = row.projects.order_by("-position").values_list("position", flat=True).first() or 0
    made: list[PortfolioProject] = []
    without = 0
    for line in lines:
        parts, begins = _parts(money[line.pk])
        if not parts:
            without += 1
            continue
        length = len(parts[0]["amounts"])
        latest = row.last_year - length + 1
        earliest = min(max(begins, row.first_year), max(latest, row.first_year))
        code = line.region_code or region
        known = scores.by_line.get(line.identity)
        made.append(
            PortfolioProject(
                portfolio=row,
                plan_id=plan,
                identity=line.identity,
                position=last + len(made) + 1,
                code=line.code,
                title=line.title,
                region_code=code,
                score=known or 0.0,
                score_source=scores.source if known is not None else "",
                parts=parts,
                total=sum(one.amount for one in money[line.pk]),
                earliest=earliest,
                latest=max(earliest, latest),
                regions={code: PPM},
            )
        )
    if without and not made:
        raise InvalidError({"": _("These lines have no amounts, so there is nothing to choose.")})
    return made


def _parts(amounts: list[LineAmount]) -> tuple[list[dict[str, Any]], int]:
    """Return a part for each channel, its amounts by year after the first with money, and that year."""
    paid = [one for one in amounts if one.amount]
    if not paid:
        return [], 0
    begins, ends = min(one.year for one in paid), max(one.year for one in paid)
    parts = []
    for channel in sorted({one.channel for one in paid}):
        by_year = [0] * (ends - begins + 1)
        for one in paid:
            if one.channel == channel:
                by_year[one.year - begins] += minor(one.amount)
        parts.append({"channels": [channel], "amounts": by_year})
    return parts, begins


@transaction.atomic
def remove_projects(by: Principal, pk: int, numbers: Iterable[int]) -> int:
    """Take projects out of a portfolio, with the rules that name them; return how many.

    Raises
    ------
    NotFoundError, ForbiddenError
    """
    row = held_portfolio(by, pk)
    return _take_out(by, row, seen_projects(by, row).filter(pk__in=list(numbers)))


@transaction.atomic
def remove_hidden_projects(by: Principal, pk: int, count: int) -> int:
    """Take out all projects of plans that one may not read, known by their number alone; return it.

    They stop every run of whoever may not read them, so who may edit may do without them.

    Raises
    ------
    NotFoundError, ForbiddenError
    InvalidError
        When there are not `count` of them, as somebody saw, but more or fewer by now.
    """
    row = held_portfolio(by, pk)
    rows = row.projects.exclude(pk__in=seen_projects(by, row).order_by().values("pk"))
    if rows.count() != count:
        told = _("There are %(count)s hidden projects by now. Look again before you take them out.")
        raise InvalidError({"": told % {"count": rows.count()}})
    return _take_out(by, row, rows)


def _take_out(by: Principal, row: Portfolio, rows: QuerySet[PortfolioProject]) -> int:
    count = rows.count()
    if count:
        row.rules.filter(members__project__in=rows).delete()
        rows.delete()
        touch(row)
        record_on(by, Verb.PROJECT_PLACED, row, before={"rows": count})
    return count


@transaction.atomic
def change_project(
    by: Principal,
    pk: int,
    number: int,
    details: ProjectDetails,
    *,
    revision: int | None = None,
) -> PortfolioProject:
    """Change score, years, channels and what was decided by hand; `revision` is that of the project.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError, ConflictError
    """
    row = held_portfolio(by, pk)
    one = seen_project(by, row, number)
    place = f"project:{one.pk}"
    expect_revision(row.KIND, row.pk, one.revision, revision, part=place)
    channels = list(reference.funding_channels())
    years = (row.first_year, row.last_year)
    faults = project_faults(details, years, length_of(one), channels)
    if len(details.channels) != len(one.parts):
        faults[""] = _("The costs of the project changed meanwhile. Open the page again.")
    refuse(faults)
    before = _written(one)
    if details.score != one.score:
        one.score_source = by.name[:200]
    one.score = min(details.score, MOST_SCORE)
    one.earliest, one.latest = details.earliest, details.latest
    one.decision = details.decision
    one.decided_year = details.decided_year if details.decision else None
    for part, named in zip(one.parts, details.channels, strict=True):
        part["channels"] = sorted(set(named))
    after = _written(one)
    if after != before:
        one.revision += 1
        one.save()
        touch(row)
        changed = [name for name in after if after[name] != before[name]]
        record_on(
            by,
            Verb.PROJECT_PLACED,
            row,
            {name: before[name] for name in changed},
            {name: after[name] for name in changed},
            part=place,
        )
    return one


def _written(one: PortfolioProject) -> dict[str, Any]:
    return {
        "score": one.score,
        "first_year": one.earliest,
        "last_year": one.latest,
        "decision": one.decision,
        "decided_year": one.decided_year,
        "funding_channel": [", ".join(part["channels"]) for part in one.parts],
    }
