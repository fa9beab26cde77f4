"""Reads of joint objects: who pays, who holds, and which payer has no line for it."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from sinergi.accounts.models import Kept
from sinergi.accounts.principal import Principal
from sinergi.accounts.vocabulary import Right
from sinergi.programs import errors
from sinergi.programs.joint import JointDetails, ShareDetails, dues
from sinergi.programs.models import (
    JointObject,
    JointShare,
    LineAmount,
    PlanLine,
    PlanVersion,
    VersionState,
)
from sinergi.programs.queries.plans import versions
from sinergi.reference import queries as reference

OFFERED = 8
WORD = re.compile(r"\w+")
LEAST_WORD = 3
"""Letters from which on a word of a title tells one object from another."""


class Standing(StrEnum):
    """How far the line of a payer carries its share."""

    ENOUGH = "enough"
    LESS = "less"
    NO_LINE = "no_line"
    """Its plan for the year is readable here, and no line of it is linked or names the object."""
    NOT_LINKED = "not_linked"
    """No line is linked; whether there is one was not, or could not be, looked for to the end."""
    NO_PLAN = "no_plan"
    """No line is linked, and no current plan of it for the year is readable here."""
    NOT_CURRENT = "not_current"
    """The line is in no current version any more."""
    UNSEEN = "unseen"
    """A line is named that the reader may not see, or that is not there any more."""
    HOLDS = "holds"
    """It does not pay."""


@dataclass(frozen=True, slots=True)
class ShareSeen:
    """A share as somebody sees it.

    Attributes
    ----------
    due
        Rupiah in the year.
    planned
        Rupiah that its line has in the year; None where no line is seen.
    """

    share: JointShare
    due: Decimal
    standing: Standing
    line: PlanLine | None = None
    planned: Decimal | None = None


def joints(by: Principal) -> QuerySet[JointObject]:
    """Return the joint objects that somebody may read and that are not put away."""
    rows: Any = JointObject.objects.filter(deleted_at=None).readable_by(by)
    found: QuerySet[JointObject] = rows.select_related("organisation").prefetch_related("shares")
    return found


def money_put_away(by: Principal, model: type[Kept]) -> QuerySet[Any]:
    """Return the transfers or joint objects that were put away and that somebody may restore."""
    rows: QuerySet[Any] = model.objects.exclude(deleted_at=None).select_related("organisation")
    rows = rows.order_by("-deleted_at", "-pk")
    return rows if by.operator else rows.filter(organisation__in=by.organisations(Right.REMOVE))


def joint(by: Principal, number: int) -> JointObject:
    """Return one joint object.

    Raises
    ------
    UnseenError
    """
    found = joints(by).filter(pk=number).first()
    if found is None:
        raise errors.not_found(_("The joint object"))
    return found


def details_of(row: JointObject) -> JointDetails:
    """Return what a person wrote about a joint object."""
    return JointDetails(
        row.title,
        row.year,
        row.object_code,
        row.region_code,
        row.total,
        row.measure,
        row.source,
        row.note,
        tuple(
            ShareDetails(one.region_code, one.pays, one.holds, one.amount, one.parts, one.identity)
            for one in row.shares.all()
        ),
    )


def plan_of_line(by: Principal, identity: UUID) -> int | None:
    """Return the number of the plan of a line that somebody may read; None otherwise."""
    found = PlanLine.objects.filter(identity=identity, version__in=_versions(by))
    return found.values_list("version__plan", flat=True).first()


def _versions(by: Principal) -> "QuerySet[PlanVersion, int]":
    return versions(by).values_list("pk", flat=True)


def shares_seen(by: Principal, row: JointObject) -> list[ShareSeen]:
    """Return who pays and who holds, with the lines that the reader may see; a few queries."""
    shares = list(row.shares.all())
    owed = dues(row.total, details_of(row).shares)
    lines = _lines(by, {one.identity for one in shares if one.identity})
    planned = _planned([line.pk for line in lines.values()], row.year)
    unlinked = standings_unlinked(by, row)
    return [
        ShareSeen(share, due, unlinked[share.region_code])
        if share.region_code in unlinked
        else _seen(share, due, lines.get(share.identity) if share.identity else None, planned)
        for share, due in zip(shares, owed, strict=True)
    ]


def _lines(by: Principal, identities: set[UUID]) -> dict[UUID, PlanLine]:
    """Return identity to the line of the current version, else of the newest one that may be seen."""
    rows = PlanLine.objects.filter(identity__in=identities, version__in=_versions(by))
    rows = rows.select_related("version__plan")
    found: dict[UUID, PlanLine] = {}
    for row in sorted(rows, key=lambda one: (_is_current(one), one.version.number)):
        found[row.identity] = row
    return found


def _is_current(line: PlanLine) -> bool:
    return line.version.state == VersionState.CURRENT


def _planned(lines: list[int], year: int) -> dict[int, Decimal]:
    found: dict[int, Decimal] = dict.fromkeys(lines, Decimal(0))
    for one in LineAmount.objects.filter(line__in=lines, year=year):
        found[one.line_id] += one.amount
    return found


def _seen(
    share: JointShare, due: Decimal, line: PlanLine | None, planned: dict[int, Decimal]
) -> ShareSeen:
    if not share.pays:
        return ShareSeen(share, due, Standing.HOLDS, line)
    if line is None:
        return ShareSeen(share, due, Standing.UNSEEN)
    there = planned[line.pk]
    if not _is_current(line):
        return ShareSeen(share, due, Standing.NOT_CURRENT, line, there)
    standing = Standing.ENOUGH if there >= due else Standing.LESS
    return ShareSeen(share, due, standing, line, there)


def unlinked(row: JointObject) -> list[str]:
    """Return the payers of whom no line is linked."""
    return [one.region_code for one in row.shares.all() if one.pays and one.identity is None]


def standings_unlinked(by: Principal, row: JointObject) -> dict[str, Standing]:
    """Return payer without a linked line to what may be said of its line; at most four queries.

    That a line is missing is said only where the plan of the payer can be read here and looked through: lines
    name the object by its code or, else, by the words of its title.
    """
    payers = unlinked(row)
    if not payers:
        return {}
    plans = versions(by).filter(
        state=VersionState.CURRENT,
        plan__region_code__in=payers,
        plan__first_year__lte=row.year,
        plan__last_year__gte=row.year,
    )
    here = set(plans.values_list("plan__region_code", flat=True))
    found = _named_by_code(by, row) | _named_alike(by, row, sorted(here))
    return {
        one: Standing.NO_PLAN
        if one not in here
        else (Standing.NOT_LINKED if one in found or not row.object_code else Standing.NO_LINE)
        for one in payers
    }


def _named_alike(by: Principal, row: JointObject, payers: list[str]) -> set[str]:
    """Return the payers a line of whose current plan for the year has a word of the object's name."""
    known = reference.catalogue().get(row.object_code)
    told = f"{row.title} {known.name_id if known else ''}"
    words = {one for one in WORD.findall(told.casefold()) if len(one) >= LEAST_WORD}
    if not (payers and words):
        return set()
    alike = reduce(or_, (Q(title__icontains=one) for one in words))
    rows = _current_lines(by, row, payers).filter(alike)
    return set(rows.order_by().values_list("version__plan__region_code", flat=True).distinct())


