"""What each problem of a plan's file says and what to do about it."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from sinergi.evidence.imports.problems import Problem
from sinergi.programs.funding.words import channel_name

TITLES = {
    "no_lines": _("No lines"),
    "no_heading_row": _("No row of headings"),
    "no_title_column": _("No column of what is done"),
    "no_amount_column": _("No column of amounts"),
    "no_year": _("Nothing tells the year"),
    "column_not_read": _("Column not read"),
    "unit_to_confirm": _("Unit of the amounts"),
    "units_to_confirm": _("Units of the amounts"),
    "two_currencies": _("Another currency"),
    "amounts_small": _("Amounts that look small"),
    "amount_unread": _("Not an amount"),
    "amount_unclear": _("Amount that can mean two things"),
    "amount_unit": _("Amount that contradicts the unit"),
    "amount_negative": _("Negative amount"),
    "amount_large": _("Amount larger than any line"),
    "amount_foreign": _("Amount in another currency"),
    "formula_error": _("Formula with an error"),
    "amount_in_words": _("Amount written as text"),
    "amount_two_ways": _("Amounts that can be read in two ways"),
    "amount_rounded": _("Amount smaller than a sen"),
    "amount_merged": _("Amount in merged cells"),
    "line_total_differs": _("Line whose parts do not add up"),
    "program_total_differs": _("Programme whose lines do not add up"),
    "activity_total_differs": _("Activity whose lines do not add up"),
    "affair_total_differs": _("Affair whose lines do not add up"),
    "all_total_differs": _("Total that does not add up"),
    "agency_total_differs": _("Agency whose lines do not add up"),
    "agency_without_total": _("Agency without a total"),
    "row_left_out": _("Row that is no line"),
    "row_continued": _("Row that goes on with the line above"),
    "title_missing": _("Amount without a line"),
    "title_cut": _("Title too long"),
    "text_cut": _("Text too long"),
    "code_missing": _("No code"),
    "code_malformed": _("Not an activity code"),
    "code_written_otherwise": _("Code written otherwise"),
    "code_unknown": _("Code not in the nomenclature"),
    "code_retired": _("Code of a former nomenclature"),
    "level_province": _("Code of provinces"),
    "level_local": _("Code of regencies and cities"),
    "level_subnational": _("Code of regions"),
    "level_special": _("Code of special autonomy"),
    "channel_unknown": _("Unknown funding channel"),
    "channel_several": _("Several funding channels in one cell"),
    "channel_presumed": _("Funding channel presumed"),
    "transfer_recognised": _("Passed on to another government"),
    "place_ambiguous": _("Place that fits several regions"),
    "place_outside": _("Place outside the region of the plan"),
    "year_outside": _("Year outside the plan"),
    "twice": _("Line that stands twice"),
    "target_in_words": _("Target without a number"),
}

MESSAGES = {
    "no_lines": _("“%(value)s” holds no lines of a plan."),
    "no_heading_row": _("No row of “%(value)s” was recognised as headings."),
    "no_title_column": _("No column says what is done."),
    "no_amount_column": _("No column holds amounts; the lines would have none."),
    "no_year": _("Neither the plan nor a column tells the year of the amounts."),
    "column_not_read": _("Column %(letter)s “%(value)s” is not read: nothing in it is kept."),
    "unit_to_confirm": _(
        "“%(value)s” says in what unit amounts are written. They are multiplied by %(factor)s once you "
        "confirm it."
    ),
    "units_to_confirm": _(
        "Amounts are written in different units: %(units)s. They are multiplied so, each column by its own, "
        "once you confirm it."
    ),
    "two_currencies": _("“%(value)s” names another currency; amounts are kept in rupiah."),
    "amounts_small": _(
        "Half of the lines have less than %(value)s. Are amounts in thousands or millions?"
    ),
    "amount_unread": _("“%(value)s” is not an amount."),
    "amount_unclear": _("“%(value)s” can mean %(less)s or %(more)s."),
    "amount_unit": _(
        "“%(value)s” says rupiah, but the amounts around it are in another unit: it can mean %(less)s or "
        "%(more)s."
    ),
    "amount_negative": _("“%(value)s” is negative; an amount of a plan is not."),
    "amount_large": _("“%(value)s” comes to more than Rp 1,000 trillion (10¹⁵); no line does."),
    "amount_foreign": _("“%(value)s” is not in rupiah."),
    "formula_error": _("The formula gives the error %(value)s."),
    "amount_in_words": _("“%(value)s” was read as %(read)s."),
    "amount_two_ways": _("Numbers such as “%(example)s” were read as %(read)s."),
    "amount_rounded": _("“%(value)s” was rounded to %(read)s."),
    "amount_merged": _("The amount is merged with row %(line)s; it counts there, once."),
    "line_total_differs": _(
        "“%(value)s” declares %(declared)s; its years and channels sum up to %(computed)s."
    ),
    "program_total_differs": _(
        "“%(value)s” declares %(declared)s; its lines sum up to %(computed)s (%(difference)s)."
    ),
    "activity_total_differs": _(
        "“%(value)s” declares %(declared)s; its lines sum up to %(computed)s (%(difference)s)."
    ),
    "affair_total_differs": _(
        "“%(value)s” declares %(declared)s; its lines sum up to %(computed)s (%(difference)s)."
    ),
    "all_total_differs": _(
        "“%(value)s” declares %(declared)s; the lines sum up to %(computed)s (%(difference)s)."
    ),
    "agency_total_differs": _(
        "“%(value)s” declares %(declared)s; its lines sum up to %(computed)s (%(difference)s)."
    ),
    "agency_without_total": _("“%(value)s” declares no total."),
    "row_left_out": _("“%(value)s” has neither code nor amount; it is no line."),
    "row_continued": _("“%(value)s” was added to the note of the line in row %(line)s."),
    "title_missing": _("The row has an amount, but nothing says what for."),
    "title_cut": _("“%(value)s…” is longer than %(length)s characters."),
    "text_cut": _("“%(value)s…” is longer than %(length)s characters."),
    "code_missing": _("The line has no code."),
    "code_malformed": _("“%(value)s” is not written as activity codes are; it is kept as it is."),
    "code_written_otherwise": _("“%(value)s” was read as %(read)s."),
    "code_unknown": _(
        "%(read)s is not in the nomenclature that is loaded; it may be of another year."
    ),
    "code_retired": _("%(read)s is of a former nomenclature; %(suggestion)s took its place."),
    "level_province": _("%(read)s is a code of provinces; the plan is of a regency or city."),
    "level_local": _("%(read)s is a code of regencies and cities; the plan is of a province."),
    "level_subnational": _("%(read)s is a code of regions; the plan is of the central government."),
    "level_special": _("%(read)s is a code of special autonomy; whose it is is not confirmed."),
    "channel_unknown": _("“%(value)s” is no funding channel that is known; the amount has none."),
    "channel_several": _(
        "“%(value)s” names several channels and not how the amount is divided; it has none."
    ),
    "channel_presumed": _("“%(value)s” was taken for %(read)s; the words leave it open."),
    "transfer_recognised": _(
        "“%(value)s” passes money on; it is not counted again in the plan that receives it."
    ),
    "place_ambiguous": _("“%(value)s” can be %(regions)s."),
    "place_outside": _("“%(value)s” lies in %(read)s, outside the region of the plan."),
    "year_outside": _("%(value)s lies outside the plan, %(first)s to %(last)s."),
    "twice": _("“%(value)s” stands already in row %(first)s; both are kept."),
    "target_in_words": _("“%(value)s” has no number; it is kept in the note."),
}

_KEPT = _("The line is loaded with this remark; correct it in its form, or in the file.")
_REFUSED = _(
    "Correct the file, or tick “Leave out amounts that cannot be taken”: the text is then kept as a note."
)
_SHOWN = _("It is shown and not changed. Ask whoever made the file which of the two holds.")
REMEDIES = {
    "no_lines": _("Choose another sheet or row of headings."),
    "no_heading_row": _("Give the row of the headings, or say for each column what it holds."),
    "no_title_column": _("Say below which column tells what is done."),
    "no_amount_column": _("Say below which columns hold amounts, or load the lines without."),
    "no_year": _("Give the years of the plan, or the year of the amounts."),
    "column_not_read": _("Say below what it holds, if it is to be kept."),
    "unit_to_confirm": _(
        "Look at the amounts below. Choose the unit, tick that it holds, and preview again."
    ),
    "units_to_confirm": _(
        "Look at the amounts below. Choose the unit, tick that it holds, and preview again."
    ),
    "two_currencies": _("Leave the columns concerned out, or convert them in the file."),
    "amounts_small": _("Choose the unit of the amounts, if they are not in rupiah."),
    "row_left_out": _("Give it a code or an amount in the file, if it is a line."),
    "row_continued": _("Nothing is to be done."),
    "amount_unclear": _(
        "Write it out in the file, such as 1.250.000.000 or 1,25 miliar, or tick “Leave out amounts that "
        "cannot be taken”: the text is then kept as a note."
    ),
    "amount_unit": _(
        "Write it with a word, such as 1,5 juta, or choose the unit of the amounts; or tick “Leave out "
        "amounts that cannot be taken”: the text is then kept as a note."
    ),
    "title_missing": _("Write in the file what it is for, or remove the amount."),
    "amount_two_ways": _("Choose below how numbers are written, if they are meant otherwise."),
    "transfer_recognised": _("Take the mark away in the form of the line, if it is not so."),
    "amount_merged": _("Write in the file how the amount is divided, if it is."),
    **dict.fromkeys(
        ("amount_unread", "amount_negative", "amount_foreign", "amount_large", "formula_error"),
        _REFUSED,
    ),
    **dict.fromkeys((one for one in TITLES if one.endswith("_total_differs")), _SHOWN),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A problem in words."""

    title: str
    message: str
    remedy: str


def told(problem: Problem) -> Told:
    """Return a problem in the language of the page; those of files in general have their words elsewhere."""
    code = problem.code
    if code not in MESSAGES:
        return Told(problem.title(), problem.message(), problem.remedy())
    filled = {"value": problem.value, "suggestion": problem.suggestion, **problem.details}
    if code == "channel_presumed":
        filled["read"] = channel_name(str(filled["read"]))
    return Told(str(TITLES[code]), str(MESSAGES[code]) % filled, str(REMEDIES.get(code, _KEPT)))
