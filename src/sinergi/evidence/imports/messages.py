"""What each problem says and what to do about it."""

from django.utils.translation import gettext_lazy as _

TITLES = {
    "too_large": _("File too large"),
    "empty_file": _("Empty file"),
    "zip_bomb": _("Suspicious compression"),
    "polyglot": _("Two files in one"),
    "entities": _("Declarations in the workbook"),
    "wrong_extension": _("Extension and content differ"),
    "not_a_table": _("Not a table"),
    "unreadable": _("Unreadable file"),
    "not_text": _("Not readable as text"),
    "too_many_cells": _("Too many cells"),
    "long_cell": _("Cell too long"),
    "encoding": _("Text not in UTF-8"),
    "control_characters": _("Control characters"),
    "no_sheet": _("Sheet not found"),
    "empty_sheet": _("Sheet without figures"),
    "no_header": _("Heading row not found"),
    "no_column": _("Column not found"),
    "same_heading": _("Two columns with one heading"),
    "unread_column": _("Column not read"),
    "no_region_column": _("No column of regions"),
    "no_value_column": _("No column of values"),
    "no_indicator": _("Indicator not chosen"),
    "no_period": _("Period not chosen"),
    "no_source": _("Unknown source"),
    "bad_flag": _("Unknown flag"),
    "new_indicator_invalid": _("New indicator incomplete"),
    "merged_cells": _("Merged cells"),
    "formula_without_value": _("Formula without a value"),
    "unknown_region": _("Unknown region"),
    "ambiguous_region": _("Name fits several regions"),
    "region_mismatch": _("Code and name disagree"),
    "name_for_code": _("Name instead of code"),
    "bps_code": _("BPS code"),
    "code_written_differently": _("Code written differently"),
    "skipped_row": _("Row without a region"),
    "unknown_indicator": _("Unknown indicator"),
    "indicator_name_for_code": _("Indicator named, not coded"),
    "bad_period": _("Unreadable period"),
    "period_written_differently": _("Period written differently"),
    "future_period": _("Period in the future"),
    "missing_value": _("Missing value"),
    "not_a_number": _("Not a number"),
    "ambiguous_number": _("Number that can be read in two ways"),
    "mixed_numbers": _("Two ways of writing numbers"),
    "number_convention": _("Number against the chosen convention"),
    "percent_over_100": _("Percent over 100"),
    "out_of_range": _("Value out of range"),
    "looks_like_fraction": _("Percent that looks like a fraction"),
    "hundredfold": _("A hundred times its neighbours"),
    "unlike_peers": _("Far from its peers"),
    "duplicate": _("Two values for the same place and time"),
    "duplicate_identical": _("Row repeated"),
    "already_stored": _("Another value is stored"),
    "already_stored_identical": _("The same value is stored"),
    "will_replace": _("Replaces a stored value"),
    "changed_meanwhile": _("Changed since the preview"),
}

