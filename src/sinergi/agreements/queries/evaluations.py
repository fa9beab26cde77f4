"""Evaluations of an agreement, and the facts beside them: what was kept or late, what was measured."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from sinergi.agreements.models import Agreement, Due, DueState, Evaluation, Measure, Reading

OPEN = (DueState.OPEN, DueState.PARTLY)


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of all that fell due in a span of days.

    Attributes
    ----------
    in_time, afterwards
        Fulfilled by its day, and after it or on a day that is not known.
    late
        Open although its day is past.
    coming
        Open, its day still to come.
    """

    in_time: int = 0
    afterwards: int = 0
    late: int = 0
    coming: int = 0
    waived: int = 0

    @property
    def all(self) -> int:
        """How many there are."""
        return self.in_time + self.afterwards + self.late + self.coming + self.waived


@dataclass(frozen=True, slots=True)
class Read:
    """An indicator with its last reading in a span of days, if there is one."""

    measure: Measure
    reading: Reading | None


def evaluations_of(row: Agreement) -> list[Evaluation]:
    """Return the evaluations of an agreement, the latest first."""
    return list(Evaluation.objects.filter(agreement=row).select_related("party"))


def before(one: Evaluation) -> Evaluation | None:
    """Return the evaluation before one, by the same party or by all as it was."""
    rows = Evaluation.objects.filter(agreement=one.agreement_id, party=one.party_id)
    return rows.filter(last__lt=one.last).exclude(pk=one.pk).order_by("-last", "-pk").first()


def latest(row: Agreement, party: int | None, last: date) -> Evaluation | None:
    """Return the last evaluation by a party, or by all, that ends before a day."""
    rows = Evaluation.objects.filter(agreement=row, party=party, last__lt=last)
    return rows.order_by("-last", "-pk").first()


def kept(row: Agreement, first: date, last: date, today: date) -> Kept:
    """Return what became of all that fell due in a span of days; five counts in one question each."""
    rows = Due.objects.filter(
        obligation__agreement=row, obligation__removed_at=None, on__range=(first, last)
    )
    done = rows.filter(state=DueState.FULFILLED)
    in_time = done.filter(done_on__lte=F("on")).count()
    return Kept(
        in_time,
        done.count() - in_time,
        rows.filter(state__in=OPEN, on__lt=today).count(),
        rows.filter(state__in=OPEN, on__gte=today).count(),
        rows.filter(state=DueState.WAIVED).count(),
    )


def read(row: Agreement, first: date, last: date) -> list[Read]:
    """Return the indicators of an agreement with their last readings in a span of days."""
    readings: dict[int, Reading] = {}
    within = Q(measure__agreement=row, on__range=(first, last))
    for one in Reading.objects.filter(within).order_by("on"):
        readings[one.measure_id] = one
    return [Read(one, readings.get(one.pk)) for one in Measure.objects.filter(agreement=row)]
