"""Lines of a version: one of them, those that filters leave, one through the versions of its plan."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from sinergi.accounts.principal import Principal
from sinergi.accounts.texts import printable, small_number
from sinergi.programs import errors
from sinergi.programs.models import (
    LineAmount,
    Plan,
    PlanLine,
    PlanVersion,
    Readiness,
    VersionState,
)
from sinergi.programs.queries.plans import versions

MOST_WORDS = 8
MOST_CHARACTERS = 160
ANY = "ada"
"""Of remarks: any at all."""
NO_CHANNEL = "-"
"""Of channels: amounts whose channel is not stated."""
READY, NOT_READY, UNKNOWN = "siap", "belum", "tidak-diketahui"


@dataclass(frozen=True, slots=True)
class LineFilter:
    """What is asked of lines, as the address says it; empty: everything.

    Attributes
    ----------
    words
        Every word stands in title, activity, place, agency or output.
    code
        The beginning of an activity code.
    program
        Part of the name of the programme or activity that it stands under.
    year
        The line runs in this year.
    readiness
        `siap`: land, design and permits are ready or not needed; `belum`: one is not there;
        `tidak-diketahui`: one is not known.
    remark
        Code of a remark, or `ada` for any.
    """

    words: str = ""
    code: str = ""
    agency: str = ""
    region: str = ""
    year: int | None = None
    channel: str = ""
    readiness: str = ""
    remark: str = ""
    program: str = ""

    @property
    def pairs(self) -> dict[str, Any]:
        """What is asked, by the keys of an address."""
        told = {name: getattr(self, field) for field, name in KEYS.items()}
        return {name: value for name, value in told.items() if value}

    @property
    def query(self) -> str:
        """The same as the query of an address."""
        return urlencode(self.pairs)

    @property
    def active(self) -> bool:
        """Whether anything is asked."""
        return bool(self.query)


KEYS = {
    "words": "kata",
    "code": "kode",
    "agency": "perangkat",
    "region": "wilayah",
    "year": "tahun",
    "channel": "sumber",
    "readiness": "kesiapan",
    "remark": "catatan",
    "program": "program",
}
"""Field of a filter to its key in an address."""


def filter_of(values: Mapping[str, str]) -> LineFilter:
    """Return the filter that an address holds; what cannot be is left out."""
    told = {
        field: printable(values.get(name, ""))[:MOST_CHARACTERS]
        for field, name in KEYS.items()
        if field != "year"
    }
    return LineFilter(**told, year=small_number(values.get(KEYS["year"], ""), 4))


def lines(version: PlanVersion, wanted: LineFilter | None = None) -> QuerySet[PlanLine]:
    """Return the lines of a version in the order of its document, as far as a filter leaves them."""
    rows = PlanLine.objects.filter(version=version).order_by("position", "pk")
    if wanted is None or not wanted.active:
        return rows
    for word in wanted.words.split()[:MOST_WORDS]:
        rows = rows.filter(_holds(word))
    if wanted.code:
        rows = rows.filter(code__startswith=wanted.code)
    if wanted.agency:
        rows = rows.filter(agency__icontains=wanted.agency)
    if wanted.region:
        rows = rows.filter(_region(wanted.region, version.plan))
    if wanted.year is not None:
        rows = rows.filter(first_year__lte=wanted.year, last_year__gte=wanted.year)
    if wanted.channel:
        channel = "" if wanted.channel == NO_CHANNEL else wanted.channel
        paid = LineAmount.objects.filter(line=OuterRef("pk"), channel=channel)
        rows = rows.filter(Exists(paid))
    rows = rows.filter(_above(wanted.program), _readiness(wanted.readiness))
    if wanted.remark == ANY:
        return rows.exclude(remarks=[])
    if wanted.remark:
        rows = rows.annotate(told=Cast("remarks", TextField()))
        return rows.filter(told__contains=f'"{wanted.remark}"')
    return rows


def _holds(word: str) -> Q:
    wanted = Q()
    for name in ("title", "activity", "place", "agency", "output"):
        wanted |= Q(**{f"{name}__icontains": word})
    return wanted


def _above(words: str) -> Q:
    """Return the condition that a programme or activity of this name stands above a line."""
    if not words:
        return Q()
    return Q(program_name__icontains=words) | Q(activity_name__icontains=words)


def _region(code: str, plan: Plan) -> Q:
    """Return the condition that a line lies in a region; without one of its own it lies in the plan's."""
    wanted = Q(region_code=code) | Q(region_code__startswith=f"{code}.")
    if plan.region_code == code or plan.region_code.startswith(f"{code}."):
        wanted |= Q(region_code="")
    return wanted


def _readiness(asked: str) -> Q:
    names = ("land", "design", "permits")
    if asked == READY:
        done = (Readiness.READY, Readiness.NOT_NEEDED)
        return Q(**{f"{name}__in": done for name in names})
    found = {NOT_READY: Readiness.ABSENT, UNKNOWN: Readiness.UNKNOWN}.get(asked)
    if found is None:
        return Q()
    wanted = Q()
    for name in names:
        wanted |= Q(**{name: found})
    return wanted


def shown_version(by: Principal, plan: Plan) -> PlanVersion | None:
    """Return the version that the page of a plan shows: the current one, otherwise the newest readable."""
    rows = list(versions(by).filter(plan=plan).order_by("-number")[:200])
    current = [row for row in rows if row.state == VersionState.CURRENT]
    usable = [row for row in rows if row.state != VersionState.UNDONE]
    return next(iter(current or usable or rows), None)


def line_of(by: Principal, plan: Plan, identity: UUID, number: int | None = None) -> PlanLine:
    """Return a line of a plan by its identity, with version and plan.

    Parameters
    ----------
    number
        Of the version; without one: of the current version, otherwise of the newest that has it.

    Raises
    ------
    UnseenError
    """
    rows = PlanLine.objects.filter(identity=identity, version__in=_numbers(by, plan))
    rows = rows.select_related("version__plan__organisation")
    if number is not None:
        rows = rows.filter(version__number=number)
    found = sorted(
        rows, key=lambda row: (row.version.state == VersionState.CURRENT, row.version.number)
    )
    if not found:
        raise errors.not_found(_("The line"))
    return found[-1]


def through_versions(by: Principal, line: PlanLine) -> list[PlanLine]:
    """Return a line as it stands in each version that somebody may read, the newest first."""
    plan = line.version.plan
    rows = PlanLine.objects.filter(identity=line.identity, version__in=_numbers(by, plan))
    return list(rows.select_related("version").order_by("-version__number"))


def _numbers(by: Principal, plan: Plan) -> "QuerySet[PlanVersion, Any]":
    return versions(by).filter(plan=plan).select_related(None).order_by().values("pk")
