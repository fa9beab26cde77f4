"""Values of a criterion from evidence: each origin gives numbers, where each is from, and what lacks."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from sinergi.accounts.principal import Principal
from sinergi.analysis.scores import weighted_score
from sinergi.evidence import queries as evidence
from sinergi.opportunities.lists.queries import lists
from sinergi.opportunities.models import EntryMember
from sinergi.opportunities.queries import ground
from sinergi.programs.models import Criterion, Origin, PlanLine, Ranking, VersionState
from sinergi.programs.priority.rows import Row, as_organisation
from sinergi.programs.queries.plans import plans
from sinergi.reference import queries as reference

Floats = NDArray[np.float64]
FLAGS = {1: "official", 2: "estimate", 3: "imputed", 4: "default"}
STEPS = {"absent": 0.0, "under_way": 50.0, "ready": 100.0}
FEWEST_ALIKE = 3
"""Lines of one unit, below which a cost per result is compared with nothing."""


@dataclass(frozen=True, slots=True)
class Told:
    """Where one value comes from, for people.

    Attributes
    ----------
    flag
        official, estimate, imputed, default, computed, or person.
    note
        In the language of the page.
    """

    what: str
    period: str = ""
    source: str = ""
    flag: str = "computed"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """Values (n,) of one criterion, NaN where nothing is known, and what is told of each.

    Attributes
    ----------
    lacks
        Why a value is missing, for people.
    partly
        Whether something that this reader may not read was left out: others may see other values.
    """

    values: Floats
    told: Callable[[int], Told | None]
    lacks: Callable[[int], str]
    partly: bool = False


def _nothing(rows: Sequence[Row], lacks: str) -> Column:
    return Column(np.full(len(rows), np.nan), lambda row: None, lambda row: lacks)


def column(by: Principal, criterion: Criterion, ranking: Ranking, rows: Sequence[Row]) -> Column:
    """Return what evidence says by a criterion; people's values are laid over it by the caller."""
    if criterion.origin == Origin.INDICATOR:
        return indicator(criterion.indicator, rows)
    if criterion.origin == Origin.MENTIONS:
        return mentions(by, ranking, rows)
    of_lines = {
        Origin.POPULATION.value: population,
        Origin.NEED.value: need,
        Origin.READINESS.value: readiness,
        Origin.COST.value: cost,
    }
    if criterion.origin in of_lines:
        return of_lines[criterion.origin](rows)
    return _nothing(rows, _("nobody has said it yet"))


def indicator(code: str, rows: Sequence[Row]) -> Column:
    """Return the latest value of an indicator in the region of each line."""
    info = evidence.indicator_catalogue().get(code)
    if info is None:
        return _nothing(rows, _("there is no such indicator any more"))
    table = reference.region_table()
    found = evidence.readings([code], table)
    at = np.array([table.position.get(row.region, -1) for row in rows], dtype=np.int64)
    values = np.where(at >= 0, found.values[at, 0], np.nan) if len(at) else np.zeros(0)
    name = info.name(get_language() or "id")

    def told(row: int) -> Told | None:
        if not np.isfinite(values[row]):
            return None
        label = found.source(int(at[row]), 0)
        return Told(
            what=name,
            period=str(found.periods[at[row], 0]),
            source=label.name if label else info.source,
            flag=FLAGS.get(int(found.flags[at[row], 0]), "computed"),
            note=_where(rows[row]),
        )

    return Column(values, told, lambda row: _no_value(rows[row]))


def _region_name(row: Row) -> str:
    table = reference.region_table()
    return table.names[table.position[row.region]] if row.region in table.position else row.region


def _where(row: Row) -> str:
    told = _("of %(region)s") if row.own_region else _("of %(region)s: the line names no place")
    return told % {"region": _region_name(row)}


def _no_value(row: Row) -> str:
    if not row.region:
        return _("the line and its plan name no region")
    return _("the evidence has no value for %(region)s") % {"region": _region_name(row)}


