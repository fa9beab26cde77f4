"""Pages of the evidence itself: indicators, their values, sources."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from sinergi.evidence import exports
from sinergi.evidence.licences import licence_label, source_note
from sinergi.evidence.models import Group
from sinergi.evidence.queries import (
    IndicatorInfo,
    ObservationFilter,
    Readings,
    indicator_catalogue,
    readings,
    unit_label,
)
from sinergi.evidence.queries.catalogue import FLAG_NAMES
from sinergi.evidence.queries.visible import indicators as visible_indicators
from sinergi.evidence.queries.visible import sources_in_use
from sinergi.evidence.views.downloads import table_response
from sinergi.evidence.views.parameters import choice, page_number
from sinergi.reference.queries import RegionTable, region_table

ROWS_SHOWN = 100
FORMATS = ("csv", "xlsx")


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One row of the table of an indicator."""

    code: str
    name: str
    level: str
    value: float | None
    period: str
    flag: str
    source: str
    imported: bool = False
    batch: int = 0
    owner: str = ""


def _language() -> str:
    return get_language() or "id"


@require_GET
def indicators(request: HttpRequest) -> HttpResponse:
    """List all indicators by group, with source, licence, last period and how many regions they cover."""
    catalogue = indicator_catalogue()
    table = region_table()
    values = readings(list(catalogue), table)
    local = table.rows(("regency", "city"))
    covered = np.isfinite(values.values[local]).sum(axis=0)
    rows = [
        _listed(info, int(covered[column]), _span(values, column))
        for column, info in enumerate(catalogue.values())
    ]
    labels = dict(Group.choices)
    rows.sort(key=lambda row: (row["info"].derived, list(labels).index(row["info"].group)))
    groups = [
        {
            "label": _("Derived from others") if derived else labels[group],
            "rows": list(part),
        }
        for (derived, group), part in groupby(
            rows,
            key=lambda row: (row["info"].derived, "" if row["info"].derived else row["info"].group),
        )
    ]
    context = {"groups": groups, "regions": len(local), "count": len(catalogue)}
    return render(request, "evidence/indicators.html", context)


def _listed(info: IndicatorInfo, covered: int, period: str) -> dict[str, Any]:
    return {
        "info": info,
        "name": info.name(_language()),
        "unit": unit_label(info.unit),
        "licence": licence_label(info.licence),
        "covered": covered,
        "period": period,
    }


def _span(values: Readings, column: int) -> str:
    """Return the last period of an indicator."""
    years = values.years[:, column]
    if not np.isfinite(years).any():
        return ""
    return str(values.periods[int(np.nanargmax(years)), column])


def _info(code: str) -> IndicatorInfo:
    info = indicator_catalogue().get(code)
    if info is None:
        raise Http404(_("There is no indicator “%(code)s”.") % {"code": code})
    return info


def _value_rows(code: str, table: RegionTable) -> list[ValueRow]:
    found = readings([code], table)
    rows = []
    for row, region in enumerate(table.codes):
        value = float(found.values[row, 0])
        label = found.source(row, 0)
        rows.append(
            ValueRow(
                region,
                table.names[row],
                table.levels[row],
                value if np.isfinite(value) else None,
                str(found.periods[row, 0]),
                FLAG_NAMES.get(int(found.flags[row, 0]), "missing"),
                label.name if label else "",
                imported=bool(label and label.imported),
                batch=label.batch if label else 0,
                owner=label.owner if label else "",
            )
        )
    return rows


def _ordered(rows: list[ValueRow], order: str) -> list[ValueRow]:
    if order == "nama":
        return sorted(rows, key=lambda row: row.name)
    if order == "kode":
        return rows
    known = [row for row in rows if row.value is not None]
    known.sort(key=lambda row: row.value or 0.0, reverse=order == "-nilai")
    return known + [row for row in rows if row.value is None]


@require_GET
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """Say what an indicator is and where it comes from, with its last value in every region."""
    info = _info(code)
    orders = {"kode": _("by code"), "nama": _("by name")}
    orders |= {"-nilai": _("highest first"), "nilai": _("lowest first")}
    levels = {"daerah": _("regencies and cities"), "provinsi": _("provinces")}
    order = choice(request, "urut", orders, "kode")
    level = choice(request, "tingkat", levels, "daerah")
    wanted = {"province"} if level == "provinsi" else {"regency", "city"}
    rows = [row for row in _value_rows(code, region_table()) if row.level in wanted]
    pages = Paginator(_ordered(rows, order), ROWS_SHOWN)
    page = pages.page(page_number(request, pages.num_pages))
    known = [row.value for row in rows if row.value is not None]
    context = {
        "info": info,
        "name": info.name(_language()),
        "note": info.note(_language()),
        "unit": unit_label(info.unit),
        "licence": licence_label(info.licence),
        "decimals": 0 if known and np.median(known) >= 1000 else 2,
        "page": page,
        "orders": orders,
        "order": order,
        "levels": levels,
        "level": level,
        "level_label": levels[level],
        "query": f"urut={order}&tingkat={level}&",
        "covered": len(known),
        "total": len(rows),
        "lowest": min(known, default=None),
        "middle": float(np.median(known)) if known else None,
        "highest": max(known, default=None),
    }
    return render(request, "evidence/indicator.html", context)


@require_GET
def download(request: HttpRequest, code: str, extension: str) -> HttpResponseBase:
    """Download an indicator: all observations of a stored one, the last values of a derived one."""
    info = _info(code)
    if not info.derived:
        rows = exports.observation_cells(ObservationFilter(indicator=code))
        return table_response(code, extension, exports.observation_headings(), rows, _("data"))
    table = _value_rows(code, region_table())
    cells = (
        [row.code, row.name, code, row.period, row.value, info.unit, row.flag, row.source]
        for row in table
        if row.value is not None
    )
    headings = exports.observation_headings()
    headings = [*headings[:7], headings[8]]
    return table_response(code, extension, headings, cells, _("data"))


@require_GET
def sources(request: HttpRequest) -> HttpResponse:
    """List the sources of the evidence with their licences."""
    counted = dict(visible_indicators().order_by().values_list("source").annotate(Count("pk")))
    listed = [
        {
            "source": source,
            "licence": licence_label(source.licence),
            "note": source_note(source.note),
            "indicators": counted.get(source.pk, 0),
        }
        for source in sources_in_use()
    ]
    return render(request, "evidence/sources.html", {"sources": listed})
