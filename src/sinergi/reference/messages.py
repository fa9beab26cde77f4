"""The text of every message code of the room, in the language of the reader."""

from collections.abc import Mapping

from django.utils.translation import get_language, gettext, gettext_lazy

from sinergi.reference.errors import FileProblem
from sinergi.reference.pack import PackIssue

MESSAGES = {
    # what can be wrong with a pack
    "folder_missing": gettext_lazy("There is no such folder. Check SINERGI_PACK."),
    "file_missing": gettext_lazy("The file is missing. Restore it from the release."),
    "column_missing": gettext_lazy("The heading lacks this column. Add it to the first line."),
    "cell_count": gettext_lazy(
        "The line has %(got)s cells, the heading %(want)s. Put texts with commas in quotes."
    ),
    "not_utf8": gettext_lazy("The file is not UTF-8 text. Save it as “CSV UTF-8”."),
    "not_toml": gettext_lazy("The file is not valid TOML: %(reason)s."),
    "empty": gettext_lazy("The cell is empty and must not be."),
    "not_one_of": gettext_lazy("“%(value)s” is not possible here. Use one of: %(allowed)s."),
    "not_a_number": gettext_lazy(
        "“%(value)s” is not a number. Write it with a full stop and without separators: 1234.5."
    ),
    "not_whole": gettext_lazy("%(value)s is not a whole number."),
    "out_of_range": gettext_lazy("%(value)s is outside its range (from %(low)s to %(high)s)."),
    "not_a_date": gettext_lazy("“%(value)s” is not a date. Write it as 2022-07-25."),
    "not_a_time_zone": gettext_lazy("“%(value)s” is not a time zone such as Asia/Jakarta."),
    "zone_missing": gettext_lazy("No time zone is given for the province %(value)s."),
    "not_a_region_code": gettext_lazy("“%(value)s” is not a region code such as 63 or 63.71."),
    "ends_before_it_begins": gettext_lazy(
        "The validity ends (%(ends)s) before it begins (%(begins)s)."
    ),
    "borders_itself": gettext_lazy("%(value)s cannot border itself."),
    "border_twice": gettext_lazy("The border of %(a)s and %(b)s is there twice. Delete one line."),
    "border_of_a_province": gettext_lazy(
        "%(a)s – %(b)s: only regencies and cities have borders here."
    ),
    "unknown_association": gettext_lazy("“%(value)s” is not in associations.csv."),
    "unknown_object": gettext_lazy("“%(value)s” is not in objects.csv."),
    "unknown_code": gettext_lazy(
        "“%(value)s” is declared nowhere. Correct the code or declare it."
    ),
    "unknown_method": gettext_lazy("There is no derivation method “%(value)s”."),
    "unknown_field": gettext_lazy("An object has no field “%(value)s”."),
    "used_before_it": gettext_lazy("“%(value)s” stands further down. Move it above this line."),
    "code_twice": gettext_lazy("The code %(value)s is there twice. Codes are unique."),
    "term_kind_missing": gettext_lazy("No term of the kind “%(value)s” is declared."),
    "code_too_long": gettext_lazy(
        "The code %(value)s is too long; it has at most %(most)s characters."
    ),
    "parent_missing": gettext_lazy("The parent “%(value)s” is missing or of the wrong level."),
    "nation_has_parent": gettext_lazy("The nation has no parent; empty the cell."),
    "still_valid": gettext_lazy("%(value)s is still a region; a former code is not."),
    "not_an_activity": gettext_lazy("“%(value)s” is not an activity code such as 2.11.11.1.01."),
    "level_disagrees": gettext_lazy(
        "The level segment of %(value)s (1 province, 2 regency/city) disagrees with the authority."
    ),
    "logic_not_declared": gettext_lazy(
        "%(value)s is neither the logic nor the second logic of the object."
    ),
    "standard_without_ends": gettext_lazy("A standard needs a good and a bad value that differ."),
    "weight_not_positive": gettext_lazy("The weight %(value)s must be above zero."),
    "one_language_only": gettext_lazy("The text is there in one language only."),
    "lacks_not_said": gettext_lazy(
        "An object without indicators must say which evidence it lacks."
    ),
    "no_indicator": gettext_lazy("The object has no indicator."),
    "not_name_and_value": gettext_lazy("“%(value)s” is not written as name=value."),
    "not_a_cell_table": gettext_lazy("The file is not a table of region and cell: %(reason)s."),
    "not_a_cell": gettext_lazy("“%(value)s” is not an H3 cell."),
    "stage_out_of_order": gettext_lazy(
        "The stages of %(family)s are not counted 1, 2, 3 …: %(value)s is out of order."
    ),
    "stage_not_first": gettext_lazy(
        "The first stage of %(family)s must be %(value)s, and no other stage."
    ),
    "expands_to_several": gettext_lazy(
        "“%(value)s” has several meanings and cannot be expanded. Keep one meaning, or say no."
    ),
    "means_itself": gettext_lazy("“%(value)s” stands for itself. Delete the line."),
    "not_lower_case": gettext_lazy("“%(value)s” must be in lower case."),
    "line_in_both_splits": gettext_lazy(
        "The line %(value)s is in pairs to learn from and in pairs held out. Put both in one split."
    ),
    "not_a_model": gettext_lazy("The file is not a matching model: %(reason)s."),
    # what a check finds
    "not_loaded": gettext_lazy("The pack is not loaded yet. Run “sinergi reference load”."),
    "version_differs": gettext_lazy(
        "Version %(loaded)s is loaded, the files are %(files)s. Run “sinergi reference load”."
    ),
    "area_off": gettext_lazy(
        "The map draws %(drawn)s km², the official area is %(official)s km². Load an official boundary."
    ),
    "no_cells": gettext_lazy(
        "The region is not drawn: it has no cells. Load an official boundary."
    ),
    "capital_point_missing": gettext_lazy(
        "The point of the capital is not known; distances are measured from the middle of the region."
    ),
    "not_computable": gettext_lazy("Not computable: the evidence lacks %(lacks)s."),
    # what can be wrong with a file loaded over the pack
    "not_readable": gettext_lazy("The file cannot be read: %(reason)s."),
    "wrong_kind": gettext_lazy(
        "%(value)s is not one of the kinds of file that can be loaded: %(allowed)s."
    ),
    "not_geojson": gettext_lazy(
        "The file is not a GeoJSON FeatureCollection. Export it again as GeoJSON."
    ),
    "no_features": gettext_lazy("The file has no features."),
    "no_code": gettext_lazy(
        "The feature has no property “code” or “kode”. Add the Kemendagri code."
    ),
    "unknown_region": gettext_lazy("“%(value)s” is not a regency or city. %(meant)s"),
    "region_twice": gettext_lazy("%(value)s is there twice. Join its parts into one MultiPolygon."),
    "not_a_polygon": gettext_lazy(
        "The geometry is %(value)s; a boundary is a Polygon or MultiPolygon."
    ),
    "bad_geometry": gettext_lazy("The geometry cannot be used: %(reason)s. Repair it in a GIS."),
    "not_degrees": gettext_lazy(
        "The coordinates are not degrees (WGS 84). Export the file as EPSG:4326."
    ),
    "no_heading": gettext_lazy(
        "No heading with “kode_subkegiatan” and “nama_subkegiatan” was found in the first 30 rows."
    ),
    "not_a_subactivity": gettext_lazy(
        "“%(value)s” is not a sub-activity code such as 1.01.02.1.01.0001."
    ),
    "no_name": gettext_lazy("The name of %(value)s is empty."),
    "subactivity_twice": gettext_lazy("%(value)s is there twice for the same kind of government."),
    "no_rows": gettext_lazy("The file has no rows below its heading."),
    "too_many": gettext_lazy("%(value)s more problems of this kind are not shown."),
}