def offered_lines(by: Principal, row: JointObject) -> dict[str, list[PlanLine]]:
    """Return government to current lines that name the same object, for payers without a line; one query."""
    lacking = unlinked(row)
    if not row.object_code or not lacking:
        return {}
    turn = Window(
        RowNumber(),
        partition_by=F("version__plan__region_code"),
        order_by=("version", "position"),
    )
    rows = _current_lines(by, row, lacking).filter(object_code=row.object_code)
    rows = rows.annotate(turn=turn).filter(turn__lte=OFFERED)
    found: dict[str, list[PlanLine]] = {}
    for line in rows.select_related("version__plan").order_by("version", "position"):
        found.setdefault(line.version.plan.region_code, []).append(line)
    return found


def _named_by_code(by: Principal, row: JointObject) -> set[str]:
    """Return the payers without a linked line a line of whose current plan has the code of the object."""
    if not row.object_code:
        return set()
    rows = _current_lines(by, row, unlinked(row)).filter(object_code=row.object_code)
    return set(rows.order_by().values_list("version__plan__region_code", flat=True).distinct())


def _current_lines(by: Principal, row: JointObject, payers: list[str]) -> QuerySet[PlanLine]:
    """Return the lines of payers' current plans for the year of a joint object."""
    return PlanLine.objects.filter(
        version__in=_versions(by),
        version__state=VersionState.CURRENT,
        version__plan__region_code__in=payers,
        first_year__lte=row.year,
        last_year__gte=row.year,
    )
