"""Where the money goes: filters in the address, any cut, the flow chart, transfers, plans that count."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

import polars as pl
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sinergi.accounts.principal import Principal
from sinergi.accounts.requests import principal_of
from sinergi.accounts.texts import small_number
from sinergi.analysis.ledger import Certainty, Edge, Ledger
from sinergi.programs import errors
from sinergi.programs import money_words as words
from sinergi.programs.exports import money as exports
from sinergi.programs.models import PlanKind
from sinergi.programs.queries import money as queries
from sinergi.programs.queries.money_cuts import (
    BY,
    LEVELS,
    Cut,
    cut_out,
    edges_of,
    flows,
    latest_year,
    of_year,
    sums,
    told_twice,
    years_of,
)
from sinergi.programs.sankey import lay_out
from sinergi.reference import queries as reference

SHOWN = 200
FIRST_YEAR, LAST_YEAR = 2000, 2100
ALL_YEARS = "semua"
"""Of years: all of them added up, which is told and never done unasked."""


def scope_of(query: QueryDict) -> queries.Scope:
    """Return what the ledger of an address is drawn up over; what cannot be is passed over."""
    year = small_number(query.get("tahun", ""))
    stage = query.get("tahap", "")
    known = year is not None and FIRST_YEAR <= year <= LAST_YEAR
    years = (year, year) if known and year is not None else None
    return queries.Scope(years, stage if stage in queries.PRECEDENCE else "")


def cut_of(query: QueryDict) -> Cut:
    """Return the filters of an address; what cannot be is passed over."""
    region, level = query.get("wilayah", ""), query.get("tingkat", "")
    affair, channel = query.get("urusan", ""), query.get("saluran", "")
    return Cut(
        region if region in reference.pack().region else "",
        level if level in LEVELS else "",
        affair if affair in reference.affairs() else "",
        channel if channel == "-" or channel in reference.funding_channels() else "",
    )


def by_of(query: QueryDict) -> str:
    """Return by which column the totals of an address are cut."""
    told = query.get("menurut", "")
    return told if told in BY else "channel"


@dataclass(frozen=True, slots=True)
class Asked:
    """The ledger of an address.

    Attributes
    ----------
    drawn
        Of `year`, or of all years.
    year
        `None`: all years added up, or there is no year with figures.
    years
        Those that have figures.
    presumed
        The address names no year: it is the latest that has figures.
    """

    drawn: queries.Drawn
    scope: queries.Scope
    year: int | None
    years: list[int]
    presumed: bool


def asked_of(by: Principal, query: QueryDict, cut: Cut) -> Asked:
    """Return the ledger of an address: of the year that it names, of all, otherwise of the latest."""
    scope = scope_of(query)
    every = queries.draw_up(by, replace(scope, years=None))
    years = years_of(every)
    if query.get("tahun") == ALL_YEARS:
        return Asked(every, scope, None, years, presumed=False)
    year = scope.years[0] if scope.years else latest_year(every, cut)
    drawn = every if year is None else of_year(every, year)
    return Asked(drawn, scope, year, years, presumed=scope.years is None)


def query_of(asked: Asked, cut: Cut, by: str) -> str:
    """Return the query string of a ledger, which always names its years; the functions above read it."""
    scope = asked.scope
    pairs = {
        "tahun": str(asked.year or (ALL_YEARS if asked.years else "")),
        "tahap": scope.stage,
        "wilayah": cut.region,
        "tingkat": cut.level,
        "urusan": cut.affair,
        "saluran": cut.channel,
        "menurut": "" if by == "channel" else by,
    }
    return urlencode({name: value for name, value in pairs.items() if value})


@require_safe
def money(request: HttpRequest) -> HttpResponse:
    """Show the ledger of the plans that the reader may read: of one year, or of all when asked."""
    cut, by = cut_of(request.GET), by_of(request.GET)
    asked = asked_of(principal_of(request), request.GET, cut)
    drawn, trouble = asked.drawn, ""
    try:
        table = cut_out(drawn, cut)
    except errors.StateError as error:
        drawn, trouble = replace(drawn, ledger=Ledger((), ())), error.message
        table = cut_out(drawn, cut)
    edges = edges_of(drawn, cut)
    context = {
        "trouble": trouble,
        "scope": asked.scope,
        "asked": asked,
        "cut": cut,
        "by": by,
        "by_name": words.BY[by],
        "year": asked.year or "",
        "by_year": _by_year(table) if asked.year is None else [],
        "query": query_of(asked, cut, by),
        "every_query": query_of(replace(asked, year=None), cut, by),
        "figures": _figures(table, drawn, cut),
        "chart": _chart(table),
        "flow_rows": _flow_rows(table),
        "rows": _rows(table, by),
        "edges": [_edge(one) for one in edges[:SHOWN]],
        "more_edges": max(len(edges) - SHOWN, 0),
        "plans": _plans(drawn),
        "choices": _choices(drawn, asked.years),
    }
    return render(request, "programs/money.html", context)


def _figures(table: pl.DataFrame, drawn: queries.Drawn, cut: Cut) -> dict[str, Any]:
    """Return what of the money is known how; exact, in words.

    That a giver passed nothing on can only be missed where a plan of the giver is here: the state budget of
    balance funds seldom is.
    """
    here = [one.offer.government for one in drawn.choices if one.counts]
    unseen = table.filter(pl.col("certainty") == int(Certainty.UNSEEN))
    missed, beyond = (
        unseen.filter(pl.col("source").is_in(here)),
        unseen.filter(~pl.col("source").is_in(here)),
    )

    def told(rows: pl.DataFrame) -> str:
        return words.money(int(rows["amount"].sum()))

    def at(certainty: Certainty) -> pl.DataFrame:
        return table.filter(pl.col("certainty") == int(certainty))

    again = told_twice(drawn, cut)
    return {
        "any": table.height > 0,
        "twice": words.money(again) if again else "",
        "total": told(table),
        "unstated": told(at(Certainty.UNSTATED)) if at(Certainty.UNSTATED).height else "",
        "unseen": told(missed) if missed.height else "",
        "beyond": told(beyond) if beyond.height else "",
        "givers": ", ".join(words.source(code) for code in beyond["source"].unique().sort()),
        "assumed": told(at(Certainty.ASSUMED)) if at(Certainty.ASSUMED).height else "",
        "unplanned": told(rows) if (rows := table.filter(~pl.col("planned"))).height else "",
    }


COLUMNS = ("source", "holder", "use")


def _chart(table: pl.DataFrame) -> dict[str, Any]:
    """Return the drawing with the words of its nodes."""
    chart = lay_out(flows(table))
    return {
        "width": chart.width,
        "height": chart.height,
        "bars": [
            {
                "bar": bar,
                "name": words.value(COLUMNS[bar.column], bar.code),
                "money": words.short(bar.amount),
                "side": ("first", "middle", "last")[bar.column],
            }
            for bar in chart.bars
        ],
        "ribbons": [
            {
                "ribbon": one,
                "told": f"{words.value(COLUMNS[one.column], one.start)} → "
                f"{words.value(COLUMNS[one.column + 1], one.end)}: {words.money(one.amount)}",
                "open": one.start == "" or one.end == "?",
            }
            for one in chart.ribbons
        ],
    }


def _flow_rows(table: pl.DataFrame) -> list[tuple[str, str, str, str]]:
    """Return the table of the chart: step, from, to, money."""
    steps = (_("source → holder"), _("holder → use"))
    return [
        (
            steps[one.column],
            words.value(COLUMNS[one.column], one.start),
            words.value(COLUMNS[one.column + 1], one.end),
            words.money(one.amount),
        )
        for one in flows(table)
    ]


def _rows(table: pl.DataFrame, by: str) -> list[dict[str, Any]]:
    whole = int(table["amount"].sum())
    return [
        {
            "name": words.value(by, key[0]),
            "money": words.money(units),
            "share": units / whole if whole else None,
        }
        for key, units in sums(table, [by])
    ]


def _edge(edge: Edge) -> dict[str, Any]:
    return {
        "giver": words.region(edge.giver),
        "receiver": words.region(edge.receiver),
        "year": edge.year,
        "channel": words.value("channel", edge.channel),
        "amount": words.money(edge.amount),
        "matched": words.money(edge.matched),
        "assumed": words.money(edge.assumed) if edge.assumed else "–",
        "unplanned": words.money(edge.unplanned) if edge.unplanned else "–",
        "recorded": edge.recorded,
    }


def _plans(drawn: queries.Drawn) -> list[dict[str, Any]]:
    """Return the plans with money, those that count first, each with its year and why it does not count."""
    ordered = sorted(
        drawn.choices,
        key=lambda one: (not one.counts, one.offer.government, one.offer.year, one.offer.plan),
    )
    return [
        {
            "plan": drawn.versions[one.offer.plan].plan,
            "region": words.region(one.offer.government),
            "year": one.offer.year,
            "counts": one.counts,
            "why": words.WHY[one.why],
        }
        for one in ordered
    ]


def _by_year(table: pl.DataFrame) -> list[tuple[Any, str]]:
    """Return what each of the years that are added up comes to."""
    return sorted((key[0], words.money(units)) for key, units in sums(table, ["year"]))


def _choices(drawn: queries.Drawn, years: list[int]) -> dict[str, Any]:
    regions = {one.offer.government for one in drawn.choices}
    regions |= {code[:2] for code in regions if code != queries.NATION}
    return {
        "regions": sorted((code, words.region(code)) for code in regions),
        "levels": list(words.LEVELS.items()),
        "affairs": [(one.code, words.affair(one.code)) for one in reference.affairs().values()],
        "channels": [(one, words.value("channel", one)) for one in reference.funding_channels()],
        "stages": [
            (kind.value, str(kind.label)) for kind in PlanKind if kind in queries.PRECEDENCE
        ],
        "by": list(words.BY.items()),
        "years": years[::-1],
        "together": ", ".join(map(str, years)),
    }


@require_safe
def money_file(request: HttpRequest, kind: str) -> HttpResponse:
    """Send the ledger of an address: totals, entries, transfers, plans; its name tells the years."""
    cut, by = cut_of(request.GET), by_of(request.GET)
    principal = principal_of(request)
    asked = asked_of(principal, request.GET, cut)
    content = exports.export_ledger(principal, asked.drawn, cut, by, kind)
    response = HttpResponse(content, content_type=exports.CONTENT_TYPES[kind])
    years = [str(asked.year)] if asked.year else [str(one) for one in asked.years]
    name = "-".join([_("flow-of-money"), *dict.fromkeys([*years[:1], *years[-1:]])])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    response["Cache-Control"] = "no-store"
    return response
