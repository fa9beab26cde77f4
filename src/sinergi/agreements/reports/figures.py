"""What a report on agreements tells of a period: tables that are the same in Word and in Excel."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sinergi.accounts.principal import Principal
from sinergi.accounts.rules import OBJECT_HISTORY, may
from sinergi.agreements import evaluating
from sinergi.agreements.models import (
    Agreement,
    Bill,
    BillState,
    Change,
    Due,
    DueState,
    Evaluation,
    ObligationKind,
)
from sinergi.agreements.queries.register import OPEN, SOON, Line, lines
from sinergi.agreements.register_words import family_name, left_told, stage_name, state_name
from sinergi.agreements.reports.periods import Period
from sinergi.reference import moments
from sinergi.reference import queries as reference
from sinergi.reference.rupiah import rupiah

A_TIME = 2_000


@dataclass(frozen=True, slots=True)
class Section:
    """A table of a report; without rows it says that there is none."""

    heading: str
    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Report:
    """A report in the language of the page.

    Attributes
    ----------
    made
        When and from what it was made, in words.
    """

    title: str
    subject: str
    period: str
    made: str
    sections: tuple[Section, ...]


def report(
    subject: str, numbers: Sequence[int], period: Period, today: date, by: Principal
) -> Report:
    """Return what is known of agreements in a period to a reader who may see all of them.

    What one party judged alone is told to those only who may see the history of the agreement.

    Parameters
    ----------
    numbers
        Of the agreements, in the order in which they are told.
    """
    found: list[Line] = []
    for start in range(0, len(numbers), A_TIME):
        part = numbers[start : start + A_TIME]
        there = Agreement.objects.select_related("organisation").in_bulk(part)
        found += lines([there[one] for one in part if one in there], today)
    made = _("Made on %(day)s from what is recorded in Sinergi.") % {"day": moments.day(today)}
    return Report(
        _("REPORT ON COOPERATION"),
        subject,
        f"{period.label} ({moments.days(period.first, period.last)})",
        made,
        (
            _register(found),
            _kept(found, period, today),
            _money(found, period),
            _changes(found, period),
            _evaluations(found, period, by),
            _ending(found, today),
        ),
    )


def _names(found: Iterable[Line]) -> dict[int, str]:
    return {one.agreement.pk: str(one.agreement) for one in found}


def _parts(numbers: Iterable[int]) -> list[list[int]]:
    every = list(numbers)
    return [every[start : start + A_TIME] for start in range(0, len(every), A_TIME)]


def _register(found: Sequence[Line]) -> Section:
    rows: list[tuple[Any, ...]] = [
        (one.agreement.number, one.agreement.title, family_name(one.agreement.family),
         "; ".join(one.parties), stage_name(one.agreement.stage), state_name(one.state),
         one.agreement.begins, one.agreement.ends)
        for one in found
    ]  # fmt: skip
    columns = (
        _("Number"), _("Title of the agreement"), pgettext("of agreements", "Family"), _("Parties"),
        _("Stage"), _("State"), _("First day"), _("Last day"),
    )  # fmt: skip
    return Section(_("Register and stages"), columns, rows)


def _kept(found: Sequence[Line], period: Period, today: date) -> Section:
    names, rows = _names(found), []
    in_time = Q(state=DueState.FULFILLED, done_on__lte=F("on"))
    for part in _parts(names):
        due = Due.objects.filter(
            obligation__agreement__in=part,
            obligation__removed_at=None,
            on__range=(period.first, period.last),
        )
        told = due.order_by().values("obligation__agreement").annotate(
            all=Count("pk"),
            in_time=Count("pk", filter=in_time),
            done=Count("pk", filter=Q(state=DueState.FULFILLED)),
            late=Count("pk", filter=Q(state__in=OPEN, on__lt=today)),
            waived=Count("pk", filter=Q(state=DueState.WAIVED)),
        )  # fmt: skip
        rows += [
            (names[one["obligation__agreement"]], one["all"], one["in_time"],
             one["done"] - one["in_time"], one["late"], one["waived"])
            for one in told
        ]  # fmt: skip
    columns = (
        _("Agreement"), _("Fell due"), _("Fulfilled in time"), _("Fulfilled later"),
        _("Late and open"), _("Waived"),
    )  # fmt: skip
    return Section(_("Obligations kept and late"), columns, sorted(rows))


def _money(found: Sequence[Line], period: Period) -> Section:
    names = _names(found)
    sums: dict[int, list[Decimal]] = {}
    for part in _parts(names):
        due = Due.objects.filter(
            obligation__agreement__in=part,
            obligation__removed_at=None,
            obligation__kind=ObligationKind.MONEY,
            on__range=(period.first, period.last),
        ).exclude(state=DueState.WAIVED)
        _add(sums, due, "obligation__agreement", (0, "amount"), (1, "done_amount"))
        bills = Bill.objects.filter(
            service__agreement__in=part, month__range=(period.first, period.last)
        ).filter(state__in=(BillState.ISSUED, BillState.PAID))
        _add(sums, bills, "service__agreement", (2, "amount"), (3, "paid_amount"))
    rows: list[tuple[Any, ...]] = [(names[one], *told) for one, told in sums.items()]
    columns = (
        _("Agreement"), _("Fell due (Rp)"), _("Fulfilled (Rp)"), _("Billed (Rp)"), _("Bills paid (Rp)"),
    )  # fmt: skip
    return Section(_("Money"), columns, sorted(rows))


def _add(sums: dict[int, list[Decimal]], rows: Any, by: str, *fields: tuple[int, str]) -> None:
    """Add the sums of fields to the places of each agreement."""
    wanted = {f"sum_{name}": Sum(name) for _place, name in fields}
    for one in rows.order_by().values(by).annotate(**wanted):
        told = sums.setdefault(one[by], [Decimal(0)] * 4)
        for place, name in fields:
            told[place] += _rupiah(one[f"sum_{name}"])


def _rupiah(value: Any) -> Decimal:
    if value is None:
        return Decimal(0)
    return value if isinstance(value, Decimal) else rupiah(value)


def _changes(found: Sequence[Line], period: Period) -> Section:
    names, rows = _names(found), []
    for part in _parts(names):
        told = Change.objects.filter(agreement__in=part, on__range=(period.first, period.last))
        rows += [
            (names[one.agreement_id], str(one.get_kind_display()), one.title, one.on, one.effective,
             str(one.get_state_display()))
            for one in told.order_by("agreement", "on", "pk")
        ]  # fmt: skip
    columns = (
        _("Agreement"), _("Kind"), _("What changes"), pgettext("day", "Cause"), _("Holds from"), _("State"),
    )  # fmt: skip
    return Section(_("Changes"), columns, rows)


def _evaluations(found: Sequence[Line], period: Period, by: Principal) -> Section:
    names, rows = _names(found), []
    inside = {one.agreement.pk for one in found if may(by, OBJECT_HISTORY, one.agreement)}
    questions = reference.agreement_terms("evaluation_question")
    for part in _parts(names):
        told = Evaluation.objects.filter(
            Q(party=None) | Q(agreement__in=inside.intersection(part)),
            agreement__in=part,
            last__range=(period.first, period.last),
        ).select_related("party")
        for one in told.order_by("agreement", "last", "pk"):
            sums = evaluating.summary(one.answers, questions)
            mean = None if sums.mean is None else round(float(sums.mean), 1)
            who = one.party.name if one.party else _("all parties together")
            answered = f"{sums.graded}/{sums.asked}"
            verdict = str(one.get_verdict_display())
            rows.append((names[one.agreement_id], who, answered, mean, verdict, one.reason))
    columns = (
        _("Agreement"), _("Who judges"), _("Answered"), _("Mean grade"), _("Decision"), _("Why"),
    )  # fmt: skip
    return Section(_("Evaluation"), columns, rows)


def _ending(found: Sequence[Line], today: date) -> Section:
    until = today + timedelta(days=SOON)
    soon = [
        one for one in found
        if one.left is not None and one.agreement.ends is not None and one.agreement.ends <= until
    ]  # fmt: skip
    soon.sort(key=lambda one: (one.agreement.ends or today, one.agreement.pk))
    rows = [(str(one.agreement), one.agreement.ends, left_told(one)) for one in soon]
    heading = _("Ending within %(days)s days or past their end") % {"days": SOON}
    return Section(heading, (_("Agreement"), _("Last day"), _("Left")), rows)