def population(rows: Sequence[Row]) -> Column:
    """Return the registered residents of the region of each line: all of it, whom the line reaches or not."""
    table = reference.region_table()
    at = [table.position.get(row.region, -1) for row in rows]
    values = np.array([table.population[one] if one >= 0 else np.nan for one in at])
    values = np.where(values > 0, values, np.nan)

    def told(row: int) -> Told | None:
        if not np.isfinite(values[row]):
            return None
        return Told(
            what=_("Residents of the whole region, not only those whom the work reaches"),
            period=table.population_date,
            source=_("country pack"),
            flag="estimate",
            note=_where(rows[row]),
        )

    return Column(values, told, lambda row: _no_value(rows[row]))


def need(rows: Sequence[Row]) -> Column:
    """Return the need (0-100) of the region for the cooperation object of the line, where it names one."""
    values, covered = np.full(len(rows), np.nan), np.zeros(len(rows))
    if not any(row.object_code for row in rows):
        return _nothing(rows, _("the line names no cooperation object"))
    base = ground()
    scores = {}
    for code in {row.object_code for row in rows} & base.sides.keys():
        side = base.sides[code]["need"]
        if side.uses:
            scores[code] = weighted_score(side.normalised, np.array([u.weight for u in side.uses]))
    for number, row in enumerate(rows):
        at = base.position.get(row.region)
        if row.object_code in scores and at is not None:
            values[number] = scores[row.object_code].score[at] * 100
            covered[number] = scores[row.object_code].coverage[at]

    def told(row: int) -> Told | None:
        if not np.isfinite(values[row]):
            return None
        item = base.objects[rows[row].object_code]
        share = _("%(share)s%% of its indicators are known") % {"share": round(covered[row] * 100)}
        return Told(
            what=_("Need for %(object)s") % {"object": item.name(get_language() or "id")},
            period=base.as_of,
            source=_("map of opportunities"),
            note=f"{_where(rows[row])} · {share}",
        )

    return Column(values, told, lambda row: _no_need(rows[row], set(scores)))


def _no_need(row: Row, known: set[str]) -> str:
    if not row.object_code:
        return _("the line names no cooperation object")
    one = reference.catalogue().get(row.object_code)
    if one is None or row.object_code in known:
        return _no_value(row)
    language = get_language() or "id"
    lacks = one.lacks_id if language == "id" else one.lacks_en
    told = _("the map knows no need for “%(object)s” (it lacks: %(lacks)s)")
    if not lacks:
        told = _("the map knows no need for “%(object)s”")
    return told % {"object": one.name(language), "lacks": lacks}


def readiness(rows: Sequence[Row]) -> Column:
    """Return how ready land, design and permits are: 0 not there, 50 under way, 100 ready; the mean.

    What is not needed is left out; what is not known is left out too, and the note says so.
    """
    values, unknown = np.full(len(rows), np.nan), np.zeros(len(rows), dtype=int)
    for number, row in enumerate(rows):
        steps = [STEPS[one] for one in row.readiness if one in STEPS]
        unknown[number] = sum(not one for one in row.readiness)
        if steps:
            values[number] = sum(steps) / len(steps)
        elif not unknown[number]:
            values[number] = 100.0

    def told(row: int) -> Told | None:
        if not np.isfinite(values[row]):
            return None
        note = _("the steps 0, 50 and 100 are a default of ours")
        if unknown[row]:
            note += " · " + _("%(count)s of 3 not known") % {"count": int(unknown[row])}
        return Told(
            what=_("Land, design and permits of the line"),
            source=rows[row].plan_title,
            flag="default",
            note=note,
        )

    return Column(values, told, lambda row: _("the line says nothing of land, design and permits"))


def _rupiah(amount: float) -> str:
    return number_format(round(amount), decimal_pos=0, use_l10n=True, force_grouping=True)


