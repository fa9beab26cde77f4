"""The board: points of all forums that somebody may read, as filters narrow them, with totals by status."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Max, Q, QuerySet

from sinergi.accounts.principal import Principal
from sinergi.forums.fates import Fate
from sinergi.forums.models import Addressee, Forum, Point
from sinergi.forums.queries.forums import forums
from sinergi.forums.queries.from_themes import made_of_themes
from sinergi.forums.queries.points import (
    SETTLED_VALUES,
    Shown,
    is_overdue,
    is_untouched,
    shown,
    with_names,
)
from sinergi.forums.queries.reading import concerning, readable
from sinergi.forums.queries.recurrence import alike

A_PAGE = 50
MOST_NAMES = 200
"""Addressees that are offered to choose from, those of most points first."""
MOST_NUMBERS = 20_000
"""Points that a query names one by one: databases take no more parameters."""
MOST_WORDS = 10
"""Words that a search asks for; further ones are passed over."""
FEW_NUMBERS = 1_000
"""Numbers that are named in every query of a page rather than looked up in it again."""
OLDEST = 36_500
"""Days that “no news for” may name."""
USUAL_SORT = "usia"
SORTS: dict[str, tuple[Any, ...]] = {
    "usia": ("touched", "pk"),
    "terbaru": ("-touched", "-pk"),
    "tinjau": (F("review").asc(nulls_last=True), "pk"),
    "nomor": (F("forum__begins").desc(nulls_first=True), "-forum", "number", "pk"),
}
"""What the address calls an order: longest without news first, latest news first, review day, number."""


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What narrows the board; the address of a page is one of these.

    Attributes
    ----------
    addressee
        Part of a name, as it was written or as the organisation is called now.
    theme
        Part of the title of a theme that points came from, also by way of points of lower forums.
    words
        Each stands in the title or the text.
    older
        Days without news, at least.
    recurring
        Only points that say the same as an earlier one.
    like
        Number of a point: only those that say the same, and it.
    ours
        Only sealed points that are addressed to, or owned by, organisations of the reader.
    """

    addressee: str = ""
    theme: str = ""
    words: str = ""
    affair: str = ""
    type: str = ""
    fates: tuple[str, ...] = ()
    forum: int | None = None
    kind: str = ""
    untouched: bool = False
    overdue: bool = False
    older: int | None = None
    recurring: bool = False
    like: int | None = None
    ours: bool = False
    sort: str = USUAL_SORT

    def but(self, **values: object) -> "Narrowed":
        """Return the same with other values."""
        return replace(self, **values)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Totals:
    """How many points there are: all, by status, settled, open, untouched since their review, overdue."""

    all: int
    by_fate: tuple[tuple[Fate, int], ...]
    settled: int
    open: int
    untouched: int
    overdue: int


