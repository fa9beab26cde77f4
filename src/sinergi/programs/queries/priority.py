"""Reads of rankings: which there are, the values they compare, the weights of people, and what follows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

import numpy as np
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from sinergi.accounts.principal import Principal
from sinergi.accounts.vocabulary import Right
from sinergi.analysis import priority as methods
from sinergi.programs import errors
from sinergi.programs.models import (
    Alternative,
    Criterion,
    CriterionValue,
    Plan,
    PlanLine,
    Ranking,
    VersionState,
    Weighting,
)
from sinergi.programs.naming import names_told
from sinergi.programs.priority.columns import Column, Told, column
from sinergi.programs.priority.defaults import shown
from sinergi.programs.priority.rows import Row, as_organisation, compared
from sinergi.programs.queries.plans import plans

Floats = NDArray[np.float64]
EVERYBODY, EVEN = "", "sama"


def rankings(by: Principal) -> QuerySet[Ranking]:
    """Return the rankings that somebody may read, with the number of their lines and criteria."""
    rows = Ranking.objects.filter(deleted_at=None).readable_by(by).select_related("organisation")
    counted = rows.annotate(
        size=Count("alternatives", distinct=True), breadth=Count("criteria", distinct=True)
    )
    return counted.order_by("-updated", "-pk")


def rankings_put_away(by: Principal) -> QuerySet[Ranking]:
    """Return the rankings that were put away and that somebody may restore."""
    rows = Ranking.objects.exclude(deleted_at=None).select_related("organisation")
    return rows if by.operator else rows.filter(organisation__in=by.organisations(Right.REMOVE))


def ranking(by: Principal, pk: int) -> Ranking:
    """Return one ranking.

    Raises
    ------
    UnseenError
    """
    found = rankings(by).filter(pk=pk).first()
    if found is None:
        raise errors.not_found(_("The ranking"))
    return found


def criteria_shown(one: Ranking) -> list[Criterion]:
    """Return the criteria in their order and in the words of the reader; they are not to be saved."""
    return list(map(shown, one.criteria.all()))


def criterion(one: Ranking, pk: int) -> Criterion:
    """Return one criterion of a ranking.

    Raises
    ------
    UnseenError
    """
    found = one.criteria.filter(pk=pk).first()
    if found is None:
        raise errors.not_found(_("The criterion"))
    return found


def plans_compared(one: Ranking) -> set[int]:
    """Return the plans whose lines a ranking compares: those that its organisation may read."""
    return set(plans(as_organisation(one)).values_list("pk", flat=True))


class LeftOut(NamedTuple):
    """Lines of a ranking that are not compared.

    Attributes
    ----------
    unread
        Of plans that its organisation may not read.
    plans
        Those of them that the reader may read.
    gone
        No longer in the current version of their plan, or of a plan that was put away.
    """

    unread: int
    plans: list[Plan]
    gone: int


def left_out(by: Principal, one: Ranking, compared: int) -> LeftOut:
    """Return which lines are not compared and why, from the number of those that are."""
    rows = one.alternatives.all()
    every = rows.count()
    if every == compared:
        return LeftOut(0, [], 0)
    closed = rows.filter(plan__deleted_at=None).exclude(plan__in=plans_compared(one))
    unread = closed.count()
    told = plans(by).filter(pk__in=closed.values("plan")).order_by("title", "pk")
    return LeftOut(unread, list(told), every - compared - unread)


@dataclass(frozen=True)
class Compared:
    """What is compared by what.

    Attributes
    ----------
    values
        (n, p) as in `analysis.priority.Table`.
    said
        What people said, by (row, column).
    """

    ranking: Ranking
    rows: list[Row]
    criteria: list[Criterion]
    columns: list[Column]
    values: Floats
    said: dict[tuple[int, int], CriterionValue]
    named: bool
    """Whether the reader is told who said what."""

    def told(self, row: int, column: int) -> Told | None:
        """Return where a value comes from; None where there is none."""
        mine = self.said.get((row, column))
        if mine is None:
            return self.columns[column].told(row)
        who = mine.person.name if mine.person else _("operator or a person who left")
        who = who if self.named else _("a person of the ranking")
        words = [mine.get_degree_display()] if mine.degree else []
        note = " · ".join([*words, mine.note] if mine.note else words)
        return Told(what=who, period=f"{mine.updated:%Y-%m-%d}", flag="person", note=note)

    def lacks(self, row: int, column: int) -> str:
        """Return why a value is missing."""
        return self.columns[column].lacks(row)

    @property
    def partly(self) -> list[Criterion]:
        """Criteria from which this reader may see other values than somebody who may read other plans."""
        pairs = zip(self.criteria, self.columns, strict=True)
        return [each for each, column in pairs if column.partly]


def comparison(by: Principal, one: Ranking) -> Compared:
    """Return lines, criteria and values; the number of queries does not grow with the lines."""
    rows = compared(by, one)
    criteria = criteria_shown(one)
    columns = [column(by, each, one, rows) for each in criteria]
    values = np.full((len(rows), len(criteria)), np.nan)
    for c, each in enumerate(columns):
        values[:, c] = each.values
    at_row = {row.number: r for r, row in enumerate(rows)}
    at_column = {each.pk: c for c, each in enumerate(criteria)}
    said = {}
    found = CriterionValue.objects.filter(criterion__ranking=one).select_related("person")
    for each_value in found:
        r, c = at_row.get(each_value.alternative_id), at_column[each_value.criterion_id]
        if r is not None:
            said[r, c] = each_value
            values[r, c] = each_value.value
    return Compared(one, rows, criteria, columns, values, said, names_told(by, one))


@dataclass(frozen=True)
class Weights:
    """Whose weights count.

    Attributes
    ----------
    weights
        (p,) sum 1.
    people
        (m, p) of those who weighed all criteria that there are now; empty when nobody has.
    names
        Of those people.
    group
        Their spread; None when nobody has.
    stale
        Names of people who weighed other criteria: they do not count until they weigh again.
    """

    weights: Floats
    people: Floats
    names: tuple[str, ...]
    group: methods.GroupWeights | None
    stale: tuple[str, ...]
    by_default: bool


def weights_of(one: Ranking, criteria: Sequence[Criterion], whose: str = EVERYBODY) -> Weights:
    """Return the weights of everybody who weighed, of one person (`whose` is the place), or even ones."""
    codes = [each.code for each in criteria]
    rows = list(Weighting.objects.filter(ranking=one).select_related("person").order_by("pk"))
    fresh = [row for row in rows if set(row.weights) == set(codes)]
    stale = tuple(row.person.name for row in rows if row not in fresh)
    names = tuple(row.person.name for row in fresh)
    each = np.array([[row.weights[code] for code in codes] for row in fresh]).reshape(
        len(fresh), len(codes)
    )
    together = methods.group(each) if fresh and codes else None
    even = methods.equal(max(len(codes), 1))[: len(codes)]
    places = [str(n) for n, row in enumerate(rows, 1) if row in fresh]
    chosen = [n for n, place in enumerate(places) if place == whose]
    if chosen:
        return Weights(each[chosen[0]], each[chosen], names, together, stale, by_default=False)
    if whose == EVEN or together is None:
        return Weights(even, each[:0], names, together, stale, by_default=together is None)
    return Weights(together.weights, each, names, together, stale, by_default=False)


def as_method(each: Criterion) -> methods.Criterion:
    """Return a criterion as `analysis` takes it."""

    def number(value: float | None) -> float:
        return float("nan") if value is None else value

    return methods.Criterion(
        code=each.code,
        rises=each.rises,
        scale=each.scale,
        low=number(each.low),
        high=number(each.high),
        target=number(each.target),
        shape=each.shape,
        indifference=number(each.indifference),
        preference=number(each.preference),
        veto=number(each.veto),
    )


def outcome(found: Compared, weights: Weights) -> methods.Outcome | None:
    """Return the ranks and how firm they are; None where there is nothing to compare."""
    if not found.rows or not found.criteria:
        return None
    criteria = tuple(as_method(each) for each in found.criteria)
    return methods.prioritise(
        methods.table(found.values, criteria, weights.weights),
        weights.people if len(weights.people) else None,
        least_coverage=found.ranking.least_coverage,
        top=found.ranking.top,
    )


class LineScore(NamedTuple):
    """Score of a line in a ranking, in [0, 1], with the interval that what is missing leaves open."""

    plan: int
    identity: UUID
    score: float
    low: float
    high: float
    coverage: float
    rank: int | None
    """None where too little is known for a rank."""


def scores(by: Principal, ranking_id: int) -> list[LineScore]:
    """Return the scores by the weighted sum of the lines that somebody may read, for other rooms.

    Raises
    ------
    UnseenError
    """
    found = comparison(by, ranking(by, ranking_id))
    answer = outcome(found, weights_of(found.ranking, found.criteria))
    if answer is None:
        return []
    main, rank = answer.scores["wsm"], answer.ranks["wsm"]
    return [
        LineScore(
            row.plan,
            row.identity,
            float(main.score[r]),
            float(main.low[r]),
            float(main.high[r]),
            float(answer.coverage[r]),
            int(rank[r]) if np.isfinite(rank[r]) else None,
        )
        for r, row in enumerate(found.rows)
        if row.visible
    ]


def candidates(by: Principal, plan_id: int, words: str = "", code: str = "") -> QuerySet[PlanLine]:
    """Return lines of the current version of a plan that somebody may read, by words and code."""
    readable = plans(by).filter(pk=plan_id).select_related(None).order_by().values("pk")
    rows = PlanLine.objects.filter(
        version__plan__in=readable, version__state=VersionState.CURRENT, is_transfer=False
    )
    for word in words.split()[:8]:
        rows = rows.filter(title__icontains=word)
    if code:
        rows = rows.filter(code__startswith=code)
    return rows.select_related("version__plan").order_by("position", "pk")


def chosen(one: Ranking, plan_id: int) -> set[UUID]:
    """Return the identities of a plan's lines that are in the ranking."""
    rows = Alternative.objects.filter(ranking=one, plan=plan_id)
    return set(rows.values_list("identity", flat=True))