MESSAGES = {
    "too_large": _("The file has %(size)s MB; the limit is %(limit)s MB."),
    "empty_file": _("The file is empty."),
    "polyglot": _("Before or behind the workbook stands something else."),
    "entities": _("A part of the workbook declares entities, which can grow without end."),
    "zip_bomb": _("Unpacked, the file would take %(size)s MB, %(ratio)s times its own size."),
    "wrong_extension": _("The name ends in %(extension)s but the content is %(kind)s."),
    "not_a_table": _("The content is %(kind)s, which cannot be read as a table."),
    "unreadable": _("The file cannot be read: %(why)s."),
    "not_text": _(
        "The file is neither a workbook nor text in UTF-8, UTF-16 or Windows-1252; it may be damaged."
    ),
    "too_many_cells": _(
        "A sheet reaches over %(rows)s rows and %(columns)s columns; up to %(limit)s million cells and "
        "%(limit_columns)s columns are read."
    ),
    "long_cell": _("A cell holds more than %(limit)s characters."),
    "encoding": _("The text is in %(encoding)s and was converted."),
    "control_characters": _("The text holds invisible control characters; they were removed."),
    "no_sheet": _("There is no sheet “%(value)s”. Sheets: %(sheets)s."),
    "empty_sheet": _("The sheet “%(value)s” holds no figures below its headings."),
    "no_header": _(
        "Row %(value)s, given as the row of the headings, is beyond the end of the sheet."
    ),
    "no_column": _("There is no column “%(value)s” (for %(field)s)."),
    "same_heading": _(
        "The columns %(columns)s are all headed “%(value)s”; column %(used)s is the one that is read."
    ),
    "unread_column": _(
        "Column %(letter)s “%(value)s” of “%(table)s” is not read: nothing in it is stored."
    ),
    "no_region_column": _("No column holds regions."),
    "no_value_column": _("No column holds values."),
    "no_indicator": _("Nothing says which indicator the values are of."),
    "no_period": _("Nothing says which period the values are of."),
    "no_source": _("There is no source “%(value)s”."),
    "bad_flag": _("“%(value)s” is not a flag."),
    "new_indicator_invalid": _("The new indicator “%(value)s” cannot be made: %(why)s."),
    "merged_cells": _("The cells %(range)s are merged; their value was used for every row."),
    "formula_without_value": _("The formula has no calculated value."),
    "unknown_region": _("There is no region “%(value)s”.%(more)s"),
    "ambiguous_region": _("“%(value)s” can be %(regions)s.%(more)s"),
    "region_mismatch": _("The code %(value)s is %(region)s, but the name beside it is “%(name)s”."),
    "name_for_code": _("“%(value)s” is a name; it was read as %(code_read)s %(region)s."),
    "bps_code": _("%(value)s is a BPS code; it was read as %(code_read)s %(region)s.%(other)s"),
    "code_written_differently": _("%(value)s was read as %(code_read)s %(region)s."),
    "skipped_row": _("The row “%(value)s” is a total or a note and was left out."),
    "unknown_indicator": _("There is no indicator “%(value)s”.%(more)s"),
    "indicator_name_for_code": _("“%(value)s” is a name; it was read as %(code_read)s."),
    "bad_period": _("“%(value)s” is not a year or month between 1900 and 2100."),
    "period_written_differently": _("“%(value)s” was read as %(period)s."),
    "future_period": _("%(period)s is later than the current year, %(year)s."),
    "missing_value": _("“%(value)s” means missing; nothing is stored."),
    "not_a_number": _("“%(value)s” is not a number."),
    "ambiguous_number": _("“%(value)s” can be %(thousand)s or %(fraction)s."),
    "mixed_numbers": _(
        "The file writes decimals with a comma in some cells and with a point in others."
    ),
    "number_convention": _("“%(value)s” does not fit the chosen way of writing numbers."),
    "percent_over_100": _("%(value)s percent is over 100."),
    "out_of_range": _(
        "%(value)s is outside %(minimum)s to %(maximum)s, the range of %(indicator)s."
    ),
    "looks_like_fraction": _(
        "All values of %(indicator)s are between 0 and 1; its unit is percent (0–100)."
    ),
    "hundredfold": _("%(value)s is %(ratio)s times %(reference)s, the usual value beside it."),
    "unlike_peers": _(
        "%(value)s for %(region)s is far from its peers: of %(indicator)s, %(peers)s regions of the same "
        "kind have %(low)s to %(high)s."
    ),
    "duplicate": _(
        "Row %(first)s already gives %(other)s for the same region, indicator and period."
    ),
    "duplicate_identical": _("Row %(first)s already says the same; this row was left out."),
    "already_stored": _(
        "%(stored)s is stored for %(region)s, %(period)s; the file says %(value)s."
    ),
    "already_stored_identical": _("%(value)s is stored already for %(region)s, %(period)s."),
    "changed_meanwhile": _("Somebody stored some of these values since the preview was made."),
    "will_replace": _("%(value)s will replace %(stored)s for %(region)s, %(period)s."),
}