def cost(rows: Sequence[Row]) -> Column:
    """Return total per unit of target over the median of the lines with the same unit; 1 is usual.

    Missing where there is no target or money, or fewer than `FEWEST_ALIKE` lines have the unit. Only lines
    that the reader may read are compared: a median would tell what hidden ones cost.
    """
    each = np.full(len(rows), np.nan)
    alike: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        if row.visible and row.unit and row.target and row.target > 0 and row.total > 0:
            each[number] = float(row.total / row.target)
            alike[row.unit].append(number)
    values, medians = np.full(len(rows), np.nan), {}
    for unit, members in alike.items():
        if len(members) >= FEWEST_ALIKE:
            medians[unit] = float(np.median(each[members]))
            values[members] = each[members] / medians[unit]

    def told(row: int) -> Told | None:
        if not np.isfinite(values[row]):
            return None
        unit = rows[row].unit
        note = _("Rp %(each)s per %(unit)s; median of %(count)s lines: Rp %(median)s") % {
            "each": _rupiah(each[row]),
            "unit": unit,
            "count": len(alike[unit]),
            "median": _rupiah(medians[unit]),
        }
        return Told(what=_("Money per unit of target"), source=rows[row].plan_title, note=note)

    def lacks(row: int) -> str:
        return _no_cost(rows[row], np.isfinite(each[row]))

    return Column(values, told, lacks, partly=not all(row.visible for row in rows))


def _no_cost(row: Row, alone: np.bool_) -> str:
    if alone:
        told = _("fewer than %(least)s lines that you may read have a target in “%(unit)s”")
        return told % {"least": FEWEST_ALIKE, "unit": row.unit}
    if not row.unit or not row.target:
        return _("the line has no target with a unit")
    return _("the line has no amount")


def mentions(by: Principal, ranking: Ranking, rows: Sequence[Row]) -> Column:
    """Return in how many other plans and priority lists the same work or object is, in the same region.

    Work is the same with the same activity code; counted is what both the ranking's organisation and the
    reader may read.
    """
    reader = as_organisation(ranking)
    seen = plans(by).select_related(None).order_by().values("pk")
    by_code: dict[tuple[str, str], set[int]] = defaultdict(set)
    codes = sorted({row.code for row in rows if row.code})
    readable = plans(reader).select_related(None).order_by().values("pk")
    hidden = readable.exclude(pk__in=seen).exists()
    for start in range(0, len(codes), 500):
        found = PlanLine.objects.filter(
            version__state=VersionState.CURRENT,
            version__plan__in=readable.filter(pk__in=seen),
            code__in=codes[start : start + 500],
        )
        told = found.order_by().values_list(
            "code", "region_code", "version__plan__region_code", "version__plan"
        )
        for code, own, of_plan, plan in told.distinct():
            by_code[code, (own or of_plan)[:5]].add(plan)
    listed = _listed(by, reader, {row.object_code for row in rows if row.object_code})
    values = np.full(len(rows), np.nan)
    for number, row in enumerate(rows):
        if row.code or row.object_code:
            others = by_code.get((row.code, row.region), set()) - {row.plan} if row.code else set()
            values[number] = len(others) + listed[row.object_code, row.region]

    def told_of(row: int) -> Told | None:
        if not np.isfinite(values[row]):
            return None
        note = _("same activity code, or same object on a priority list, in the same region")
        return Told(what=_("Other plans and lists that hold it"), source=_("plans"), note=note)

    return Column(
        values,
        told_of,
        lambda row: _("the line has neither an activity code nor a cooperation object"),
        partly=hidden,
    )


def _listed(by: Principal, reader: Principal, objects: set[str]) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    if objects:
        own = lists(by).order_by().values("pk")
        numbers = lists(reader).filter(pk__in=own).order_by().values("pk")
        members = EntryMember.objects.filter(
            entry__deleted_at=None, entry__priority_list__in=numbers, entry__object_code__in=objects
        )
        pairs = members.order_by().values_list(
            "entry__object_code", "region_code", "entry__priority_list"
        )
        found.update((code, region) for code, region, _list in pairs.distinct())
    return found