def message(message_code: str, details: Mapping[str, str]) -> str:
    """Return the text of a message code; the code itself where details do not fit the text."""
    text = MESSAGES.get(message_code)
    if text is None:
        return message_code
    lacks = "lacks_en" if (get_language() or "id").startswith("en") else "lacks_id"
    told = {"meant": "", "lacks": details.get(lacks, ""), **details}
    try:
        return str(text) % told
    except KeyError:
        return str(text)


def issue_text(issue: PackIssue) -> str:
    """Return one line that names file, line, field and what to do about an issue of the pack."""
    where = gettext("%(file)s, line %(line)s") if issue.line else "%(file)s"
    field = f" [{issue.field}]" if issue.field else ""
    return f"{where % {'file': issue.file, 'line': issue.line}}{field}: " + message(
        issue.message_code, issue.details
    )


def problem_text(problem: FileProblem) -> str:
    """Return one line that names sheet, line, field and what to do about a problem of a file."""
    parts = [
        gettext("sheet %(sheet)s") % {"sheet": problem.sheet} if problem.sheet else "",
        gettext("row %(row)s") % {"row": problem.line} if problem.line else "",
        problem.field,
    ]
    where = ", ".join(part for part in parts if part)
    text = message(problem.message_code, problem.details)
    return f"{where}: {text}" if where else text
