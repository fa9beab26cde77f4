"""Funding as CSV or Excel: the answers for one situation, or the lines of a plan with their channels."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sinergi.accounts.actions.owned import record_on
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.models import Visibility
from sinergi.accounts.principal import Principal
from sinergi.opportunities.exports.writing import Sheet, write_csv, write_xlsx
from sinergi.programs.funding import ChannelAnswer, May, words
from sinergi.programs.queries.funding_plan import LineFunded, PlanFunded

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
JOIN = "; "
REASONS_OF = 1000
"""Lines whose reasons are written out, each with a row for many channels."""


def written(sheets: list[Sheet], kind: str) -> bytes:
    """Return sheets as Excel, or the first of them as CSV."""
    return write_csv(sheets[0]) if kind == "csv" else write_xlsx(sheets)


def answers_sheet(answers: list[ChannelAnswer]) -> Sheet:
    """Return one line for each condition of each channel, with source and how it is known."""
    columns = (
        _("Channel"), _("Name"), _("Answer"), _("Condition"), _("Outcome"), _("Source"),
        _("How it is known"), _("Proposals"), _("Ceiling"), _("Goes with"), _("Does not go with"),
    )  # fmt: skip
    rows: list[tuple[Any, ...]] = []
    for one in answers:
        window = words.window_told(one.window) if one.window else ""
        ceiling = JOIN.join(map(words.ceiling_told, one.ceilings))
        ends = (
            window,
            ceiling,
            words.channels_named(one.combines),
            words.channels_named(one.excludes),
        )
        starts = (one.code, words.channel_name(one.code), str(words.MAY[one.may]))
        rows += [
            (*starts, words.told(reason), str(words.VERDICT[reason.verdict]),
             words.source_told(reason.source),
             words.provenance(reason.provenance), *ends)
            for reason in one.reasons
        ] or [(*starts, "", "", "", "", *ends)]  # fmt: skip
    return Sheet(_("Funding"), columns, rows)


def plan_sheets(found: PlanFunded) -> list[Sheet]:
    """Return the lines with their channels, and totals by channel."""
    columns = (
        _("Number"), _("Code"), pgettext("of a plan", "Line"), _("Agency"), _("From year"), _("Total (Rp)"),
        _("Channels stated"), _("What channels stated answer"), _("Could pay"), _("It depends"),
        _("Not known"), _("Could not pay"),
    )  # fmt: skip
    named = _Named()
    rows = [
        (
            one.position, one.code, one.title, one.agency, one.first_year, one.total,
            *named.stated(one), *named.answers(one.answers),
        )
        for one in found.rows
    ]  # fmt: skip
    totals = [
        (code, words.channel_name(code), counted.lines[May.YES], counted.money[May.YES],
         counted.lines[May.DEPENDS], counted.money[May.DEPENDS], counted.lines[May.NOT_KNOWN],
         counted.lines[May.NO])
        for code, counted in found.channels.items()
    ]  # fmt: skip
    heads = (
        _("Channel"), _("Name"), _("Lines it could pay"), _("Could pay (Rp)"),
        _("Lines of which it depends"), _("It depends (Rp)"), _("Lines not known"),
        _("Lines it could not pay"),
    )  # fmt: skip
    lines, channels = Sheet(_("Lines"), columns, rows), Sheet(_("Channels"), heads, totals)
    return [lines, channels, _reasons(found)]


def _reasons(found: PlanFunded) -> Sheet:
    """Return why channels are not known to pay for a line, or cannot: a row for each line and channel."""
    columns = (
        _("Number"), pgettext("of a plan", "Line"), _("Channel"), _("Name"), _("Answer"), _("Why"),
    )  # fmt: skip
    told: dict[int, list[tuple[str, ...]]] = {}
    rows: list[tuple[Any, ...]] = []
    for one in found.rows[:REASONS_OF]:
        if id(one.answers) not in told:
            told[id(one.answers)] = [
                (
                    each.code,
                    words.channel_name(each.code),
                    str(words.MAY[each.may]),
                    words.why(each),
                )
                for each in one.answers
                if each.may in (May.NOT_KNOWN, May.NO)
            ]
        rows += [(one.position, one.title, *each) for each in told[id(one.answers)]]
    if len(found.rows) > REASONS_OF:
        note = _("Only the first %(count)s lines are written out here.") % {"count": REASONS_OF}
        rows.append((None, note, *("" for _column in columns[2:])))
    return Sheet(_("Reasons"), columns, rows)


class _Named:
    """Names of channels, put together once for all lines that have the same."""

    def __init__(self) -> None:
        self._stated: dict[tuple[tuple[str, ...], int], tuple[str, str]] = {}
        self._answers: dict[int, tuple[str, ...]] = {}

    def stated(self, line: LineFunded) -> tuple[str, str]:
        """Return the channels that its plan states, and what each of them answers, with the reasons."""
        key = (line.stated, id(line.answers))
        if key not in self._stated:
            known = {one.code: one for one in line.answers}
            told = [
                f"{words.channel_name(code)}: {words.MAY[known[code].may]}. {words.why(known[code])}"
                for code in line.stated
                if code in known
            ]
            names = JOIN.join(map(words.channel_name, line.stated))
            self._stated[key] = names, "\n".join(map(str.strip, told))
        return self._stated[key]

    def answers(self, told: list[ChannelAnswer]) -> tuple[str, ...]:
        """Return the channels that could pay, of which it depends, that are not known, and that could not."""
        if id(told) not in self._answers:
            self._answers[id(told)] = tuple(
                JOIN.join(words.channel_name(one.code) for one in told if one.may is may)
                for may in May
            )
        return self._answers[id(told)]


@transaction.atomic
def export_plan(by: Principal, found: PlanFunded, kind: str) -> bytes:
    """Return the lines of a plan with their channels as a file; that they left a private plan is recorded."""
    content = written(plan_sheets(found), kind)
    if found.plan.visibility != Visibility.PUBLIC:
        after = {"format": kind, "rows": len(found.rows)}
        record_on(by, Verb.EXPORTED, found.plan, after=after)
    return content
