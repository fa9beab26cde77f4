"""What an import or a form found at a line, in words: each remark is a code that the line keeps."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

REMARKS = {
    "code_unknown": _("The code is not in the nomenclature."),
    "code_retired": _("The code is of a former nomenclature."),
    "code_malformed": _("The code is not written as activity codes are."),
    "level_province": _("The code is one of provinces; the plan is of a regency or city."),
    "level_local": _("The code is one of regencies and cities; the plan is of a province."),
    "level_subnational": _("The code is one of regions; the plan is of the central government."),
    "level_special": _("The code is one of special autonomy: whose it is is not confirmed."),
    "amount_missing": _("No amount was given."),
    "amount_in_words": _("The amount was written in words."),
    "amount_scaled": _("The amount was written in thousands, millions or more."),
    "amount_negative": _("The amount was negative and was not taken."),
    "amount_large": _("The amount was larger than a line can hold and was not taken."),
    "amount_unclear": _("The amount could be read in two ways and was not taken."),
    "amount_unit": _("The amount contradicted the unit of its column and was not taken."),
    "amount_foreign": _("The amount was in another currency and was not taken."),
    "amount_merged": _("The amount stood in a cell merged over several lines."),
    "amount_zero": _("The amount is zero."),
    "year_outside": _("The year lies outside those of the plan."),
    "year_missing": _("No year was given: that of the plan was taken."),
    "twice": _("The same line stands twice in the file."),
    "place_ambiguous": _("The place fits several regions."),
    "place_outside": _("The place lies outside the region of the plan."),
    "code_missing": _("No code was given."),
    "code_written_otherwise": _(
        "The code was written otherwise; what the file wrote is kept beside it."
    ),
    "amount_unread": _("An amount could not be read and was not taken; its text is in the note."),
    "amount_two_ways": _(
        "The amount could be read in two ways; the mark was taken to part thousands."
    ),
    "amount_rounded": _("The amount was smaller than a sen and was rounded."),
    "formula_error": _("The amount was a formula with an error and was not taken."),
    "line_total_differs": _("Its years and channels do not add up to the total that it declares."),
    "channel_unknown": _("The funding channel is not known; the amount has none."),
    "channel_several": _("Several funding channels stood in one cell; the amount has none."),
    "channel_presumed": _("The funding channel was presumed: the words leave it open."),
    "transfer_recognised": _("It was recognised as money passed on to another government."),
    "target_in_words": _("The target has no number; its text is in the note."),
    "title_cut": _("The title was longer than can be kept and was cut."),
    "text_cut": _("A text was longer than can be kept and was cut."),
}
"""Code of a remark to what it says. A code that is not here is shown as it is written."""


def remark_text(code: str) -> str:
    """Return what a remark says."""
    return str(REMARKS.get(code, code.replace("_", " ")))


def remark_texts(codes: Iterable[str]) -> list[str]:
    """Return what remarks say, in their order."""
    return [remark_text(code) for code in codes]
