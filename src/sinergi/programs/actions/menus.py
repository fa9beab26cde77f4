"""Loads yearly menus of funding channels from a table: all of it or nothing."""

import csv
import io
from collections import defaultdict
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from sinergi.accounts import rules
from sinergi.accounts.audit.chain import record
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import InvalidError
from sinergi.accounts.principal import Principal
from sinergi.programs.models import FundingMenu
from sinergi.reference import queries as reference

COLUMNS = ("channel", "year", "code", "title", "source")
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True, slots=True)
class MenuRow:
    """One row of the table: a code that a channel may pay for in a year."""

    channel: str
    year: int
    code: str
    title: str
    source: str


def read_menu(content: bytes) -> list[MenuRow]:
    """Return the rows of a CSV file with channel, year, code (affair or activity), title and source.

    Raises
    ------
    InvalidError
        With every mistake, by line.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidError(
            {"file": _("The file is not UTF-8 text. Save it as “CSV UTF-8”.")}
        ) from None
    reader = csv.DictReader(io.StringIO(text))
    if lacking := [name for name in COLUMNS if name not in (reader.fieldnames or ())]:
        told = _("The heading lacks: %(names)s.") % {"names": ", ".join(lacking)}
        raise InvalidError({"file": told})
    rows, faults = [], {}
    for cells in reader:
        kept = {name: (cells[name] or "").strip() for name in COLUMNS}
        if fault := _fault(kept):
            faults[_("line %(number)s") % {"number": reader.line_num}] = fault
        else:
            year = int(kept["year"])
            rows.append(MenuRow(kept["channel"], year, kept["code"], kept["title"], kept["source"]))
    if not rows and not faults:
        faults["file"] = _("The file has no rows.")
    if faults:
        raise InvalidError(faults)
    return rows


def _fault(kept: dict[str, str]) -> str:
    """Return what is wrong with a row; empty when nothing is."""
    if kept["channel"] not in reference.funding_channels():
        return _("“%(code)s” is no funding channel of the country pack.") % {
            "code": kept["channel"]
        }
    year = kept["year"]
    if not (year.isascii() and year.isdecimal() and FIRST_YEAR <= int(year[:9]) <= LAST_YEAR):
        return _("“%(value)s” is not a year.") % {"value": year}
    if not kept["code"] or ".".join(kept["code"].split(".")[:2]) not in reference.affairs():
        return _("“%(code)s” does not begin with an affair such as 1.03.") % {"code": kept["code"]}
    if not kept["source"]:
        return _("Say where it is from: a menu without a source is not loaded.")
    return ""


@transaction.atomic
def load_menus(by: Principal, content: bytes) -> list[FundingMenu]:
    """Load the menus of a file; a menu of the same channel and year is replaced as a whole.

    Raises
    ------
    ForbiddenError
        Unless somebody administers the installation.
    InvalidError
    """
    rules.require(by, rules.INSTALLATION)
    grouped: dict[tuple[str, int], list[MenuRow]] = defaultdict(list)
    for row in read_menu(content):
        grouped[row.channel, row.year].append(row)
    found = []
    for (channel, year), rows in sorted(grouped.items()):
        items = [{"code": row.code, "title": row.title} for row in rows]
        source = "; ".join(dict.fromkeys(row.source for row in rows))[:300]
        values = {"source": source, "items": items}
        menu, _made = FundingMenu.objects.update_or_create(
            channel=channel, year=year, defaults=values
        )
        found.append(menu)
    record(
        by,
        Verb.LOADED,
        kind="installation",
        object_id="",
        organisation=None,
        name=", ".join(map(str, found))[:200],
        after={"rows": sum(len(one.items) for one in found)},
    )
    return found
