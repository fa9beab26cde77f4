"""What falls due in an agreement, and what is late in all that somebody may read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from sinergi.accounts.principal import Principal
from sinergi.accounts.vocabulary import Right
from sinergi.agreements import errors
from sinergi.agreements.fulfilment import OPEN, Standing, rest, standing
from sinergi.agreements.models import Agreement, Due, State
from sinergi.agreements.queries import reading

MINE, THEIRS = "saya", "kepada"
WITH = (
    "obligation__agreement__organisation",
    "obligation__debtor__organisation",
    "obligation__creditor__organisation",
)


@dataclass(frozen=True, slots=True)
class Line:
    """Something due as pages show it.

    Attributes
    ----------
    rest, rest_quantity
        What is still owed of it; `None` where it is not known in rupiah or as a quantity.
    """

    due: Due
    standing: Standing
    rest: Decimal | None
    rest_quantity: Decimal | None


@dataclass(frozen=True, slots=True)
class LateWanted:
    """Which late things are asked for.

    Attributes
    ----------
    whose
        `MINE`: owed by parties for which one acts; `THEIRS`: owed to them; empty: all.
    agreement
        Number of one agreement; `None`: all.
    """

    whose: str = ""
    agreement: int | None = None


@dataclass(frozen=True, slots=True)
class LateTally:
    """How much is late.

    Attributes
    ----------
    rupiah
        What is still to be paid, of those whose amount is known.
    """

    dues: int
    agreements: int
    rupiah: Decimal


def line(row: Due, today: date) -> Line:
    """Return something due with where it stands."""
    return Line(
        row,
        standing(row.state, row.on, row.done_on, today),
        rest(row.state, row.amount, row.done_amount),
        rest(row.state, row.quantity, row.done_quantity),
    )


def lines(rows: Iterable[Due], today: date) -> list[Line]:
    """Return what is due, each with where it stands."""
    return [line(one, today) for one in rows]


def dues_of(agreement: Agreement) -> QuerySet[Due]:
    """Return all that falls due in an agreement, in order, with what it belongs to and who owes it."""
    rows = Due.objects.filter(obligation__agreement=agreement, obligation__removed_at=None)
    return rows.select_related(
        "obligation__debtor", "obligation__creditor", "evidence", "confirmed_by"
    ).order_by("on", "obligation__number", "pk")


def due_of(agreement: Agreement, due_id: int) -> Due:
    """Return one thing that falls due in an agreement, its parties knowing the agreement.

    Raises
    ------
    NotFoundError
    """
    row = dues_of(agreement).filter(pk=due_id).first()
    if row is None:
        raise errors.not_found(_("What falls due"))
    obligation = row.obligation
    obligation.agreement = obligation.debtor.agreement = agreement
    if obligation.creditor is not None:
        obligation.creditor.agreement = agreement
    return row


def late(by: Principal, today: date, wanted: LateWanted | None = None) -> QuerySet[Due]:
    """Return what is late in agreements that somebody may read, the longest late first.

    Agreements that were refused or withdrawn owe nothing; of those that ended, what survives is late, too.
    """
    wanted = wanted or LateWanted()
    told = reading.agreements(by).exclude(state__in=(State.REFUSED, State.WITHDRAWN))
    if wanted.agreement is not None:
        told = told.filter(pk=wanted.agreement)
    rows = Due.objects.filter(
        state__in=OPEN,
        on__lt=today,
        obligation__removed_at=None,
        obligation__agreement__in=told.order_by().values("pk"),
    )
    if wanted.whose and not by.operator:
        rows = rows.filter(_of_mine(by, "debtor" if wanted.whose == MINE else "creditor"))
    return rows.select_related(*WITH).order_by("on", "pk")


def _of_mine(by: Principal, side: str) -> Q:
    """Return what picks parties for which somebody acts: his own, and those without people that he keeps."""
    mine = by.organisations(Right.EDIT)
    kept = Q(
        **{
            f"obligation__{side}__isnull": False,
            f"obligation__{side}__organisation": None,
            "obligation__agreement__organisation__in": mine,
        }
    )
    return Q(**{f"obligation__{side}__organisation__in": mine}) | kept


def late_tally(rows: QuerySet[Due]) -> LateTally:
    """Return how much is late; one question."""
    plain = rows.select_related(None).order_by()
    found = plain.aggregate(
        dues=Count("pk"),
        agreements=Count("obligation__agreement", distinct=True),
        owed=Sum("amount"),
        done=Sum("done_amount", filter=Q(amount__isnull=False)),
    )
    # More than was due can have been paid, with a note; what is open then is told as nothing.
    owed = Decimal(found["owed"] or 0) - Decimal(found["done"] or 0)
    return LateTally(found["dues"], found["agreements"], max(Decimal(0), owed))


def late_agreements(by: Principal, today: date, most: int = 200) -> list[tuple[int, str]]:
    """Return number and title of the agreements in which something is late, by title."""
    rows = reading.agreements(by).exclude(state__in=(State.REFUSED, State.WITHDRAWN))
    rows = rows.filter(first_open_due__lt=today).order_by("title", "pk")
    return list(rows.values_list("pk", "title")[:most])


def next_dues(agreement: Agreement, today: date, most: int = 3) -> list[Due]:
    """Return what falls due next, from a day on."""
    return list(dues_of(agreement).filter(state__in=OPEN, on__gte=today)[:most])


def late_by_party(agreement: Agreement, today: date) -> list[tuple[str, int]]:
    """Return who owes something late and how many, the most first."""
    rows = Due.objects.filter(
        obligation__agreement=agreement, obligation__removed_at=None, state__in=OPEN, on__lt=today
    )
    named = rows.order_by().values(name=F("obligation__debtor__name"))
    counted = named.annotate(n=Count("pk")).order_by("-n", "name")
    return [(one["name"], one["n"]) for one in counted]
