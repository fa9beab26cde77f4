"""The register as a sheet: one line for each agreement that is asked for."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sinergi.agreements.models import Agreement
from sinergi.agreements.queries.register import Line, lines
from sinergi.agreements.register_words import about, family_name, stage_name, state_name
from sinergi.opportunities.exports.writing import Sheet

MOST = 50_000
A_TIME = 2_000


def register_sheet(rows: QuerySet[Agreement], today: date) -> Sheet:
    """Return the agreements as a table, at most `MOST`, in their order."""
    numbers = list(rows.values_list("pk", flat=True)[:MOST])
    found: list[tuple[Any, ...]] = []
    for start in range(0, len(numbers), A_TIME):
        part = numbers[start : start + A_TIME]
        there = Agreement.objects.select_related("organisation").in_bulk(part)
        ordered = [there[number] for number in part if number in there]
        found += table(lines(ordered, today))
    return Sheet(_("Register"), columns(), found)


def columns() -> tuple[str, ...]:
    """Return the headings."""
    return (
        _("Number"), _("Title of the agreement"), pgettext("of agreements", "Family"), _("Parties"),
        pgettext("of cooperation", "Object"), _("Stage"), _("State"), _("First day"), _("Last day"),
        _("Days left"), _("Ended on"), _("Late"), _("Alarms"), _("Next due"), _("Kept by"), _("Address"),
    )  # fmt: skip


def table(found: Iterable[Line]) -> list[tuple[Any, ...]]:
    """Return a row for each line; what is not known is empty."""
    base = str(settings.SINERGI_BASE_URL or "").rstrip("/")
    rows = []
    for one in found:
        row = one.agreement
        rows.append(
            (row.number, row.title, family_name(row.family), "; ".join(one.parties), about(row),
             stage_name(row.stage), state_name(one.state), row.begins, row.ends, one.left, row.ended_on,
             one.late, one.alarms, one.next_due, row.organisation.name, f"{base}{row.get_absolute_url()}")
        )  # fmt: skip
    return rows
