"""What the page of a ranking shows: the URL says which part, whose weights, which method and page."""

from typing import Any

import numpy as np
from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.translation import gettext as _

from sinergi.accounts import rules
from sinergi.accounts.principal import Principal
from sinergi.analysis import priority as methods
from sinergi.analysis.priority.ahp import ACCEPTABLE
from sinergi.programs.models import Origin, Ranking
from sinergi.programs.priority import words
from sinergi.programs.priority.origins import origins
from sinergi.programs.priority.places import PARTS, Asked, ordered, place
from sinergi.programs.queries import priority as queries
from sinergi.programs.views.priority_firmness import (
    SHOWN,
    agreement,
    bar_label,
    bars,
    reversals,
    sensitivity,
)

A_PAGE = 50
BY_READER = (Origin.COST, Origin.MENTIONS)
"""Origins that count only what the reader may read."""


def result(principal: Principal, one: Ranking, get: QueryDict) -> dict[str, Any]:
    """Return the context of the page of a ranking."""
    asked = Asked.of(get)
    found = queries.comparison(principal, one)
    weights = queries.weights_of(one, found.criteria, asked.whose)
    answer = queries.outcome(found, weights)
    criteria = _criteria(found, weights)
    weighed = people(one, named=found.named)
    context: dict[str, Any] = {
        "ranking": one,
        "asked": asked,
        "weights": weights,
        "criteria": criteria,
        "empty": [row for row in criteria if row["none"]],
        "flat": [row for row in criteria if row["flat"]],
        "may_edit": rules.may(principal, rules.OBJECT_EDIT, one),
        "hidden": sum(not row.visible for row in found.rows),
        "partly": [each.title for each in found.partly],
        "left_out": queries.left_out(principal, one, len(found.rows)),
        "count": len(found.rows),
        "methods": [],
        "parts": part_links(asked),
        "people": weighed,
        "stale": [row["name"] for row in weighed if row["stale"]],
        "contradicting": [row for row in weighed if row["contradicts"]],
        "query": _query(asked),
    }
    if answer is None:
        return context
    context["methods"] = [(code, words.METHODS[code]) for code in answer.scores]
    ranked = answer.ranks["wsm"][answer.ranked]
    context["equal"] = len(ranked) > 1 and bool((ranked == 1).all())
    context["nothing"] = bool(answer.unplaced.any() and not answer.ranked.any())
    context["unplaced"] = int(answer.unplaced.sum())
    context["without"] = int((~answer.enough).sum())
    context["silent"] = [row for row, one in zip(criteria, answer.silent, strict=True) if one]
    context["flat"] = [row for row in context["flat"] if row not in context["silent"]]
    context["outranked"] = "electre" in answer.scores
    build = {"metode": agreement, "kepekaan": sensitivity, "pembalikan": reversals}
    if asked.part in build:
        return {**context, **build[asked.part](found, answer)}
    return {**context, **_order(found, answer, asked, get)}


def part_links(asked: Asked) -> list[tuple[str, str, str]]:
    """Return the parts of the page: code, name, address."""
    names = {
        "urutan": _("Order"),
        "metode": _("Methods"),
        "kepekaan": _("Sensitivity"),
        "pembalikan": _("Rank reversals"),
    }
    return [(code, name, _query(asked, bagian=code)) for code, name in names.items()]


def _query(asked: Asked, **changed: str) -> str:
    values = {"bagian": asked.part, "bobot": asked.whose, "urut": asked.method, **changed}
    kept = QueryDict(mutable=True)
    usual = {"bagian": PARTS[0], "bobot": "", "urut": "wsm"}
    for name, value in values.items():
        if value != usual[name]:
            kept[name] = value
    return kept.urlencode()


def people(one: Ranking, *, named: bool) -> list[dict[str, Any]]:
    """Return those who weighed by their place, as `weights_of` takes it, with names where they are told."""
    rows = list(one.weightings.select_related("person").order_by("pk"))
    told = _("person %(number)s")
    codes = set(one.criteria.values_list("code", flat=True))
    return [
        {
            "number": str(n),
            "name": row.person.name if named else told % {"number": n},
            "method": row.get_method_display(),
            "ratio": row.ratio,
            "contradicts": row.ratio is not None and row.ratio > ACCEPTABLE,
            "stale": set(row.weights) != codes,
            "updated": row.updated,
        }
        for n, row in enumerate(rows, 1)
    ]


def _criteria(found: queries.Compared, weights: queries.Weights) -> list[dict[str, Any]]:
    rows = []
    told = origins(found)
    for c, each in enumerate(found.criteria):
        known = np.isfinite(found.values[:, c])
        values = found.values[known, c]
        group = weights.group
        rows.append(
            {
                "criterion": each,
                "weight": float(weights.weights[c]),
                "known": float(known.mean()) if len(known) else 0.0,
                "flat": len(values) > 1 and bool(np.ptp(values) == 0),
                "none": not known.any(),
                "origins": told[c],
                "reader": each.origin in BY_READER,
                "low": float(group.low[c]) if group else None,
                "high": float(group.high[c]) if group else None,
            }
        )
    return rows


def _order(
    found: queries.Compared, answer: methods.Outcome, asked: Asked, get: QueryDict
) -> dict[str, Any]:
    page = Paginator(ordered(answer, asked.method), A_PAGE).get_page(get.get("halaman"))
    away = methods.distances(answer)
    places = [place(found, answer, one, away, asked.method) for one in page.object_list]
    chart = [
        {
            "label": bar_label(found.rows[one].title, number),
            "value": round(float(answer.acceptability.top[one]) * 100, 1),
        }
        for number, one in enumerate(ordered(answer, asked.method)[:SHOWN], 1)
        if answer.ranked[one] and found.rows[one].visible
    ]
    return {"page": page, "places": places, "acceptability": bars(chart, _("percent of draws"))}
