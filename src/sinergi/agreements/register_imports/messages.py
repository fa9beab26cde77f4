"""What each doubt and each problem of a register's file says, and what to do about it."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sinergi.agreements.register_imports.doubts import Doubt
from sinergi.agreements.register_imports.fields import label
from sinergi.evidence.imports.problems import Problem
from sinergi.programs.amounts import unclear_text
from sinergi.programs.imports.messages import Told
from sinergi.reference.moments import NOTHING
from sinergi.reference.queries import region_table

_EMPTY = _("It stays empty. Correct the cell, or fill it in later at the agreement.")
_TAKEN = _("Look whether it is so; correct the cell, if it is not.")
_PARTY = _(
    "The party is named as it is written. Write the level and the full name, or choose it later."
)
_SHOWN = _("Nothing is changed by it. Look at the rows.")
_LEFT = _("The row is kept with the register, but becomes no agreement. Correct it, if it is one.")

REASONS = {
    "unread": (_("No day, and no length of time, is recognised"), _EMPTY),
    "no_such_day": (_("There is no such day in the calendar"), _EMPTY),
    "order": (_("Only month before day would be a day; here the day comes first"), _EMPTY),
    "two_digit_year": (_("Two digits of a year that can be of two centuries"), _EMPTY),
    "year_far": (_("A year in which no agreement can be signed or end"), _EMPTY),
    "month_only": (_("Only the month is told, and no day"), _EMPTY),
    "year_only": (_("Only the year is told, and no day"), _EMPTY),
    "no_year": (_("No year is told"), _EMPTY),
    "several_days": (_("Several days in one cell"), _EMPTY),
    "month_taken": (
        _("Only month or year is told; its first or last day is taken, as chosen"),
        _TAKEN,
    ),
    "serial": (_("A bare number, read as a spreadsheet counts days"), _TAKEN),
    "weekday": (_("The day of the week does not belong to this day"), _TAKEN),
    "more_text": (_("More than a day stands in the cell"), _TAKEN),
    "year_from_above": (
        _("The year is taken from a heading within the table, or the other day"),
        _TAKEN,
    ),
    "number_and_word": (_("Number and word in brackets differ"), _EMPTY),
    "working_days": (_("Working days tell no end without a calendar"), _EMPTY),
    "no_unit": (_("A number without years, months or days"), _EMPTY),
    "open_ended": (_("It has no end that a day tells"), _EMPTY),
    "length_without_beginning": (_("A length of time without a day on which it begins"), _EMPTY),
    "ends_before_begins": (_("The end lies before the beginning"), _EMPTY),
    "period_differs": (_("The end that is told and the length of time do not fit"), _TAKEN),
    "signed_in_future": (_("A day of signing that is still to come"), _TAKEN),
    "signed_after_end": (_("Signed after its end"), _TAKEN),
    "party_region": (_("It can mean several governments, or none that is known"), _PARTY),
    "party_unknown": (
        _("Neither a region, nor a ministry, nor a known kind of third party"),
        _PARTY,
    ),
    "party_joined": (_("One party or two: what stands between can be a part of the name"), _TAKEN),
    "party_abroad": (
        _("Somebody abroad; whether a government or an institution is not told"),
        _PARTY,
    ),
    "party_long": (_("Too long for the name of a party"), _PARTY),
    "region_spelled": (_("A region whose name is spelled otherwise"), _TAKEN),
    "agency_without_region": (_("An agency, and not of which government"), _PARTY),
    "agency_from_above": (_("The agency is taken from a heading within the table"), _TAKEN),
    "one_party": (
        _("Only one party is known"),
        _("Map the column of the parties, or add the other later."),
    ),
    "no_party": (_("No party is known"), _("Map the column of the parties, or add them later.")),
    "family_unknown": (_("Nothing tells the family; that of the file is taken"), _TAKEN),
    "family_mixed": (_("The parties fit several families; that of the file is taken"), _TAKEN),
    "family_contradicts": (_("The family that is told does not fit the parties"), _TAKEN),
    "kind_unknown": (_("No kind of document that is known"), _EMPTY),
    "kind_missing": (_("Nothing tells the kind of the document"), _EMPTY),
    "kind_several": (_("Several kinds of documents in one cell"), _EMPTY),
    "kind_presumed": (_("A kind of document that is usual for this word, but not sure"), _TAKEN),
    "state_unknown": (_("Whether it holds is not recognised"), _("The days decide.")),
    "state_several": (_("Several answers to whether it holds"), _("The days decide.")),
    "status_contradicts": (_("Whether it holds does not fit its end"), _("It is kept as living.")),
    "status_renewing": (_("It is said to be renewed"), _("Record the renewal at the agreement.")),
    "status_amended": (
        _("It is said to have an addendum"),
        _("Record the addendum at the agreement."),
    ),
    "ended_without_day": (_("It is said to have ended, without a day"), _TAKEN),
    "not_signed": (_("Nothing tells that it was signed"), _("It begins in the first stage.")),
    "title_missing": (_("No title"), _("The number stands in its place.")),
    "text_long": (
        _("Longer than its field"),
        _("The beginning is taken; the row keeps all of it."),
    ),
    "affair_unknown": (_("No affair of government of this name"), _EMPTY),
    "amount_unclear": (_("No amount that is sure"), _("It is kept as text.")),
    "formula_error": (_("A formula with an error"), _EMPTY),
    "ditto": (_("A sign for “as above”; the cell above is taken"), _TAKEN),
    "ditto_nothing": (_("A sign for “as above”, and nothing above it"), _EMPTY),
    "row_twice": (
        _("The same agreement stands in an earlier row"),
        _("It is kept once, with both rows."),
    ),
    "rows_joined": (
        _("Another party of the agreement in an earlier row"),
        _("They are one agreement with all parties."),
    ),
    "number_twice": (_("An earlier row has the same number and is another agreement"), _SHOWN),
    "pair_proposed": (
        _("It seems to follow the memorandum in another row"),
        _("Choose “keep as one” to have them as one agreement."),
    ),
    "pair_joined": (_("It is kept as one with the memorandum in another row"), _SHOWN),
    "like_held": (_("An agreement that is here is like it, but not surely the same"), _SHOWN),
    "row_without_title": (_("Neither number nor title"), _LEFT),
    "numbering": (_("Numbers of the columns"), _LEFT),
    "headings_again": (_("The headings again"), _LEFT),
    "sum_or_note": (_("A sum or a note"), _LEFT),
    "section": (_("A heading within the table"), _LEFT),
}
"""Code of a doubt to why it is one, and what to do."""
CANDIDATES = _("it could be: %(more)s")
ROW_OF = _("row %(more)s")
ROWS = frozenset({"row_twice", "rows_joined", "number_twice", "pair_proposed", "pair_joined"})
PROBLEMS = {
    "no_rows": (_("No rows"), _("There are no agreements below the headings in “%(value)s”.")),
    "rows_many": (
        _("Too many rows"),
        _("%(value)s rows; at most %(limit)s are brought in at once."),
    ),
    "no_title_column": (_("No column of titles"), _("No column is read as title or number.")),
    "register_loaded": (_("Loaded already"), _("This sheet was loaded already: %(value)s.")),
    "formula_left": (
        _("Formula without a value"),
        _("The file keeps no value for the formula %(value)s."),
    ),
}
REMEDIES = {
    "no_rows": _("Choose another sheet, or the row of the headings."),
    "rows_many": _("Part the file."),
    "no_title_column": _("Say below what the columns hold."),
    "register_loaded": _("Undo that import first, if it is to be loaded again."),
    "formula_left": _("Open the file in a spreadsheet program and save it."),
}


def reason(doubt: Doubt) -> str:
    """Return why something is doubtful, in the language of the page."""
    why = str(REASONS[doubt.code][0]) if doubt.code in REASONS else doubt.code
    if not doubt.more:
        return why
    return f"{why}: {_more(doubt)}"


def _more(doubt: Doubt) -> str:
    if doubt.code == "amount_unclear":
        return unclear_text(doubt.more)
    template = ROW_OF if doubt.code in ROWS else CANDIDATES
    shown = "; ".join(_shown(part) for part in doubt.more.split("; "))
    if doubt.code in {
        "status_contradicts",
        "ends_before_begins",
        "period_differs",
        "signed_after_end",
    }:
        return shown
    return str(template) % {"more": shown}


def remedy(doubt: Doubt) -> str:
    """Return what to do, in the language of the page."""
    return str(REASONS[doubt.code][1]) if doubt.code in REASONS else ""


def read_text(doubt: Doubt) -> str:
    """Return what was taken, days as the page writes them."""
    words = {
        "living": gettext("living"),
        "ended": gettext("ended"),
        "preparation": gettext("in preparation"),
    }
    return words.get(doubt.read) or _shown(doubt.read)


def _shown(text: str) -> str:
    try:
        return date_format(date.fromisoformat(text), "j F Y") if len(text) == 10 else text
    except ValueError:
        return text


def told(problem: Problem) -> Told:
    """Return a problem of the file in the language of the page."""
    if problem.code not in PROBLEMS:
        return Told(problem.title(), problem.message(), problem.remedy())
    title, message = PROBLEMS[problem.code]
    filled = {"value": problem.value, **problem.details}
    return Told(str(title), str(message) % filled, str(REMEDIES[problem.code]))


def heading_of(doubt: Doubt) -> str:
    """Return the field that a doubt is about."""
    return label(doubt.field) if doubt.field else ""


def differing(values: Mapping[str, Sequence[str]]) -> list[tuple[str, str, str]]:
    """Return in what a file differs from an agreement that is here: field, what is kept, what it says."""
    return [
        (label(name), _value(name, pair[0]), _value(name, pair[1])) for name, pair in values.items()
    ]


def _value(name: str, text: str) -> str:
    if name != "parties":
        return _shown(text) or NOTHING
    return "; ".join(_party(one) for one in text.split("; ")) or NOTHING


def _party(told: str) -> str:
    table = region_table()
    row = table.position.get(told)
    return told if row is None else table.names[row]