REMEDIES = {
    "too_large": _("Split the file, or save it as CSV."),
    "empty_file": _("Choose the file that holds the figures."),
    "polyglot": _("Open it in a spreadsheet program and save it anew as XLSX or CSV."),
    "entities": _("Open it in a spreadsheet program and save it anew as XLSX or CSV."),
    "zip_bomb": _(
        "Open it in a spreadsheet program, delete empty rows and columns, and save it anew."
    ),
    "wrong_extension": _("Give it the name that fits its content, or save it anew as XLSX or CSV."),
    "not_a_table": _("Open it in a spreadsheet program and save it as XLSX or CSV."),
    "unreadable": _("Open it in a spreadsheet program and save it as XLSX without a password."),
    "not_text": _("Open it in a spreadsheet program and save it anew as XLSX or CSV (UTF-8)."),
    "too_many_cells": _(
        "Delete what stands far to the right of the figures or below them, or split the sheet."
    ),
    "long_cell": _(
        "Look for a quotation mark that is never closed, or for a text in the wrong cell."
    ),
    "encoding": _("Check names with special letters; save as UTF-8 to be sure."),
    "control_characters": _("Check the text in the preview."),
    "no_sheet": _("Choose one of the sheets."),
    "empty_sheet": _("Choose the sheet that holds the figures, and the row of its headings."),
    "no_header": _("Give a row inside the sheet."),
    "no_column": _("Choose a column by its letter or heading."),
    "same_heading": _("Choose the other column if that is wrong, or give each its own heading."),
    "no_region_column": _("Choose the column with region codes or names."),
    "no_value_column": _("Choose the column or columns with the figures."),
    "no_indicator": _("Choose an indicator for the whole file, or the column that names it."),
    "no_period": _("Give the year for the whole file, or choose the column that names it."),
    "no_source": _("Choose a source of the list, or describe a new one."),
    "bad_flag": _("Write official, estimate, imputed or default."),
    "new_indicator_invalid": _("Give it a code, a name, a unit and a direction."),
    "merged_cells": _("Check the rows in the preview, or unmerge the cells."),
    "formula_without_value": _(
        "Open the file in a spreadsheet program, let it calculate, and save it."
    ),
    "unread_column": _(
        "If it holds values, write the code or name of its indicator, or its period, beside the column "
        "under “How the file is read”, or in the mapping file. Otherwise there is nothing to do."
    ),
    "unknown_region": _("Write the Kemendagri code, such as 63.71."),
    "ambiguous_region": _("Write the Kemendagri code instead of the name."),
    "region_mismatch": _("Correct the code or the name."),
    "name_for_code": _("Check it; write the code to be sure."),
    "bps_code": _("Check it; choose what codes without a dot mean if this is wrong."),
    "code_written_differently": _("Check it; format the column of codes as text."),
    "skipped_row": _("Nothing to do if that is right."),
    "unknown_indicator": _(
        "Write the code of an indicator of the list, or describe a new indicator."
    ),
    "indicator_name_for_code": _("Check it; write the code to be sure."),
    "bad_period": _("Write 2021 or 2021-08."),
    "period_written_differently": _("Check it; write 2021 or 2021-08 to be sure."),
    "future_period": _("Check the year; nothing to do if it is a projection or a target."),
    "missing_value": _("Nothing to do if that is right."),
    "not_a_number": _("Write a number, or leave the cell empty."),
    "ambiguous_number": _("Choose how the file writes numbers."),
    "mixed_numbers": _("Check the figures in the preview."),
    "number_convention": _("Choose the other convention, or correct the cell."),
    "percent_over_100": _("Correct the value; percent are written 0–100."),
    "out_of_range": _("Correct the value, or check its unit."),
    "looks_like_fraction": _("Multiply by 100 if 0.45 is meant as 45 percent."),
    "hundredfold": _("Check the decimal mark and the unit."),
    "unlike_peers": _("Check the figure, its unit and its region; nothing to do if it is right."),
    "duplicate": _("Keep one of the rows."),
    "duplicate_identical": _("Nothing to do if that is right."),
    "already_stored": _("Choose to replace stored values if the file is right."),
    "already_stored_identical": _("Choose to skip values that are stored already."),
    "changed_meanwhile": _("Make the preview anew."),
    "will_replace": _(
        "Nothing to do if that is right; undoing the batch brings the old value back."
    ),
}