class Board:
    """The board as somebody sees it on a day.

    Parameters
    ----------
    by
        Who reads: points that this one may not read are in no list and in no total.
    """

    def __init__(self, by: Principal, narrowed: Narrowed, today: date) -> None:
        self.by, self.narrowed, self.today = by, narrowed, today

    @cached_property
    def forums(self) -> dict[int, Forum]:
        """The forums that may be read or whose points may, by number, the latest first; one query."""
        rows = forums(self.by).select_related(None).order_by().values("pk")
        alone = concerning(self.by).values("forum")
        there = Forum.objects.filter(Q(pk__in=rows) | Q(pk__in=alone), deleted_at=None)
        return {one.pk: one for one in there.select_related("organisation")}

    @cached_property
    def _readable(self) -> QuerySet[Point]:
        """The points that may be read, as `queries.reading.readable`, of which every part of a page asks.

        Numbers are looked up once and named, as long as they are few.
        """
        there = list(forums(self.by).select_related(None).order_by().values_list("pk", flat=True))
        others = concerning(self.by).exclude(forum__in=there[:FEW_NUMBERS])
        alone = list(others.values_list("pk", flat=True)[: FEW_NUMBERS + 1])
        if len(there) + len(alone) > FEW_NUMBERS:
            return readable(self.by)
        rows = Point.objects.filter(struck_at=None).order_by()
        return rows.filter(Q(forum__in=there) | Q(pk__in=alone) if alone else Q(forum__in=there))

    @cached_property
    def points(self) -> QuerySet[Point]:
        """The points that the filters leave, in order."""
        rows = self._readable.filter(self._condition())
        return rows.order_by(*SORTS.get(self.narrowed.sort, SORTS[USUAL_SORT]))

    def numbers(self) -> "QuerySet[Point, int]":
        """Return the numbers of the points that the filters leave, in order."""
        return self.points.values_list("pk", flat=True)

    def page(self, number: str | None) -> "Page[int]":
        """Return one page of numbers; the totals say how many there are, so that they are counted once."""
        pages = Paginator(self.numbers(), A_PAGE)
        pages.__dict__["count"] = self.totals.all
        return pages.get_page(number)

    def rows(self, numbers: Sequence[int]) -> list[Shown]:
        """Return points as the board shows them, each with its forum; two queries, however many."""
        there = {one.pk: one for one in with_names(Point.objects.filter(pk__in=numbers))}
        for one in there.values():
            one.forum = self.forums[one.forum_id]
        return shown((there[one] for one in numbers if one in there), self.today)

    @cached_property
    def totals(self) -> Totals:
        """How many points the filters leave; one query."""
        rows = self._readable.filter(self._condition()).values("fate")
        counted = rows.annotate(
            n=Count("pk"),
            untouched=Count("pk", filter=is_untouched(self.today)),
            overdue=Count("pk", filter=is_overdue(self.today)),
        )
        found = {row["fate"]: row for row in counted}
        numbers = {fate: found[fate.value]["n"] for fate in Fate if fate.value in found}
        settled = sum(n for fate, n in numbers.items() if fate.value in SETTLED_VALUES)
        return Totals(
            all=sum(numbers.values()),
            by_fate=tuple(numbers.items()),
            settled=settled,
            open=sum(numbers.values()) - settled,
            untouched=sum(row["untouched"] for row in found.values()),
            overdue=sum(row["overdue"] for row in found.values()),
        )

    def worded(self) -> int:
        """Return how many of the points that the filters leave are known from publications; one query."""
        return self._readable.filter(self._condition()).exclude(source="").count()

    def last_news(self) -> date | None:
        """Return the last day of news of the points that the filters leave; one query."""
        rows = self._readable.filter(self._condition())
        last: date | None = rows.aggregate(last=Max("touched"))["last"]
        return last

    def addressees(self) -> list[str]:
        """Return the names that most points are addressed to, in order of the alphabet; one query."""
        rows = Addressee.objects.filter(point__in=self._readable.values("pk")).order_by()
        counted = rows.values("name").annotate(n=Count("pk")).order_by("-n", "name")
        return sorted(row["name"] for row in counted[:MOST_NAMES])

    def _condition(self) -> Q:
        wanted = self.narrowed
        condition = self._named(wanted)
        if wanted.fates:
            condition &= Q(fate__in=wanted.fates)
        if wanted.untouched:
            condition &= is_untouched(self.today)
        if wanted.overdue:
            condition &= is_overdue(self.today)
        if wanted.older is not None:
            condition &= Q(touched__lte=self.today - timedelta(days=wanted.older))
        if wanted.recurring:
            condition &= Q(pk__in=self._recurring)
        if wanted.ours:
            condition &= Q(pk__in=concerning(self.by).values("pk"))
        if wanted.like is not None:
            condition &= Q(pk__in=self._alike)
        return condition

    def _named(self, wanted: Narrowed) -> Q:
        condition = Q()
        if wanted.addressee:
            name = wanted.addressee
            named = Q(name__icontains=name) | Q(organisation__name__icontains=name)
            condition &= Q(pk__in=Addressee.objects.filter(named).order_by().values("point"))
        for word in wanted.words.split()[:MOST_WORDS]:
            condition &= Q(title__icontains=word) | Q(text__icontains=word)
        if wanted.theme:
            condition &= Q(pk__in=self._of_theme)
        for field, value in (
            ("affair", wanted.affair),
            ("type", wanted.type),
            ("forum", wanted.forum),
            ("forum__type", wanted.kind),
        ):
            if value:
                condition &= Q(**{field: value})
        return condition

    @cached_property
    def _of_theme(self) -> list[int]:
        return sorted(made_of_themes(self.by, self.narrowed.theme))[:MOST_NUMBERS]

    @cached_property
    def _numbers(self) -> set[int]:
        return set(self._readable.values_list("pk", flat=True))

    @cached_property
    def _recurring(self) -> list[int]:
        return alike().recurring(self._numbers)[:MOST_NUMBERS]

    @cached_property
    def _alike(self) -> list[int]:
        number = self.narrowed.like
        if number is None or number not in self._numbers:
            return []
        return [number, *(one for one in alike().pairs.get(number, ()) if one in self._numbers)]
