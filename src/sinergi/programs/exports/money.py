"""The ledger as CSV or Excel: totals of a cut, entries, transfers, and the plans that count."""

from functools import cache
from typing import Any

import polars as pl
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sinergi.accounts.actions.owned import record_on
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.models import Visibility
from sinergi.accounts.principal import Principal
from sinergi.analysis.ledger import Twice
from sinergi.opportunities.exports.writing import Sheet
from sinergi.programs import money_words as words
from sinergi.programs.exports.funding import CONTENT_TYPES, written
from sinergi.programs.queries.money import Drawn, line_names
from sinergi.programs.queries.money_cuts import Cut, cut_out, edges_of, sums, twice_of
from sinergi.reference.rupiah import rupiah

__all__ = ["CONTENT_TYPES", "export_ledger", "ledger_sheets"]


def ledger_sheets(drawn: Drawn, cut: Cut, by: str) -> list[Sheet]:
    """Return the sheets: totals by a column, entries, transfers, plans."""
    table = cut_out(drawn, cut)
    totals: list[tuple[Any, ...]] = [
        (str(key[0]), words.value(by, key[0]), rupiah(units)) for key, units in sums(table, [by])
    ]
    totals.append(("", _whole(table), rupiah(int(table["amount"].sum()))))
    heads = (_("Code"), str(words.BY[by]), _("Amount (Rp)"))
    sheets = [
        Sheet(_("Totals"), heads, totals),
        _entries(drawn, table),
        _transfers(drawn, cut),
        _plans(drawn),
    ]
    return [*sheets, _twice(again)] if (again := twice_of(drawn, cut)) else sheets


def _whole(table: pl.DataFrame) -> str:
    """Return the name of a sum with the years that it adds up."""
    years = table["year"].unique().sort().to_list()
    if not years:
        return _("Total")
    return _("Total of %(years)s") % {"years": ", ".join(map(str, years))}


def _entries(drawn: Drawn, table: pl.DataFrame) -> Sheet:
    columns = (
        _("Source"), _("How it is known"), _("Holder"), pgettext("of money", "Use"),
        _("Affair"), _("Place of use"),
        _("Channel"), _("Year"), _("Amount (Rp)"),
    )  # fmt: skip
    names = line_names(drawn, table["row"].unique().to_list())
    source, region = cache(words.source), cache(words.region)
    affair, value = cache(words.affair), cache(words.value)
    order = (
        "source",
        "certainty",
        "holder",
        "row",
        "planned",
        "affair",
        "region",
        "channel",
        "year",
        "amount",
    )
    rows = [
        (
            source(giver), value("certainty", certainty), region(holder),
            names[row][0] if planned and row in names else affair("?"),
            affair(use), region(place) if place else "",
            value("channel", channel), year, rupiah(units),
        )
        for giver, certainty, holder, row, planned, use, place, channel, year, units in table.select(
            order
        ).iter_rows()
    ]  # fmt: skip
    return Sheet(_("Entries"), columns, rows)


def _transfers(drawn: Drawn, cut: Cut) -> Sheet:
    columns = (
        _("From"), _("To"), _("Year"), _("Channel"), _("Amount (Rp)"), _("Planned by the receiver (Rp)"),
        _("Assumed (Rp)"), _("Not yet planned (Rp)"), _("Recorded by hand"),
    )  # fmt: skip
    rows = [
        (
            words.region(one.giver), words.region(one.receiver), one.year,
            words.value("channel", one.channel), rupiah(one.amount), rupiah(one.matched),
            rupiah(one.assumed), rupiah(one.unplanned), _("yes") if one.recorded else _("no"),
        )
        for one in edges_of(drawn, cut)
    ]  # fmt: skip
    return Sheet(_("Transfers"), columns, rows)


def _twice(again: tuple[Twice, ...]) -> Sheet:
    """Return what is outside the budgets of receivers and left out: another plan tells it already."""
    columns = (
        _("Source"), _("Government"), _("Place of use"), _("Channel"), _("Year"), _("Amount (Rp)"),
    )  # fmt: skip
    rows = [
        (
            words.region(one.giver), words.region(one.holder) if one.holder else _("Recorded by hand"),
            words.region(one.region), words.value("channel", one.channel), one.year,
            rupiah(one.amount),
        )
        for one in again
    ]  # fmt: skip
    return Sheet(_("Named twice, left out"), columns, rows)


def _plans(drawn: Drawn) -> Sheet:
    columns = (_("Plan"), _("Government"), _("Year"), _("Counts"), _("Why"))
    rows = [
        (
            drawn.versions[one.offer.plan].plan.title, words.region(one.offer.government),
            one.offer.year, _("yes") if one.counts else _("no"), str(words.WHY[one.why]),
        )
        for one in drawn.choices
    ]  # fmt: skip
    return Sheet(_("Plans"), columns, rows)


@transaction.atomic
def export_ledger(by: Principal, drawn: Drawn, cut: Cut, column: str, kind: str) -> bytes:
    """Return a ledger as a file (CSV: its totals); that private plans left in it is recorded on each."""
    content = written(ledger_sheets(drawn, cut, column), kind)
    counted = {one.offer.plan for one in drawn.choices if one.counts}
    for number in sorted(counted):
        plan = drawn.versions[number].plan
        if plan.visibility != Visibility.PUBLIC:
            record_on(by, Verb.EXPORTED, plan, after={"format": kind})
    return content
