"""Schedules in words: how often something falls due, and what is wrong with what was typed, by field."""

from collections.abc import Callable

from django.utils.dates import MONTHS as MONTH_NAMES
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from sinergi.agreements.schedules import Kind, Partial, Schedule, ScheduleError, When
from sinergi.programs.templatetags.programs import exact
from sinergi.reference.moments import day as day_text

KINDS = (
    (Kind.NEVER.value, gettext_lazy("no day: it holds all the time")),
    (Kind.ONCE.value, gettext_lazy("once, on one day")),
    (Kind.MONTHLY.value, gettext_lazy("every month")),
    (Kind.QUARTERLY.value, gettext_lazy("every quarter")),
    (Kind.SEMESTER.value, gettext_lazy("every half-year")),
    (Kind.YEARLY.value, gettext_lazy("every year")),
    (Kind.SEASONAL.value, gettext_lazy("in some months of each year")),
)
WHENS = (
    (When.END.value, gettext_lazy("in its last month")),
    (When.ADVANCE.value, gettext_lazy("in its first month")),
    (When.AFTER.value, gettext_lazy("in the month after it")),
)
PARTIALS = (
    (Partial.PRORATED.value, gettext_lazy("by its days")),
    (Partial.FULL.value, gettext_lazy("in full")),
)
FIELDS = {"kind": "every"}
"""Fields of forms that are called otherwise than in a schedule."""
OF_ONE_MONTH = (Kind.MONTHLY, Kind.SEASONAL)
LAST_OF_MONTH = 31


def fault_of(error: ScheduleError) -> dict[str, str]:
    """Return what is wrong with a schedule, by field of the form."""
    return {FIELDS.get(error.field, error.field): fault_text(error.code)}


def fault_text(code: str) -> str:
    """Return what the code of a `ScheduleError` means, and what to write."""
    return _days_text(code) or {
        "unreadable": _("What is kept of these dates cannot be read. Write them anew."),
        "too_many": _("More than 1,200 dates, or more than 150 years. Choose longer intervals."),
        "no_day_of_month": _("Write a day of the month from 1 to 31; 31 is always the last one."),
        "no_month": _("Write a month from 1 to 12."),
        "no_months": _("Tick the months in which it falls due."),
        "growth": _("Write more than -100 and at most 1,000 percent a year."),
        "two_ways": _("Write a yearly growth or a series, not both."),
        "index": _("Each year needs a value above zero."),
        "no_base": _("Say of which year the amount is."),
        "base_not_in_index": _("The series lacks the year of the amount."),
        "spread_and_index": _("An amount parted among all dates does not grow as well."),
        "rounding": _("Choose one of the list."),
    }.get(code, _("This schedule cannot be meant."))


def _days_text(code: str) -> str:
    return {
        "no_beginning": _(
            "The agreement has no first day yet. Write it there, or give a first day here."
        ),
        "no_end": _("The agreement has no last day yet. Write it there, or give a last day here."),
        "out_of_order": _("It would end before it begins, or lies outside the agreement."),
        "no_day": _("Write the day on which it falls due."),
        "before_beginning": _("This day lies before the agreement begins."),
        "after_end": _("This day lies after the agreement ends."),
    }.get(code, "")


def in_words(schedule: Schedule) -> str:
    """Return a schedule for the screen, such as “every month, on day 10”."""
    if schedule.kind is Kind.NEVER:
        told = [pgettext("schedule", "no day")]
    elif schedule.kind is Kind.ONCE:
        told = [_("once, on %(day)s") % {"day": day_text(schedule.on)}]
    else:
        told = [one for tell in OF_INTERVALS if (one := tell(schedule))]
    return ", ".join([*told, *_amount_words(schedule)])


def _how_often(schedule: Schedule) -> str:
    if schedule.kind is Kind.SEASONAL:
        months = ", ".join(str(MONTH_NAMES[one]) for one in sorted(set(schedule.months)))
        return _("every year in %(months)s") % {"months": months}
    return str(dict(KINDS)[schedule.kind.value])


def _day_words(schedule: Schedule) -> str:
    if schedule.kind is Kind.YEARLY and schedule.month and schedule.when is not When.AFTER:
        month = str(MONTH_NAMES[schedule.month])
        if schedule.day == LAST_OF_MONTH:
            return _("on the last day of %(month)s") % {"month": month}
        return _("on %(day)s %(month)s") % {"day": schedule.day, "month": month}
    if schedule.day == LAST_OF_MONTH:
        return _("on the last day of the month")
    return _("on day %(day)s of the month") % {"day": schedule.day}


def _when_words(schedule: Schedule) -> str:
    if schedule.when is When.AFTER:
        return str(dict(WHENS)[When.AFTER.value])
    if schedule.kind in OF_ONE_MONTH or (schedule.kind is Kind.YEARLY and schedule.month):
        return ""
    return str(dict(WHENS)[schedule.when.value])


def _since_words(schedule: Schedule) -> str:
    told = []
    if schedule.first is not None:
        told.append(_("from %(day)s on") % {"day": day_text(schedule.first)})
    if schedule.last is not None:
        told.append(_("until %(day)s") % {"day": day_text(schedule.last)})
    if schedule.since is not None:
        told.append(_("taken over on %(day)s") % {"day": day_text(schedule.since)})
    return ", ".join(told)


def _cut_words(schedule: Schedule) -> str:
    return _("cut spans in full") if schedule.partial is Partial.FULL else ""


OF_INTERVALS: tuple[Callable[[Schedule], str], ...] = (
    _how_often,
    _day_words,
    _when_words,
    _since_words,
    _cut_words,
)


def _amount_words(schedule: Schedule) -> list[str]:
    told = []
    if schedule.per_unit:
        told.append(_("by quantity and tariff"))
    if schedule.spread:
        told.append(_("the amount parted among all dates"))
    year = schedule.base_year
    if schedule.growth is not None:
        values = {"percent": exact(schedule.growth), "year": year}
        told.append(_("growing by %(percent)s%% a year from %(year)s on") % values)
    if schedule.index:
        told.append(_("by a series of years (amount of %(year)s)") % {"year": year})
    if schedule.rounding != 1:
        told.append(_("rounded to Rp %(step)s") % {"step": schedule.rounding})
    return told
