"""Two versions of a plan side by side: lines that came, went, or changed, by their identities."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, FloatField, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce

from sinergi.programs.models import LineAmount, PlanLine, PlanVersion
from sinergi.programs.queries.totals import sum_of
from sinergi.programs.rules import TEXTS

QUIET = frozenset({"place_certainty", "external_id"})
"""Differences of these alone are none that a reader looks for."""
NULLABLE = ("lat", "lon", "target")
ABSENT = Value(-1e9)
"""Stands for what is not known where two are compared; no place and no target has it."""
COMPARED = (*(name for name in TEXTS if name not in QUIET), "total")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions of a plan.

    Attributes
    ----------
    added, gone
        Lines that only the later, only the earlier one has.
    changed
        Lines of the later one that differ from those of the earlier one in any compared field.
    """

    earlier: PlanVersion
    later: PlanVersion
    added: QuerySet[PlanLine]
    gone: QuerySet[PlanLine]
    changed: QuerySet[PlanLine]
    total_earlier: Decimal
    total_later: Decimal

    @property
    def difference(self) -> Decimal:
        """How much more the later one comes to."""
        return self.total_later - self.total_earlier


def compare(earlier: PlanVersion, later: PlanVersion) -> Comparison:
    """Return two versions of one plan side by side; the database compares, however many lines there are."""
    old = PlanLine.objects.filter(version=earlier)
    new = PlanLine.objects.filter(version=later)
    same = {"identity": OuterRef("identity")}
    known = old.filter(**same)
    told = known.annotate(
        **{f"told_{name}": Coalesce(Cast(F(name), FloatField()), ABSENT) for name in NULLABLE}
    )
    differs = Q()
    for name in COMPARED:
        here = (
            Coalesce(Cast(OuterRef(name), FloatField()), ABSENT)
            if name in NULLABLE
            else OuterRef(name)
        )
        differs |= ~Q(**{f"told_{name}" if name in NULLABLE else name: here})
    otherwise = Exists(told.filter(differs)) | (Exists(known) & Exists(_spread_otherwise(earlier)))
    return Comparison(
        earlier,
        later,
        added=new.filter(~Exists(old.filter(**same))).order_by("position"),
        gone=old.filter(~Exists(new.filter(**same))).order_by("position"),
        changed=new.filter(otherwise).order_by("position"),
        total_earlier=sum_of(old),
        total_later=sum_of(new),
    )


def _spread_otherwise(earlier: PlanVersion) -> QuerySet[LineAmount]:
    """Return the amounts of a line that it has not so in an earlier version: other years, channels."""
    before = LineAmount.objects.filter(
        line__version=earlier,
        line__identity=OuterRef(OuterRef("identity")),
        **{name: OuterRef(name) for name in ("year", "channel", "amount")},
    )
    return LineAmount.objects.filter(~Exists(before), line=OuterRef("pk"))


def differences(
    earlier: PlanVersion, lines: list[PlanLine]
) -> dict[int, list[tuple[str, Any, Any]]]:
    """Return line number to the fields that changed since an earlier version: field, before, after."""
    there = {
        row.identity: row
        for row in PlanLine.objects.filter(
            version=earlier, identity__in=[one.identity for one in lines]
        )
    }
    found: dict[int, list[tuple[str, Any, Any]]] = {}
    for line in lines:
        old = there.get(line.identity)
        if old is not None:
            pairs = ((name, getattr(old, name), getattr(line, name)) for name in COMPARED)
            found[line.pk] = [one for one in pairs if one[1] != one[2]]
    return found
