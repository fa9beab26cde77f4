"""Alarms in words: what threatens, and what would help."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sinergi.agreements.alarms import QUESTIONS, Kind
from sinergi.programs.templatetags.programs import rupiah

TITLES = {
    Kind.NO_TARIFF: gettext_lazy("The service runs without a tariff"),
    Kind.NO_BASIS: gettext_lazy("The tariff has no legal basis: nothing can be billed"),
    Kind.NO_BUDGET: gettext_lazy("The payer has no budget line"),
    Kind.BUDGET_SHORT: gettext_lazy("The budget line is too small"),
    Kind.BUDGET_UNKNOWN: gettext_lazy("Is there money in the budget?"),
    Kind.UNPAID: gettext_lazy("A bill is not paid"),
    Kind.OVER_QUOTA: gettext_lazy("More came than the quota allows"),
    Kind.IDLE: gettext_lazy("The facility takes in far less than it was built for"),
    Kind.VOLUME_UNKNOWN: gettext_lazy("What came in is not recorded"),
    Kind.PAST_ITS_END: gettext_lazy("Its last day is over, and nothing follows it"),
    Kind.NOTHING_DONE: gettext_lazy("Nothing has been done since it was signed"),
    Kind.ENDING: gettext_lazy("It ends soon, and nobody has begun to say what follows"),
    Kind.WORDS_ONLY: gettext_lazy(
        "An obligation has words only: nobody can say whether it is kept"
    ),
    Kind.LATE: gettext_lazy("An obligation is late"),
    Kind.LEFT_OPEN: gettext_lazy("A party left and still owes something"),
}
REMEDIES = {
    Kind.NO_TARIFF: gettext_lazy("Agree on a tariff, or write that it is free."),
    Kind.NO_BASIS: gettext_lazy(
        "The provider needs a regulation (Perda or Perkada); write it down with the tariff."
    ),
    Kind.NO_BUDGET: gettext_lazy("Put a line into the change of the budget, or the next budget."),
    Kind.BUDGET_SHORT: gettext_lazy("Raise the line, or agree on a smaller quota."),
    Kind.BUDGET_UNKNOWN: gettext_lazy("The payer writes its line, or that it has none."),
    Kind.UNPAID: gettext_lazy("Ask the payer; record the payment once it came."),
    Kind.OVER_QUOTA: gettext_lazy("Agree on another quota, or bring less."),
    Kind.IDLE: gettext_lazy("Look for more members, or for another use."),
    Kind.VOLUME_UNKNOWN: gettext_lazy("Record the volumes of the month; bills are made of them."),
    Kind.PAST_ITS_END: gettext_lazy("Renew it, or record its ending."),
    Kind.NOTHING_DONE: gettext_lazy("Agree on quantity, price and who does what; write it down."),
    Kind.ENDING: gettext_lazy("Evaluate it, then propose to extend, renew or end it."),
    Kind.WORDS_ONLY: gettext_lazy("Agree on a quantity, an amount or a day, and write it down."),
    Kind.LATE: gettext_lazy("Ask the party; record what was done, or waive it with a reason."),
    Kind.LEFT_OPEN: gettext_lazy("Record what was paid and done, or waive it with a reason."),
}


def title(kind: str) -> str:
    """Return what threatens, in a few words."""
    return str(TITLES[Kind(kind)]) if kind in TITLES else kind


def remedy(kind: str) -> str:
    """Return what would help."""
    return str(REMEDIES[Kind(kind)]) if kind in REMEDIES else ""


def is_question(kind: str) -> bool:
    """Whether it asks for an answer and claims nothing."""
    return kind in QUESTIONS


def text(kind: str, told: Mapping[str, Any]) -> str:
    """Return what is known of a threat: its figures and days; empty where there are none."""
    values = {name: _shown(name, value) for name, value in told.items()}
    texts = {
        Kind.NO_TARIFF: _("It has been running since %(since)s."),
        Kind.NO_BASIS: _("%(amount)s for a unit is agreed from %(since)s on."),
        Kind.BUDGET_SHORT: _("%(year)s: less than the %(expected)s expected."),
        Kind.UNPAID: _("%(amount)s was due on %(due)s."),
        Kind.OVER_QUOTA: _("%(month)s: %(flow)s a day, quota %(quota)s a day."),
        Kind.IDLE: _("%(month)s: %(flow)s a day of %(capacity)s a day."),
        Kind.VOLUME_UNKNOWN: _("Month: %(month)s."),
        Kind.PAST_ITS_END: _("Its last day was %(ends)s."),
        Kind.NOTHING_DONE: _("Signed on %(signed)s."),
        Kind.ENDING: _("Its last day is %(ends)s."),
        Kind.WORDS_ONLY: _("Obligation %(number)s."),
        Kind.LATE: _("Obligation %(number)s: something has been due since %(due)s."),
        Kind.LEFT_OPEN: _("It left on %(left)s."),
    }
    if kind == Kind.LEFT_OPEN and "amount" in values:
        return _("It left on %(left)s; %(amount)s of its bills are open.") % values
    if kind == Kind.UNPAID and "whole" in values:
        return _("%(amount)s of %(whole)s is open; it was due on %(due)s.") % values
    if kind in (Kind.NO_BUDGET, Kind.BUDGET_UNKNOWN):
        known = "expected" in values
        chosen = _("%(year)s: %(expected)s expected.") if known else _("Budget of %(year)s.")
        return chosen % values
    found = texts.get(Kind(kind)) if kind in TITLES else None
    try:
        return found % values if found else ""
    except KeyError:
        return ""


def _shown(name: str, value: Any) -> str:
    """Return a value as people read it."""
    if name in {"amount", "expected", "whole"}:
        return rupiah(_decimal(value))
    if name in {"flow", "quota", "capacity"}:
        return number_format(_decimal(value).normalize(), use_l10n=True, force_grouping=True)
    if name in {"since", "due", "ends", "signed", "left"}:
        return date_format(_day(value), "j F Y")
    return date_format(_day(value), "F Y") if name == "month" else str(value)


def _decimal(value: Any) -> Decimal:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return Decimal(0)


def _day(value: Any) -> date:
    return date.fromisoformat(str(value))
